//! Ends everything that somebody could still be signed in with.

use mailkeep_types::MailboxId;
use mailkeep_webhooks::events::EventKind;

use super::store;
use crate::error::{MailRefusal, Result};
use crate::mailboxes;
use crate::post_office::PostOffice;

impl PostOffice {
    /// Ends all sessions of a mailbox and takes away its passwords, because they are in somebody else's hands; places that are not
    /// known are forgotten. Mail arrives as before, and its administrator sets new passwords.
    ///
    /// # Errors
    /// [`MailRefusal::NoMailbox`] or a failure of the store.
    pub async fn sign_out_everywhere(&self, mailbox: MailboxId) -> Result<()> {
        let write = self.db().write(move |tx| -> Result<()> {
            if !mailboxes::store::exists(tx, mailbox)? {
                return Err(MailRefusal::NoMailbox.into());
            }
            store::sign_out(tx, mailbox)?;
            mailboxes::store::notify_changed(tx, mailbox);
            mailboxes::store::tell(tx, mailbox, EventKind::MailboxChanged)?;
            Ok(())
        });
        write.await?;
        self.0.verified_passwords.lock().pop(&mailbox);
        self.forget_cached();
        Ok(())
    }
}
