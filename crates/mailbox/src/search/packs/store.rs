//! The rows of packs.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{BodyId, MailboxId};

/// The sealed words of all packs of a mailbox.
pub(super) fn words(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Vec<(BodyId, Vec<u8>)>, SqlError> {
    tx.query(
        "SELECT id, words FROM search_packs WHERE mailbox_id = $1 ORDER BY id",
        params![mailbox],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The sealed places of a pack; `None` when it is gone.
pub(super) fn places(tx: &mut Tx<'_>, mailbox: MailboxId, pack: BodyId) -> Result<Option<Vec<u8>>, SqlError> {
    tx.query_opt(
        "SELECT places FROM search_packs WHERE mailbox_id = $1 AND id = $2",
        params![mailbox, pack],
        |row| row.get(0),
    )
}

/// How many messages of a mailbox are in packs, and how many there are: copies in several folders count each.
pub(super) fn counts(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<(i64, i64), SqlError> {
    tx.query_one(
        "SELECT CAST(COALESCE((SELECT SUM(messages) FROM search_packs WHERE mailbox_id = $1), 0) AS BIGINT), messages
         FROM mailbox_counters WHERE mailbox_id = $1",
        params![mailbox],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// How large a pack is.
pub(super) struct Size {
    pub id: BodyId,
    pub messages: usize,
    pub bytes: usize,
}

/// The packs of a mailbox, the one with the fewest messages first.
pub(super) fn sizes(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Vec<Size>, SqlError> {
    tx.query(
        "SELECT id, messages, CAST(OCTET_LENGTH(words) + OCTET_LENGTH(places) AS BIGINT) FROM search_packs
         WHERE mailbox_id = $1 ORDER BY messages, id",
        params![mailbox],
        |row| {
            let number = |column| row.get::<i64>(column).map(|n| usize::try_from(n).unwrap_or_default());
            Ok::<_, SqlError>(Size { id: row.get(0)?, messages: number(1)?, bytes: number(2)? })
        },
    )
}

/// The messages of a mailbox that are in no pack, the oldest first.
pub(super) fn unpacked(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Vec<BodyId>, SqlError> {
    tx.query(
        "SELECT i.body_id FROM message_index i WHERE i.mailbox_id = $1 AND NOT EXISTS
             (SELECT 1 FROM search_packed p WHERE p.mailbox_id = $1 AND p.body_id = i.body_id) ORDER BY i.body_id",
        params![mailbox],
        |row| row.get(0),
    )
}

/// The messages of a pack.
pub(super) fn packed(tx: &mut Tx<'_>, mailbox: MailboxId, pack: BodyId) -> Result<Vec<BodyId>, SqlError> {
    tx.query(
        "SELECT body_id FROM search_packed WHERE mailbox_id = $1 AND pack_id = $2 ORDER BY body_id",
        params![mailbox, pack],
        |row| row.get(0),
    )
}

/// A new pack, sealed.
pub(super) struct NewPack {
    pub id: BodyId,
    pub bodies: Vec<BodyId>,
    pub words: Vec<u8>,
    pub places: Vec<u8>,
}

/// Puts a pack in the place of others.
///
/// # Errors
/// [`SqlError::NotFound`] when one of its messages went meanwhile: the words of it must not stay.
pub(super) fn replace(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    pack: &NewPack,
    old: &[BodyId],
) -> Result<(), SqlError> {
    for id in old {
        remove(tx, mailbox, *id)?;
    }
    let messages = i64::try_from(pack.bodies.len()).unwrap_or(i64::MAX);
    tx.execute(
        "INSERT INTO search_packs (mailbox_id, id, messages, words, places) VALUES ($1, $2, $3, $4, $5)",
        params![mailbox, pack.id, messages, &pack.words, &pack.places],
    )?;
    for body in &pack.bodies {
        let inserted = tx.execute(
            "INSERT INTO search_packed (mailbox_id, body_id, pack_id)
             SELECT mailbox_id, body_id, $3 FROM message_index WHERE mailbox_id = $1 AND body_id = $2",
            params![mailbox, *body, pack.id],
        )?;
        if inserted == 0 {
            return Err(SqlError::NotFound);
        }
    }
    Ok(())
}

fn remove(tx: &mut Tx<'_>, mailbox: MailboxId, pack: BodyId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM search_packs WHERE mailbox_id = $1 AND id = $2", params![mailbox, pack])?;
    tx.execute("DELETE FROM search_packed WHERE mailbox_id = $1 AND pack_id = $2", params![mailbox, pack])
        .map(drop)
}

/// Removes the pack that holds the words of a message, if one does: the message is gone for good, and so are its words.
pub(crate) fn remove_pack_of(tx: &mut Tx<'_>, mailbox: MailboxId, body: BodyId) -> Result<(), SqlError> {
    let pack = tx.query_opt(
        "SELECT pack_id FROM search_packed WHERE mailbox_id = $1 AND body_id = $2",
        params![mailbox, body],
        |row| row.get(0),
    )?;
    pack.map_or(Ok(()), |pack| remove(tx, mailbox, pack))
}
