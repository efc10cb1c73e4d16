//! Databases that every other is copied from: to apply all migrations for each test takes longer than most tests.

use std::sync::{Arc, OnceLock};

use mailkeep_types::SystemClock;

use super::{maintenance, postgres_config};
use crate::sql::migrations::fingerprint;
use crate::sql::{Database, DatabaseConfig, Dialect, MigrationSet};

/// The bytes of a file with the tables of the set.
pub(super) fn sqlite(set: MigrationSet) -> &'static [u8] {
    static MADE: [OnceLock<Vec<u8>>; 2] = [const { OnceLock::new() }; 2];
    MADE[set as usize].get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [path, copy] = ["made.db", "copy.db"].map(|name| folder.path().join(name));
        let config = DatabaseConfig::Sqlite { path, readers: 1 };
        let taken = copy.clone();
        // The copy is one file, without the log beside it.
        migrated(config, set, move |db| async move { db.backup_to(taken).await.expect("a copy is taken") });
        std::fs::read(copy).expect("the copy is there")
    })
}

/// The name of a database with the tables of the set, on the server of tests. Programs that share a server share it.
pub(super) fn postgres(server: &str, set: MigrationSet) -> &'static str {
    static MADE: [OnceLock<String>; 2] = [const { OnceLock::new() }; 2];
    MADE[set as usize].get_or_init(|| {
        let name = format!("template_{set:?}_{:.12}", fingerprint(Dialect::Postgres, set)).to_lowercase();
        let mut client = maintenance(server);
        client.batch_execute("SELECT pg_advisory_lock(7263002)").expect("one program after another");
        let there = client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]);
        if there.expect("databases are listed").is_none() {
            let making = format!("{name}_{}", std::process::id());
            client
                .batch_execute(&format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)"))
                .and_then(|()| client.batch_execute(&format!("CREATE DATABASE {making}")))
                .expect("a fresh database");
            migrated(postgres_config(server, &making), set, |_| async {});
            // Nobody may be connected to what is copied; the pool's connections end a little later than the pool.
            let end = format!(
                "ALTER DATABASE {making} ALLOW_CONNECTIONS false;
                 SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{making}'"
            );
            client.batch_execute(&end).expect("connections are ended");
            let mut renamed = client.batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}"));
            for _ in 0..100 {
                if renamed.is_ok() {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(20));
                renamed = client.batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}"));
            }
            renamed.expect("nobody is connected");
        }
        name
    })
}

/// Opens and migrates a database in a thread of its own, which may stand in a runtime, and shows it.
fn migrated<F, R>(config: DatabaseConfig, set: MigrationSet, then: F)
where
    F: FnOnce(Database) -> R + Send + 'static,
    R: Future<Output = ()>,
{
    let work = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let db = Database::open(&config, Arc::new(SystemClock)).await.expect("a fresh database opens");
            db.migrate(set).await.expect("the migrations apply");
            then(db).await;
        });
    });
    work.join().expect("the migrations apply");
}
