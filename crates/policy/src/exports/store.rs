//! The rows of copies.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{PersonId, Timestamp};
use uuid::Uuid;

use super::{ExportRow, ExportState};

const COLUMNS: &str = "id, person_id, state, done, total, size, created_at, ready_at, expires_at";

fn export(row: &Row<'_>) -> Result<ExportRow, SqlError> {
    Ok(ExportRow {
        id: row.get(0)?,
        person: row.get(1)?,
        state: ExportState::from_word(&row.get::<String>(2)?),
        done: row.get(3)?,
        total: row.get(4)?,
        size: row.get(5)?,
        created_at: row.get(6)?,
        ready_at: row.get(7)?,
        expires_at: row.get(8)?,
    })
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    person: PersonId,
    total: i64,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO exports (id, person_id, state, done, total, size, created_at, expires_at)
         VALUES ($1, $2, 'waiting', 0, $3, 0, $4, $5)",
        params![id, person, total, now, expires_at],
    )?;
    Ok(())
}

/// The copy of the person that is being made.
pub(super) fn being_made(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<Uuid>, SqlError> {
    tx.query_opt(
        "SELECT id FROM exports WHERE person_id = $1 AND state IN ('waiting', 'working') AND expires_at > $2
         ORDER BY id DESC LIMIT 1",
        params![person, now],
        |row| row.get(0),
    )
}

pub(super) fn list(tx: &mut Tx<'_>, person: PersonId, now: Timestamp) -> Result<Vec<ExportRow>, SqlError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM exports WHERE person_id = $1 AND expires_at > $2 ORDER BY id DESC LIMIT 20"
    );
    tx.query(&sql, params![person, now], export)
}

pub(super) fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<ExportRow>, SqlError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM exports WHERE id = $1"), params![id], export)
}

/// Takes a copy into work; `None` when it is made, or over.
pub(super) fn begin(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<Option<PersonId>, SqlError> {
    let row = find(tx, id)?;
    let open = |row: &ExportRow| row.state != ExportState::Ready && row.expires_at > now;
    let Some(row) = row.filter(open) else { return Ok(None) };
    tx.execute("UPDATE exports SET state = 'working', done = 0 WHERE id = $1", params![id])?;
    Ok(Some(row.person))
}

pub(super) fn set_done(tx: &mut Tx<'_>, id: Uuid, done: i64) -> Result<(), SqlError> {
    tx.execute("UPDATE exports SET done = $2 WHERE id = $1", params![id, done]).map(drop)
}

pub(super) fn set_ready(
    tx: &mut Tx<'_>,
    id: Uuid,
    size: i64,
    content: Option<&[u8]>,
    blob_key: Option<&str>,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE exports SET state = 'ready', done = total, size = $2, content = $3, blob_key = $4, ready_at = $5,
             expires_at = $6 WHERE id = $1",
        params![id, size, content, blob_key, now, expires_at],
    )?;
    Ok(())
}

pub(super) fn set_failed(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    tx.execute("UPDATE exports SET state = 'failed' WHERE id = $1 AND state <> 'ready'", params![id])
        .map(drop)
}

pub(super) fn content(
    tx: &mut Tx<'_>,
    id: Uuid,
) -> Result<Option<(ExportRow, Option<Vec<u8>>, Option<String>)>, SqlError> {
    let sql = format!("SELECT {COLUMNS}, content, blob_key FROM exports WHERE id = $1");
    tx.query_opt(&sql, params![id], |row| Ok::<_, SqlError>((export(row)?, row.get(9)?, row.get(10)?)))
}

pub(super) fn expire(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<(), SqlError> {
    tx.execute("UPDATE exports SET expires_at = $2 WHERE id = $1", params![id, now]).map(drop)
}

pub(super) fn expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<(Uuid, Option<String>)>, SqlError> {
    tx.query(
        "SELECT id, blob_key FROM exports WHERE expires_at <= $1 ORDER BY expires_at LIMIT 500",
        params![now],
        |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?)),
    )
}

/// The copies of a person, to be removed at an erasure.
pub(crate) fn expire_all(tx: &mut Tx<'_>, person: PersonId, now: Timestamp) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE exports SET expires_at = $2, content = NULL WHERE person_id = $1 AND expires_at > $2",
        params![person, now],
    )
    .map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    tx.execute("DELETE FROM exports WHERE id = $1", params![id]).map(drop)
}
