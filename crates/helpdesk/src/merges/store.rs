//! The table of merges.

use mailkeep_storage::sql::{SqlError, Tx, params};
use uuid::Uuid;

use super::Merge;
use crate::tickets::TicketState;
use crate::tickets::store::wrong;

/// How a ticket was merged.
pub(crate) fn find(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Option<Merge>, SqlError> {
    let sql = "SELECT ticket_id, into_id, state, staff_id, at FROM ticket_merges WHERE ticket_id = $1";
    tx.query_opt(sql, params![ticket], |row| {
        let state: String = row.get(2)?;
        Ok(Merge {
            ticket: row.get(0)?,
            into: row.get(1)?,
            state: TicketState::from_word(&state)
                .ok_or_else(|| wrong("a merge of a ticket that was", &state))?,
            staff: row.get(3)?,
            at: row.get(4)?,
        })
    })
}

/// Where a ticket goes on: the one into which it was merged, or itself.
pub(crate) fn leads_to(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Uuid, SqlError> {
    Ok(find(tx, ticket)?.map_or(ticket, |merge| merge.into))
}

/// The tickets that were merged into one, in that order.
pub(crate) fn within(tx: &mut Tx<'_>, into: Uuid) -> Result<Vec<Uuid>, SqlError> {
    let sql = "SELECT ticket_id FROM ticket_merges WHERE into_id = $1 ORDER BY at, ticket_id";
    tx.query(sql, params![into], |row| row.get(0))
}

/// The tickets of which one shows what was written: itself, and those that were merged into it.
pub(crate) fn shown_in(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Vec<Uuid>, SqlError> {
    let mut shown = vec![ticket];
    shown.extend(within(tx, ticket)?);
    Ok(shown)
}

pub(super) fn insert(tx: &mut Tx<'_>, merge: &Merge) -> Result<(), SqlError> {
    let sql =
        "INSERT INTO ticket_merges (ticket_id, into_id, state, staff_id, at) VALUES ($1, $2, $3, $4, $5)";
    tx.execute(sql, params![merge.ticket, merge.into, merge.state.word(), merge.staff, merge.at])?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, ticket: Uuid) -> Result<(), SqlError> {
    tx.execute("DELETE FROM ticket_merges WHERE ticket_id = $1", params![ticket])?;
    Ok(())
}
