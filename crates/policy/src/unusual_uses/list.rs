//! The queue of what is unusual.

use mailkeep_storage::sql::SqlError;

use super::{UnusualUse, store};
use crate::Policy;

/// What waits for an explanation or for somebody to agree, oldest first; with `all` also what is done, at most 200.
///
/// # Errors
/// When the database fails.
pub async fn list(policy: &Policy, all: bool) -> Result<Vec<UnusualUse>, SqlError> {
    policy.database().read(move |tx| store::list(tx, all)).await
}

/// How many wait.
///
/// # Errors
/// When the database fails.
pub async fn open_count(policy: &Policy) -> Result<usize, SqlError> {
    Ok(policy.database().read(store::open_by_sign).await?.len())
}
