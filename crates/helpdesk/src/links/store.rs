//! The table of links.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::StaffId;
use uuid::Uuid;

use super::LinkKind;
use crate::tickets::store::wrong;

/// A link as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LinkRow {
    pub(super) kind: LinkKind,
    pub(super) ticket: Uuid,
    pub(super) other: Uuid,
}

impl LinkRow {
    /// A link of two tickets. What has no direction is stored in one.
    pub(super) fn of(kind: LinkKind, ticket: Uuid, other: Uuid) -> Self {
        match kind {
            LinkKind::Related => LinkRow { kind, ticket: ticket.min(other), other: ticket.max(other) },
            LinkKind::PartOf => LinkRow { kind, ticket, other },
        }
    }
}

/// The links of a ticket in either direction, in the order in which they were made.
pub(super) fn of_ticket(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Vec<LinkRow>, SqlError> {
    tx.query(
        "SELECT kind, ticket_id, other_id FROM (
             SELECT kind, ticket_id, other_id, at FROM ticket_links WHERE ticket_id = $1
             UNION ALL SELECT kind, ticket_id, other_id, at FROM ticket_links WHERE other_id = $1) l
         ORDER BY at, ticket_id, other_id",
        params![ticket],
        |row| {
            let kind: String = row.get(0)?;
            let kind = LinkKind::from_word(&kind).ok_or_else(|| wrong("a link of the kind", &kind))?;
            Ok(LinkRow { kind, ticket: row.get(1)?, other: row.get(2)? })
        },
    )
}

/// What a ticket is part of.
pub(super) fn whole_of(tx: &mut Tx<'_>, part: Uuid) -> Result<Option<Uuid>, SqlError> {
    let sql = "SELECT other_id FROM ticket_links WHERE ticket_id = $1 AND kind = 'part_of' LIMIT 1";
    tx.query_opt(sql, params![part], |row| row.get(0))
}

pub(super) fn insert(tx: &mut Tx<'_>, link: &LinkRow, by: StaffId) -> Result<(), SqlError> {
    let now = tx.now();
    let sql =
        "INSERT INTO ticket_links (ticket_id, other_id, kind, staff_id, at) VALUES ($1, $2, $3, $4, $5)";
    tx.execute(sql, params![link.ticket, link.other, link.kind.word(), by, now])?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, link: &LinkRow) -> Result<bool, SqlError> {
    let sql = "DELETE FROM ticket_links WHERE ticket_id = $1 AND other_id = $2 AND kind = $3";
    Ok(tx.execute(sql, params![link.ticket, link.other, link.kind.word()])? == 1)
}
