//! SQLite: one writer thread with group commit, a few readers, write-ahead log, every commit synced; what is in the log is brought
//! into the file beside the writer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use mailkeep_types::SharedClock;
use parking_lot::Mutex;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::checkpoint;
use super::notify::Notifier;
use super::tx::{EngineTx, Tx};
use super::{SqlError, Work};

/// How many closures share one commit at most, so that a flood cannot hold the first caller for long.
const MAX_BATCH: usize = 256;

pub(super) struct Engine {
    path: PathBuf,
    writer: mpsc::Sender<Box<dyn Work>>,
    readers: mpsc::Sender<Box<dyn Work>>,
}

impl Engine {
    pub(super) fn open(
        path: &Path,
        readers: usize,
        notifier: Arc<Notifier>,
        clock: SharedClock,
    ) -> Result<Self, SqlError> {
        let mut connection = connect(path, false)?;
        checkpoint::beside(&mut connection, connect(path, false)?)?;
        let (writer, incoming) = mpsc::channel::<Box<dyn Work>>();
        let writer_clock = Arc::clone(&clock);
        spawn("sqlite-writer", move || write_loop(&connection, &incoming, &notifier, &writer_clock))?;
        let (reader_queue, incoming) = mpsc::channel::<Box<dyn Work>>();
        let incoming = Arc::new(Mutex::new(incoming));
        for _ in 0..readers.max(1) {
            let connection = connect(path, true)?;
            let (incoming, clock) = (Arc::clone(&incoming), Arc::clone(&clock));
            spawn("sqlite-reader", move || read_loop(&connection, &incoming, &clock))?;
        }
        Ok(Engine { path: path.to_owned(), writer, readers: reader_queue })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn write(&self, work: Box<dyn Work>) -> Result<(), SqlError> {
        self.writer.send(work).map_err(|_| SqlError::Closed)
    }

    pub(super) fn read(&self, work: Box<dyn Work>) -> Result<(), SqlError> {
        self.readers.send(work).map_err(|_| SqlError::Closed)
    }
}

pub(super) fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<(), SqlError> {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(body);
    thread.map(drop).map_err(|error| SqlError::Config(format!("no thread for the database: {error}")))
}

fn connect(path: &Path, read_only: bool) -> Result<Connection, SqlError> {
    let refuse = |error: rusqlite::Error| SqlError::Config(format!("{}: {error}", path.display()));
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|e| SqlError::Config(format!("{}: {e}", folder.display())))?;
    }
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(refuse)?;
    connection.busy_timeout(Duration::from_secs(10)).map_err(refuse)?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 1073741824; PRAGMA cache_size = -32768;
             PRAGMA wal_autocheckpoint = 0; PRAGMA trusted_schema = OFF;",
        )
        .map_err(refuse)?;
    if read_only {
        connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -8192;").map_err(refuse)?;
    }
    // A plan never depends on the values that are bound. Otherwise SQLite prepares many statements again at every use: taking the
    // bindings off, as the cache of statements does, counts as new values.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(refuse)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(connection)
}

fn write_loop(
    connection: &Connection,
    incoming: &mpsc::Receiver<Box<dyn Work>>,
    notifier: &Notifier,
    clock: &SharedClock,
) {
    while let Ok(first) = incoming.recv() {
        let mut batch = vec![first];
        while batch.len() < MAX_BATCH
            && let Ok(next) = incoming.try_recv()
        {
            batch.push(next);
        }
        #[expect(clippy::cast_precision_loss, reason = "a batch is small")]
        metrics::histogram!("mailkeep_database_batch_size").record(batch.len() as f64);
        let (outcome, notices) = run_batch(connection, &mut batch, clock);
        if outcome.is_ok() {
            notifier.send(&notices);
        } else if let Err(error) = &outcome {
            tracing::error!(%error, "a database commit failed and its changes are rolled back");
        }
        for work in batch {
            work.finish(outcome.clone());
        }
    }
}

/// Runs the closures in one transaction, each rolled back alone if it fails, and commits once.
fn run_batch(
    connection: &Connection,
    batch: &mut [Box<dyn Work>],
    clock: &SharedClock,
) -> (Result<(), SqlError>, Vec<super::Notice>) {
    let statement = |sql: &str| -> Result<(), SqlError> {
        connection.prepare_cached(sql)?.raw_execute().map(drop).map_err(SqlError::from)
    };
    let mut notices = Vec::new();
    let alone = batch.len() == 1;
    let outcome = (|| {
        statement("BEGIN IMMEDIATE")?;
        let mut kept = false;
        for work in batch.iter_mut() {
            if !alone {
                statement("SAVEPOINT work")?;
            }
            let mut tx = Tx::new(EngineTx::Sqlite(connection), clock.now());
            let keep = work.run(&mut tx);
            kept |= keep;
            if keep {
                notices.append(&mut tx.notices);
            }
            match (alone, keep) {
                (true, _) => {}
                (false, true) => statement("RELEASE work")?,
                (false, false) => {
                    statement("ROLLBACK TO work")?;
                    statement("RELEASE work")?;
                }
            }
        }
        statement(if kept { "COMMIT" } else { "ROLLBACK" })
    })();
    if outcome.is_err() && !connection.is_autocommit() {
        // The disk may be full; whatever happens, the next batch must begin afresh.
        let _ = statement("ROLLBACK");
    }
    (outcome, notices)
}

fn read_loop(connection: &Connection, incoming: &Mutex<mpsc::Receiver<Box<dyn Work>>>, clock: &SharedClock) {
    loop {
        let Ok(mut work) = incoming.lock().recv() else { return };
        let begun =
            connection.prepare_cached("BEGIN").and_then(|mut s| s.raw_execute()).map_err(SqlError::from);
        let outcome = match begun {
            Ok(_) => {
                let mut tx = Tx::new(EngineTx::Sqlite(connection), clock.now());
                work.run(&mut tx);
                connection
                    .prepare_cached("ROLLBACK")
                    .and_then(|mut s| s.raw_execute())
                    .map(drop)
                    .map_err(SqlError::from)
            }
            Err(error) => Err(error),
        };
        work.finish(outcome);
    }
}

/// Copies a database that is in use, page by page, into a consistent file.
pub(super) fn backup(source: &Path, target: &Path) -> Result<(), SqlError> {
    let from = connect(source, true)?;
    if target.exists() {
        return Err(SqlError::Config(format!("{} exists already", target.display())));
    }
    let mut to = Connection::open(target)?;
    rusqlite::backup::Backup::new(&from, &mut to)?.run_to_completion(4096, Duration::ZERO, None)?;
    to.execute_batch("PRAGMA journal_mode = DELETE;")?;
    let file = std::fs::File::open(target).and_then(|file| file.sync_all());
    file.map_err(|error| SqlError::Storage(format!("{}: {error}", target.display())))
}
