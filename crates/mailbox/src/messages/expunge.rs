//! EXPUNGE: messages leave their folder and can be brought back for some days.

use mailkeep_storage::sql::Channel;
use mailkeep_types::FolderId;

use super::{Flags, Target, UidSet, change_flags::runs, copy::totals, store};
use crate::error::{MailRefusal, Result};
use crate::folders;
use crate::mailboxes::MailboxSession;

impl MailboxSession {
    /// Removes the messages of the set that are marked `\Deleted`, and says which ones went and the change number
    /// afterwards.
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`] or a failure of the store.
    pub async fn expunge(&self, folder: FolderId, uids: &UidSet) -> Result<(Vec<u32>, u64)> {
        self.remove(folder, uids, Flags::DELETED).await
    }

    /// Removes the messages of the set whatever their flags: for pages that know no mark.
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`] or a failure of the store.
    pub async fn delete_messages(&self, folder: FolderId, uids: &UidSet) -> Result<(Vec<u32>, u64)> {
        self.remove(folder, uids, Flags::NONE).await
    }

    async fn remove(&self, folder: FolderId, uids: &UidSet, marked: Flags) -> Result<(Vec<u32>, u64)> {
        let (mailbox, uids) = (self.mailbox(), uids.clone());
        let class = self.office().mailbox_facts(mailbox).await?.class;
        let keep_for = class.undelete(self.office().settings().undelete);
        self.office()
            .db()
            .write(move |tx| {
                let state = folders::store::state(tx, mailbox, folder)?.ok_or(MailRefusal::NoFolder)?;
                let mut rows = store::rows(tx, folder, &uids)?;
                rows.retain(|row| row.flags.contains(marked));
                if rows.is_empty() {
                    return Ok((Vec::new(), state.modseq));
                }
                let gone: Vec<u32> = rows.iter().map(|row| row.uid).collect();
                let (messages, bytes, unseen) = totals(&rows);
                let counters =
                    store::subtract_usage(tx, mailbox, store::unsigned(bytes), store::unsigned(messages))?;
                let purge_at = tx.now().plus(keep_for);
                // Only what is marked may go, so ranges are made of neighbours that all are.
                let exactly: UidSet = gone.iter().copied().collect();
                for range in runs(&gone, &exactly) {
                    store::expunge(tx, Target { mailbox, folder }, range, counters.modseq, true, purge_at)?;
                }
                store::change_folder(tx, folder, counters.modseq, -messages, -bytes, -unseen)?;
                tx.notify(Channel::Mailbox, *mailbox.as_bytes(), counters.modseq_value());
                Ok((gone, counters.modseq))
            })
            .await
    }
}
