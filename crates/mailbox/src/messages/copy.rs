//! COPY and MOVE: the new row shares the content of the old.

use mailkeep_storage::sql::{Channel, Tx};
use mailkeep_types::FolderId;

use super::{Flags, MessageRow, Target, UidSet, change_flags::runs, store};
use crate::error::{MailRefusal, Result};
use crate::folders;
use crate::mailboxes::MailboxSession;
use crate::traces::heard;

/// What COPY and MOVE answer (RFC 4315 COPYUID).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// UIDVALIDITY of the target folder.
    pub uidvalidity: u32,
    /// Old and new UID of each message, in the order of the old.
    pub pairs: Vec<(u32, u32)>,
    /// Change number of the mailbox afterwards.
    pub modseq: u64,
}

impl MailboxSession {
    /// Copies the messages of the set into another folder, all or none.
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`], [`MailRefusal::OverQuota`] or a failure of the store.
    pub async fn copy_messages(&self, folder: FolderId, uids: &UidSet, into: FolderId) -> Result<Copied> {
        let (mailbox, uids, quota) = (self.mailbox(), uids.clone(), self.facts().quota_bytes);
        self.office()
            .db()
            .write(move |tx| {
                folders::store::state(tx, mailbox, folder)?.ok_or(MailRefusal::NoFolder)?;
                let rows = store::rows(tx, folder, &uids)?;
                let bytes = rows.iter().map(|row| row.size).sum();
                let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
                let counters = store::add_usage(tx, mailbox, bytes, count)?.ok_or(MailRefusal::NoMailbox)?;
                if quota > 0 && counters.used_bytes > quota {
                    return Err(MailRefusal::OverQuota.into());
                }
                heard::moved(tx, mailbox, (None, into), &rows)?;
                insert_copies(tx, Target { mailbox, folder: into }, &rows, counters)
            })
            .await
    }

    /// Moves the messages of the set into another folder (RFC 6851), all or none. They cannot be brought back to the
    /// old folder by undeleting, since they are not lost.
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`] or a failure of the store.
    pub async fn move_messages(&self, folder: FolderId, uids: &UidSet, into: FolderId) -> Result<Copied> {
        let (mailbox, uids) = (self.mailbox(), uids.clone());
        self.office()
            .db()
            .write(move |tx| {
                folders::store::state(tx, mailbox, folder)?.ok_or(MailRefusal::NoFolder)?;
                let rows = store::rows(tx, folder, &uids)?;
                let counters = store::add_usage(tx, mailbox, 0, 0)?.ok_or(MailRefusal::NoMailbox)?;
                let moved: Vec<u32> = rows.iter().map(|row| row.uid).collect();
                let now = tx.now();
                for range in runs(&moved, &uids) {
                    store::expunge(tx, Target { mailbox, folder }, range, counters.modseq, false, now)?;
                }
                let (messages, bytes, unseen) = totals(&rows);
                store::change_folder(tx, folder, counters.modseq, -messages, -bytes, -unseen)?;
                heard::moved(tx, mailbox, (Some(folder), into), &rows)?;
                insert_copies(tx, Target { mailbox, folder: into }, &rows, counters)
            })
            .await
    }
}

/// Number, bytes and unseen ones of some messages.
pub(super) fn totals(rows: &[MessageRow]) -> (i64, i64, i64) {
    let unseen = rows.iter().filter(|row| !row.flags.contains(Flags::SEEN)).count();
    let bytes = rows.iter().map(|row| row.size).sum::<u64>();
    let int = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    (int(rows.len()), store::int(bytes), int(unseen))
}

pub(super) fn insert_copies(
    tx: &mut Tx<'_>,
    target: Target,
    rows: &[MessageRow],
    counters: store::Counters,
) -> Result<Copied> {
    let (_, bytes, unseen) = totals(rows);
    let count = u32::try_from(rows.len()).map_err(|_| MailRefusal::NoMessage)?;
    let (bytes, unseen) = (store::unsigned(bytes), store::unsigned(unseen));
    let taken = store::take_uids(tx, target.folder, target.mailbox, counters.modseq, count, bytes, unseen)?
        .ok_or(MailRefusal::NoFolder)?;
    let now = tx.now();
    let mut pairs = Vec::with_capacity(rows.len());
    for (uid, row) in (taken.first_uid..).zip(rows) {
        let copy = MessageRow { uid, modseq: counters.modseq, saved_at: now, ..*row };
        store::insert_row(tx, target.folder, &copy)?;
        pairs.push((row.uid, uid));
    }
    tx.notify(Channel::Mailbox, *target.mailbox.as_bytes(), counters.modseq_value());
    Ok(Copied { uidvalidity: taken.uidvalidity, pairs, modseq: counters.modseq })
}
