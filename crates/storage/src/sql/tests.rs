use std::sync::Arc;
use std::time::Duration;

use mailkeep_types::{PersonId, SystemClock, Timestamp};

use super::*;
use crate::testing::both_engines;

async fn table(db: &Database) {
    db.write(|tx| {
        let bytes = if tx.dialect() == Dialect::Sqlite { "BLOB" } else { "BYTEA" };
        tx.execute_batch(&format!(
            "CREATE TABLE things (id {bytes} NOT NULL PRIMARY KEY, n BIGINT NOT NULL, words TEXT, UNIQUE (n))"
        ))
    })
    .await
    .unwrap();
}

async fn all(db: &Database) -> Vec<i64> {
    db.read(|tx| tx.query("SELECT n FROM things ORDER BY n", params![], |row| row.get::<i64>(0)))
        .await
        .unwrap()
}

fn insert(tx: &mut Tx<'_>, n: i64) -> Result<u64, SqlError> {
    let id = PersonId::new(&SystemClock);
    tx.execute("INSERT INTO things (id, n, words) VALUES ($1, $2, $3)", params![id, n, "w"])
}

both_engines!(values_come_back_as_they_went_in, |db: Database| async move {
    table(&db).await;
    let id = PersonId::new(&SystemClock);
    let at = Timestamp::from_micros(1_234_567);
    db.write(move |tx| {
        // The order of the parameters in the text is not their number.
        tx.execute(
            "INSERT INTO things (words, n, id) VALUES ($3, $2, $1)",
            params![id, at, Option::<&str>::None],
        )
    })
    .await
    .unwrap();
    let row = db
        .read(move |tx| {
            tx.query_one("SELECT id, n, words FROM things WHERE id = $1", params![id], |row| {
                Ok::<_, SqlError>((
                    row.get::<PersonId>(0)?,
                    row.get::<Timestamp>(1)?,
                    row.get::<Option<String>>(2)?,
                ))
            })
        })
        .await
        .unwrap();
    assert_eq!(row, (id, at, None));
    let wrong =
        db.read(|tx| tx.query_one("SELECT n FROM things", params![], |row| row.get::<String>(0))).await;
    assert!(matches!(wrong, Err(SqlError::Type { column: 0, .. })), "{wrong:?}");
});

both_engines!(an_error_rolls_back_one_closure_and_no_other, |db: Database| async move {
    table(&db).await;
    let mut writes = Vec::new();
    for n in 0..200i64 {
        let db = db.clone();
        writes.push(tokio::spawn(async move {
            db.write(move |tx| -> Result<(), SqlError> {
                insert(tx, n)?;
                if n % 3 == 0 { Err(SqlError::NotFound) } else { Ok(()) }
            })
            .await
        }));
    }
    for (n, write) in writes.into_iter().enumerate() {
        assert_eq!(write.await.unwrap().is_err(), n % 3 == 0);
    }
    assert_eq!(all(&db).await, (0..200).filter(|n| n % 3 != 0).collect::<Vec<_>>());
});

both_engines!(a_failed_statement_ends_the_closure, |db: Database| async move {
    table(&db).await;
    db.write(|tx| insert(tx, 1)).await.unwrap();
    let outcome = db
        .write(|tx| -> Result<(), SqlError> {
            insert(tx, 2)?;
            assert!(insert(tx, 1).unwrap_err().is_unique());
            assert!(matches!(insert(tx, 3), Err(SqlError::Aborted)));
            Ok(())
        })
        .await;
    assert!(matches!(outcome, Err(SqlError::Aborted)), "{outcome:?}");
    assert_eq!(all(&db).await, [1]);
});

both_engines!(a_panic_is_an_error_and_the_thread_lives_on, |db: Database| async move {
    table(&db).await;
    let outcome = db
        .write(|tx| -> Result<(), SqlError> {
            insert(tx, 1)?;
            panic!("in a closure")
        })
        .await;
    assert!(matches!(outcome, Err(SqlError::Panicked)));
    db.write(|tx| insert(tx, 2)).await.unwrap();
    assert_eq!(all(&db).await, [2]);
});

both_engines!(counting_up_from_many_tasks_loses_nothing, |db: Database| async move {
    table(&db).await;
    db.write(|tx| insert(tx, 0)).await.unwrap();
    let tasks: Vec<_> = (0..40)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                for _ in 0..5 {
                    db.write(|tx| -> Result<(), SqlError> {
                        let n = tx.query_one("SELECT n FROM things", params![], |row| row.get::<i64>(0))?;
                        tx.execute("UPDATE things SET n = $1", params![n + 1]).map(drop)
                    })
                    .await
                    .unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(all(&db).await, [200]);
});

both_engines!(notices_come_after_the_commit_and_only_then, |db: Database| async move {
    table(&db).await;
    let mut all_of_them = db.subscribe(Channel::Mailbox);
    let mut watch = db.watch(Channel::Mailbox, [7; 16]);
    let _ = db
        .write(|tx| -> Result<(), SqlError> {
            tx.notify(Channel::Mailbox, [7; 16], 1);
            Err(SqlError::NotFound)
        })
        .await;
    db.write(|tx| -> Result<(), SqlError> {
        tx.notify(Channel::Mailbox, [7; 16], 2);
        tx.notify(Channel::Mailbox, [7; 16], 3);
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(watch.changed().await, 3);
    assert_eq!(
        all_of_them.recv().await.unwrap(),
        Notice { channel: Channel::Mailbox, id: [7; 16], value: 3 }
    );
    assert!(all_of_them.try_recv().is_err());
});

both_engines!(migrating_again_changes_nothing, |db: Database| async move {
    assert!(db.migrate(MigrationSet::Main).await.unwrap().is_empty());
    assert!(db.pending_migrations(MigrationSet::Main).await.unwrap().is_empty());
});

#[test]
fn other_nodes_hear_of_changes_through_postgres() {
    crate::testing::run(Dialect::Postgres, |db| async move {
        let url = db
            .read(|tx| tx.query_one("SELECT current_database()::text", params![], |row| row.get::<String>(0)))
            .await
            .unwrap();
        let url = format!("{} dbname={url}", crate::testing::postgres_server().unwrap());
        let other = DatabaseConfig::Postgres { url, connections: 1, tls_root: None };
        let other = Database::open(&other, Arc::new(SystemClock)).await.unwrap();
        let mut heard = other.watch(Channel::Queue, [1; 16]);
        // The other node's listener may still be on its way, so the change is told until it is heard.
        for n in 1.. {
            db.write(move |tx| -> Result<(), SqlError> {
                tx.notify(Channel::Queue, [1; 16], n);
                Ok(())
            })
            .await
            .unwrap();
            if tokio::time::timeout(Duration::from_millis(200), heard.changed()).await.is_ok() {
                return;
            }
            assert!(n < 100, "never heard");
        }
    });
}

#[test]
fn both_migration_folders_make_the_same_tables() {
    let schemas = [Dialect::Sqlite, Dialect::Postgres].map(|dialect| {
        let found = std::cell::RefCell::new(None);
        let found = &found;
        crate::testing::run(dialect, |db| async move {
            let keys = crate::testing::sibling(&db).await;
            found.replace(Some((db.schema().await.unwrap(), keys.schema().await.unwrap())));
        });
        found.take()
    });
    let [Some((lite, lite_keys)), Some((grown, grown_keys))] = schemas else { return };
    for (lite, grown) in [(lite, grown), (lite_keys, grown_keys)] {
        for (table, columns) in &lite.tables {
            assert_eq!(Some(columns), grown.tables.get(table), "columns of {table}");
        }
        assert_eq!(lite.tables.keys().collect::<Vec<_>>(), grown.tables.keys().collect::<Vec<_>>());
        assert_eq!(lite.unique, grown.unique, "unique keys");
        assert_eq!(lite.indexes, grown.indexes, "indexes");
    }
}

#[test]
fn a_copy_taken_in_use_is_consistent() {
    crate::testing::run(Dialect::Sqlite, |db| async move {
        table(&db).await;
        let writer = db.clone();
        let busy = tokio::spawn(async move {
            for n in 0..300 {
                writer.write(move |tx| insert(tx, n).and_then(|_| insert(tx, -n - 1))).await.unwrap();
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("copy.db");
        db.backup_to(target.clone()).await.unwrap();
        busy.await.unwrap();
        let copy = DatabaseConfig::Sqlite { path: target.clone(), readers: 1 };
        let copy = Database::open(&copy, Arc::new(SystemClock)).await.unwrap();
        let rows = all(&copy).await;
        assert_eq!(rows.iter().filter(|n| **n < 0).count() * 2, rows.len(), "a pair was torn");
        assert!(matches!(db.backup_to(target).await, Err(SqlError::Config(_))));
    });
}

#[tokio::test]
async fn postgres_is_reached_over_tls_when_its_certificate_can_be_trusted_and_not_otherwise() {
    let Some(url) = crate::testing::fresh_postgres_url() else { return };
    let value = |key: &str| {
        let found = url.split(' ').find_map(|part| part.strip_prefix(&format!("{key}=")));
        found.unwrap_or_else(|| panic!("{key} in {url}")).to_owned()
    };
    let root = PathBuf::from(value("host")).join("root.pem");
    if !root.exists() {
        eprintln!("skipped: openssl is not installed, so the tests' PostgreSQL has no certificate");
        return;
    }
    let (port, name) = (value("port"), value("dbname"));
    let config = |host: &str, tls_root| DatabaseConfig::Postgres {
        url: format!("host={host} hostaddr=127.0.0.1 port={port} user=test dbname={name} sslmode=require"),
        connections: 1,
        tls_root,
    };
    let clock: SharedClock = Arc::new(SystemClock);
    let db =
        Database::open(&config("localhost", Some(root.clone())), Arc::clone(&clock)).await.expect("over TLS");
    let encrypted = "SELECT CASE WHEN ssl THEN 1 ELSE 0 END FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let is: Result<i32, SqlError> =
        db.read(move |tx| tx.query_one(encrypted, params![], |row| row.get::<i32>(0))).await;
    assert_eq!(is.expect("an answer"), 1);
    for (why, config) in [
        ("a root that nobody trusts", config("localhost", None)),
        ("the certificate of another host", config("db.example.com", Some(root))),
    ] {
        let refused =
            Database::open(&config, Arc::clone(&clock)).await.err().unwrap_or_else(|| panic!("{why}"));
        assert!(refused.to_string().contains("database.tls_root"), "{why}: {refused}");
    }
}

both_engines!(every_row_is_copied_into_an_empty_database_and_into_no_other, |db: Database| async move {
    let bytes = if db.dialect() == Dialect::Sqlite { "BLOB" } else { "BYTEA" };
    // The one that refers comes first by its name, and a row refers to another of its own table.
    let schema = format!(
        "CREATE TABLE z (id BIGINT NOT NULL PRIMARY KEY, parent BIGINT REFERENCES z (id));
         CREATE TABLE a (one TEXT NOT NULL, two BIGINT NOT NULL, z BIGINT NOT NULL REFERENCES z (id), r {}, b {bytes},
             PRIMARY KEY (two, one))",
        if db.dialect() == Dialect::Sqlite { "REAL" } else { "DOUBLE PRECISION" },
    );
    let folder = tempfile::tempdir().unwrap();
    let sqlite = DatabaseConfig::Sqlite { path: folder.path().join("other.db"), readers: 1 };
    let other = Database::open(&sqlite, Arc::new(SystemClock)).await.unwrap();
    let elsewhere = schema.replace("BYTEA", "BLOB").replace("DOUBLE PRECISION", "REAL");
    other.migrate(MigrationSet::Main).await.unwrap();
    other.write(move |tx| tx.execute_batch(&elsewhere)).await.unwrap();
    db.write(move |tx| -> Result<(), SqlError> {
        tx.execute_batch(&schema)?;
        tx.execute("INSERT INTO z (id, parent) VALUES (1, NULL), (2, 1)", params![])?;
        for n in 0..1203_i64 {
            let blob: Option<&[u8]> = if n % 2 == 0 { Some(&[0, 255]) } else { None };
            let one = format!("Grüße {}", n % 3);
            let values = params![&one, n / 3, 1 + n % 2, 0.5, blob];
            tx.execute("INSERT INTO a (one, two, z, r, b) VALUES ($1, $2, $3, $4, $5)", values)?;
        }
        Ok(())
    })
    .await
    .unwrap();
    let copied = db.copy_into(&other).await.unwrap();
    assert_eq!((copied["a"], copied["z"]), (1203, 2));
    type Sums = (i64, i64, i64, String);
    let sums = |tx: &mut Tx<'_>| {
        let whole = if tx.dialect() == Dialect::Sqlite { "SUM(two * z)" } else { "SUM(two * z)::BIGINT" };
        let sql = format!("SELECT COUNT(*), {whole}, COUNT(b), MIN(one) FROM a WHERE r = 0.5");
        tx.query_one(&sql, params![], |row| -> Result<Sums, SqlError> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
    };
    assert_eq!(db.read(sums).await.unwrap(), other.read(sums).await.unwrap());
    let again = db.copy_into(&other).await.unwrap_err().to_string();
    assert!(again.contains("has rows already"), "{again}");
});
