//! STORE: flags are set and taken away, also only where nobody changed them meanwhile (RFC 7162 UNCHANGEDSINCE).

use mailkeep_storage::sql::Channel;
use mailkeep_types::FolderId;

use super::{FlagChange, Flags, MessageRow, UidSet, store};
use crate::error::{MailRefusal, Result};
use crate::folders;
use crate::mailboxes::MailboxSession;

/// What a change of flags did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFlags {
    /// The messages of the set as they are now, but for those in `modified`.
    pub messages: Vec<MessageRow>,
    /// UIDs that were left alone since they had changed after the given number.
    pub modified: Vec<u32>,
    /// Change number of the folder afterwards.
    pub modseq: u64,
}

impl MailboxSession {
    /// Changes flags of the messages of the set; those changed after `unchanged_since` are left alone.
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`] or a failure of the store.
    pub async fn change_flags(
        &self,
        folder: FolderId,
        uids: &UidSet,
        change: FlagChange,
        unchanged_since: Option<u64>,
    ) -> Result<StoredFlags> {
        let (mailbox, uids) = (self.mailbox(), uids.clone());
        let limit = unchanged_since.unwrap_or(u64::MAX);
        self.office()
            .db()
            .write(move |tx| {
                let state = folders::store::state(tx, mailbox, folder)?.ok_or(MailRefusal::NoFolder)?;
                let mut messages = store::rows(tx, folder, &uids)?;
                let modified: Vec<u32> =
                    messages.iter().filter(|m| m.modseq > limit).map(|m| m.uid).collect();
                messages.retain(|m| m.modseq <= limit);
                let changes = |m: &MessageRow| change.apply(m.flags) != m.flags;
                if !messages.iter().any(changes) {
                    return Ok(StoredFlags { messages, modified, modseq: state.modseq });
                }
                let counters = store::subtract_usage(tx, mailbox, 0, 0)?;
                let mut unseen = 0i64;
                let mut changed = Vec::new();
                for message in messages.iter_mut().filter(|m| changes(m)) {
                    let before = message.flags.contains(Flags::SEEN);
                    message.flags = change.apply(message.flags);
                    message.modseq = counters.modseq;
                    unseen += i64::from(before) - i64::from(message.flags.contains(Flags::SEEN));
                    changed.push(message.uid);
                }
                // A range between two changed messages may hold unchanged ones of the set, which the condition of the
                // statement passes over, but none outside the set.
                for range in runs(&changed, &uids) {
                    store::change_flags(tx, folder, range, change.masks(), counters.modseq, limit)?;
                }
                store::change_folder(tx, folder, counters.modseq, 0, 0, unseen)?;
                tx.notify(Channel::Mailbox, *mailbox.as_bytes(), counters.modseq_value());
                Ok(StoredFlags { messages, modified, modseq: counters.modseq })
            })
            .await
    }
}

/// Joins ascending UIDs of the set into ranges, one for each range of the set that has any.
pub(super) fn runs(uids: &[u32], set: &UidSet) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    let mut last_range = None;
    for uid in uids {
        let range = set.range_of(*uid);
        match out.last_mut() {
            Some((_, last)) if range.is_some() && range == last_range => *last = *uid,
            _ => out.push((*uid, *uid)),
        }
        last_range = range;
    }
    out
}
