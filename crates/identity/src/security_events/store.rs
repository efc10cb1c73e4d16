//! The table `security_events`.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::SecurityEventKind;
use crate::principal::Principal;

/// An event, sealed.
pub(crate) struct EventRow {
    pub id: Uuid,
    pub kind: SecurityEventKind,
    pub network: Option<Vec<u8>>,
    pub device: Option<Vec<u8>>,
    pub at: Timestamp,
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    principal: Principal,
    kind: SecurityEventKind,
    network: Option<&[u8]>,
    device: Option<&[u8]>,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO security_events (id, principal_kind, principal_id, kind, network, device, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![id, principal.kind(), principal.uuid(), kind.word(), network, device, tx.now()],
    )?;
    Ok(())
}

/// The newest events before `before`.
pub(super) fn list(
    tx: &mut Tx<'_>,
    principal: Principal,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<EventRow>, SqlError> {
    let rows = tx.query(
        "SELECT id, kind, network, device, at FROM security_events
         WHERE principal_kind = $1 AND principal_id = $2 AND at < $3 ORDER BY at DESC, id DESC LIMIT $4",
        params![principal.kind(), principal.uuid(), before, limit],
        |row| {
            let kind: String = row.get(1)?;
            let kind = SecurityEventKind::from_word(&kind);
            Ok::<_, SqlError>(kind.map(|kind| -> Result<_, SqlError> {
                Ok(EventRow {
                    id: row.get(0)?,
                    kind,
                    network: row.get(2)?,
                    device: row.get(3)?,
                    at: row.get(4)?,
                })
            }))
        },
    )?;
    // A kind of a later version is left out.
    rows.into_iter().flatten().collect()
}

/// Removes events that happened before `before`.
pub(crate) fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, SqlError> {
    tx.execute("DELETE FROM security_events WHERE at < $1", params![before])
}
