//! Durable jobs: work that must happen once the transaction that asked for it is durable, also after a crash.
//!
//! [`enqueue`] writes a job in the caller's own transaction. A [`Jobs`] runner claims due jobs under a lease, so that
//! any number of nodes share the work and one that died gives its jobs up; runs their handlers; and puts off what
//! failed, further each time, until a job is *dead* and waits for a person. Recurring work is a row too and so has one
//! holder at a time.
//!
//! A handler may run twice: after a crash between its work and the removal of its row. It either makes no difference
//! (the usual way) or removes the row in the transaction of its work with [`Job::complete_in`].
//!
//! Payloads hold identifiers, never a person's data.

mod runner;
mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use mailkeep_types::{JobId, Timestamp, new_uuid};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::sql::{Channel, SqlError, Tx};

pub use runner::{Jobs, JobsBuilder};
pub use store::{Counts, DeadJob, counts, delete_dead, is_any_running, list_dead, retry_dead};

/// A job to be written.
#[derive(Debug, Clone)]
pub struct NewJob {
    kind: &'static str,
    payload: String,
    unique_key: Option<String>,
    run_at: Option<Timestamp>,
    bulk: bool,
}

impl NewJob {
    /// A job of `kind` that is due at once.
    ///
    /// # Panics
    /// If the payload cannot be written as JSON (a map with keys that are no texts): a mistake of the code.
    pub fn new(kind: &'static str, payload: &impl Serialize) -> Self {
        let payload = serde_json::to_string(payload).expect("a payload that JSON can hold");
        NewJob { kind, payload, unique_key: None, run_at: None, bulk: false }
    }

    /// While a job of the same kind and key is there, another is not written.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.unique_key = Some(key.into());
        self
    }

    /// Not before `run_at`.
    #[must_use]
    pub fn at(mut self, run_at: Timestamp) -> Self {
        self.run_at = Some(run_at);
        self
    }

    /// One of very many that nobody waits for: it is taken on when no other is due.
    #[must_use]
    pub fn bulk(mut self, bulk: bool) -> Self {
        self.bulk = bulk;
        self
    }
}

/// Writes a job in the caller's transaction. `None` when one with the same key is waiting already.
pub fn enqueue(tx: &mut Tx<'_>, job: NewJob) -> Result<Option<JobId>, SqlError> {
    let now = tx.now();
    let run_at = job.run_at.unwrap_or(now);
    let id = JobId::from_uuid(new_uuid(&At(now)));
    let row = store::NewRow {
        kind: job.kind,
        unique_key: job.unique_key.as_deref(),
        payload: &job.payload,
        run_at,
        every: None,
        bulk: job.bulk,
    };
    let written = store::insert(tx, id, &row)?;
    if written && run_at <= now {
        tx.notify(Channel::Job, [0; 16], 0);
    }
    Ok(written.then_some(id))
}

/// A clock that stands at the time of a transaction.
#[derive(Debug)]
struct At(Timestamp);

impl mailkeep_types::Clock for At {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// A job that is being run.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its identifier.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
    /// How often it was tried before, zero the first time.
    pub attempts: u32,
    payload: String,
    every: Option<Duration>,
}

impl Job {
    /// The payload.
    ///
    /// # Errors
    /// A dead job when the payload is of another shape.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, JobError> {
        serde_json::from_str(&self.payload)
            .map_err(|error| JobError::dead(format!("the payload cannot be read: {error}")))
    }

    /// Removes the job in the caller's own transaction, so that the work and its completion are one.
    pub fn complete_in(&self, tx: &mut Tx<'_>) -> Result<(), SqlError> {
        store::finish(tx, self.id, self.every)
    }
}

/// Why a job did not succeed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum JobError {
    /// It may succeed later.
    #[error("{0}")]
    Retry(String),
    /// It may succeed at the given time and should not be tried before.
    #[error("{1} (again at {0})")]
    RetryAt(Timestamp, String),
    /// It will not succeed by itself; a person must look at it.
    #[error("{0}")]
    Dead(String),
}

impl JobError {
    /// It may succeed later. The sentence must not hold a person's data.
    pub fn retry(why: impl std::fmt::Display) -> Self {
        JobError::Retry(why.to_string())
    }

    /// It will not succeed by itself. The sentence must not hold a person's data.
    pub fn dead(why: impl std::fmt::Display) -> Self {
        JobError::Dead(why.to_string())
    }
}

impl From<SqlError> for JobError {
    fn from(error: SqlError) -> Self {
        JobError::Retry(error.to_string())
    }
}

/// How long a job waits before its next try: 2, 4, 8 … seconds, an hour at most.
pub(crate) fn back_off(attempts: u32) -> Duration {
    Duration::from_secs(2u64.saturating_pow(attempts.clamp(1, 12)).min(3600))
}
