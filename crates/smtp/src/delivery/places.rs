//! How much of the queue is taken on at once.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::shaping::share_of_bulk;

/// Recipients that are claimed at once.
pub(super) const BATCH: usize = 200;

/// Room for what is claimed: under way, or waiting for a place at its destination.
pub(super) struct Places {
    pub(super) all: Arc<Semaphore>,
    /// For mail in bulk, which never has all of it.
    pub(super) of_bulk: Arc<Semaphore>,
    bulk: usize,
}

impl Places {
    pub(super) fn new(all: usize) -> Self {
        let bulk = share_of_bulk(all);
        Places { all: Arc::new(Semaphore::new(all)), of_bulk: Arc::new(Semaphore::new(bulk)), bulk }
    }

    /// How many recipients of mail in bulk are taken now: a batch worth its while, or none.
    pub(super) fn take_of_bulk(&self) -> usize {
        let free = self.of_bulk.available_permits();
        if free < self.worth_while() { 0 } else { free.min(BATCH) }
    }

    fn worth_while(&self) -> usize {
        (self.bulk / 4).clamp(1, BATCH / 4)
    }

    /// Comes when so many are free that some are taken.
    pub(super) async fn room_for_bulk(&self) {
        drop(self.of_bulk.acquire_many(u32::try_from(self.worth_while()).unwrap_or(1)).await);
    }
}
