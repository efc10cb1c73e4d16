//! A policy comes into force.

use std::collections::HashSet;

use mailkeep_storage::sql::SqlError;

use super::list::changes;
use super::{Version, VersionError, store};
use crate::Policy;
use crate::file::diff::{Change, Needs};

/// What starting with a policy meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// It was the first.
    First,
    /// It was in force already.
    Same,
    /// It came after another, with these changes.
    Changed(Vec<Change>),
}

/// Lets the policy of this process come into force; called by what serves, before it serves.
///
/// # Errors
/// When it widens anything of the one before, and people were not told, or of a later day.
pub async fn enter(policy: &Policy) -> Result<Entered, VersionError> {
    let handle = policy.clone();
    let entered = policy
        .database()
        .write(move |tx| -> Result<Entered, VersionError> {
            let (compiled, now) = (handle.compiled(), handle.clock().now());
            let before = store::newest(tx)?;
            let entered = match &before {
                None => Entered::First,
                Some(before) if before.policy_id == compiled.id => return Ok(Entered::Same),
                Some(before) => Entered::Changed(changes(&before.text, &compiled.source)),
            };
            if let Entered::Changed(changes) = &entered {
                let wider: Vec<Change> =
                    changes.iter().filter(|change| change.needs != Needs::Nothing).cloned().collect();
                if !wider.is_empty() {
                    match store::earliest_announced(tx, &compiled.id)? {
                        None => return Err(VersionError::NeedsNotice(wider)),
                        Some(from) if from > now => return Err(VersionError::NotYet(from)),
                        Some(_) => {}
                    }
                }
            }
            let version = Version {
                sequence: before.map_or(1, |before| before.sequence + 1),
                policy_id: compiled.id,
                version: compiled.raw.policy.version.clone(),
                text: compiled.source.clone(),
                from: now,
            };
            store::insert(tx, &version)?;
            Ok(entered)
        })
        .await?;
    weigh_consents(policy).await?;
    Ok(entered)
}

/// Whether the policy of this process is another than the one in force: its file was changed since the servers started. In
/// words; `None` before any was in force.
///
/// # Errors
/// When the database fails.
pub async fn not_in_force(policy: &Policy) -> Result<Option<String>, SqlError> {
    let newest = policy.database().read(store::newest).await?;
    let Some(newest) = newest.filter(|newest| newest.policy_id != policy.compiled().id) else {
        return Ok(None);
    };
    Ok(Some(format!(
        "the policy file that is configured ({}) is not the one in force ({}); put the file back, or start again with it",
        policy.compiled().id_text(),
        data_encoding::HEXLOWER.encode(&newest.policy_id)
    )))
}

/// Finds the policies under which a yes was given to less than is asked now: such a yes does not count from now on, and is asked
/// for anew. Whatever sends or lists calls it first; [`enter`] does.
///
/// # Errors
/// When the database fails.
pub async fn weigh_consents(policy: &Policy) -> Result<(), SqlError> {
    let versions = policy.database().read(store::list).await?;
    let compiled = policy.compiled();
    let widened = |version: &Version| {
        changes(&version.text, &compiled.source).iter().any(|change| change.needs == Needs::Consent)
    };
    let older = versions.iter().filter(|version| version.policy_id != compiled.id);
    let stale: HashSet<[u8; 32]> =
        older.filter(|version| widened(version)).map(|version| version.policy_id).collect();
    policy.remember_stale(stale);
    Ok(())
}
