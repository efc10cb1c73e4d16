//! The table `site_keys`.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::Timestamp;
use uuid::Uuid;

#[derive(Clone)]
pub(super) struct KeyRow {
    pub id: Uuid,
    pub public: Vec<u8>,
    pub private: Vec<u8>,
    pub signs_from: Timestamp,
}

fn key(row: &Row<'_>) -> Result<KeyRow, SqlError> {
    Ok(KeyRow { id: row.get(0)?, public: row.get(1)?, private: row.get(2)?, signs_from: row.get(3)? })
}

pub(super) fn insert(tx: &mut Tx<'_>, row: &KeyRow) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO site_keys (id, public_key, private_key, created_at, signs_from) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
        params![row.id, &row.public, &row.private, tx.now(), row.signs_from],
    )?;
    Ok(())
}

/// Every key, the one that signs last first.
pub(super) fn list(tx: &mut Tx<'_>) -> Result<Vec<KeyRow>, SqlError> {
    tx.query(
        "SELECT id, public_key, private_key, signs_from FROM site_keys ORDER BY signs_from DESC, id",
        params![],
        key,
    )
}

pub(super) fn delete(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    tx.execute("DELETE FROM site_keys WHERE id = $1", params![id])?;
    Ok(())
}
