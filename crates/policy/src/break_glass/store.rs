//! The rows of break-glass cases.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use super::{Case, Cause, LIFE, SECOND_LOOK, Verdict};
use crate::subject::{Actor, Subject};

const COLUMNS: &str =
    "id, subject_kind, subject_id, staff_id, opened_at, ends_at, cause, closed_at, seen_by, seen_at, verdict,
     settled_by, settled_at";

/// What waits for somebody: the second look, or the settling of a dispute.
const WAITS: &str = "(seen_at IS NULL OR verdict = 'disputed' AND settled_at IS NULL)";

/// The words of a case as they are stored.
pub(super) struct SealedWords {
    pub reason: Vec<u8>,
    pub verdict: Option<Vec<u8>>,
}

fn case(row: &Row<'_>) -> Result<Option<Case>, SqlError> {
    let Some(subject) = Subject::from_stored(row.get(1)?, row.get(2)?) else { return Ok(None) };
    Ok(Some(Case {
        id: row.get(0)?,
        subject,
        staff: row.get(3)?,
        opened_at: row.get(4)?,
        ends_at: row.get(5)?,
        cause: Cause::from_id(&row.get::<String>(6)?).unwrap_or(Cause::Other),
        closed_at: row.get(7)?,
        seen_by: row.get(8)?,
        seen_at: row.get(9)?,
        verdict: row.get::<Option<String>>(10)?.and_then(|word| Verdict::from_id(&word)),
        settled_by: row.get(11)?,
        settled_at: row.get(12)?,
    }))
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    staff: StaffId,
    subject: Subject,
    cause: Cause,
    reason: &[u8],
    opened_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO break_glass (id, staff_id, subject_kind, subject_id, cause, reason, opened_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            id,
            staff,
            subject.kind(),
            subject.uuid(),
            cause.id(),
            reason,
            opened_at,
            opened_at.plus(LIFE)
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<(Case, SealedWords)>, SqlError> {
    let sql = format!("SELECT {COLUMNS}, reason, verdict_words FROM break_glass WHERE id = $1");
    let found = tx.query_opt(&sql, params![id], |row| {
        let words = SealedWords { reason: row.get(13)?, verdict: row.get(14)? };
        Ok::<_, SqlError>(case(row)?.zip(Some(words)))
    })?;
    Ok(found.flatten())
}

pub(super) fn waiting(tx: &mut Tx<'_>) -> Result<Vec<Case>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM break_glass WHERE {WAITS} ORDER BY opened_at");
    Ok(tx.query(&sql, params![], case)?.into_iter().flatten().collect())
}

pub(super) fn of_staff(tx: &mut Tx<'_>, staff: StaffId) -> Result<Vec<Case>, SqlError> {
    let sql =
        format!("SELECT {COLUMNS} FROM break_glass WHERE staff_id = $1 ORDER BY opened_at DESC, id LIMIT 50");
    Ok(tx.query(&sql, params![staff], case)?.into_iter().flatten().collect())
}

pub(super) fn close(tx: &mut Tx<'_>, id: Uuid, staff: StaffId, now: Timestamp) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE break_glass SET ends_at = $3, closed_at = $3 WHERE id = $1 AND staff_id = $2 AND ends_at > $3",
        params![id, staff, now],
    )?;
    Ok(rows == 1)
}

pub(super) fn look(
    tx: &mut Tx<'_>,
    id: Uuid,
    staff: StaffId,
    verdict: Verdict,
    words: Option<&[u8]>,
    now: Timestamp,
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE break_glass SET seen_by = $2, seen_at = $3, verdict = $4, verdict_words = $5
         WHERE id = $1 AND seen_at IS NULL",
        params![id, staff, now, verdict.id(), words],
    )?;
    Ok(rows == 1)
}

pub(super) fn settle(
    tx: &mut Tx<'_>,
    id: Uuid,
    staff: StaffId,
    words: &[u8],
    now: Timestamp,
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE break_glass SET settled_by = $2, settled_at = $3, settled_words = $4
         WHERE id = $1 AND verdict = 'disputed' AND settled_at IS NULL",
        params![id, staff, now, words],
    )?;
    Ok(rows == 1)
}

/// Whether the case is this actor's, about this subject, and not over.
pub(crate) fn is_open(
    tx: &mut Tx<'_>,
    id: Uuid,
    actor: Actor,
    subject: Subject,
    now: Timestamp,
) -> Result<bool, SqlError> {
    let Actor::Staff(staff) = actor else { return Ok(false) };
    Ok(find(tx, id)?
        .is_some_and(|(case, _)| case.staff == staff && case.subject == subject && now < case.ends_at))
}

/// Whether the case is a colleague's and waits for a second look, or for its dispute to be settled.
pub(crate) fn waits(tx: &mut Tx<'_>, id: Uuid, actor: Actor, subject: Subject) -> Result<bool, SqlError> {
    let Actor::Staff(staff) = actor else { return Ok(false) };
    Ok(find(tx, id)?.is_some_and(|(case, _)| case.staff != staff && case.subject == subject && case.waits()))
}

/// The cases that waited for longer than they may.
pub(crate) fn without_closure(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Case>, SqlError> {
    let limit = now.minus(SECOND_LOOK);
    Ok(waiting(tx)?.into_iter().filter(|case| case.opened_at < limit).collect())
}

/// How many cases there were, and how many of them nobody looked at in time.
pub(crate) fn counts(tx: &mut Tx<'_>, now: Timestamp) -> Result<(u64, u64), SqlError> {
    let limit = now.minus(SECOND_LOOK);
    let (all, unseen): (i64, i64) = tx.query_one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN seen_at IS NULL AND opened_at < $1 THEN 1 ELSE 0 END), 0) AS BIGINT)
         FROM break_glass",
        params![limit],
        |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?)),
    )?;
    Ok((u64::try_from(all).unwrap_or(0), u64::try_from(unseen).unwrap_or(0)))
}

/// The cases opened in a time.
pub(crate) fn opened_between(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Case>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM break_glass WHERE opened_at >= $1 AND opened_at < $2");
    Ok(tx.query(&sql, params![from, until], case)?.into_iter().flatten().collect())
}
