//! Migrations: embedded at build time, applied in the order of their names, each in a transaction of its own.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{Database, Dialect, SqlError, params};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/migrations.rs"));
}

/// Which tables a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MigrationSet {
    /// Everything but the keys.
    Main,
    /// The keys of persons and mailboxes, in a database of their own with its own backups.
    Keys,
}

type Migration = (&'static str, &'static str);

pub(super) fn embedded(dialect: Dialect, set: MigrationSet) -> &'static [Migration] {
    match (dialect, set) {
        (Dialect::Sqlite, MigrationSet::Main) => embedded::SQLITE_MAIN,
        (Dialect::Postgres, MigrationSet::Main) => embedded::POSTGRES_MAIN,
        (Dialect::Sqlite, MigrationSet::Keys) => embedded::SQLITE_KEYS,
        (Dialect::Postgres, MigrationSet::Keys) => embedded::POSTGRES_KEYS,
    }
}

fn checksum(sql: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(sql.as_bytes()))
}

/// What tells one state of the embedded migrations from another.
#[cfg(feature = "testing")]
pub(crate) fn fingerprint(dialect: Dialect, set: MigrationSet) -> String {
    let all: String =
        embedded(dialect, set).iter().map(|(name, sql)| format!("{name} {}\n", checksum(sql))).collect();
    checksum(&all)
}

async fn applied(db: &Database) -> Result<HashMap<String, String>, SqlError> {
    db.write(|tx| -> Result<_, SqlError> {
        if tx.dialect() == Dialect::Postgres {
            // Two nodes may start at once.
            tx.execute("SELECT pg_advisory_xact_lock(7263001)", params![])?;
        }
        tx.execute_batch(
            "CREATE TABLE IF NOT EXISTS schema_migrations (
                 name TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)",
        )?;
        Ok(())
    })
    .await?;
    let rows = db
        .read(|tx| {
            tx.query("SELECT name, checksum FROM schema_migrations", params![], |row| {
                Ok::<_, SqlError>((row.get(0)?, row.get(1)?))
            })
        })
        .await?;
    Ok(rows.into_iter().collect())
}

fn missing(
    dialect: Dialect,
    set: MigrationSet,
    applied: &HashMap<String, String>,
) -> Result<Vec<Migration>, SqlError> {
    let known = embedded(dialect, set);
    for (name, sum) in applied {
        match known.iter().find(|(known, _)| known == name) {
            None => {
                return Err(SqlError::Config(format!(
                    "the database has migration {name}, which this build does not know: start the newer version again"
                )));
            }
            Some((_, sql)) if checksum(sql) != *sum => {
                return Err(SqlError::Config(format!("migration {name} was changed after it was applied")));
            }
            Some(_) => {}
        }
    }
    Ok(known.iter().filter(|(name, _)| !applied.contains_key(*name)).copied().collect())
}

pub(super) async fn pending(db: &Database, set: MigrationSet) -> Result<Vec<String>, SqlError> {
    let missing = missing(db.dialect(), set, &applied(db).await?)?;
    Ok(missing.into_iter().map(|(name, _)| name.to_owned()).collect())
}

pub(super) async fn migrate(db: &Database, set: MigrationSet) -> Result<Vec<String>, SqlError> {
    let mut done = Vec::new();
    for (name, sql) in missing(db.dialect(), set, &applied(db).await?)? {
        let fresh = db
            .write(move |tx| -> Result<bool, SqlError> {
                if tx.dialect() == Dialect::Postgres {
                    tx.execute("SELECT pg_advisory_xact_lock(7263001)", params![])?;
                }
                let fresh = tx.execute(
                    "INSERT INTO schema_migrations (name, checksum, applied_at) VALUES ($1, $2, $3)
                     ON CONFLICT (name) DO NOTHING",
                    params![name, &checksum(sql), tx.now()],
                )?;
                if fresh == 1 {
                    tx.execute_batch(sql)?;
                }
                Ok(fresh == 1)
            })
            .await
            .map_err(|error| SqlError::Config(format!("migration {name}: {error}")))?;
        if fresh {
            done.push(name.to_owned());
        }
    }
    Ok(done)
}
