//! SQL of messages, their index and content, and the counters of mailboxes and folders.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{BodyId, FolderId, MailboxId, Timestamp};

use super::{Flags, MessageRow, SealedMessage, Target, UidSet};

/// The counters of a mailbox after a change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counters {
    pub modseq: u64,
    pub used_bytes: u64,
}

impl Counters {
    /// The change number as notices carry it.
    pub fn modseq_value(self) -> i64 {
        int(self.modseq)
    }
}

/// UIDs that a folder gave out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    pub first_uid: u32,
    pub uidvalidity: u32,
}

pub(crate) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(crate) fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

fn counters(row: &Row<'_>) -> Result<Counters, SqlError> {
    Ok(Counters { modseq: unsigned(row.get(0)?), used_bytes: unsigned(row.get(1)?) })
}

/// Takes the next change number and counts messages in; `None` when there is no such mailbox.
pub(crate) fn add_usage(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    bytes: u64,
    messages: i64,
) -> Result<Option<Counters>, SqlError> {
    tx.query_opt(
        "UPDATE mailbox_counters SET modseq = modseq + 1, used_bytes = used_bytes + $2, messages = messages + $3 \
         WHERE mailbox_id = $1 RETURNING modseq, used_bytes",
        params![mailbox, int(bytes), messages],
        counters,
    )
}

/// Takes back what [`add_usage`] counted for one message.
pub(crate) fn add_usage_back(tx: &mut Tx<'_>, mailbox: MailboxId, bytes: u64) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE mailbox_counters SET used_bytes = used_bytes - $2, messages = messages - 1 WHERE mailbox_id = $1",
        params![mailbox, int(bytes)],
    )
    .map(drop)
}

/// Takes the next change number and counts messages out.
pub(crate) fn subtract_usage(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    bytes: u64,
    messages: u64,
) -> Result<Counters, SqlError> {
    tx.query_one(
        "UPDATE mailbox_counters SET modseq = modseq + 1, used_bytes = used_bytes - $2, messages = messages - $3 \
         WHERE mailbox_id = $1 RETURNING modseq, used_bytes",
        params![mailbox, int(bytes), int(messages)],
        counters,
    )
}

/// Used bytes and number of messages.
pub(crate) fn usage(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Option<(u64, u64)>, SqlError> {
    tx.query_opt(
        "SELECT used_bytes, messages FROM mailbox_counters WHERE mailbox_id = $1",
        params![mailbox],
        |row| Ok((unsigned(row.get(0)?), unsigned(row.get(1)?))),
    )
}

/// Takes `count` UIDs of a folder of the mailbox and counts messages in; `None` when the folder is gone.
pub(crate) fn take_uids(
    tx: &mut Tx<'_>,
    folder: FolderId,
    mailbox: MailboxId,
    modseq: u64,
    count: u32,
    bytes: u64,
    unseen: u64,
) -> Result<Option<Taken>, SqlError> {
    tx.query_opt(
        "UPDATE folders SET uidnext = uidnext + $4, total = total + $4, bytes = bytes + $5, unseen = unseen + $6, modseq = $3 \
         WHERE id = $1 AND mailbox_id = $2 RETURNING uidnext - $4, uidvalidity",
        params![folder, mailbox, int(modseq), count, int(bytes), int(unseen)],
        |row| Ok(Taken { first_uid: row.get(0)?, uidvalidity: row.get(1)? }),
    )
}

/// Counts messages out of a folder, or changes its number of unseen ones.
pub(crate) fn change_folder(
    tx: &mut Tx<'_>,
    folder: FolderId,
    modseq: u64,
    messages: i64,
    bytes: i64,
    unseen: i64,
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE folders SET total = total + $3, bytes = bytes + $4, unseen = unseen + $5, modseq = $2 WHERE id = $1",
        params![folder, int(modseq), messages, bytes, unseen],
    )
    .map(drop)
}

/// Writes the rows of a new message.
pub(crate) fn insert_message(
    tx: &mut Tx<'_>,
    target: Target,
    uid: u32,
    modseq: u64,
    flags: Flags,
    internal_at: Timestamp,
    message: &SealedMessage,
) -> Result<(), SqlError> {
    let row = MessageRow {
        uid,
        modseq,
        flags,
        internal_at,
        saved_at: tx.now(),
        size: message.size,
        thread: message.thread,
        body: message.body,
    };
    insert_row(tx, target.folder, &row)?;
    tx.execute(
        "INSERT INTO message_index (mailbox_id, body_id, size, meta, filter) VALUES ($1, $2, $3, $4, $5)",
        params![
            message.mailbox,
            message.body,
            int(message.size),
            message.meta.as_slice(),
            message.filter.as_slice()
        ],
    )?;
    tx.execute(
        "INSERT INTO message_bodies (body_id, mailbox_id, content, blob_key, search_text) VALUES ($1, $2, $3, $4, $5)",
        params![
            message.body,
            message.mailbox,
            message.content.as_deref(),
            message.blob_key.as_deref(),
            message.search_text.as_deref()
        ],
    )
    .map(drop)
}

/// Writes the row of a message whose content is there already.
pub(crate) fn insert_row(tx: &mut Tx<'_>, folder: FolderId, row: &MessageRow) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO messages (folder_id, uid, modseq, flags, internal_at, saved_at, size, thread, body_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            folder,
            row.uid,
            int(row.modseq),
            row.flags.0,
            row.internal_at,
            row.saved_at,
            int(row.size),
            row.thread,
            row.body
        ],
    )
    .map(drop)
}

fn message_row(row: &Row<'_>) -> Result<MessageRow, SqlError> {
    Ok(MessageRow {
        uid: row.get(0)?,
        modseq: unsigned(row.get(1)?),
        flags: Flags(row.get(2)?),
        internal_at: row.get(3)?,
        saved_at: row.get(4)?,
        size: unsigned(row.get(5)?),
        thread: row.get(6)?,
        body: row.get(7)?,
    })
}

/// Rows of a folder that changed after `modseq`, by UID.
pub(crate) fn rows_since(
    tx: &mut Tx<'_>,
    folder: FolderId,
    modseq: u64,
) -> Result<Vec<MessageRow>, SqlError> {
    if modseq == 0 {
        return tx.query(
            "SELECT uid, modseq, flags, internal_at, saved_at, size, thread, body_id FROM messages \
             WHERE folder_id = $1 ORDER BY uid",
            params![folder],
            message_row,
        );
    }
    tx.query(
        "SELECT uid, modseq, flags, internal_at, saved_at, size, thread, body_id FROM messages \
         WHERE folder_id = $1 AND modseq > $2 ORDER BY uid",
        params![folder, int(modseq)],
        message_row,
    )
}

/// UIDs that went after `modseq`.
pub(crate) fn expunged_since(tx: &mut Tx<'_>, folder: FolderId, modseq: u64) -> Result<Vec<u32>, SqlError> {
    tx.query(
        "SELECT uid FROM expunged WHERE folder_id = $1 AND modseq > $2 ORDER BY uid",
        params![folder, int(modseq)],
        |row| row.get(0),
    )
}

/// Rows of the set.
pub(crate) fn rows(tx: &mut Tx<'_>, folder: FolderId, uids: &UidSet) -> Result<Vec<MessageRow>, SqlError> {
    let mut out = Vec::new();
    for (from, to) in uids.scan_ranges() {
        tx.for_each(
            "SELECT uid, modseq, flags, internal_at, saved_at, size, thread, body_id FROM messages \
             WHERE folder_id = $1 AND uid BETWEEN $2 AND $3 ORDER BY uid",
            params![folder, from, to],
            |row| -> Result<(), SqlError> {
                let row = message_row(row)?;
                if uids.contains(row.uid) {
                    out.push(row);
                }
                Ok(())
            },
        )?;
    }
    Ok(out)
}

/// Hands the sealed metadata of the messages in the set to `each`, by UID.
pub(crate) fn for_each_meta<E: From<SqlError>>(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    folder: FolderId,
    (from, to): (i64, i64),
    limit: i64,
    mut each: impl FnMut(u32, BodyId, &[u8]) -> Result<(), E>,
) -> Result<(), E> {
    tx.for_each(
        "SELECT m.uid, m.body_id, i.meta FROM messages m \
         JOIN message_index i ON i.mailbox_id = $2 AND i.body_id = m.body_id \
         WHERE m.folder_id = $1 AND m.uid BETWEEN $3 AND $4 ORDER BY m.uid LIMIT $5",
        params![folder, mailbox, from, to, limit],
        |row| {
            let meta = row.value(2)?;
            each(row.get(0)?, row.get(1)?, blob(&meta))
        },
    )
}

/// The sealed content of a message as it is handed out.
pub(crate) struct StoredContent<'a> {
    pub uid: u32,
    pub body: BodyId,
    /// Length of the message as it came.
    pub size: u64,
    pub sealed: &'a [u8],
    /// The key of the blob of a large message.
    pub blob: Option<&'a str>,
}

/// Hands the sealed content of the messages in the set to `each`, by UID, until it says `false`.
pub(crate) fn for_each_content<E: From<SqlError>>(
    tx: &mut Tx<'_>,
    folder: FolderId,
    (from, to): (i64, i64),
    mut each: impl FnMut(StoredContent<'_>) -> Result<bool, E>,
) -> Result<(), E> {
    let mut done = false;
    tx.for_each(
        "SELECT m.uid, m.body_id, m.size, b.content, b.blob_key FROM messages m \
         JOIN message_bodies b ON b.body_id = m.body_id \
         WHERE m.folder_id = $1 AND m.uid BETWEEN $2 AND $3 ORDER BY m.uid",
        params![folder, from, to],
        |row| {
            if done {
                return Ok(());
            }
            let (content, key) = (row.value(3)?, row.value(4)?);
            let size = unsigned(row.get(2)?);
            let content = StoredContent {
                uid: row.get(0)?,
                body: row.get(1)?,
                size,
                sealed: blob(&content),
                blob: text(&key),
            };
            done = !each(content)?;
            Ok(())
        },
    )
}

fn blob<'a>(value: &mailkeep_storage::sql::ValueRef<'a>) -> &'a [u8] {
    match value {
        mailkeep_storage::sql::ValueRef::Blob(bytes) => bytes,
        _ => &[],
    }
}

fn text<'a>(value: &mailkeep_storage::sql::ValueRef<'a>) -> Option<&'a str> {
    match value {
        mailkeep_storage::sql::ValueRef::Text(text) => Some(text),
        _ => None,
    }
}

/// What a search verifies: sealed content of a small message, or the sealed text of a large one.
pub(crate) fn search_source<E: From<SqlError>>(
    tx: &mut Tx<'_>,
    body: BodyId,
    mut each: impl FnMut(&[u8], Option<&[u8]>) -> Result<bool, E>,
) -> Result<bool, E> {
    let found = tx.query_opt(
        "SELECT content, search_text FROM message_bodies WHERE body_id = $1",
        params![body],
        |row| {
            let (content, search_text) = (row.value(0)?, row.value(1)?);
            let search_text = match search_text {
                mailkeep_storage::sql::ValueRef::Blob(bytes) => Some(bytes),
                _ => None,
            };
            each(blob(&content), search_text)
        },
    )?;
    Ok(found.unwrap_or(false))
}

/// The sealed metadata of a message.
pub(crate) fn meta(tx: &mut Tx<'_>, mailbox: MailboxId, body: BodyId) -> Result<Option<Vec<u8>>, SqlError> {
    tx.query_opt(
        "SELECT meta FROM message_index WHERE mailbox_id = $1 AND body_id = $2",
        params![mailbox, body],
        |row| row.get(0),
    )
}

/// Hands the filters of a mailbox to `each`.
pub(crate) fn for_each_filter(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    mut each: impl FnMut(BodyId, &[u8]),
) -> Result<(), SqlError> {
    tx.for_each("SELECT body_id, filter FROM message_index WHERE mailbox_id = $1", params![mailbox], |row| {
        let filter = row.value(1)?;
        each(row.get(0)?, blob(&filter));
        Ok(())
    })
}

/// The filter of a message.
pub(crate) fn filter(tx: &mut Tx<'_>, mailbox: MailboxId, body: BodyId) -> Result<Option<Vec<u8>>, SqlError> {
    tx.query_opt(
        "SELECT filter FROM message_index WHERE mailbox_id = $1 AND body_id = $2",
        params![mailbox, body],
        |row| row.get(0),
    )
}

/// Sets `(flags & keep) | set` in a range, where it changes something and nothing was changed after `unchanged_since`.
pub(crate) fn change_flags(
    tx: &mut Tx<'_>,
    folder: FolderId,
    (from, to): (u32, u32),
    (keep, set): (i64, i64),
    modseq: u64,
    unchanged_since: u64,
) -> Result<u64, SqlError> {
    tx.execute(
        "UPDATE messages SET flags = (flags & $4) | $5, modseq = $6 WHERE folder_id = $1 AND uid BETWEEN $2 AND $3 \
         AND ((flags & $4) | $5) <> flags AND modseq <= $7",
        params![folder, from, to, keep, set, int(modseq), int(unchanged_since)],
    )
}

/// Moves rows of a range into `expunged`; with `keep_content` they can be brought back until `purge_at`.
pub(crate) fn expunge(
    tx: &mut Tx<'_>,
    target: Target,
    (from, to): (u32, u32),
    modseq: u64,
    keep_content: bool,
    purge_at: Timestamp,
) -> Result<(), SqlError> {
    let body = if keep_content { "body_id" } else { "NULL" };
    let now = tx.now();
    let sql = format!(
        "INSERT INTO expunged (folder_id, uid, modseq, mailbox_id, flags, internal_at, size, thread, body_id, expunged_at, purge_at) \
         SELECT folder_id, uid, $4, $5, flags, internal_at, size, thread, {body}, $6, $7 FROM messages \
         WHERE folder_id = $1 AND uid BETWEEN $2 AND $3"
    );
    tx.execute(&sql, params![target.folder, from, to, int(modseq), target.mailbox, now, purge_at])?;
    tx.execute(
        "DELETE FROM messages WHERE folder_id = $1 AND uid BETWEEN $2 AND $3",
        params![target.folder, from, to],
    )
    .map(drop)
}

/// An expunged message whose content is still there.
pub(crate) struct ExpungedRow {
    pub folder: FolderId,
    pub expunged_at: Timestamp,
    pub row: MessageRow,
}

/// Messages of a mailbox that can be brought back, the latest first.
pub(crate) fn restorable(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    limit: i64,
) -> Result<Vec<ExpungedRow>, SqlError> {
    let now = tx.now();
    tx.query(
        "SELECT uid, modseq, flags, internal_at, expunged_at, size, thread, body_id, folder_id FROM expunged \
         WHERE mailbox_id = $1 AND body_id IS NOT NULL AND purge_at > $2 ORDER BY expunged_at DESC, uid DESC LIMIT $3",
        params![mailbox, now, limit],
        |row| Ok(ExpungedRow { folder: row.get(8)?, expunged_at: row.get(4)?, row: message_row(row)? }),
    )
}

/// Takes an expunged message's content out of the dumpster; `None` when it is gone.
pub(crate) fn take_expunged(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    folder: FolderId,
    uid: u32,
) -> Result<Option<MessageRow>, SqlError> {
    let found = tx.query_opt(
        "SELECT uid, modseq, flags, internal_at, expunged_at, size, thread, body_id FROM expunged \
         WHERE folder_id = $1 AND uid = $2 AND mailbox_id = $3 AND body_id IS NOT NULL",
        params![folder, uid, mailbox],
        message_row,
    )?;
    if found.is_some() {
        tx.execute(
            "UPDATE expunged SET body_id = NULL WHERE folder_id = $1 AND uid = $2",
            params![folder, uid],
        )?;
    }
    Ok(found)
}

/// Some expunged messages whose time is over: mailbox, folder, UID, content.
pub(crate) fn due_for_purge(
    tx: &mut Tx<'_>,
    limit: i64,
) -> Result<Vec<(MailboxId, FolderId, u32, BodyId)>, SqlError> {
    let now = tx.now();
    tx.query(
        "SELECT mailbox_id, folder_id, uid, body_id FROM expunged \
         WHERE purge_at <= $1 AND body_id IS NOT NULL ORDER BY purge_at LIMIT $2",
        params![now, limit],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )
}

/// Forgets the content that an expunged message holds.
pub(crate) fn release(tx: &mut Tx<'_>, folder: FolderId, uid: u32) -> Result<(), SqlError> {
    tx.execute("UPDATE expunged SET body_id = NULL WHERE folder_id = $1 AND uid = $2", params![folder, uid])
        .map(drop)
}

/// Removes content that no message holds any more. `Some` is the key of its blob, to be deleted after the commit.
pub(crate) fn remove_unused(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    body: BodyId,
) -> Result<Option<String>, SqlError> {
    let used = tx.query_one(
        "SELECT CAST((SELECT COUNT(*) FROM messages WHERE body_id = $1) + \
         (SELECT COUNT(*) FROM expunged WHERE body_id = $1) AS BIGINT)",
        params![body],
        |row| row.get::<i64>(0),
    )?;
    if used > 0 {
        return Ok(None);
    }
    let key = tx.query_opt(
        "DELETE FROM message_bodies WHERE body_id = $1 RETURNING blob_key",
        params![body],
        |row| row.get::<Option<String>>(0),
    )?;
    tx.execute("DELETE FROM message_index WHERE mailbox_id = $1 AND body_id = $2", params![mailbox, body])?;
    crate::search::remove_pack_of(tx, mailbox, body)?;
    Ok(key.flatten())
}
