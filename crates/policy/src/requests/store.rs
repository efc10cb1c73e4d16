//! The rows of requests.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use super::{OBJECT, OPEN_FOR, Outcome, Proof, RequestRow, SIGNED_IN};
use crate::subject::{Actor, Fact, Subject};
use crate::vocabulary::{Act, PurposeId};

#[expect(clippy::too_many_arguments, reason = "the columns of a row, each of a type of its own")]
pub(crate) fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    subject: Subject,
    act: Act,
    verified_by: &str,
    proof: &str,
    case: Option<Uuid>,
    at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO subject_requests (id, subject_kind, subject_id, act, verified_by, proof, case_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![id, subject.kind(), subject.uuid(), act.id(), verified_by, proof, case, at],
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

pub(super) fn insert_objection(
    tx: &mut Tx<'_>,
    row: &RequestRow,
    reason: &[u8],
    proof: Proof,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO subject_requests (id, subject_kind, subject_id, act, verified_by, proof, purpose, reason, at, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            row.id,
            row.subject.kind(),
            row.subject.uuid(),
            OBJECT,
            proof.verified_by(),
            &proof.text(),
            row.purpose.map(PurposeId::id),
            reason,
            row.at,
            row.due_at
        ],
    )?;
    Ok(())
}

/// Whether the request is of this subject and recent, and the one to answer it acts: the program itself, or, for an
/// objection that waits, a privacy officer.
pub(crate) fn stands(
    tx: &mut Tx<'_>,
    id: Uuid,
    actor: Actor,
    subject: Subject,
    now: Timestamp,
) -> Result<bool, SqlError> {
    let found = tx.query_opt(
        "SELECT subject_kind, subject_id, at, act, done_at FROM subject_requests WHERE id = $1",
        params![id],
        |row| {
            let (at, act, done): (Timestamp, String, Option<Timestamp>) =
                (row.get(2)?, row.get(3)?, row.get(4)?);
            Ok::<_, SqlError>((Subject::from_stored(row.get(0)?, row.get(1)?), at, act == OBJECT, done))
        },
    )?;
    Ok(found.is_some_and(|(of, at, objection, done)| {
        of == Some(subject)
            && match actor {
                Actor::System(_) => !objection && now.since(at) < OPEN_FOR,
                Actor::Staff(_) => objection && done.is_none(),
                Actor::Person(_) | Actor::Mailbox(_) => false,
            }
    }))
}

/// Whether a signed-in person made the request: of what is done under it, another message tells.
pub(crate) fn is_own(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, SqlError> {
    let by = tx.query_opt("SELECT verified_by FROM subject_requests WHERE id = $1", params![id], |row| {
        row.get::<String>(0)
    })?;
    Ok(by.is_some_and(|by| by == SIGNED_IN))
}

/// The parts of a copy or an erasure: whose data, the person first, and the fact under which it is opened.
pub(crate) fn parts_of(tx: &mut Tx<'_>, case: Uuid) -> Result<Vec<(Subject, Fact)>, SqlError> {
    let parts = tx.query(
        "SELECT subject_kind, subject_id, id FROM subject_requests WHERE case_id = $1 ORDER BY id",
        params![case],
        |row| {
            let subject = Subject::from_stored(row.get(0)?, row.get(1)?);
            Ok::<_, SqlError>(subject.zip(Some(Fact::Request(row.get(2)?))))
        },
    )?;
    let mut parts: Vec<(Subject, Fact)> = parts.into_iter().flatten().collect();
    parts.sort_by_key(|(subject, _)| subject.kind());
    Ok(parts)
}

/// Notes that everything of a copy or an erasure was done.
pub(crate) fn finish_case(tx: &mut Tx<'_>, case: Uuid, at: Timestamp) -> Result<(), SqlError> {
    let sql = "UPDATE subject_requests SET done_at = $2 WHERE case_id = $1 AND done_at IS NULL";
    tx.execute(sql, params![case, at]).map(drop)
}

const COLUMNS: &str = "id, subject_kind, subject_id, purpose, at, due_at, done_at, outcome, answered_by";

fn request(row: &Row<'_>) -> Result<Option<RequestRow>, SqlError> {
    let Some(subject) = Subject::from_stored(row.get(1)?, row.get(2)?) else { return Ok(None) };
    let (purpose, outcome): (Option<String>, Option<String>) = (row.get(3)?, row.get(7)?);
    let at: Timestamp = row.get(4)?;
    Ok(Some(RequestRow {
        id: row.get(0)?,
        subject,
        purpose: purpose.as_deref().and_then(PurposeId::from_id),
        at,
        due_at: row.get::<Option<Timestamp>>(5)?.unwrap_or(at),
        done_at: row.get(6)?,
        outcome: outcome.as_deref().and_then(Outcome::from_word),
        answered_by: row.get(8)?,
    }))
}

/// Objections, those that wait first, the most urgent before the others.
pub(super) fn list(tx: &mut Tx<'_>, waiting: bool, limit: i64) -> Result<Vec<RequestRow>, SqlError> {
    let (state, order) = match waiting {
        true => ("IS NULL", "due_at, id"),
        false => ("IS NOT NULL", "done_at DESC, id"),
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM subject_requests WHERE act = $1 AND done_at {state} ORDER BY {order} LIMIT $2"
    );
    Ok(tx.query(&sql, params![OBJECT, limit], request)?.into_iter().flatten().collect())
}

pub(super) fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<RequestRow>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM subject_requests WHERE id = $1 AND act = $2");
    Ok(tx.query_opt(&sql, params![id, OBJECT], request)?.flatten())
}

/// An objection with what was written about it, sealed.
pub(super) struct SealedRequest {
    pub row: RequestRow,
    pub reason: Option<Vec<u8>>,
    pub answer: Option<Vec<u8>>,
}

pub(super) fn of_subject(tx: &mut Tx<'_>, subject: Subject) -> Result<Vec<SealedRequest>, SqlError> {
    let sql = format!(
        "SELECT {COLUMNS}, reason, answer FROM subject_requests
         WHERE subject_kind = $1 AND subject_id = $2 AND act = $3 ORDER BY id DESC LIMIT 100"
    );
    let found = tx.query(&sql, params![subject.kind(), subject.uuid(), OBJECT], |row| {
        let (reason, answer) = (row.get(9)?, row.get(10)?);
        Ok::<_, SqlError>(request(row)?.map(|row| SealedRequest { row, reason, answer }))
    })?;
    Ok(found.into_iter().flatten().collect())
}

pub(super) fn reason_of(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Vec<u8>>, SqlError> {
    let sql = "SELECT reason FROM subject_requests WHERE id = $1";
    Ok(tx.query_opt(sql, params![id], |row| row.get::<Option<Vec<u8>>>(0))?.flatten())
}

/// How many objections of a subject wait.
pub(super) fn count_waiting(tx: &mut Tx<'_>, subject: Subject) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM subject_requests
         WHERE subject_kind = $1 AND subject_id = $2 AND act = $3 AND done_at IS NULL",
        params![subject.kind(), subject.uuid(), OBJECT],
        |row| row.get(0),
    )
}

/// Answers an objection that waits; false when it was answered meanwhile.
pub(super) fn set_answer(
    tx: &mut Tx<'_>,
    id: Uuid,
    by: StaffId,
    outcome: Outcome,
    answer: &[u8],
) -> Result<bool, SqlError> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE subject_requests SET answer = $2, outcome = $3, answered_by = $4, done_at = $5
         WHERE id = $1 AND act = $6 AND done_at IS NULL",
        params![id, answer, outcome.word(), by, now, OBJECT],
    )?;
    Ok(changed == 1)
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
        // A copy or an erasure has a part for each customer; it is one request, and answered with its last part.
        "SELECT MIN(act), MIN(at), CASE WHEN COUNT(done_at) = COUNT(*) THEN MAX(done_at) END FROM subject_requests
         WHERE at >= $1 AND at < $2 GROUP BY COALESCE(case_id, id)",
        params![from, until],
        |row| Ok(Answered { kind: row.get(0)?, at: row.get(1)?, done_at: row.get(2)? }),
    )
}
