//! Removes what was counted and is asked for no more.

use std::time::Duration;

use mailkeep_storage::jobs::{JobError, JobsBuilder};
use mailkeep_storage::sql::SqlError;

use super::guard::Guard;
use super::store;

const SWEEP: &str = "outbound_guard.sweep";
const SWEEP_EVERY: Duration = Duration::from_secs(3600);
const LEARN: &str = "outbound_guard.learn";
const LEARN_EVERY: Duration = Duration::from_secs(10 * 60);

/// Registers what the guard does in the background.
#[must_use]
pub fn register(builder: JobsBuilder, guard: &Guard) -> JobsBuilder {
    let (sweeping, learning) = (guard.clone(), guard.clone());
    builder
        .handler(SWEEP, move |_| {
            let guard = sweeping.clone();
            async move { guard.sweep().await.map_err(JobError::retry) }
        })
        .every(SWEEP, SWEEP_EVERY)
        .handler(LEARN, move |_| {
            let guard = learning.clone();
            async move { guard.learn().await.map(drop).map_err(JobError::retry) }
        })
        .every(LEARN, LEARN_EVERY)
}

impl Guard {
    /// Removes old counts, old numbers of texts, and recipients that were not written to for long.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self) -> Result<(), SqlError> {
        self.0.db.write(store::sweep).await
    }
}
