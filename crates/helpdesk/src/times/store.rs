//! The table of time spent.

use mailkeep_policy::Subject;
use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use super::{MOST_ROWS, TimeOfTicket};
use crate::tickets::store::SUPPORT;

/// An entry as stored; the note is sealed.
pub(crate) struct TimeRow {
    pub(crate) id: Uuid,
    pub(crate) staff: StaffId,
    pub(crate) minutes: i64,
    pub(crate) against: Option<Uuid>,
    pub(crate) note: Option<Vec<u8>>,
    pub(crate) at: Timestamp,
}

pub(super) fn insert(tx: &mut Tx<'_>, ticket: Uuid, row: &TimeRow) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO ticket_times (id, ticket_id, staff_id, minutes, against, note, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![row.id, ticket, row.staff, row.minutes, row.against, row.note.as_deref(), row.at],
    )?;
    Ok(())
}

/// What was spent on a ticket, in the order in which it was written down.
pub(crate) fn of_ticket(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Vec<TimeRow>, SqlError> {
    tx.query(
        "SELECT id, staff_id, minutes, against, note, at FROM ticket_times WHERE ticket_id = $1 ORDER BY at, id",
        params![ticket],
        |row| {
            Ok(TimeRow {
                id: row.get(0)?,
                staff: row.get(1)?,
                minutes: row.get(2)?,
                against: row.get(3)?,
                note: row.get(4)?,
                at: row.get(5)?,
            })
        },
    )
}

/// Sums by ticket; what was taken back wholly is left out.
pub(super) fn sums(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<TimeOfTicket>, SqlError> {
    let sql = format!(
        "SELECT t.id, t.number, t.subject_kind, t.subject_id, s.spent FROM (
             SELECT ticket_id, CAST(SUM(minutes) AS BIGINT) AS spent FROM ticket_times WHERE at >= $1 AND at < $2
             GROUP BY ticket_id) s
         JOIN tickets t ON t.id = s.ticket_id WHERE {SUPPORT} AND s.spent <> 0 ORDER BY s.spent DESC, t.id LIMIT $3"
    );
    let most = i64::try_from(MOST_ROWS).unwrap_or(i64::MAX);
    tx.query(&sql, params![from, until, most], |row| {
        let owner = Subject::from_stored(row.get(2)?, row.get(3)?);
        let customer = match owner {
            Some(Subject::Customer(id)) => Some(id),
            _ => None,
        };
        Ok(TimeOfTicket { ticket: row.get(0)?, number: row.get(1)?, customer, minutes: row.get(4)? })
    })
}
