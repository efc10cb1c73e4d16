//! The table `staff_tokens`.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{ApiTokenId, StaffId};

use super::StaffTokenView;
use crate::access::StaffPermission;

const COLUMNS: &str = "id, title, permissions, created_at, expires_at, last_used_at";

fn token(row: &Row<'_>) -> Result<StaffTokenView, SqlError> {
    let permissions: String = row.get(2)?;
    Ok(StaffTokenView {
        id: row.get(0)?,
        title: row.get(1)?,
        permissions: permissions.split(' ').filter_map(StaffPermission::from_word).collect(),
        created_at: row.get(3)?,
        expires_at: row.get(4)?,
        last_used_at: row.get(5)?,
    })
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    staff: StaffId,
    new: &StaffTokenView,
    hash: &[u8; 32],
) -> Result<(), SqlError> {
    let words: Vec<&str> = new.permissions.iter().map(|one| one.word()).collect();
    tx.execute(
        "INSERT INTO staff_tokens (id, staff_id, title, token_hash, permissions, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![new.id, staff, &new.title, hash, &words.join(" "), new.created_at, new.expires_at],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<(StaffId, StaffTokenView)>, SqlError> {
    tx.query_opt(
        &format!("SELECT {COLUMNS}, staff_id FROM staff_tokens WHERE token_hash = $1 AND expires_at > $2"),
        params![hash, tx.now()],
        |row| Ok((row.get(6)?, token(row)?)),
    )
}

pub(super) fn list(tx: &mut Tx<'_>, staff: StaffId) -> Result<Vec<StaffTokenView>, SqlError> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM staff_tokens WHERE staff_id = $1 AND expires_at > $2
             ORDER BY created_at DESC, id DESC"
        ),
        params![staff, tx.now()],
        token,
    )
}

pub(super) fn touch(tx: &mut Tx<'_>, id: ApiTokenId) -> Result<(), SqlError> {
    tx.execute("UPDATE staff_tokens SET last_used_at = $2 WHERE id = $1", params![id, tx.now()]).map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, staff: StaffId, id: ApiTokenId) -> Result<bool, SqlError> {
    let rows = tx.execute("DELETE FROM staff_tokens WHERE id = $1 AND staff_id = $2", params![id, staff])?;
    Ok(rows == 1)
}

/// Removes every token of a member of staff.
pub(crate) fn delete_all(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM staff_tokens WHERE staff_id = $1", params![staff]).map(drop)
}

/// Removes tokens that ended.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<u64, SqlError> {
    tx.execute("DELETE FROM staff_tokens WHERE expires_at < $1", params![tx.now()])
}
