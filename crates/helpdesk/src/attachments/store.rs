//! The table of attachments.

use mailkeep_storage::sql::{SqlError, Tx, params};
use uuid::Uuid;

use crate::tickets::EntryKind;

/// A file, sealed; of a letter without what is in it.
#[derive(Clone)]
pub(crate) struct AttachmentRow {
    pub(crate) id: Uuid,
    /// Sealed.
    pub(crate) name: Vec<u8>,
    pub(crate) media_type: String,
    pub(crate) size: i64,
    pub(crate) refused: bool,
    pub(crate) harmful: bool,
    pub(crate) rests: Rests,
}

/// Where what is in a file rests.
#[derive(Clone)]
pub(crate) enum Rests {
    /// In its row, sealed.
    Row(Vec<u8>),
    /// In a blob, sealed.
    Blob(String),
    /// In a letter, in the part with this section number.
    Letter(Uuid, String),
}

/// Writes down the files of an entry.
pub(crate) fn insert_all(
    tx: &mut Tx<'_>,
    ticket: Uuid,
    entry: Uuid,
    files: &[AttachmentRow],
) -> Result<(), SqlError> {
    for (number, file) in (1..).zip(files) {
        insert(tx, ticket, entry, number, file)?;
    }
    Ok(())
}

fn insert(
    tx: &mut Tx<'_>,
    ticket: Uuid,
    entry: Uuid,
    number: i64,
    file: &AttachmentRow,
) -> Result<(), SqlError> {
    let now = tx.now();
    let (content, blob, letter) = match &file.rests {
        Rests::Row(content) => (Some(content), None, None),
        Rests::Blob(key) => (None, Some(key), None),
        Rests::Letter(letter, section) => (None, None, Some((*letter, section))),
    };
    tx.execute(
        "INSERT INTO ticket_attachments (id, ticket_id, entry_id, number, letter_id, section, name, media_type, size, refused,
             content, blob_key, at, harmful)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        params![
            file.id,
            ticket,
            entry,
            number,
            letter.map(|(letter, _)| letter),
            letter.map(|(_, section)| section.as_str()),
            &file.name[..],
            &file.media_type,
            file.size,
            i64::from(file.refused),
            content.map(Vec::as_slice),
            blob.map(String::as_str),
            now,
            file.harmful,
        ],
    )?;
    Ok(())
}

/// The files that are shown in a ticket without what is in them, also those written in the one from which it was split: of each its
/// entry, and itself.
pub(crate) fn of_ticket(tx: &mut Tx<'_>, ticket: Uuid, written_in: Uuid) -> Result<Vec<ShapeRow>, SqlError> {
    tx.query(
        "SELECT a.entry_id, a.id, a.name, a.media_type, a.size, a.refused, a.harmful FROM ticket_attachments a
         LEFT JOIN ticket_moved_entries v ON v.entry_id = a.entry_id
         WHERE a.ticket_id IN ($1, $2) AND COALESCE(v.ticket_id, a.ticket_id) = $1 ORDER BY a.at, a.number",
        params![ticket, written_in],
        |row| {
            Ok(ShapeRow {
                entry: row.get(0)?,
                id: row.get(1)?,
                name: row.get(2)?,
                media_type: row.get(3)?,
                size: row.get(4)?,
                refused: row.get::<i64>(5)? != 0,
                harmful: row.get(6)?,
            })
        },
    )
}

/// A file without what is in it.
pub(crate) struct ShapeRow {
    pub(crate) entry: Uuid,
    pub(crate) id: Uuid,
    pub(crate) name: Vec<u8>,
    pub(crate) media_type: String,
    pub(crate) size: i64,
    pub(crate) refused: bool,
    pub(crate) harmful: bool,
}

/// A file that is shown in a ticket, or in one that was merged into it, with the kind of its entry.
pub(super) fn find(
    tx: &mut Tx<'_>,
    ticket: Uuid,
    id: Uuid,
) -> Result<Option<(AttachmentRow, EntryKind)>, SqlError> {
    let found = tx.query_opt(
        "SELECT a.name, a.media_type, a.size, a.refused, a.content, a.blob_key, a.letter_id, a.section, e.kind, a.harmful
         FROM ticket_attachments a JOIN ticket_entries e ON e.id = a.entry_id
         LEFT JOIN ticket_moved_entries v ON v.entry_id = a.entry_id WHERE a.id = $1
         AND (COALESCE(v.ticket_id, a.ticket_id) = $2 OR EXISTS (SELECT 1 FROM ticket_merges m
             WHERE m.ticket_id = COALESCE(v.ticket_id, a.ticket_id) AND m.into_id = $2))",
        params![id, ticket],
        |row| {
            let (content, blob): (Option<Vec<u8>>, Option<String>) = (row.get(4)?, row.get(5)?);
            let (letter, section): (Option<Uuid>, Option<String>) = (row.get(6)?, row.get(7)?);
            let rests = match (content, blob, letter.zip(section)) {
                (Some(content), ..) => Rests::Row(content),
                (_, Some(key), _) => Rests::Blob(key),
                (_, _, Some((letter, section))) => Rests::Letter(letter, section),
                (None, None, None) => return Ok::<_, SqlError>(None),
            };
            let kind: String = row.get(8)?;
            let row = AttachmentRow {
                id,
                name: row.get(0)?,
                media_type: row.get(1)?,
                size: row.get(2)?,
                refused: row.get::<i64>(3)? != 0,
                harmful: row.get(9)?,
                rests,
            };
            Ok(EntryKind::from_word(&kind).map(|kind| (row, kind)))
        },
    )?;
    Ok(found.flatten())
}

/// Whether a row names the file.
pub(super) fn is_there(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, SqlError> {
    let found: Option<i64> =
        tx.query_opt("SELECT size FROM ticket_attachments WHERE id = $1", params![id], |row| row.get(0))?;
    Ok(found.is_some())
}
