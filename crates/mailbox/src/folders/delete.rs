//! DELETE: a folder goes; its messages can be brought back for some days.

use mailkeep_storage::sql::Channel;
use mailkeep_types::FolderId;

use super::store;
use crate::error::{MailRefusal, Result};
use crate::mailboxes::MailboxSession;
use crate::messages::store as messages;

impl MailboxSession {
    /// Removes a folder; those below it stay. Folders with a role are needed by the mailbox and stay.
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`], [`MailRefusal::FolderFixed`].
    pub async fn delete_folder(&self, folder: FolderId) -> Result<()> {
        let mailbox = self.mailbox();
        let class = self.office().mailbox_facts(mailbox).await?.class;
        let keep_for = class.undelete(self.office().settings().undelete);
        self.office()
            .db()
            .write(move |tx| {
                let state = store::state(tx, mailbox, folder)?.ok_or(MailRefusal::NoFolder)?;
                if store::roles(tx, mailbox)?.iter().any(|(_, id)| *id == folder) {
                    return Err(MailRefusal::FolderFixed.into());
                }
                let counters = messages::subtract_usage(tx, mailbox, state.bytes, state.total)?;
                let purge_at = tx.now().plus(keep_for);
                store::expunge_all(tx, mailbox, folder, counters.modseq, purge_at)?;
                store::delete(tx, mailbox, folder)?;
                tx.notify(Channel::Mailbox, *mailbox.as_bytes(), counters.modseq_value());
                Ok(())
            })
            .await
    }
}
