//! Notices of uses that a person is told of at once: they stand in the Customer Center until they are seen.

pub(crate) mod store;

use mailkeep_types::{LedgerEntryId, Timestamp};

use crate::Policy;
use crate::error::PolicyError;
use crate::subject::Subject;

/// A use that the person has not seen yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UseNotice {
    /// Its entry in the ledger.
    pub entry: LedgerEntryId,
    /// Whose data.
    pub subject: Subject,
    /// When.
    pub at: Timestamp,
}

/// The notices about these subjects that were not seen yet, newest first.
///
/// # Errors
/// When the database fails.
pub async fn unseen(policy: &Policy, subjects: &[Subject]) -> Result<Vec<UseNotice>, PolicyError> {
    let subjects = subjects.to_vec();
    let found = policy.database().read(move |tx| {
        let mut found = Vec::new();
        for subject in &subjects {
            found.extend(store::unseen(tx, *subject)?);
        }
        found.sort_by_key(|notice: &UseNotice| std::cmp::Reverse((notice.at, notice.entry)));
        Ok::<_, mailkeep_storage::sql::SqlError>(found)
    });
    Ok(found.await?)
}

/// Notes that the notices about these subjects were seen.
///
/// # Errors
/// When the database fails.
pub async fn mark_seen(policy: &Policy, subjects: &[Subject]) -> Result<(), PolicyError> {
    let subjects = subjects.to_vec();
    let marked = policy.database().write(move |tx| {
        for subject in &subjects {
            store::mark_seen(tx, *subject)?;
        }
        Ok::<_, mailkeep_storage::sql::SqlError>(())
    });
    Ok(marked.await?)
}
