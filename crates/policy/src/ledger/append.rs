//! Appending: entries that arrive while one batch is being written form the next, so that many share one commit.

use std::sync::Arc;

use mailkeep_storage::sql::{Database, SqlError};
use mailkeep_types::{LedgerEntryId, SharedClock, Timestamp};
use parking_lot::Mutex;
use tokio::sync::oneshot;

use super::{NewEntry, Payload, commitment, store};
use crate::keys::{SubjectKeys, additional_data, random_bytes};
use crate::subject::{Place, Subject};

/// How often a batch is tried again when another node took the same place in a chain.
const TRIES: usize = 8;

/// An entry with everything but its place in the chain.
#[derive(Clone)]
pub(super) struct Prepared {
    pub id: LedgerEntryId,
    pub subject: Subject,
    pub at: Timestamp,
    pub sealed: Vec<u8>,
    pub commitment: [u8; 32],
}

type Waiting = (Prepared, oneshot::Sender<Result<(), SqlError>>);

#[derive(Default)]
struct Queue {
    waiting: Vec<Waiting>,
    writing: bool,
}

/// The appending end of the ledger.
#[derive(Clone)]
pub(crate) struct Ledger {
    db: Database,
    clock: SharedClock,
    policy_id: [u8; 32],
    queue: Arc<Mutex<Queue>>,
}

impl Ledger {
    pub(crate) fn new(db: Database, clock: SharedClock, policy_id: [u8; 32]) -> Self {
        Ledger { db, clock, policy_id, queue: Arc::default() }
    }

    /// Returns when the entry is durable.
    pub(crate) async fn append(
        &self,
        entry: NewEntry,
        keys: &SubjectKeys,
    ) -> Result<LedgerEntryId, SqlError> {
        let prepared = self.prepare(entry, keys)?;
        let id = prepared.id;
        let (done, answer) = oneshot::channel();
        let start = {
            let mut queue = self.queue.lock();
            queue.waiting.push((prepared, done));
            !std::mem::replace(&mut queue.writing, true)
        };
        if start {
            // A task of its own, so that a caller who goes away does not take the entries of others along.
            let ledger = self.clone();
            tokio::spawn(async move { ledger.write_batches().await });
        }
        answer.await.unwrap_or(Err(SqlError::Closed))?;
        Ok(id)
    }

    fn prepare(&self, entry: NewEntry, keys: &SubjectKeys) -> Result<Prepared, SqlError> {
        let id = LedgerEntryId::new(&*self.clock);
        let payload = Payload {
            salt: data_encoding::HEXLOWER.encode(&random_bytes::<16>()),
            actor: entry.actor,
            role: entry.role.id().to_owned(),
            purpose: entry.purpose.id().to_owned(),
            act: entry.act.id().to_owned(),
            categories: entry.categories.iter().map(|category| category.id().to_owned()).collect(),
            fields: entry.fields,
            fact: entry.fact.id().to_owned(),
            fact_id: entry.fact_id,
            decision: entry.decision,
            reason: entry.reason,
        };
        let plain = serde_json::to_vec(&payload).map_err(|error| SqlError::Engine(error.to_string()))?;
        let place = Place { table: "ledger_entries", column: "payload", row: id.uuid() };
        let cipher = keys.ledger().map_err(|error| SqlError::Engine(error.to_string()))?;
        let sealed = cipher.seal(&additional_data(entry.subject, &place), &plain);
        let (at, commitment) = (self.clock.now(), commitment(&plain));
        Ok(Prepared { id, subject: entry.subject, at, sealed, commitment })
    }

    async fn write_batches(&self) {
        loop {
            let batch = {
                let mut queue = self.queue.lock();
                if queue.waiting.is_empty() {
                    queue.writing = false;
                    return;
                }
                std::mem::take(&mut queue.waiting)
            };
            let (entries, waiting): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
            let result = self.write(Arc::new(entries)).await;
            for done in waiting {
                // Whoever asked may have gone away; the entry stays.
                let _ = done.send(result.clone());
            }
        }
    }

    async fn write(&self, entries: Arc<Vec<Prepared>>) -> Result<(), SqlError> {
        let policy_id = self.policy_id;
        let mut tries = 1;
        loop {
            let batch = Arc::clone(&entries);
            match self.db.write(move |tx| store::append(tx, &batch, &policy_id)).await {
                Err(error) if (error.is_unique() || matches!(error, SqlError::Conflict)) && tries < TRIES => {
                    tries += 1
                }
                other => return other,
            }
        }
    }
}
