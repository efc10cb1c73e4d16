//! The rows of erasures.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{OutboundId, PersonId, RegistrationId, Timestamp};
use uuid::Uuid;

use super::{Erasure, ErasureState};

const COLUMNS: &str =
    "id, person_id, registration_id, state, notice_id, created_at, due_at, done_at, fetched_at";

fn erasure(row: &Row<'_>) -> Result<Erasure, SqlError> {
    let number: String = row.get(2)?;
    let number: RegistrationId =
        number.parse().map_err(|error| SqlError::Engine(format!("a stored Registration ID: {error}")))?;
    Ok(Erasure {
        id: row.get(0)?,
        person: row.get(1)?,
        registration_id: number,
        state: ErasureState::from_word(&row.get::<String>(3)?),
        notice: row.get(4)?,
        created_at: row.get(5)?,
        due_at: row.get(6)?,
        done_at: row.get(7)?,
        fetched_at: row.get(8)?,
    })
}

#[expect(clippy::too_many_arguments, reason = "the columns of a row, each of a type of its own")]
pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    person: PersonId,
    registration_id: RegistrationId,
    token_hash: &[u8; 32],
    notice: Option<OutboundId>,
    now: Timestamp,
    due_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO erasures (id, person_id, registration_id, state, token_hash, notice_id, created_at, due_at)
         VALUES ($1, $2, $3, 'cooling', $4, $5, $6, $7)",
        params![id, person, &registration_id.to_string(), token_hash, notice, now, due_at],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Erasure>, SqlError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM erasures WHERE id = $1"), params![id], erasure)
}

pub(super) fn pending(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Erasure>, SqlError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM erasures WHERE person_id = $1 AND state IN ('cooling', 'working')
         ORDER BY id DESC LIMIT 1"
    );
    tx.query_opt(&sql, params![person], erasure)
}

pub(super) fn by_token(tx: &mut Tx<'_>, token_hash: &[u8; 32]) -> Result<Option<Erasure>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM erasures WHERE token_hash = $1");
    tx.query_opt(&sql, params![token_hash], erasure)
}

/// Undoes an erasure that is not begun.
pub(super) fn undo(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<bool, SqlError> {
    let changed = tx.execute(
        "UPDATE erasures SET state = 'undone', done_at = $2 WHERE id = $1 AND state = 'cooling'",
        params![id, now],
    )?;
    // What justified it is no fact any more.
    if changed == 1 {
        tx.execute("DELETE FROM subject_requests WHERE case_id = $1", params![id])?;
    }
    Ok(changed == 1)
}

pub(super) fn set_working(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    tx.execute("UPDATE erasures SET state = 'working' WHERE id = $1 AND state = 'cooling'", params![id])
        .map(drop)
}

pub(super) fn set_done(tx: &mut Tx<'_>, id: Uuid, certificate: &str, now: Timestamp) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE erasures SET state = 'done', certificate = $2, done_at = $3 WHERE id = $1 AND state = 'working'",
        params![id, certificate, now],
    )
    .map(drop)
}

pub(super) fn take_certificate(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<String>, SqlError> {
    let sql = "SELECT certificate FROM erasures WHERE token_hash = $1 AND certificate IS NOT NULL";
    let found: Option<String> = tx.query_opt(sql, params![token_hash], |row| row.get(0))?;
    if found.is_some() {
        tx.execute(
            "UPDATE erasures SET certificate = NULL, fetched_at = $2 WHERE token_hash = $1",
            params![token_hash, now],
        )?;
    }
    Ok(found)
}
