//! The tables of the mailroom.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{StaffId, SubscriberId, Timestamp};
use uuid::Uuid;

use super::{Address, LetterShape};
use crate::attachments;
use crate::attachments::store::AttachmentRow;
use crate::letters::loops::Exchange;
use crate::splits;

// Writers.

pub(crate) fn email(tx: &mut Tx<'_>, writer: SubscriberId) -> Result<Option<Address>, SqlError> {
    let found: Option<Option<Vec<u8>>> =
        tx.query_opt("SELECT email FROM ticket_writers WHERE id = $1", params![writer], |row| row.get(0))?;
    Ok(found.flatten().map(Address::from_bytes))
}

pub(crate) fn writer_with(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<SubscriberId>, SqlError> {
    tx.query_opt("SELECT id FROM ticket_writers WHERE email_lookup = $1", params![hash], |row| row.get(0))
}

/// Writes down a writer, or that they wrote again. False when somebody else has the address by now.
pub(crate) fn set_writer(
    tx: &mut Tx<'_>,
    writer: SubscriberId,
    email: Option<&[u8]>,
    hash: Option<&[u8; 32]>,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let known = tx.execute("UPDATE ticket_writers SET wrote_at = $2 WHERE id = $1", params![writer, now])?;
    if known == 1 {
        return Ok(true);
    }
    let made = tx.execute(
        "INSERT INTO ticket_writers (id, email, email_lookup, wrote_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (email_lookup) DO NOTHING",
        params![writer, email, hash, now],
    )?;
    Ok(made == 1)
}

/// Writers who wrote nothing since, and of whom there is no ticket any more.
pub(super) fn forgotten(
    tx: &mut Tx<'_>,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<SubscriberId>, SqlError> {
    tx.query(
        "SELECT w.id FROM ticket_writers w WHERE w.wrote_at < $1
         AND NOT EXISTS (SELECT 1 FROM tickets t WHERE t.subject_kind = 5 AND t.subject_id = w.id) LIMIT $2",
        params![before, limit],
        |row| row.get(0),
    )
}

pub(crate) fn forget(tx: &mut Tx<'_>, writer: SubscriberId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM ticket_writers WHERE id = $1", params![writer])?;
    Ok(())
}

// Letters.

/// A letter as stored.
#[derive(Clone)]
pub(super) struct LetterRow {
    pub(super) id: Uuid,
    pub(super) ticket: Uuid,
    pub(super) entry: Uuid,
    pub(super) fingerprint: [u8; 32],
    pub(super) sender: Option<[u8; 32]>,
    pub(super) message: Option<[u8; 32]>,
    pub(super) message_id: Option<Vec<u8>>,
    pub(super) raw: Vec<u8>,
    pub(super) size: i64,
    pub(super) authenticity: &'static str,
    pub(super) because: &'static str,
    pub(super) sign: Option<&'static str>,
    pub(super) related: Option<Uuid>,
    pub(super) answered: bool,
    pub(super) files: Vec<AttachmentRow>,
}

pub(super) fn add_letter(tx: &mut Tx<'_>, row: &LetterRow) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO ticket_letters (id, ticket_id, entry_id, fingerprint, sender, message, message_id, raw, size, proof,
             because, sign, related, answered, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        params![
            row.id,
            row.ticket,
            row.entry,
            &row.fingerprint,
            row.sender.as_ref(),
            row.message.as_ref(),
            row.message_id.as_deref(),
            &row.raw[..],
            row.size,
            row.authenticity,
            row.because,
            row.sign,
            row.related,
            i64::from(row.answered),
            now,
        ],
    )?;
    attachments::store::insert_all(tx, row.ticket, row.entry, &row.files)
}

/// The ticket that a copy of a letter went into.
pub(super) fn ticket_of_copy(tx: &mut Tx<'_>, fingerprint: &[u8; 32]) -> Result<Option<Uuid>, SqlError> {
    let letters = "SELECT ticket_id FROM ticket_letters WHERE fingerprint = $1";
    let by_staff = "SELECT ticket_id FROM staff_letters WHERE fingerprint = $1";
    match tx.query_opt(letters, params![fingerprint], |row| row.get(0))? {
        None => tx.query_opt(by_staff, params![fingerprint], |row| row.get(0)),
        found => Ok(found),
    }
}

/// Remembers a letter by which a member of staff acted.
pub(super) fn add_staff_letter(
    tx: &mut Tx<'_>,
    fingerprint: &[u8; 32],
    ticket: Uuid,
    staff: StaffId,
) -> Result<(), SqlError> {
    let now = tx.now();
    let sql = "INSERT INTO staff_letters (fingerprint, ticket_id, staff_id, at) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, params![fingerprint, ticket, staff, now]).map(drop)
}

pub(super) fn ticket_of_message(tx: &mut Tx<'_>, message: &[u8; 32]) -> Result<Option<Uuid>, SqlError> {
    let sql = "SELECT COALESCE(v.ticket_id, l.ticket_id) FROM ticket_letters l
         LEFT JOIN ticket_moved_entries v ON v.entry_id = l.entry_id WHERE l.message = $1 ORDER BY l.at DESC, l.id DESC LIMIT 1";
    tx.query_opt(sql, params![message], |row| row.get(0))
}

/// What went between the desk and an address since then.
pub(super) fn exchange(tx: &mut Tx<'_>, sender: &[u8; 32], since: Timestamp) -> Result<Exchange, SqlError> {
    tx.query_one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(answered), 0) AS BIGINT) FROM ticket_letters WHERE sender = $1 AND at > $2",
        params![sender, since],
        |row| {
            let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
            Ok(Exchange { received: count(row.get(0)?), answered: count(row.get(1)?) })
        },
    )
}

/// The identifier of the newest letter that is shown in a ticket, sealed, with its place.
pub(crate) fn newest_message_id(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Option<(Uuid, Vec<u8>)>, SqlError> {
    let written_in = splits::store::written_in(tx, ticket)?;
    tx.query_opt(
        "SELECT l.id, l.message_id FROM ticket_letters l LEFT JOIN ticket_moved_entries v ON v.entry_id = l.entry_id
         WHERE l.ticket_id IN ($1, $2) AND COALESCE(v.ticket_id, l.ticket_id) = $1 AND l.message_id IS NOT NULL
         ORDER BY l.at DESC, l.id DESC LIMIT 1",
        params![ticket, written_in],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn shapes(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Vec<LetterShape>, SqlError> {
    let written_in = splits::store::written_in(tx, ticket)?;
    tx.query(
        "SELECT l.id, l.entry_id, l.size, l.proof, l.because, l.sign, t.id, t.number FROM ticket_letters l
         LEFT JOIN tickets t ON t.id = l.related LEFT JOIN ticket_moved_entries v ON v.entry_id = l.entry_id
         WHERE l.ticket_id IN ($1, $2) AND COALESCE(v.ticket_id, l.ticket_id) = $1 ORDER BY l.at, l.id",
        params![ticket, written_in],
        |row| {
            let related: (Option<Uuid>, Option<String>) = (row.get(6)?, row.get(7)?);
            Ok(LetterShape {
                id: row.get(0)?,
                entry: row.get(1)?,
                size: row.get(2)?,
                authenticity: row.get(3)?,
                because: row.get(4)?,
                sign: row.get(5)?,
                related: related.0.zip(related.1),
            })
        },
    )
}

/// A letter that is shown in a ticket, or in one that was merged into it.
pub(crate) fn raw(tx: &mut Tx<'_>, ticket: Uuid, letter: Uuid) -> Result<Option<Vec<u8>>, SqlError> {
    let sql = "SELECT l.raw FROM ticket_letters l LEFT JOIN ticket_moved_entries v ON v.entry_id = l.entry_id
         WHERE l.id = $1 AND (COALESCE(v.ticket_id, l.ticket_id) = $2 OR EXISTS (SELECT 1 FROM ticket_merges m
             WHERE m.ticket_id = COALESCE(v.ticket_id, l.ticket_id) AND m.into_id = $2))";
    tx.query_opt(sql, params![letter, ticket], |row| row.get(0))
}
