//! The rows of requests.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::OPEN_FOR;
use crate::subject::{Actor, Subject};
use crate::vocabulary::Act;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    subject: Subject,
    act: Act,
    verified_by: &str,
    proof: &str,
    at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO subject_requests (id, subject_kind, subject_id, act, verified_by, proof, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![id, subject.kind(), subject.uuid(), act.id(), verified_by, proof, at],
    )?;
    Ok(())
}

pub(super) fn finish(tx: &mut Tx<'_>, id: Uuid, at: Timestamp) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE subject_requests SET done_at = $2 WHERE id = $1 AND done_at IS NULL",
        params![id, at],
    )?;
    Ok(())
}

/// Whether the request is of this subject, recent, and answered by the program itself.
pub(crate) fn stands(
    tx: &mut Tx<'_>,
    id: Uuid,
    actor: Actor,
    subject: Subject,
    now: Timestamp,
) -> Result<bool, SqlError> {
    if !matches!(actor, Actor::System(_)) {
        return Ok(false);
    }
    let found = tx.query_opt(
        "SELECT subject_kind, subject_id, at FROM subject_requests WHERE id = $1",
        params![id],
        |row| Ok::<_, SqlError>((Subject::from_stored(row.get(0)?, row.get(1)?), row.get::<Timestamp>(2)?)),
    )?;
    Ok(found.is_some_and(|(of, at)| of == Some(subject) && now.since(at) < OPEN_FOR))
}

/// A request with when it came and when it was answered.
pub(crate) struct Answered {
    pub kind: String,
    pub at: Timestamp,
    pub done_at: Option<Timestamp>,
}

/// The requests that came in a time.
pub(crate) fn between(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> Result<Vec<Answered>, SqlError> {
    tx.query(
        "SELECT act, at, done_at FROM subject_requests WHERE at >= $1 AND at < $2",
        params![from, until],
        |row| Ok(Answered { kind: row.get(0)?, at: row.get(1)?, done_at: row.get(2)? }),
    )
}
