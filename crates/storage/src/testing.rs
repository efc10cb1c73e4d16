//! Throw-away databases for tests, one for each engine.
//!
//! `both_engines!(name, |db| async move { … })` makes the module `name` with the tests `sqlite` and `postgres`. The
//! PostgreSQL one runs in a cluster of its own in a temporary folder, started once for each test program, or on the
//! server that `MAILKEEP_TEST_POSTGRES` names; where PostgreSQL's programs are not installed it says so and is skipped
//! (and fails instead when `MAILKEEP_TEST_REQUIRE_POSTGRES` is set, as `./dev test` does).

mod store;

use std::future::Future;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use mailkeep_types::{SharedClock, SystemClock, new_uuid};
use parking_lot::Mutex;

use crate::sql::{Database, DatabaseConfig, Dialect, MigrationSet};

#[doc(inline)]
pub use crate::both_engines;

/// Makes one test for each engine; the body is a function from [`Database`] to a future. A second form,
/// `both_engines!(name, |dbs: Databases| …)`, is not needed: ask [`sibling`] for a database of keys.
#[macro_export]
macro_rules! both_engines {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            #[test]
            fn sqlite() {
                $crate::testing::run($crate::sql::Dialect::Sqlite, $body);
            }

            #[test]
            fn postgres() {
                $crate::testing::run($crate::sql::Dialect::Postgres, $body);
            }
        }
    };
}

/// Runs `body` on a fresh, migrated database of the engine, with the clock of the machine.
pub fn run<F, R>(dialect: Dialect, body: F)
where
    F: FnOnce(Database) -> R,
    R: Future<Output = ()>,
{
    run_at(dialect, Arc::new(SystemClock), body);
}

/// Runs `body` on a fresh, migrated database of the engine, with the given clock.
pub fn run_at<F, R>(dialect: Dialect, clock: SharedClock, body: F)
where
    F: FnOnce(Database) -> R,
    R: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let Some(place) = Place::make(dialect, Some(MigrationSet::Main), &clock) else { return };
    runtime.block_on(async {
        body(Database::open(&place.config, clock).await.expect("a fresh database opens")).await;
    });
}

/// A second, empty database of keys on the same engine as `db`, for `policy`.
pub async fn sibling(db: &Database) -> Database {
    let clock = Arc::clone(db.clock());
    let (dialect, for_place) = (db.dialect(), Arc::clone(&clock));
    let place =
        tokio::task::spawn_blocking(move || Place::make(dialect, Some(MigrationSet::Keys), &for_place));
    let place = place.await.unwrap().expect("the engine of the first database is there");
    let keys = Database::open(&place.config, clock).await.expect("a fresh database opens");
    // Kept until the test program ends; the folder and the cluster are temporary.
    std::mem::forget(place);
    keys
}

/// Statements that may still run before all fail; `i64::MAX` when none does.
static STATEMENTS_LEFT: AtomicI64 = AtomicI64::new(i64::MAX);

/// While this lives, statements of the whole process fail after the first few, as if the process had died there.
#[derive(Debug)]
pub struct StatementsFail(());

impl StatementsFail {
    /// Lets `statements` more statements run; the one after them and all later ones fail.
    pub fn after(statements: u64) -> Self {
        STATEMENTS_LEFT.store(i64::try_from(statements).unwrap_or(i64::MAX - 1), Ordering::SeqCst);
        StatementsFail(())
    }
}

impl Drop for StatementsFail {
    fn drop(&mut self) {
        STATEMENTS_LEFT.store(i64::MAX, Ordering::SeqCst);
    }
}

/// Counts a statement.
pub(crate) fn statement_fails() -> bool {
    let left = STATEMENTS_LEFT.load(Ordering::SeqCst);
    left != i64::MAX && STATEMENTS_LEFT.fetch_sub(1, Ordering::SeqCst) <= 0
}

struct Place {
    config: DatabaseConfig,
    _folder: Option<tempfile::TempDir>,
    dropped: Option<(String, String)>,
}

impl Place {
    /// An empty database, or one with the tables of a set.
    fn make(dialect: Dialect, set: Option<MigrationSet>, clock: &SharedClock) -> Option<Place> {
        match dialect {
            Dialect::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let path = folder.path().join("test.db");
                if let Some(set) = set {
                    std::fs::write(&path, store::sqlite(set)).expect("a file in a temporary folder");
                }
                let config = DatabaseConfig::Sqlite { path, readers: 2 };
                Some(Place { config, _folder: Some(folder), dropped: None })
            }
            Dialect::Postgres => {
                let Some(server) = postgres_server() else {
                    let missing = "PostgreSQL's programs (initdb, postgres) are not installed: apt-get install postgresql";
                    assert!(std::env::var_os("MAILKEEP_TEST_REQUIRE_POSTGRES").is_none(), "{missing}");
                    eprintln!("skipped: {missing}");
                    return None;
                };
                let name = format!("test_{}", new_uuid(&**clock).simple());
                let template = match set {
                    Some(set) => store::postgres(&server, set),
                    None => "template1",
                };
                maintenance(&server)
                    .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
                    .expect("a fresh database");
                let config = postgres_config(&server, &name);
                Some(Place { config, _folder: None, dropped: Some((server, name)) })
            }
        }
    }
}

/// A connection from which databases are made.
fn maintenance(server: &str) -> postgres::Client {
    postgres::Client::connect(&format!("{server} dbname=postgres"), postgres::NoTls)
        .expect("the throw-away cluster answers")
}

fn postgres_config(server: &str, name: &str) -> DatabaseConfig {
    DatabaseConfig::Postgres { url: format!("{server} dbname={name}"), connections: 4, tls_root: None }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, name)) = self.dropped.take()
            && let Ok(mut client) =
                postgres::Client::connect(&format!("{server} dbname=postgres"), postgres::NoTls)
        {
            // A database that stays behind in a temporary cluster does no harm.
            let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// A fresh, empty database on the tests' PostgreSQL as a URL for a configuration; `None` (said on standard error) where
/// PostgreSQL is not installed. It goes with the temporary cluster.
pub fn fresh_postgres_url() -> Option<String> {
    postgres_url(None)
}

/// The same with the tables of a set, as an installation leaves them that has started once.
pub fn migrated_postgres_url(set: MigrationSet) -> Option<String> {
    postgres_url(Some(set))
}

fn postgres_url(set: Option<MigrationSet>) -> Option<String> {
    // A thread of its own: the driver has a runtime inside, and must not be called within another.
    let made = std::thread::spawn(move || {
        let clock: SharedClock = Arc::new(SystemClock);
        let mut place = Place::make(Dialect::Postgres, set, &clock)?;
        place.dropped = None;
        match &place.config {
            DatabaseConfig::Postgres { url, .. } => Some(url.clone()),
            DatabaseConfig::Sqlite { .. } => None,
        }
    });
    made.join().expect("the tests' PostgreSQL makes a database")
}

/// A copy of a database of the tests' PostgreSQL, as a URL for a configuration: what a backup of it would hold. Whoever is
/// connected to the original loses the connection.
///
/// # Panics
/// If `url` names no database of that server, or somebody connects again at once.
pub fn copied_postgres_url(url: &str) -> String {
    let name = url.split_whitespace().find_map(|part| part.strip_prefix("dbname=")).expect("a database");
    let (name, copy) = (name.to_owned(), format!("{name}_copy"));
    let server = postgres_server().expect("the original is there");
    let made = format!("{server} dbname={copy}");
    let work = std::thread::spawn(move || {
        let mut client = maintenance(&server);
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        client.batch_execute(&end).expect("connections are ended");
        client.batch_execute(&format!("CREATE DATABASE {copy} TEMPLATE {name}")).expect("a copy");
    });
    work.join().expect("the tests' PostgreSQL makes a copy");
    made
}

/// The server that tests use, as libpq's `key=value` text without a database name.
pub fn postgres_server() -> Option<String> {
    static SERVER: OnceLock<Option<String>> = OnceLock::new();
    SERVER
        .get_or_init(|| match std::env::var("MAILKEEP_TEST_POSTGRES") {
            Ok(server) if !server.is_empty() => Some(server),
            _ => start_cluster(),
        })
        .clone()
}

/// The folder with `initdb` and `postgres`, as Debian and others install them.
fn postgres_programs() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|entries| entries.filter_map(|e| e.ok().map(|e| e.path().join("bin"))).collect())
        .unwrap_or_default();
    folders.sort();
    folders.reverse();
    if let Some(path) = std::env::var_os("PATH") {
        folders.extend(std::env::split_paths(&path));
    }
    folders.into_iter().find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// A command that is not run as root, which PostgreSQL refuses to be.
fn as_ordinary_user(program: &Path) -> Command {
    let root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.starts_with(b"0\n"));
    if root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// A free port of loopback, and what keeps it free: while the socket lives, the system gives the port to nobody who
/// asks for any, and a program that names it may listen there, because the socket itself does not listen.
///
/// # Errors
/// When no port is free.
pub fn reserve_port() -> std::io::Result<(tokio::net::TcpSocket, u16)> {
    let socket = tokio::net::TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind((std::net::Ipv4Addr::LOCALHOST, 0).into())?;
    let port = socket.local_addr()?.port();
    Ok((socket, port))
}

/// Starts a cluster in a temporary folder. A shell waits on our standard input's end to stop and remove it when this
/// test program ends, however it ends.
fn start_cluster() -> Option<String> {
    static WATCHDOG: Mutex<Option<(std::process::Child, tokio::net::TcpSocket)>> = Mutex::new(None);
    let programs = postgres_programs()?;
    let script = r#"
        set -e
        folder=$(mktemp -d "${TMPDIR:-/tmp}/mailkeep-pg.XXXXXX")
        trap 'rm -rf "$folder"' EXIT
        "$1/initdb" -D "$folder/data" -U test -A trust -E UTF8 --locale=C -N >/dev/null 2>&1
        tls=off
        if openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
            -addext basicConstraints=critical,CA:FALSE \
            -keyout "$folder/data/server.key" -out "$folder/root.pem" 2>/dev/null; then
            chmod 600 "$folder/data/server.key"
            cp "$folder/root.pem" "$folder/data/server.crt"
            tls=on
        fi
        "$1/postgres" -D "$folder/data" -k "$folder" -p "$2" -c ssl=$tls -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off \
            -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c jit=off -c max_connections=400 -c shared_buffers=64MB >"$folder/log" 2>&1 &
        server=$!
        echo "$folder"
        cat >/dev/null
        kill -INT $server
        wait $server || true
    "#;
    let (reserved, port) = reserve_port().expect("a port");
    let child = as_ordinary_user(Path::new("sh"))
        .args(["-c", script, "sh"])
        .arg(&programs)
        .arg(port.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .current_dir("/tmp")
        .spawn();
    let mut child = child.expect("a shell to keep the cluster");
    let mut folder = String::new();
    let mut byte = [0u8];
    let stdout = child.stdout.as_mut().expect("piped");
    while stdout.read(&mut byte).is_ok_and(|n| n == 1) && byte[0] != b'\n' {
        folder.push(char::from(byte[0]));
    }
    assert!(!folder.is_empty(), "initdb failed");
    WATCHDOG.lock().replace((child, reserved));
    let server = format!("host={folder} port={port} user=test");
    for _ in 0..600 {
        if postgres::Client::connect(&format!("{server} dbname=postgres"), postgres::NoTls).is_ok() {
            return Some(server);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("PostgreSQL did not start within 30 s; see {folder}/log");
}
