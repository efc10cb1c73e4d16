//! The rows of what is unusual.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use super::signs::Seen;
use super::{Sign, UnusualUse};
use crate::subject::{Actor, Subject};

const COLUMNS: &str = "id, sign, staff_id, seen, threshold, since, until, found_at, explained_at, agreed_by, agreed_at FROM unusual_uses";

fn row(row: &Row<'_>) -> Result<Option<UnusualUse>, SqlError> {
    let Some(sign) = Sign::from_id(&row.get::<String>(1)?) else { return Ok(None) };
    Ok(Some(UnusualUse {
        id: row.get(0)?,
        sign,
        staff: row.get(2)?,
        seen: row.get(3)?,
        threshold: row.get(4)?,
        since: row.get(5)?,
        until: row.get(6)?,
        found_at: row.get(7)?,
        explained_at: row.get(8)?,
        agreed_by: row.get(9)?,
        agreed_at: row.get(10)?,
    }))
}

/// False when it stands there already; a burst that goes on is counted on.
pub(super) fn insert(tx: &mut Tx<'_>, id: Uuid, seen: &Seen, now: Timestamp) -> Result<bool, SqlError> {
    let count = i64::try_from(seen.seen).unwrap_or(i64::MAX);
    let rows = tx.execute(
        "INSERT INTO unusual_uses (id, found_key, sign, staff_id, seen, threshold, since, until, found_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (found_key) DO NOTHING",
        params![
            id,
            &seen.key,
            seen.sign.id(),
            seen.staff,
            count,
            i64::from(seen.threshold),
            seen.since,
            seen.until,
            now
        ],
    )?;
    if rows == 0 {
        tx.execute(
            "UPDATE unusual_uses SET seen = $2, until = $3 WHERE found_key = $1 AND explained_at IS NULL AND seen < $2",
            params![&seen.key, count, seen.until],
        )?;
    }
    Ok(rows == 1)
}

pub(super) fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<UnusualUse>, SqlError> {
    let sql = format!("SELECT {COLUMNS} WHERE id = $1");
    Ok(tx.query_opt(&sql, params![id], row)?.flatten())
}

pub(super) fn list(tx: &mut Tx<'_>, all: bool) -> Result<Vec<UnusualUse>, SqlError> {
    let sql = match all {
        true => format!("SELECT {COLUMNS} ORDER BY found_at DESC, id LIMIT 200"),
        false => format!("SELECT {COLUMNS} WHERE agreed_at IS NULL ORDER BY found_at, id"),
    };
    Ok(tx.query(&sql, params![], row)?.into_iter().flatten().collect())
}

pub(super) fn open_by_sign(tx: &mut Tx<'_>) -> Result<Vec<Sign>, SqlError> {
    let words = tx.query("SELECT sign FROM unusual_uses WHERE agreed_at IS NULL", params![], |row| {
        row.get::<String>(0)
    });
    Ok(words?.iter().filter_map(|word| Sign::from_id(word)).collect())
}

pub(super) fn explanation(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Vec<u8>>, SqlError> {
    let found: Option<Option<Vec<u8>>> =
        tx.query_opt("SELECT explanation FROM unusual_uses WHERE id = $1", params![id], |row| row.get(0))?;
    Ok(found.flatten())
}

pub(super) fn explain(tx: &mut Tx<'_>, id: Uuid, words: &[u8], now: Timestamp) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE unusual_uses SET explanation = $2, explained_at = $3 WHERE id = $1 AND agreed_at IS NULL",
        params![id, words, now],
    )?;
    Ok(rows == 1)
}

pub(super) fn agree(tx: &mut Tx<'_>, id: Uuid, staff: StaffId, now: Timestamp) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE unusual_uses SET agreed_by = $2, agreed_at = $3
         WHERE id = $1 AND agreed_at IS NULL AND explained_at IS NOT NULL",
        params![id, staff, now],
    )?;
    Ok(rows == 1)
}

/// Whether it is a colleague's, explained, and waits for somebody to agree.
pub(crate) fn waits(tx: &mut Tx<'_>, id: Uuid, actor: Actor, subject: Subject) -> Result<bool, SqlError> {
    let Actor::Staff(staff) = actor else { return Ok(false) };
    Ok(find(tx, id)?.is_some_and(|row| {
        row.staff != staff
            && subject == Subject::Staff(row.staff)
            && row.explained_at.is_some()
            && row.agreed_at.is_none()
    }))
}

/// How many were found in a time, and how many of them are explained and agreed to.
pub(crate) fn counts(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> Result<(i64, i64), SqlError> {
    tx.query_one(
        "SELECT COUNT(*), COUNT(agreed_at) FROM unusual_uses WHERE found_at >= $1 AND found_at < $2",
        params![from, until],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
