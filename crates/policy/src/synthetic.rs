//! Subjects that exist for a probe alone. Whoever bills, counts or writes to many leaves them out; whoever made one removes
//! it, and the next probe removes what was left by one that did not end.

mod store;

use std::sync::Arc;

use mailkeep_storage::sql::{Database, SqlError, Tx};
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

/// Whether a subject is one.
///
/// # Errors
/// When the database fails.
pub fn is_synthetic(tx: &mut Tx<'_>, subject: Subject) -> Result<bool, SqlError> {
    store::contains(tx, subject)
}

/// Every synthetic subject, with when it was made.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<(Subject, Timestamp)>, SqlError> {
    store::list(tx)
}

/// Every column of every table in which a value is that `finds` recognises, as `table.column`. For what a synthetic subject
/// typed: none of it stands anywhere in clear.
///
/// # Errors
/// When the database fails.
pub async fn sightings(
    db: &Database,
    finds: impl Fn(&[u8]) -> bool + Send + Sync + 'static,
) -> Result<Vec<String>, SqlError> {
    let (finds, mut found) = (Arc::new(finds), Vec::new());
    for (table, columns) in db.schema().await?.tables {
        let (finds, name) = (Arc::clone(&finds), table.clone());
        let columns: Vec<String> = columns.into_keys().collect();
        let within = db.read(move |tx| store::sightings(tx, &name, &columns, &*finds)).await?;
        found.extend(within.into_iter().map(|column| format!("{table}.{column}")));
    }
    Ok(found)
}
