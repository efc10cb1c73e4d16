//! Subjects that exist for a probe alone. Whoever bills, counts or writes to many leaves them out; whoever made one removes
//! it, and the next probe removes what was left by one that did not end.

mod store;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;

use crate::subject::Subject;

/// Says that a subject is synthetic; in the transaction that makes it.
///
/// # Errors
/// When the database fails.
pub fn mark(tx: &mut Tx<'_>, subject: Subject, now: Timestamp) -> Result<(), SqlError> {
    store::insert(tx, subject, now)
}

/// Forgets a synthetic subject; in the transaction that removes it.
///
/// # Errors
/// When the database fails.
pub fn forget(tx: &mut Tx<'_>, subject: Subject) -> Result<(), SqlError> {
    store::delete(tx, subject)
}

/// Every synthetic subject, with when it was made.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<(Subject, Timestamp)>, SqlError> {
    store::list(tx)
}
