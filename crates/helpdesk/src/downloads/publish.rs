//! A release is shown to readers, and taken from them.

use mailkeep_types::{ReleaseId, StaffId};

use super::products::in_a_line;
use super::write::draft_of;
use super::{Act, DownloadError, Downloads, ReleaseState, acts, store};

const MAX_REASON: usize = 300;

impl Downloads {
    /// Publishes a draft that has files.
    ///
    /// # Errors
    /// [`DownloadError::NotFound`]; [`DownloadError::State`] for one without files, or that is no draft.
    pub async fn publish_release(&self, staff: StaffId, id: ReleaseId) -> Result<(), DownloadError> {
        self.db()
            .write(move |tx| -> Result<(), DownloadError> {
                let mut release = draft_of(tx, id)?;
                if store::files_of(tx, id)?.is_empty() {
                    return Err(DownloadError::state("It has no file yet; upload one first."));
                }
                release.state = ReleaseState::Published;
                release.published_at = Some(tx.now());
                store::put_release(tx, &release)?;
                Ok(acts::note(tx, release.product, Act::Published, &release.version, staff)?)
            })
            .await
    }

    /// Withdraws a published release for good: readers see that it was there and why it is not to be had any more.
    ///
    /// # Errors
    /// [`DownloadError::Field`] for `reason`; [`DownloadError::NotFound`]; [`DownloadError::State`] for one that is not
    /// published.
    pub async fn withdraw_release(
        &self,
        staff: StaffId,
        id: ReleaseId,
        reason: &str,
    ) -> Result<(), DownloadError> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() || !in_a_line(&reason, MAX_REASON) {
            let sentence = "Say in one line of at most 300 letters why; visitors read it.";
            return Err(DownloadError::field("reason", sentence));
        }
        self.db()
            .write(move |tx| -> Result<(), DownloadError> {
                let mut release = store::release(tx, id)?.ok_or(DownloadError::NotFound)?;
                if release.state != ReleaseState::Published {
                    return Err(DownloadError::state(
                        "Readers do not have it; there is nothing to withdraw.",
                    ));
                }
                release.state = ReleaseState::Withdrawn;
                release.reason = Some(reason.clone());
                release.withdrawn_at = Some(tx.now());
                store::put_release(tx, &release)?;
                Ok(acts::note(tx, release.product, Act::Withdrew, &release.version, staff)?)
            })
            .await
    }
}
