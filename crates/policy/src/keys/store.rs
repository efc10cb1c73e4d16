//! The rows of the key database. A destroyed key leaves its row without the key, so that none is ever made again for
//! the same subject.

use mailkeep_storage::sql::{SqlError, Tx, params};

use crate::subject::Subject;

/// Stores the check value of the root key the first time, and gives the one that is stored.
pub(super) fn check_value(tx: &mut Tx<'_>, value: &[u8; 32]) -> Result<[u8; 32], SqlError> {
    tx.execute(
        "INSERT INTO root_key_check (id, value, created_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING",
        params![value, tx.now()],
    )?;
    tx.query_one("SELECT value FROM root_key_check WHERE id = 1", params![], |row| row.get(0))
}

/// A key as stored: its use, and the wrapped key unless it was destroyed.
pub(super) type StoredKey = (i64, Option<Vec<u8>>);

pub(super) fn insert(
    tx: &mut Tx<'_>,
    subject: Subject,
    key_use: i64,
    wrapped: &[u8],
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO subject_keys (subject_kind, subject_id, key_use, wrapped, created_at)
         VALUES ($1, $2, $3, $4, $5)",
        params![subject.kind(), subject.uuid(), key_use, wrapped, tx.now()],
    )?;
    Ok(())
}

pub(super) fn load(tx: &mut Tx<'_>, subject: Subject) -> Result<Vec<StoredKey>, SqlError> {
    tx.query(
        "SELECT key_use, wrapped FROM subject_keys WHERE subject_kind = $1 AND subject_id = $2",
        params![subject.kind(), subject.uuid()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn destroy(tx: &mut Tx<'_>, subject: Subject, key_use: i64) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE subject_keys SET wrapped = NULL, destroyed_at = $4
         WHERE subject_kind = $1 AND subject_id = $2 AND key_use = $3 AND wrapped IS NOT NULL",
        params![subject.kind(), subject.uuid(), key_use, tx.now()],
    )?;
    Ok(rows == 1)
}

/// The key of the house with this name: the given one when none is there yet. Its label and the wrapped key.
pub(super) fn house_key(
    tx: &mut Tx<'_>,
    name: &str,
    label: &str,
    wrapped: &[u8],
) -> Result<(String, Vec<u8>), SqlError> {
    tx.execute(
        "INSERT INTO house_keys (name, label, wrapped, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING",
        params![name, label, wrapped, tx.now()],
    )?;
    tx.query_one("SELECT label, wrapped FROM house_keys WHERE name = $1", params![name], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}
