//! The rows of the key database. A destroyed key leaves its row without the key, so that none is ever made again for
//! the same subject.

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx, params};
use uuid::Uuid;

use super::KeyError;
use crate::subject::Subject;

/// How long a node counts as serving after it last said so.
const SERVING: Duration = Duration::from_secs(120);

/// What the key database says at the start.
pub(super) struct Opened {
    /// The check value of its root key.
    pub check: [u8; 32],
    /// Whether it was stored just now: nothing was ever wrapped.
    pub fresh: bool,
    /// Whether a rotation was begun and not completed.
    pub rotating: bool,
}

/// Stores the check value of the root key the first time, and gives the one that is stored.
pub(super) fn open(tx: &mut Tx<'_>, value: &[u8; 32]) -> Result<Opened, SqlError> {
    let inserted = tx.execute(
        "INSERT INTO root_key_check (id, value, created_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING",
        params![value, tx.now()],
    )?;
    let check = stored_check(tx)?.unwrap_or(*value);
    Ok(Opened { check, fresh: inserted == 1, rotating: rotation(tx)?.is_some() })
}

/// The check value of the root key that the keys are wrapped with.
pub(super) fn stored_check(tx: &mut Tx<'_>) -> Result<Option<[u8; 32]>, SqlError> {
    tx.query_opt("SELECT value FROM root_key_check WHERE id = 1", params![], |row| row.get(0))
}

/// The check values of the old and the new root key of a rotation that is not complete.
pub(super) fn rotation(tx: &mut Tx<'_>) -> Result<Option<([u8; 32], [u8; 32])>, SqlError> {
    tx.query_opt("SELECT old_check, new_check FROM root_rotation WHERE id = 1", params![], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// How many nodes serve.
pub(super) fn serving(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    let since = tx.now().minus(SERVING);
    tx.query_one("SELECT COUNT(*) FROM key_nodes WHERE seen_at > $1", params![since], |row| row.get(0))
}

/// Notes that a node serves.
pub(super) fn say_serving(tx: &mut Tx<'_>, node: Uuid) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO key_nodes (node, seen_at) VALUES ($1, $2)
         ON CONFLICT (node) DO UPDATE SET seen_at = excluded.seen_at",
        params![node, tx.now()],
    )
    .map(|_| ())
}

/// Notes that a node serves no longer.
pub(super) fn stop_serving(tx: &mut Tx<'_>, node: Uuid) -> Result<(), SqlError> {
    tx.execute("DELETE FROM key_nodes WHERE node = $1", params![node]).map(|_| ())
}

/// Where a rotation stands when it is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Begun {
    /// It begins, or goes on.
    Under,
    /// It was completed before: the new root is in force.
    Complete,
}

/// Begins a rotation, or finds the one that was interrupted.
pub(super) fn begin_rotation(
    tx: &mut Tx<'_>,
    old: &[u8; 32],
    new: &[u8; 32],
) -> Result<Result<Begun, KeyError>, SqlError> {
    let nodes = serving(tx)?;
    if nodes > 0 {
        return Ok(Err(KeyError::Serving(nodes)));
    }
    let stored = stored_check(tx)?;
    match rotation(tx)? {
        Some(under) if under == (*old, *new) => return Ok(Ok(Begun::Under)),
        Some(_) => return Ok(Err(KeyError::WrongRoot)),
        None if stored == Some(*new) => return Ok(Ok(Begun::Complete)),
        None if stored != Some(*old) => return Ok(Err(KeyError::WrongRoot)),
        None => {}
    }
    tx.execute(
        "INSERT INTO root_rotation (id, old_check, new_check, started_at) VALUES (1, $1, $2, $3)",
        params![old, new, tx.now()],
    )?;
    Ok(Ok(Begun::Under))
}

/// Puts the new root in force.
pub(super) fn finish_rotation(tx: &mut Tx<'_>, new: &[u8; 32]) -> Result<(), SqlError> {
    tx.execute("UPDATE root_key_check SET value = $1, created_at = $2 WHERE id = 1", params![new, tx.now()])?;
    tx.execute("DELETE FROM root_rotation WHERE id = 1", params![]).map(|_| ())
}

/// A key of a subject that is there.
#[derive(Clone)]
pub(super) struct Wrapped {
    pub subject: Subject,
    pub key_use: i64,
    pub wrapped: Vec<u8>,
}

/// The next keys of subjects after one, in the order of their primary key.
pub(super) fn wrapped_after(
    tx: &mut Tx<'_>,
    after: Option<(Subject, i64)>,
    limit: u32,
) -> Result<Vec<Wrapped>, SqlError> {
    let (kind, id, key_use) = after
        .map_or((i64::MIN, Uuid::nil(), 0), |(subject, key_use)| (subject.kind(), subject.uuid(), key_use));
    tx.query(
        "SELECT subject_kind, subject_id, key_use, wrapped FROM subject_keys
         WHERE wrapped IS NOT NULL AND (subject_kind > $1 OR (subject_kind = $1
           AND (subject_id > $2 OR (subject_id = $2 AND key_use > $3))))
         ORDER BY subject_kind, subject_id, key_use LIMIT $4",
        params![kind, id, key_use, limit],
        |row| {
            let subject = Subject::from_stored(row.get(0)?, row.get(1)?).ok_or(SqlError::NotFound)?;
            Ok(Wrapped { subject, key_use: row.get(2)?, wrapped: row.get(3)? })
        },
    )
}

/// Replaces the wrapping of a key, unless the key was destroyed meanwhile.
pub(super) fn rewrap(tx: &mut Tx<'_>, row: &Wrapped, wrapped: &[u8]) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE subject_keys SET wrapped = $4
         WHERE subject_kind = $1 AND subject_id = $2 AND key_use = $3 AND wrapped IS NOT NULL",
        params![row.subject.kind(), row.subject.uuid(), row.key_use, wrapped],
    )
    .map(|_| ())
}

/// Names and wrappings of the house keys.
pub(super) fn house_keys(tx: &mut Tx<'_>) -> Result<Vec<(String, Vec<u8>)>, SqlError> {
    tx.query("SELECT name, wrapped FROM house_keys ORDER BY name", params![], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Replaces the wrapping of a house key.
pub(super) fn rewrap_house(tx: &mut Tx<'_>, name: &str, old: &[u8], wrapped: &[u8]) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE house_keys SET wrapped = $3 WHERE name = $1 AND wrapped = $2",
        params![name, old, wrapped],
    )
    .map(|_| ())
}

/// How many keys of a use are there, and how many were destroyed.
pub(super) fn count(tx: &mut Tx<'_>, key_use: i64) -> Result<(i64, i64), SqlError> {
    tx.query_one(
        "SELECT COUNT(wrapped), COUNT(*) FROM subject_keys WHERE key_use = $1",
        params![key_use],
        |row| {
            let (there, all): (i64, i64) = (row.get(0)?, row.get(1)?);
            Ok((there, all - there))
        },
    )
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
