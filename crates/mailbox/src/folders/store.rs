//! SQL of folders and keywords.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{FolderId, MailboxId, Timestamp};

use super::{FolderState, Role};
use crate::messages::store::{int, unsigned};

/// A folder as stored.
pub(crate) struct FolderRow {
    pub id: FolderId,
    pub name: Vec<u8>,
    pub role: Option<Role>,
    pub subscribed: bool,
    pub state: FolderState,
}

fn folder_state(row: &Row<'_>, from: usize) -> Result<FolderState, SqlError> {
    Ok(FolderState {
        uidvalidity: row.get(from)?,
        uidnext: row.get(from + 1)?,
        modseq: unsigned(row.get(from + 2)?),
        recent_from: row.get(from + 3)?,
        total: unsigned(row.get(from + 4)?),
        unseen: unsigned(row.get(from + 5)?),
        bytes: unsigned(row.get(from + 6)?),
    })
}

/// Counts of a folder of the mailbox.
pub(crate) fn state(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    folder: FolderId,
) -> Result<Option<FolderState>, SqlError> {
    tx.query_opt(
        "SELECT uidvalidity, uidnext, modseq, recent_from, total, unseen, bytes FROM folders WHERE id = $1 AND mailbox_id = $2",
        params![folder, mailbox],
        |row| folder_state(row, 0),
    )
}

/// All folders of a mailbox.
pub(crate) fn list(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Vec<FolderRow>, SqlError> {
    tx.query(
        "SELECT id, name, role, subscribed, uidvalidity, uidnext, modseq, recent_from, total, unseen, bytes FROM folders \
         WHERE mailbox_id = $1",
        params![mailbox],
        |row| {
            let role: Option<String> = row.get(2)?;
            Ok(FolderRow {
                id: row.get(0)?,
                name: row.get(1)?,
                role: role.as_deref().and_then(Role::from_id),
                subscribed: row.get(3)?,
                state: folder_state(row, 4)?,
            })
        },
    )
}

/// A folder by the hash of its name.
pub(crate) fn find(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    name_hash: &[u8],
) -> Result<Option<FolderId>, SqlError> {
    tx.query_opt(
        "SELECT id FROM folders WHERE mailbox_id = $1 AND name_hash = $2",
        params![mailbox, name_hash],
        |row| row.get(0),
    )
}

/// Folders with a role.
pub(crate) fn roles(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Vec<(Role, FolderId)>, SqlError> {
    let rows = tx.query(
        "SELECT role, id FROM folders WHERE mailbox_id = $1 AND role IS NOT NULL",
        params![mailbox],
        |row| Ok::<_, SqlError>((Role::from_id(&row.get::<String>(0)?), row.get(1)?)),
    )?;
    Ok(rows.into_iter().filter_map(|(role, id)| role.map(|role| (role, id))).collect())
}

/// How many folders there are.
pub(crate) fn count(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<usize, SqlError> {
    tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM folders WHERE mailbox_id = $1",
        params![mailbox],
        |row| Ok(usize::try_from(row.get::<i64>(0)?).unwrap_or(usize::MAX)),
    )
}

/// Writes a new folder with the mailbox's next UIDVALIDITY.
pub(crate) fn insert(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    id: FolderId,
    name_hash: &[u8],
    name: &[u8],
    role: Option<Role>,
) -> Result<bool, SqlError> {
    let (modseq, uidvalidity) = tx.query_one(
        "UPDATE mailbox_counters SET modseq = modseq + 1, next_uidvalidity = next_uidvalidity + 1 WHERE mailbox_id = $1 \
         RETURNING modseq, next_uidvalidity",
        params![mailbox],
        |row| Ok::<_, SqlError>((row.get::<i64>(0)?, row.get::<i64>(1)?)),
    )?;
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO folders (id, mailbox_id, name_hash, name, role, subscribed, uidvalidity, uidnext, modseq, recent_from, \
         total, unseen, bytes, created_at) VALUES ($1, $2, $3, $4, $5, 1, $6, 1, $7, 1, 0, 0, 0, $8) ON CONFLICT DO NOTHING",
        params![id, mailbox, name_hash, name, role.map(Role::id), uidvalidity, modseq, now],
    )?;
    Ok(written > 0)
}

/// Gives a folder a new name.
pub(crate) fn rename(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    id: FolderId,
    name_hash: &[u8],
    name: &[u8],
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE folders SET name_hash = $3, name = $4 WHERE id = $1 AND mailbox_id = $2",
        params![id, mailbox, name_hash, name],
    )
    .map(drop)
}

/// Removes an empty folder.
pub(crate) fn delete(tx: &mut Tx<'_>, mailbox: MailboxId, id: FolderId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM folders WHERE id = $1 AND mailbox_id = $2", params![id, mailbox]).map(drop)
}

/// Subscribes or unsubscribes.
pub(crate) fn set_subscribed(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    id: FolderId,
    on: bool,
) -> Result<bool, SqlError> {
    let changed = tx.execute(
        "UPDATE folders SET subscribed = $3 WHERE id = $1 AND mailbox_id = $2",
        params![id, mailbox, on],
    )?;
    Ok(changed > 0)
}

/// Remembers that a session was told of all messages below `uid`.
pub(crate) fn set_recent_from(tx: &mut Tx<'_>, id: FolderId, uid: u32) -> Result<(), SqlError> {
    tx.execute("UPDATE folders SET recent_from = $2 WHERE id = $1 AND recent_from < $2", params![id, uid])
        .map(drop)
}

/// Takes all messages out of a folder that is being removed; they can be brought back until `purge_at`.
pub(crate) fn expunge_all(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    folder: FolderId,
    modseq: u64,
    purge_at: Timestamp,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO expunged (folder_id, uid, modseq, mailbox_id, flags, internal_at, size, thread, body_id, expunged_at, purge_at) \
         SELECT folder_id, uid, $2, $3, flags, internal_at, size, thread, body_id, $4, $5 FROM messages WHERE folder_id = $1",
        params![folder, int(modseq), mailbox, now, purge_at],
    )?;
    tx.execute("DELETE FROM messages WHERE folder_id = $1", params![folder]).map(drop)
}

/// Sealed names of keywords by their place.
pub(crate) fn keywords(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Vec<(usize, Vec<u8>)>, SqlError> {
    tx.query("SELECT bit, name FROM keywords WHERE mailbox_id = $1 ORDER BY bit", params![mailbox], |row| {
        Ok((usize::try_from(row.get::<i64>(0)?).unwrap_or(usize::MAX), row.get(1)?))
    })
}

/// Writes a new keyword; false when another session took the place meanwhile.
pub(crate) fn insert_keyword(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    place: usize,
    name: &[u8],
) -> Result<bool, SqlError> {
    let place = i64::try_from(place).unwrap_or(i64::MAX);
    let written = tx.execute(
        "INSERT INTO keywords (mailbox_id, bit, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        params![mailbox, place, name],
    )?;
    Ok(written > 0)
}
