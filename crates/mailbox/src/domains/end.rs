//! The mail side of a customer that ends: nothing is received, read or sent any more. The keys of the mailboxes are destroyed
//! by whoever ends them.

use mailkeep_types::{CustomerId, MailboxId};

use super::store;
use crate::error::Result;
use crate::mailboxes;
use crate::mailboxes::MailboxState;
use crate::post_office::PostOffice;

impl PostOffice {
    /// Closes every mailbox of the customer, ends its sessions, and takes its domains, addresses, lists and waiting mail away.
    /// Gives the mailboxes. Safe to run again.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn end_customer(&self, customer: CustomerId) -> Result<Vec<MailboxId>> {
        let ended = self
            .db()
            .write(move |tx| -> Result<Vec<MailboxId>> {
                let mut ended = Vec::new();
                for domain in store::of_customer(tx, customer)? {
                    for mailbox in store::mailboxes_of(tx, domain.id)? {
                        mailboxes::store::set_state(tx, mailbox, MailboxState::Closed)?;
                        mailboxes::store::end(tx, mailbox)?;
                        mailboxes::store::notify_changed(tx, mailbox);
                        ended.push(mailbox);
                    }
                    store::end(tx, domain.id)?;
                }
                Ok(ended)
            })
            .await?;
        self.forget_cached();
        Ok(ended)
    }
}
