//! What downloads do in the background: bytes that no file names go.

use std::time::Duration;

use mailkeep_storage::jobs::{JobError, JobsBuilder};
use mailkeep_types::DownloadFileId;

use super::shelf::{BLOBS, blob_key};
use super::{DownloadError, Downloads, store};

/// Bytes that no file names are removed.
const SWEEP: &str = "helpdesk.sweep_downloads";
const SWEEP_EVERY: Duration = Duration::from_secs(86_400);
/// A file is named by its row when all of it is there, which may take as long as an upload.
const YOUNG: Duration = Duration::from_secs(86_400);

/// Registers what downloads do in the background.
pub fn register(builder: JobsBuilder, downloads: &Downloads) -> JobsBuilder {
    let downloads = downloads.clone();
    builder
        .handler(SWEEP, move |_| {
            let downloads = downloads.clone();
            async move { downloads.sweep().await.map(drop).map_err(JobError::retry) }
        })
        .every(SWEEP, SWEEP_EVERY)
}

impl Downloads {
    /// Removes the bytes that a crash left without a file: how many.
    ///
    /// # Errors
    /// When a store fails.
    pub async fn sweep(&self) -> Result<usize, DownloadError> {
        let before = self.now().minus(YOUNG).as_micros() / 1000;
        let mut gone = 0;
        for key in self.blobs().list(BLOBS).await? {
            let id = key.rsplit('/').next().and_then(|id| id.parse::<DownloadFileId>().ok());
            // The number says when it was made (UUIDv7).
            let made = |id: DownloadFileId| {
                id.uuid().get_timestamp().map(|at| at.to_unix()).map(|(seconds, nanos)| {
                    i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000)
                        + i64::from(nanos / 1_000_000)
                })
            };
            let Some(id) = id.filter(|id| made(*id).is_some_and(|made| made < before)) else { continue };
            if self.db().read(move |tx| store::file(tx, id)).await?.is_none() {
                self.blobs().delete(&blob_key(id)).await?;
                gone += 1;
            }
        }
        Ok(gone)
    }
}
