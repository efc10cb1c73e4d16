//! Runs due jobs.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use mailkeep_types::JobId;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{Job, JobError, back_off, store};
use crate::sql::{Channel, Database, SqlError};

type Handler = Arc<dyn Fn(Job) -> Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>> + Send + Sync>;

/// How long a node may be silent before others take its jobs.
const LEASE: Duration = Duration::from_secs(60);
/// How often the table is looked at when no notice came: the net under lost notices and the tick of steered clocks.
const POLL: Duration = Duration::from_millis(500);
/// How many jobs run at once on a node.
const CONCURRENCY: usize = 16;
/// How often a job is tried before it is dead: about two days with the back-off.
const MAX_ATTEMPTS: u32 = 40;

/// Collects handlers before the runner starts.
pub struct JobsBuilder {
    db: Database,
    handlers: HashMap<String, Handler>,
    recurring: Vec<(&'static str, Duration)>,
}

/// A runner of jobs.
pub struct Jobs;

impl Jobs {
    /// Begins with a database and no handlers.
    pub fn builder(db: Database) -> JobsBuilder {
        JobsBuilder { db, handlers: HashMap::new(), recurring: Vec::new() }
    }
}

impl JobsBuilder {
    /// Jobs of `kind` are run by `handler`.
    #[must_use]
    pub fn handler<F, R>(mut self, kind: &'static str, handler: F) -> Self
    where
        F: Fn(Job) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        self.handlers.insert(kind.to_owned(), Arc::new(move |job| Box::pin(handler(job))));
        self
    }

    /// Runs `kind` again and again, `interval` after its last turn; one node at a time.
    #[must_use]
    pub fn every(mut self, kind: &'static str, interval: Duration) -> Self {
        self.recurring.push((kind, interval));
        self
    }

    /// Runs jobs until `shutdown`; jobs that run then are finished first, for at most ten seconds.
    ///
    /// # Errors
    /// When the recurring jobs cannot be written.
    pub async fn run(self, shutdown: CancellationToken) -> Result<(), SqlError> {
        for (kind, interval) in self.recurring {
            self.db
                .write(move |tx| -> Result<(), SqlError> {
                    let id = JobId::from_uuid(mailkeep_types::new_uuid(&super::At(tx.now())));
                    let row = store::NewRow {
                        kind,
                        unique_key: Some("schedule"),
                        payload: "null",
                        run_at: tx.now(),
                        every: Some(interval),
                        bulk: false,
                    };
                    store::insert(tx, id, &row)?;
                    store::set_interval(tx, kind, interval)
                })
                .await?;
        }
        let kinds: Vec<String> = self.handlers.keys().cloned().collect();
        let handlers = Arc::new(self.handlers);
        let mut notices = self.db.subscribe(Channel::Job);
        let free = Arc::new(Semaphore::new(CONCURRENCY));
        let mut running = JoinSet::new();
        while !shutdown.is_cancelled() {
            let room = free.available_permits();
            let claimed = if room == 0 { Vec::new() } else { claim_or_log(&self.db, &kinds, room).await };
            let idle = claimed.is_empty();
            for job in claimed {
                let Ok(permit) = Arc::clone(&free).try_acquire_owned() else { break };
                let (db, handlers) = (self.db.clone(), Arc::clone(&handlers));
                running.spawn(async move {
                    if let Some(handler) = handlers.get(&job.kind) {
                        run_one(&db, Arc::clone(handler), job).await;
                    }
                    drop(permit);
                });
            }
            while running.try_join_next().is_some() {}
            if idle {
                tokio::select! {
                    () = shutdown.cancelled() => {}
                    _ = notices.recv() => {}
                    _ = running.join_next(), if !running.is_empty() => {}
                    () = tokio::time::sleep(POLL) => {}
                }
            }
        }
        let rest = async { while running.join_next().await.is_some() {} };
        // What does not end in time is given up; its lease runs out and it is run again.
        let _ = tokio::time::timeout(Duration::from_secs(10), rest).await;
        Ok(())
    }
}

async fn claim_or_log(db: &Database, kinds: &[String], room: usize) -> Vec<Job> {
    let kinds = kinds.to_vec();
    let limit = i64::try_from(room).unwrap_or(1);
    // A look first: an idle program writes nothing.
    let due = db.read(store::is_due).await;
    let claimed = match due {
        Ok(false) => Ok(Vec::new()),
        Ok(true) => db.write(move |tx| store::claim(tx, &kinds, limit, LEASE)).await,
        Err(error) => Err(error),
    };
    claimed.unwrap_or_else(|error| {
        tracing::error!(%error, "jobs cannot be claimed; trying again");
        Vec::new()
    })
}

async fn run_one(db: &Database, handler: Handler, job: Job) {
    let (id, kind, attempts, every) = (job.id, job.kind.clone(), job.attempts, job.every);
    // A task of its own, so that a panic in a handler is a failed job and not the end of the runner.
    let mut work = tokio::spawn(handler(job));
    let outcome = loop {
        tokio::select! {
            done = &mut work => break done.unwrap_or_else(|_| Err(JobError::retry("the handler panicked"))),
            () = tokio::time::sleep(LEASE / 3) => {
                let extended = db.write(move |tx| store::extend(tx, id, LEASE)).await;
                if let Err(error) = extended {
                    tracing::warn!(%error, %id, "the lease of a job could not be extended");
                }
            }
        }
    };
    metrics::counter!("mailkeep_jobs_total", "kind" => kind.clone(), "ok" => if outcome.is_ok() { "yes" } else { "no" })
        .increment(1);
    let recorded = match outcome {
        Ok(()) => db.write(move |tx| store::finish(tx, id, every)).await,
        Err(error) => {
            let dead =
                matches!(error, JobError::Dead(_)) || (attempts + 1 >= MAX_ATTEMPTS && every.is_none());
            let why: String = error.to_string().chars().take(500).collect();
            if dead {
                tracing::error!(%id, kind, why, "a job is dead and waits for a person: see the console or `mailkeep jobs`");
            } else {
                tracing::warn!(%id, kind, why, attempts = attempts + 1, "a job failed and will be tried again");
            }
            db.write(move |tx| match (&error, dead) {
                (_, true) if every.is_none() => store::bury(tx, id, &why),
                (JobError::RetryAt(at, _), _) => store::put_off(tx, id, *at, &why),
                _ => store::put_off(tx, id, tx.now().plus(back_off(attempts + 1)), &why),
            })
            .await
        }
    };
    if let Err(error) = recorded {
        tracing::error!(%error, %id, "the outcome of a job could not be written; it will run again");
    }
}
