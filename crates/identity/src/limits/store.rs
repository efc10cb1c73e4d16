//! The table `credential_limits`.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::Timestamp;

pub(crate) struct LimitRow {
    pub tries: i64,
    pub locked_until: Timestamp,
    pub updated_at: Timestamp,
}

pub(super) fn load(tx: &mut Tx<'_>, key: &[u8; 32]) -> Result<Option<LimitRow>, SqlError> {
    tx.query_opt(
        "SELECT tries, locked_until, updated_at FROM credential_limits WHERE limit_key = $1",
        params![key],
        |row| Ok(LimitRow { tries: row.get(0)?, locked_until: row.get(1)?, updated_at: row.get(2)? }),
    )
}

pub(super) fn save(
    tx: &mut Tx<'_>,
    key: &[u8; 32],
    tries: i64,
    locked_until: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO credential_limits (limit_key, tries, locked_until, updated_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (limit_key) DO UPDATE SET
             tries = EXCLUDED.tries, locked_until = EXCLUDED.locked_until, updated_at = EXCLUDED.updated_at",
        params![key, tries, locked_until, tx.now()],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, key: &[u8; 32]) -> Result<(), SqlError> {
    tx.execute("DELETE FROM credential_limits WHERE limit_key = $1", params![key])?;
    Ok(())
}

/// Removes what is older than `before`.
pub(crate) fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, SqlError> {
    tx.execute(
        "DELETE FROM credential_limits WHERE updated_at < $1 AND locked_until < $2",
        params![before, tx.now()],
    )
}
