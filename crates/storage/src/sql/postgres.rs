//! PostgreSQL: a few connections for writing and for reading, each on its own thread; serialisable writes that are
//! run again after a conflict; LISTEN/NOTIFY for wake-ups across nodes.

use std::collections::HashMap;
use std::sync::{Arc, Weak, mpsc};
use std::time::Duration;

use mailkeep_types::SharedClock;
use parking_lot::Mutex;
use postgres::{Client, Statement};

use super::notify::{Notice, Notifier};
use super::postgres_server::Server;
use super::tx::{EngineTx, Tx};
use super::{SqlError, Work};

/// How often a closure is run again after meeting another transaction before its caller is told.
const MAX_TRIES: u32 = 50;

pub(super) struct Engine {
    writers: mpsc::Sender<Box<dyn Work>>,
    readers: mpsc::Sender<Box<dyn Work>>,
}

type Queue = Arc<Mutex<mpsc::Receiver<Box<dyn Work>>>>;

impl Engine {
    pub(super) fn open(
        server: &Server,
        connections: usize,
        notifier: Arc<Notifier>,
        clock: SharedClock,
    ) -> Result<Self, SqlError> {
        let node = mailkeep_types::new_uuid(&*clock).to_string();
        let start = |write: bool| -> Result<mpsc::Sender<Box<dyn Work>>, SqlError> {
            let (sender, incoming) = mpsc::channel::<Box<dyn Work>>();
            let queue: Queue = Arc::new(Mutex::new(incoming));
            for _ in 0..connections.max(1) {
                let session = Session::connect(server)?;
                let (queue, clock) = (Arc::clone(&queue), Arc::clone(&clock));
                let (notifier, node) = (Arc::clone(&notifier), node.clone());
                let body = move || work_loop(session, &queue, write, &notifier, &node, &clock);
                let name = if write { "postgres-writer" } else { "postgres-reader" };
                let thread = std::thread::Builder::new().name(name.to_owned()).spawn(body);
                thread.map_err(|error| SqlError::Config(format!("no thread for the database: {error}")))?;
            }
            Ok(sender)
        };
        let engine = Engine { writers: start(true)?, readers: start(false)? };
        let listener = Session::connect(server)?;
        let weak = Arc::downgrade(&notifier);
        let thread = std::thread::Builder::new().name("postgres-listener".to_owned());
        let thread = thread.spawn(move || listen_loop(listener, &weak, &node));
        thread.map_err(|error| SqlError::Config(format!("no thread for the database: {error}")))?;
        Ok(engine)
    }

    pub(super) fn write(&self, work: Box<dyn Work>) -> Result<(), SqlError> {
        self.writers.send(work).map_err(|_| SqlError::Closed)
    }

    pub(super) fn read(&self, work: Box<dyn Work>) -> Result<(), SqlError> {
        self.readers.send(work).map_err(|_| SqlError::Closed)
    }
}

struct Session {
    server: Server,
    client: Client,
    statements: HashMap<String, Statement>,
}

impl Session {
    fn connect(server: &Server) -> Result<Self, SqlError> {
        let mut client = server.connect()?;
        // Our statements are short; to compile one takes longer than to run it.
        client.batch_execute("SET jit = off")?;
        Ok(Session { server: server.clone(), client, statements: HashMap::new() })
    }

    /// A connection that was lost is made anew once before the work is refused.
    fn revive(&mut self) -> Result<(), SqlError> {
        if self.client.is_closed() {
            *self = Session::connect(&self.server)?;
        }
        Ok(())
    }

    fn run(
        &mut self,
        work: &mut dyn Work,
        write: bool,
        node: &str,
        clock: &SharedClock,
    ) -> Result<Vec<Notice>, SqlError> {
        self.revive()?;
        let begin = if write {
            "BEGIN ISOLATION LEVEL SERIALIZABLE"
        } else {
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        };
        self.client.batch_execute(begin)?;
        let engine = EngineTx::Postgres { client: &mut self.client, statements: &mut self.statements };
        let mut tx = Tx::new(engine, clock.now());
        let keep = work.run(&mut tx);
        let notices = std::mem::take(&mut tx.notices);
        if !(keep && write) {
            self.client.batch_execute("ROLLBACK")?;
            return Ok(Vec::new());
        }
        let committed = (|| {
            for notice in &notices {
                self.client.execute("SELECT pg_notify('mailkeep', $1)", &[&notice.to_payload(node)])?;
            }
            self.client.batch_execute("COMMIT")
        })();
        if let Err(error) = committed {
            let _ = self.client.batch_execute("ROLLBACK");
            return Err(error.into());
        }
        Ok(notices)
    }
}

fn work_loop(
    mut session: Session,
    queue: &Queue,
    write: bool,
    notifier: &Notifier,
    node: &str,
    clock: &SharedClock,
) {
    loop {
        let Ok(mut work) = queue.lock().recv() else { return };
        let mut tries = 0;
        let outcome = loop {
            let outcome = session.run(&mut *work, write, node, clock);
            let conflict = work.wants_retry() || matches!(outcome, Err(SqlError::Conflict));
            tries += 1;
            if conflict && tries < MAX_TRIES {
                metrics::counter!("mailkeep_database_conflicts_total").increment(1);
                // Spread those that met, so that they do not meet again: more each time, different for each thread.
                let spread =
                    u64::from(std::process::id()) ^ u64::from(tries) ^ (&raw const session as u64 >> 6);
                std::thread::sleep(Duration::from_micros(u64::from(tries.min(20)) * (200 + spread % 800)));
                continue;
            }
            break if conflict { Err(SqlError::Conflict) } else { outcome };
        };
        let outcome = outcome.map(|notices| notifier.send(&notices));
        work.finish(outcome);
    }
}

fn listen_loop(mut session: Session, notifier: &Weak<Notifier>, node: &str) {
    use postgres::fallible_iterator::FallibleIterator;
    loop {
        let heard = session.revive().and_then(|()| {
            session.client.batch_execute("LISTEN mailkeep")?;
            loop {
                let mut notifications = session.client.notifications();
                let mut waiting = notifications.timeout_iter(Duration::from_secs(1));
                while let Some(notification) = waiting.next()? {
                    let Some(notifier) = notifier.upgrade() else { return Ok(()) };
                    if let Some(notice) = Notice::from_payload(notification.payload(), node) {
                        notifier.send(&[notice]);
                    }
                }
                if notifier.strong_count() == 0 {
                    return Ok(());
                }
            }
        });
        let Err(error) = heard else { return };
        tracing::warn!(%error, "the connection for wake-ups was lost; other nodes' changes are seen by polling until it is back");
        std::thread::sleep(Duration::from_secs(1));
        if notifier.strong_count() == 0 {
            return;
        }
    }
}
