//! The table `api_requests`.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use crate::principal::Principal;

pub(super) struct RequestRow {
    pub request_hash: [u8; 32],
    pub made: Option<Uuid>,
    pub created_at: Timestamp,
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    who: Principal,
    key_hash: &[u8; 32],
) -> Result<Option<RequestRow>, SqlError> {
    tx.query_opt(
        "SELECT request_hash, made_id, created_at FROM api_requests WHERE principal_kind = $1 AND principal_id = $2
             AND key_hash = $3",
        params![who.kind(), who.uuid(), key_hash],
        |row| Ok(RequestRow { request_hash: row.get(0)?, made: row.get(1)?, created_at: row.get(2)? }),
    )
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    who: Principal,
    key_hash: &[u8; 32],
    request_hash: &[u8; 32],
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "INSERT INTO api_requests (principal_kind, principal_id, key_hash, request_hash, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (principal_kind, principal_id, key_hash) DO NOTHING",
        params![who.kind(), who.uuid(), key_hash, request_hash, tx.now()],
    )?;
    Ok(rows == 1)
}

pub(super) fn set_made(
    tx: &mut Tx<'_>,
    who: Principal,
    key_hash: &[u8; 32],
    made: Uuid,
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE api_requests SET made_id = $4 WHERE principal_kind = $1 AND principal_id = $2 AND key_hash = $3",
        params![who.kind(), who.uuid(), key_hash, made],
    )
    .map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, who: Principal, key_hash: &[u8; 32]) -> Result<(), SqlError> {
    let sql = "DELETE FROM api_requests WHERE principal_kind = $1 AND principal_id = $2 AND key_hash = $3";
    tx.execute(sql, params![who.kind(), who.uuid(), key_hash]).map(drop)
}

/// Removes what was begun before `before`.
pub(crate) fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, SqlError> {
    tx.execute("DELETE FROM api_requests WHERE created_at < $1", params![before])
}
