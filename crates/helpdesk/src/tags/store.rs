//! The tables of tags.

use mailkeep_storage::sql::{Row as SqlRow, SqlError, Tx, params};
use uuid::Uuid;

use super::Tag;
use crate::tickets::Ticket;

fn tag_row(row: &SqlRow<'_>) -> Result<Tag, SqlError> {
    Ok(Tag(row.get(0)?))
}

pub(crate) fn of_ticket(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Vec<Tag>, SqlError> {
    tx.query("SELECT tag FROM ticket_tags WHERE ticket_id = $1 ORDER BY tag", params![ticket], tag_row)
}

pub(super) fn add(tx: &mut Tx<'_>, ticket: &Ticket, tag: &Tag) -> Result<(), SqlError> {
    let sql = "INSERT INTO ticket_tags (ticket_id, tag, changed_at) VALUES ($1, $2, $3)";
    tx.execute(sql, params![ticket.id, tag.as_str(), ticket.changed_at])?;
    Ok(())
}

pub(crate) fn remove(tx: &mut Tx<'_>, ticket: Uuid, tag: &Tag) -> Result<bool, SqlError> {
    let sql = "DELETE FROM ticket_tags WHERE ticket_id = $1 AND tag = $2";
    Ok(tx.execute(sql, params![ticket, tag.as_str()])? == 1)
}

/// Notes at a ticket's tags when something happened to it.
pub(crate) fn touch(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(), SqlError> {
    let sql = "UPDATE ticket_tags SET changed_at = $2 WHERE ticket_id = $1";
    tx.execute(sql, params![ticket.id, ticket.changed_at])?;
    Ok(())
}

pub(super) fn known(tx: &mut Tx<'_>) -> Result<Vec<Tag>, SqlError> {
    tx.query("SELECT tag FROM desk_tags ORDER BY tag", params![], tag_row)
}

pub(super) fn is_known(tx: &mut Tx<'_>, tag: &Tag) -> Result<bool, SqlError> {
    let found = tx.query_opt("SELECT tag FROM desk_tags WHERE tag = $1", params![tag.as_str()], tag_row)?;
    Ok(found.is_some())
}

pub(super) fn count_known(tx: &mut Tx<'_>) -> Result<usize, SqlError> {
    let count: i64 = tx.query_one("SELECT COUNT(*) FROM desk_tags", params![], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

pub(super) fn make_known(tx: &mut Tx<'_>, tag: &Tag) -> Result<(), SqlError> {
    let now = tx.now();
    let sql = "INSERT INTO desk_tags (tag, at) VALUES ($1, $2) ON CONFLICT (tag) DO NOTHING";
    tx.execute(sql, params![tag.as_str(), now])?;
    Ok(())
}

/// Takes away the tags that no ticket has.
pub(super) fn forget_unused(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let sql =
        "DELETE FROM desk_tags WHERE NOT EXISTS (SELECT 1 FROM ticket_tags t WHERE t.tag = desk_tags.tag)";
    tx.execute(sql, params![])?;
    Ok(())
}
