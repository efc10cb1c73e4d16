//! Looking facts up: claims that arrive while others are being looked up share the next read, so that a crowd at the gate
//! costs few turns of the database.

use std::sync::Arc;

use mailkeep_storage::sql::{Database, SqlError, Tx};
use parking_lot::Mutex;
use tokio::sync::oneshot;

use super::facts::Found;

/// How many reads are under way at once: on PostgreSQL each look-up is a journey, and they shall not all be one after
/// the other.
const READS: usize = 4;
/// How many claims share a read at most.
const SHARING: usize = 32;

/// The look-up of one claim. It may be run again.
pub(super) type Lookup = Box<dyn Fn(&mut Tx<'_>) -> Result<Found, SqlError> + Send + Sync>;

type Waiting = (Lookup, oneshot::Sender<Result<Found, SqlError>>);

#[derive(Default)]
struct Queue {
    waiting: Vec<Waiting>,
    reading: usize,
}

/// The claims that wait to be looked up.
#[derive(Clone)]
pub(super) struct Lookups {
    db: Database,
    queue: Arc<Mutex<Queue>>,
}

impl Lookups {
    pub(super) fn new(db: Database) -> Self {
        Lookups { db, queue: Arc::default() }
    }

    /// What is found out about a claim, now.
    pub(super) async fn find(&self, lookup: Lookup) -> Result<Found, SqlError> {
        let answer = {
            let mut queue = self.queue.lock();
            if queue.reading < READS {
                queue.reading += 1;
                Err(lookup)
            } else {
                let (done, answer) = oneshot::channel();
                queue.waiting.push((lookup, done));
                Ok(answer)
            }
        };
        match answer {
            Ok(answer) => answer.await.unwrap_or(Err(SqlError::Closed)),
            Err(lookup) => {
                // A guard, since whoever asked may go away in the middle of it.
                let _turn = Turn(self);
                self.db.read(lookup).await
            }
        }
    }

    /// Reads for those who wait, until nobody does.
    async fn read_batches(self) {
        loop {
            let batch = {
                let mut queue = self.queue.lock();
                let count = queue.waiting.len().min(SHARING);
                let batch: Vec<Waiting> = queue.waiting.drain(..count).collect();
                if batch.is_empty() {
                    queue.reading -= 1;
                    return;
                }
                batch
            };
            let (lookups, waiting): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
            let lookups = Arc::new(lookups);
            let shared = Arc::clone(&lookups);
            let found = self
                .db
                .read(move |tx| shared.iter().map(|lookup| lookup(tx)).collect::<Result<Vec<_>, _>>())
                .await;
            match found {
                Ok(found) => {
                    for (done, found) in waiting.into_iter().zip(found) {
                        let _ = done.send(Ok(found));
                    }
                }
                // One that fails spoils the transaction of all: each is told its own.
                Err(_) => {
                    for (index, done) in waiting.into_iter().enumerate() {
                        let own = Arc::clone(&lookups);
                        let found = self.db.read(move |tx| match own.get(index) {
                            Some(lookup) => lookup(tx),
                            None => Err(SqlError::NotFound),
                        });
                        let _ = done.send(found.await);
                    }
                }
            }
        }
    }
}

/// The right to read; at its end it goes to those who wait.
struct Turn<'a>(&'a Lookups);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut queue = self.0.queue.lock();
        match tokio::runtime::Handle::try_current() {
            // A task of its own, so that those who wait do not depend on whoever came first.
            Ok(runtime) if !queue.waiting.is_empty() => drop(runtime.spawn(self.0.clone().read_batches())),
            _ => {
                queue.waiting.clear();
                queue.reading -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use mailkeep_storage::both_engines;

    use super::*;
    use crate::table::FactSet;

    fn nothing() -> Found {
        Found { roles: Vec::new(), facts: FactSet::default(), sealed: false, scope: None }
    }

    both_engines!(a_crowd_shares_reads_and_each_is_told_its_own, |db: Database| async move {
        let lookups = Lookups::new(db);
        let turns = Arc::new(AtomicUsize::new(0));
        let mut running = tokio::task::JoinSet::new();
        for number in 0..200usize {
            let (lookups, turns) = (lookups.clone(), Arc::clone(&turns));
            running.spawn(async move {
                let found = lookups.find(Box::new(move |tx| {
                    turns.fetch_add(1, Ordering::Relaxed);
                    match number % 50 {
                        7 => tx.execute("SELECT * FROM no_such_table", &[]).map(|_| nothing()),
                        _ => Ok(Found { sealed: number % 2 == 1, ..nothing() }),
                    }
                }));
                (number, found.await)
            });
        }
        while let Some(done) = running.join_next().await {
            let (number, found) = done.unwrap();
            match number % 50 {
                7 => assert!(found.is_err(), "{number}"),
                _ => assert_eq!(found.unwrap().sealed, number % 2 == 1),
            }
        }
        assert!(turns.load(Ordering::Relaxed) >= 200);
        assert_eq!(lookups.queue.lock().reading, 0, "nobody reads when nobody waits");
    });
}
