//! What only the tests look at.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::OutboundId;
use uuid::Uuid;

/// Messages of a template that wait to be sent.
pub(super) fn pending(tx: &mut Tx<'_>, template: &str) -> Result<Vec<OutboundId>, SqlError> {
    let sql = "SELECT id FROM outbound_messages WHERE template = $1 AND state = 'pending'";
    tx.query(sql, params![template], |row| row.get(0))
}

/// What a hand at the database might try with a row.
pub(crate) fn by_hand(tx: &mut Tx<'_>, sql: &str, id: Uuid) -> Result<(), SqlError> {
    tx.execute(sql, params![id])?;
    Ok(())
}

/// The numbers that a query gives for a row's identifier.
pub(crate) fn numbers(tx: &mut Tx<'_>, sql: &str, id: Uuid) -> Result<Vec<i64>, SqlError> {
    tx.query(sql, params![id], |row| row.get(0))
}
