//! Blobs that no row names go: a ticket takes its rows along when its term ends, and a crash may leave some.

use std::time::Duration;

use mailkeep_storage::jobs::{JobError, JobsBuilder};
use uuid::Uuid;

use super::store;
use crate::tickets::{Desk, TicketError};

/// Under which path the blobs are.
const BLOBS: &str = "tickets";

/// Recurring: removes blobs that no row names.
const SWEEP: &str = "helpdesk.sweep_attachments";
const SWEEP_EVERY: Duration = Duration::from_secs(24 * 3600);
/// A file is named by its row a moment after it is stored.
const YOUNG: Duration = Duration::from_secs(24 * 3600);

/// The key of a file's blob.
pub(super) fn blob_key(attachment: Uuid) -> String {
    format!("{BLOBS}/{attachment}")
}

/// Adds the jobs of attachments to a runner.
#[must_use]
pub fn register(builder: JobsBuilder, desk: &Desk) -> JobsBuilder {
    let desk = desk.clone();
    builder
        .handler(SWEEP, move |_| {
            let desk = desk.clone();
            async move { desk.sweep_attachments().await.map(drop).map_err(JobError::retry) }
        })
        .every(SWEEP, SWEEP_EVERY)
}

impl Desk {
    /// Removes blobs that no row names: how many.
    ///
    /// # Errors
    /// When a store fails; the rest is for the next run.
    pub async fn sweep_attachments(&self) -> Result<usize, TicketError> {
        let before = self.policy().clock().now().minus(YOUNG).as_micros() / 1000;
        let mut gone = 0;
        for key in self.blobs().list(BLOBS).await? {
            let id = key.rsplit('/').next().and_then(|id| id.parse::<Uuid>().ok());
            // The number says when it was made (UUIDv7).
            let made = |id: &Uuid| {
                let (seconds, nanos) = id.get_timestamp()?.to_unix();
                Some(i64::try_from(seconds).ok()?.saturating_mul(1000) + i64::from(nanos / 1_000_000))
            };
            let Some(id) = id.filter(|id| made(id).is_some_and(|made| made < before)) else { continue };
            if !self.read(move |tx| Ok(store::is_there(tx, id)?)).await? {
                self.blobs().delete(&key).await?;
                gone += 1;
            }
        }
        Ok(gone)
    }
}
