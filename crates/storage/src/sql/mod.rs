//! One database over two engines. See the crate's page for the rules that closures obey.

mod checkpoint;
mod copy;
mod error;
pub(crate) mod migrations;
mod notify;
#[cfg(test)]
mod plans;
mod postgres;
mod postgres_server;
mod schema;
mod sqlite;
#[cfg(test)]
mod tests;
mod tx;
mod value;

use std::path::PathBuf;
use std::sync::Arc;

use mailkeep_types::{SharedClock, Timestamp};
use tokio::sync::{broadcast, oneshot};

pub use error::SqlError;
pub use migrations::MigrationSet;
pub use notify::{Channel, Notice, Watch};
pub use schema::{Column, Schema};
pub use tx::{Row, Tx};
pub use value::{FromValue, Value, ValueRef};

use notify::Notifier;

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseConfig {
    /// A file of SQLite.
    Sqlite {
        /// The file; made when it is missing.
        path: PathBuf,
        /// How many threads read at once.
        readers: usize,
    },
    /// A server of PostgreSQL 15 or later.
    Postgres {
        /// `postgres://user:password@host:port/name`, or libpq's `key=value` form.
        url: String,
        /// How many connections are kept for writing, and how many for reading.
        connections: usize,
        /// PEM file with the root that the server's certificate is trusted by; the system's roots when `None`.
        tls_root: Option<PathBuf>,
    },
}

impl DatabaseConfig {
    /// Reads `sqlite:PATH` or `postgres://…`.
    pub fn parse(url: &str) -> Result<Self, SqlError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            Ok(DatabaseConfig::Sqlite { path: PathBuf::from(path), readers: 4 })
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") || url.contains("host=")
        {
            Ok(DatabaseConfig::Postgres { url: url.to_owned(), connections: 8, tls_root: None })
        } else {
            Err(SqlError::Config("a database is sqlite:PATH or postgres://user@host/name".to_owned()))
        }
    }
}

/// Which of the two SQL dialects an engine speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// A handle to a database; cheap to clone. When the last clone is dropped, running closures end and the threads stop.
#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    notifier: Arc<Notifier>,
    clock: SharedClock,
}

enum Engine {
    Sqlite(sqlite::Engine),
    Postgres(postgres::Engine),
}

/// A closure on its way to a database thread.
trait Work: Send {
    /// Runs the closure; true when its changes are to be kept. May be called again after a conflict.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// The failure that the last run ended with, if it came from the engine and may go away by itself.
    fn wants_retry(&self) -> bool;
    /// Hands the result to the caller; `commit` says whether the changes are durable.
    fn finish(self: Box<Self>, commit: Result<(), SqlError>);
}

struct Job<F, T, E> {
    closure: F,
    result: Option<Result<T, E>>,
    conflict: bool,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Work for Job<F, T, E>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<SqlError> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| (self.closure)(tx)));
        self.conflict = tx.saw_conflict();
        let result = outcome.unwrap_or_else(|_| Err(SqlError::Panicked.into()));
        // A closure that swallowed the failure of a statement must not commit half of its work.
        let result = match (result, tx.failed()) {
            (Ok(_), true) => Err(SqlError::Aborted.into()),
            (result, _) => result,
        };
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn wants_retry(&self) -> bool {
        self.conflict
    }

    fn finish(self: Box<Self>, commit: Result<(), SqlError>) {
        let result = match (self.result, commit) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(SqlError::Closed.into()),
        };
        // The caller may have gone away (a closed connection); the work is done all the same.
        let _ = self.reply.send(result);
    }
}

impl Database {
    /// Opens a database and starts its threads. Tables are made by [`Database::migrate`].
    pub async fn open(config: &DatabaseConfig, clock: SharedClock) -> Result<Self, SqlError> {
        let notifier = Arc::new(Notifier::default());
        let config = config.clone();
        let (for_engine, engine_clock) = (Arc::clone(&notifier), Arc::clone(&clock));
        let engine = tokio::task::spawn_blocking(move || match config {
            DatabaseConfig::Sqlite { path, readers } => {
                sqlite::Engine::open(&path, readers, for_engine, engine_clock).map(Engine::Sqlite)
            }
            DatabaseConfig::Postgres { url, connections, tls_root } => {
                let server = postgres_server::Server::new(&url, tls_root.as_deref())?;
                postgres::Engine::open(&server, connections, for_engine, engine_clock).map(Engine::Postgres)
            }
        })
        .await
        .map_err(|_| SqlError::Panicked)??;
        Ok(Database { inner: Arc::new(Inner { engine, notifier, clock }) })
    }

    /// Which dialect this database speaks.
    pub fn dialect(&self) -> Dialect {
        match self.inner.engine {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    /// The time of the clock that the database was opened with.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// The clock that the database was opened with.
    pub fn clock(&self) -> &SharedClock {
        &self.inner.clock
    }

    /// Runs `closure` on a consistent snapshot.
    ///
    /// # Errors
    /// What the closure returns, or the engine's failure turned into the closure's error type.
    pub async fn read<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<SqlError> + Send + 'static,
    {
        self.submit(closure, false).await
    }

    /// Runs `closure` in a transaction and returns when its changes are durable. An error rolls this closure's changes
    /// back and nobody else's.
    ///
    /// # Errors
    /// What the closure returns, or the engine's failure turned into the closure's error type.
    pub async fn write<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<SqlError> + Send + 'static,
    {
        self.submit(closure, true).await
    }

    async fn submit<T, E, F>(&self, closure: F, write: bool) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<SqlError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let work: Box<dyn Work> = Box::new(Job { closure, result: None, conflict: false, reply });
        let queued = match (&self.inner.engine, write) {
            (Engine::Sqlite(engine), true) => engine.write(work),
            (Engine::Sqlite(engine), false) => engine.read(work),
            (Engine::Postgres(engine), true) => engine.write(work),
            (Engine::Postgres(engine), false) => engine.read(work),
        };
        queued.map_err(E::from)?;
        answer.await.unwrap_or_else(|_| Err(SqlError::Closed.into()))
    }

    /// Brings the tables of `set` up to date.
    ///
    /// # Errors
    /// The engine's failure, with the name of the migration; nothing of a failed migration remains.
    pub async fn migrate(&self, set: MigrationSet) -> Result<Vec<String>, SqlError> {
        migrations::migrate(self, set).await
    }

    /// The names of the migrations of `set` that this build has and the database lacks.
    pub async fn pending_migrations(&self, set: MigrationSet) -> Result<Vec<String>, SqlError> {
        migrations::pending(self, set).await
    }

    /// The tables as they are, in a form that is the same for both engines.
    pub async fn schema(&self) -> Result<Schema, SqlError> {
        schema::read(self).await
    }

    /// All notices of a channel, from this node and (PostgreSQL) from others. A slow receiver misses old ones and is
    /// told so by the channel; whoever must not miss anything looks into the database as well.
    pub fn subscribe(&self, channel: Channel) -> broadcast::Receiver<Notice> {
        self.inner.notifier.subscribe(channel)
    }

    /// Wakes when something is noticed about one `id`; holds the latest value only. Costs nothing while quiet.
    pub fn watch(&self, channel: Channel, id: [u8; 16]) -> Watch {
        Notifier::watch(&self.inner.notifier, channel, id)
    }

    /// Writes a consistent copy of an SQLite database to `target` while it is in use.
    ///
    /// # Errors
    /// [`SqlError::Config`] on PostgreSQL, which has `pg_dump` and base backups for this.
    pub async fn backup_to(&self, target: PathBuf) -> Result<(), SqlError> {
        match &self.inner.engine {
            Engine::Sqlite(engine) => {
                let path = engine.path().to_owned();
                tokio::task::spawn_blocking(move || sqlite::backup(&path, &target))
                    .await
                    .map_err(|_| SqlError::Panicked)?
            }
            Engine::Postgres(_) => {
                Err(SqlError::Config("back PostgreSQL up with pg_dump or a base backup".to_owned()))
            }
        }
    }
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Database({:?})", self.dialect())
    }
}

/// The parameters of a statement: `params![id, name, Option::<i64>::None]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::sql::Value::from($value)),*] as &[$crate::sql::Value<'_>] };
}
pub use params;
