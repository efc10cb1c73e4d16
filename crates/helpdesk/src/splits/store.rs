//! The tables of splits.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::Split;
use crate::tickets::EntryKind;
use crate::tickets::store::wrong;

/// How a ticket was split from another.
pub(crate) fn find(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Option<Split>, SqlError> {
    let sql = "SELECT ticket_id, from_id, staff_id, at FROM ticket_splits WHERE ticket_id = $1";
    tx.query_opt(sql, params![ticket], |row| {
        Ok(Split { ticket: row.get(0)?, from: row.get(1)?, staff: row.get(2)?, at: row.get(3)? })
    })
}

/// Where the first words of a ticket were written: in the one from which it was split, or in itself.
pub(crate) fn written_in(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Uuid, SqlError> {
    Ok(find(tx, ticket)?.map_or(ticket, |split| split.from))
}

/// The tickets that were split from one, in that order.
pub(crate) fn parts(tx: &mut Tx<'_>, from: Uuid) -> Result<Vec<Uuid>, SqlError> {
    let sql = "SELECT ticket_id FROM ticket_splits WHERE from_id = $1 ORDER BY at, ticket_id";
    tx.query(sql, params![from], |row| row.get(0))
}

/// An entry without its words.
pub(super) struct WrittenRow {
    pub(super) entry: Uuid,
    pub(super) kind: EntryKind,
    pub(super) at: Timestamp,
}

/// What was written in a ticket and is shown in it, oldest first.
pub(super) fn written(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Vec<WrittenRow>, SqlError> {
    tx.query(
        "SELECT e.id, e.kind, e.at FROM ticket_entries e LEFT JOIN ticket_moved_entries v ON v.entry_id = e.id
         WHERE e.ticket_id = $1 AND v.entry_id IS NULL ORDER BY e.at, e.id",
        params![ticket],
        |row| {
            let kind: String = row.get(1)?;
            let kind = EntryKind::from_word(&kind).ok_or_else(|| wrong("an entry of", &kind))?;
            Ok(WrittenRow { entry: row.get(0)?, kind, at: row.get(2)? })
        },
    )
}

/// Whether anything was ever written in a ticket itself.
pub(crate) fn has_words(tx: &mut Tx<'_>, ticket: Uuid) -> Result<bool, SqlError> {
    let sql = "SELECT id FROM ticket_entries WHERE ticket_id = $1 LIMIT 1";
    Ok(tx.query_opt(sql, params![ticket], |row| row.get::<Uuid>(0))?.is_some())
}

pub(super) fn insert(tx: &mut Tx<'_>, split: &Split) -> Result<(), SqlError> {
    let sql = "INSERT INTO ticket_splits (ticket_id, from_id, staff_id, at) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, params![split.ticket, split.from, split.staff, split.at])?;
    Ok(())
}

pub(super) fn move_entry(tx: &mut Tx<'_>, entry: Uuid, split: &Split) -> Result<(), SqlError> {
    let sql = "INSERT INTO ticket_moved_entries (entry_id, from_id, ticket_id) VALUES ($1, $2, $3)";
    tx.execute(sql, params![entry, split.from, split.ticket])?;
    Ok(())
}

/// Takes the split of a ticket away: what was moved into it is shown where it was written.
pub(super) fn delete(tx: &mut Tx<'_>, ticket: Uuid) -> Result<(), SqlError> {
    tx.execute("DELETE FROM ticket_moved_entries WHERE ticket_id = $1", params![ticket])?;
    tx.execute("DELETE FROM ticket_splits WHERE ticket_id = $1", params![ticket])?;
    Ok(())
}

/// Writes down in which letter of ours an answer goes out.
pub(crate) fn add_answer(tx: &mut Tx<'_>, letter: Uuid, ticket: Uuid, entry: Uuid) -> Result<(), SqlError> {
    let sql = "INSERT INTO ticket_answers (letter_id, ticket_id, entry_id) VALUES ($1, $2, $3)
         ON CONFLICT (letter_id) DO NOTHING";
    tx.execute(sql, params![letter, ticket, entry])?;
    Ok(())
}

/// The ticket in which the answer is shown that went out in a letter of ours.
pub(crate) fn ticket_of_answer(tx: &mut Tx<'_>, letter: Uuid) -> Result<Option<Uuid>, SqlError> {
    tx.query_opt(
        "SELECT COALESCE(v.ticket_id, a.ticket_id) FROM ticket_answers a
         LEFT JOIN ticket_moved_entries v ON v.entry_id = a.entry_id WHERE a.letter_id = $1",
        params![letter],
        |row| row.get(0),
    )
}

/// The letters in which the answers of a ticket went out.
#[cfg(test)]
pub(crate) fn letters_with_answers(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Vec<Uuid>, SqlError> {
    let sql = "SELECT letter_id FROM ticket_answers WHERE ticket_id = $1";
    tx.query(sql, params![ticket], |row| row.get(0))
}
