//! Staff write releases.

use mailkeep_storage::sql::Tx;
use mailkeep_types::{DownloadProductId, ReleaseId, StaffId};

use super::shelf::blob_key;
use super::{
    Act, Audience, Channel, DownloadError, Downloads, Release, ReleaseState, acts, is_version, store,
};

const MAX_NOTES: usize = 50_000;
const MAX_PLANS: usize = 50;

/// A release as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseDraft {
    /// Its version.
    pub version: String,
    /// For whom it is ripe.
    pub channel: Channel,
    /// What is new, in Markdown.
    pub notes: String,
    /// Who may download it.
    pub audience: Audience,
    /// The plans whose customers may.
    pub plans: Vec<String>,
}

/// A release that is a draft.
pub(super) fn draft_of(tx: &mut Tx<'_>, id: ReleaseId) -> Result<Release, DownloadError> {
    let release = store::release(tx, id)?.ok_or(DownloadError::NotFound)?;
    match release.state {
        ReleaseState::Draft => Ok(release),
        _ => Err(DownloadError::state("It is published by now, and its files stay as they are.")),
    }
}

fn checked(draft: ReleaseDraft) -> Result<ReleaseDraft, DownloadError> {
    let version = draft.version.trim().to_owned();
    if !is_version(&version) {
        let sentence =
            "Use letters, digits, dots, hyphens, underscores and plus signs, at most 40, e.g. 1.4.0.";
        return Err(DownloadError::field("version", sentence));
    }
    if draft.notes.len() > MAX_NOTES {
        return Err(DownloadError::field("notes", "Use at most 50,000 letters."));
    }
    let mut plans = draft.plans;
    plans.sort();
    plans.dedup();
    if draft.audience != Audience::Plans {
        plans.clear();
    } else if plans.is_empty() || plans.len() > MAX_PLANS {
        return Err(DownloadError::field("plans", "Choose the plans whose customers may download it."));
    }
    Ok(ReleaseDraft { version, notes: draft.notes.trim().to_owned(), plans, ..draft })
}

impl Downloads {
    /// Begins a release.
    ///
    /// # Errors
    /// [`DownloadError::Field`] for `version`, `notes` and `plans`; [`DownloadError::NotFound`].
    pub async fn begin_release(
        &self,
        staff: StaffId,
        product: DownloadProductId,
        draft: ReleaseDraft,
    ) -> Result<ReleaseId, DownloadError> {
        let draft = checked(draft)?;
        let id = ReleaseId::new(&**self.policy().clock());
        self.db()
            .write(move |tx| -> Result<ReleaseId, DownloadError> {
                store::product(tx, product)?.ok_or(DownloadError::NotFound)?;
                let release = Release {
                    id,
                    product,
                    version: draft.version.clone(),
                    channel: draft.channel,
                    notes: draft.notes.clone(),
                    state: ReleaseState::Draft,
                    audience: draft.audience,
                    plans: draft.plans.clone(),
                    reason: None,
                    created_at: tx.now(),
                    published_at: None,
                    withdrawn_at: None,
                };
                put(tx, &release)?;
                acts::note(tx, product, Act::Began, &release.version, staff)?;
                Ok(id)
            })
            .await
    }

    /// Changes a release. Version and channel of one that readers see stay as they are: programs have read them.
    ///
    /// # Errors
    /// As [`Downloads::begin_release`]; [`DownloadError::State`] for one that was withdrawn.
    pub async fn write_release(
        &self,
        staff: StaffId,
        id: ReleaseId,
        draft: ReleaseDraft,
    ) -> Result<(), DownloadError> {
        let draft = checked(draft)?;
        self.db()
            .write(move |tx| -> Result<(), DownloadError> {
                let mut release = store::release(tx, id)?.ok_or(DownloadError::NotFound)?;
                match release.state {
                    ReleaseState::Draft => {
                        release.version.clone_from(&draft.version);
                        release.channel = draft.channel;
                    }
                    ReleaseState::Published => {}
                    ReleaseState::Withdrawn => return Err(DownloadError::state("It is withdrawn by now.")),
                }
                release.notes.clone_from(&draft.notes);
                release.audience = draft.audience;
                release.plans.clone_from(&draft.plans);
                put(tx, &release)?;
                Ok(acts::note(tx, release.product, Act::Changed, &release.version, staff)?)
            })
            .await
    }

    /// Removes a draft with its files.
    ///
    /// # Errors
    /// [`DownloadError::NotFound`]; [`DownloadError::State`] for what readers saw: that is withdrawn, not removed.
    pub async fn remove_release(
        &self,
        staff: StaffId,
        id: ReleaseId,
    ) -> Result<DownloadProductId, DownloadError> {
        let removed = self.db().write(move |tx| -> Result<_, DownloadError> {
            let release = draft_of(tx, id)?;
            let files = store::files_of(tx, id)?;
            for file in &files {
                store::delete_file(tx, file.id)?;
            }
            store::delete_release(tx, id)?;
            acts::note(tx, release.product, Act::Removed, &release.version, staff)?;
            Ok((release.product, files))
        });
        let (product, files) = removed.await?;
        for file in files {
            self.blobs().delete(&blob_key(file.id)).await?;
        }
        Ok(product)
    }
}

fn put(tx: &mut Tx<'_>, release: &Release) -> Result<(), DownloadError> {
    let holder = store::release_at(tx, release.product, &release.version)?;
    if holder.is_some_and(|holder| holder.id != release.id) {
        return Err(DownloadError::field("version", "This program has a release of this version."));
    }
    Ok(store::put_release(tx, release)?)
}
