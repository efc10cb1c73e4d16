//! What was in force, and what changed.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::Timestamp;

use super::{Announcement, Version, store};
use crate::Policy;
use crate::file::CompiledPolicy;
use crate::file::diff::{Change, Direction, Needs, diff};

/// Every policy that came into force, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(policy: &Policy) -> Result<Vec<Version>, SqlError> {
    policy.database().read(store::list).await
}

/// What people were told of and is not in force yet, the next first.
///
/// # Errors
/// When the database fails.
pub async fn announcements(policy: &Policy) -> Result<Vec<Announcement>, SqlError> {
    let (announced, versions) =
        policy.database().read(|tx| Ok::<_, SqlError>((store::announcements(tx)?, store::list(tx)?))).await?;
    let since = |id: &[u8; 32]| versions.iter().find(|version| version.policy_id == *id).map(|v| v.from);
    let waiting = announced.into_iter().filter(|announced| {
        // One that was in force, went, and is announced again waits too.
        since(&announced.policy_id).is_none_or(|from| from < announced.announced_at)
    });
    Ok(waiting.collect())
}

/// When people were first told of a policy; `None` when nobody was.
///
/// # Errors
/// When the database fails.
pub async fn announced_at(policy: &Policy, id: &[u8; 32]) -> Result<Option<Timestamp>, SqlError> {
    let announced = policy.database().read(store::announcements).await?;
    let of = announced.iter().filter(|announced| announced.policy_id == *id);
    Ok(of.map(|announced| announced.announced_at).min())
}

/// The text of a policy that was in force or is announced, by its identifier (64 hexadecimal digits).
///
/// # Errors
/// When the database fails.
pub async fn find(policy: &Policy, id: &str) -> Result<Option<CompiledPolicy>, SqlError> {
    let Ok(bytes) = data_encoding::HEXLOWER.decode(id.as_bytes()) else { return Ok(None) };
    let Ok(id) = <[u8; 32]>::try_from(bytes) else { return Ok(None) };
    if id == policy.compiled().id {
        return Ok(CompiledPolicy::of_record(&policy.compiled().source).ok());
    }
    let text = policy.database().read(move |tx| store::text_of(tx, &id)).await?;
    Ok(text
        .and_then(|text| CompiledPolicy::of_record(&text).ok())
        .map(|found| CompiledPolicy { id, ..found }))
}

/// What changes from one text to another. A text that this build cannot read any more counts as narrower in every way, so
/// that nothing comes after it without notice.
pub fn changes(before: &str, after: &str) -> Vec<Change> {
    match (CompiledPolicy::of_record(before), CompiledPolicy::of_record(after)) {
        (Ok(before), Ok(after)) => diff(&before, &after),
        _ => vec![Change {
            direction: Direction::Widened,
            needs: Needs::Notice,
            what: "the former file is of a form that this program cannot compare".to_owned(),
            cell: None,
        }],
    }
}

/// The first stored text that is not the one that its identifier stands for, in words.
///
/// # Errors
/// When the database fails.
pub async fn tampered(policy: &Policy) -> Result<Option<String>, SqlError> {
    let versions = list(policy).await?;
    let other = versions.iter().find(|version| {
        // A text of another build may have another canonical form; the newest is of this one.
        version.policy_id == policy.compiled().id && version.text != policy.compiled().source
            || CompiledPolicy::of_record(&version.text).is_err()
    });
    Ok(other.map(|version| {
        format!("the stored text of policy version {} ({}) was changed", version.sequence, version.version)
    }))
}
