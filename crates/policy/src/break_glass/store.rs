//! The rows of break-glass cases.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use super::{Case, LIFE, SECOND_LOOK};
use crate::subject::{Actor, Subject};

const COLUMNS: &str = "id, subject_kind, subject_id, staff_id, opened_at, ends_at, seen_by, seen_at";

fn case(row: &Row<'_>) -> Result<Option<Case>, SqlError> {
    let Some(subject) = Subject::from_stored(row.get(1)?, row.get(2)?) else { return Ok(None) };
    Ok(Some(Case {
        id: row.get(0)?,
        subject,
        staff: row.get(3)?,
        opened_at: row.get(4)?,
        ends_at: row.get(5)?,
        seen_by: row.get(6)?,
        seen_at: row.get(7)?,
    }))
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    staff: StaffId,
    subject: Subject,
    reason: &[u8],
    opened_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO break_glass (id, staff_id, subject_kind, subject_id, reason, opened_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![id, staff, subject.kind(), subject.uuid(), reason, opened_at, opened_at.plus(LIFE)],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<(Case, Vec<u8>)>, SqlError> {
    let sql = format!("SELECT {COLUMNS}, reason FROM break_glass WHERE id = $1");
    let found = tx.query_opt(&sql, params![id], |row| {
        Ok::<_, SqlError>(case(row)?.zip(Some(row.get::<Vec<u8>>(8)?)))
    })?;
    Ok(found.flatten())
}

pub(super) fn waiting(tx: &mut Tx<'_>) -> Result<Vec<Case>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM break_glass WHERE seen_at IS NULL ORDER BY opened_at");
    Ok(tx.query(&sql, params![], case)?.into_iter().flatten().collect())
}

pub(super) fn confirm(tx: &mut Tx<'_>, id: Uuid, staff: StaffId) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE break_glass SET seen_by = $2, seen_at = $3 WHERE id = $1 AND seen_at IS NULL",
        params![id, staff, tx.now()],
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

/// Whether the case is a colleague's and waits for a second look.
pub(crate) fn waits(tx: &mut Tx<'_>, id: Uuid, actor: Actor, subject: Subject) -> Result<bool, SqlError> {
    let Actor::Staff(staff) = actor else { return Ok(false) };
    Ok(find(tx, id)?
        .is_some_and(|(case, _)| case.staff != staff && case.subject == subject && case.seen_at.is_none()))
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
