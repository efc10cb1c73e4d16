//! The table of followers.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::StaffId;
use uuid::Uuid;

use crate::tickets::store::{NOT_OVER, SUPPORT};

/// That something in the ticket of a row `f` is new to its follower `$1`, whose identifier as text is `$2`: the customer or a
/// colleague wrote, or somebody gave it to them.
const NEWS: &str =
    "EXISTS (SELECT 1 FROM ticket_events e WHERE e.ticket_id = f.ticket_id AND e.number > f.seen
     AND (e.what IN ('write', 'note', 'reopen') OR (e.what = 'assign' AND e.value = $2))
     AND (e.staff_id IS NULL OR e.staff_id <> $1))";

/// Writes down that somebody follows; `false` when they do already.
pub(super) fn insert(tx: &mut Tx<'_>, ticket: Uuid, staff: StaffId, seen: i64) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "INSERT INTO ticket_followers (ticket_id, staff_id, seen, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (ticket_id, staff_id) DO NOTHING";
    Ok(tx.execute(sql, params![ticket, staff, seen, now])? == 1)
}

pub(super) fn delete(tx: &mut Tx<'_>, ticket: Uuid, staff: StaffId) -> Result<bool, SqlError> {
    let sql = "DELETE FROM ticket_followers WHERE ticket_id = $1 AND staff_id = $2";
    Ok(tx.execute(sql, params![ticket, staff])? == 1)
}

/// Whether somebody follows, and looked last before `version`.
pub(super) fn is_behind(
    tx: &mut Tx<'_>,
    ticket: Uuid,
    staff: StaffId,
    version: i64,
) -> Result<bool, SqlError> {
    let sql = "SELECT seen FROM ticket_followers WHERE ticket_id = $1 AND staff_id = $2 AND seen < $3";
    Ok(tx.query_opt(sql, params![ticket, staff, version], |row| row.get::<i64>(0))?.is_some())
}

pub(super) fn saw(tx: &mut Tx<'_>, ticket: Uuid, staff: StaffId, version: i64) -> Result<(), SqlError> {
    let sql = "UPDATE ticket_followers SET seen = $3 WHERE ticket_id = $1 AND staff_id = $2 AND seen < $3";
    tx.execute(sql, params![ticket, staff, version])?;
    Ok(())
}

/// Up to which event a follower looked.
pub(super) fn seen(tx: &mut Tx<'_>, ticket: Uuid, staff: StaffId) -> Result<Option<i64>, SqlError> {
    let sql = "SELECT seen FROM ticket_followers WHERE ticket_id = $1 AND staff_id = $2";
    tx.query_opt(sql, params![ticket, staff], |row| row.get(0))
}

pub(super) fn of_ticket(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Vec<StaffId>, SqlError> {
    let sql = "SELECT staff_id FROM ticket_followers WHERE ticket_id = $1 ORDER BY at, staff_id";
    tx.query(sql, params![ticket], |row| row.get(0))
}

pub(super) fn has_news(tx: &mut Tx<'_>, ticket: Uuid, staff: StaffId) -> Result<bool, SqlError> {
    let sql = format!(
        "SELECT f.seen FROM ticket_followers f WHERE f.staff_id = $1 AND f.ticket_id = $3 AND {NEWS}"
    );
    let found = tx.query_opt(&sql, params![staff, &staff.to_string(), ticket], |row| row.get::<i64>(0))?;
    Ok(found.is_some())
}

pub(super) fn count_news(tx: &mut Tx<'_>, staff: StaffId) -> Result<i64, SqlError> {
    let sql = format!(
        "SELECT COUNT(*) FROM ticket_followers f JOIN tickets t ON t.id = f.ticket_id
         WHERE f.staff_id = $1 AND {SUPPORT} AND {NOT_OVER} AND {NEWS}"
    );
    tx.query_one(&sql, params![staff, &staff.to_string()], |row| row.get(0))
}
