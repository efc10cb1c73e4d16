//! Cases, without their words.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{Case, SECOND_LOOK, Verdict, store};
use crate::Policy;

/// The cases that wait for a second look, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(policy: &Policy) -> Result<Vec<Case>, SqlError> {
    let waiting = policy.database().read(store::waiting).await?;
    Ok(waiting.into_iter().filter(|case| case.seen_at.is_none()).collect())
}

/// What waits for a colleague of `staff`'s cases' openers: the second look, or a dispute to be settled. Oldest first; one's
/// own cases are somebody else's to look at.
///
/// # Errors
/// When the database fails.
pub async fn open_to_look(policy: &Policy, staff: StaffId) -> Result<Vec<Case>, SqlError> {
    let waiting = policy.database().read(store::waiting).await?;
    Ok(waiting.into_iter().filter(|case| case.staff != staff).collect())
}

/// The cases that nobody looked at within [`SECOND_LOOK`].
///
/// # Errors
/// When the database fails.
pub async fn unseen(policy: &Policy) -> Result<Vec<Case>, SqlError> {
    let limit = policy.clock().now().minus(SECOND_LOOK);
    let waiting = waiting(policy).await?;
    Ok(waiting.into_iter().filter(|case| case.opened_at < limit).collect())
}

/// The newest cases of a member of staff, at most 50.
///
/// # Errors
/// When the database fails.
pub async fn of_staff(policy: &Policy, staff: StaffId) -> Result<Vec<Case>, SqlError> {
    policy.database().read(move |tx| store::of_staff(tx, staff)).await
}

/// One case.
///
/// # Errors
/// When the database fails.
pub async fn find(policy: &Policy, case: Uuid) -> Result<Option<Case>, SqlError> {
    Ok(policy.database().read(move |tx| store::find(tx, case)).await?.map(|(case, _)| case))
}

/// How many cases nobody looked at in time, and how many disputes are not settled.
///
/// # Errors
/// When the database fails.
pub async fn alarms(policy: &Policy) -> Result<(usize, usize), SqlError> {
    let unseen = unseen(policy).await?.len();
    let waiting = policy.database().read(store::waiting).await?;
    Ok((unseen, waiting.iter().filter(|case| case.verdict == Some(Verdict::Disputed)).count()))
}
