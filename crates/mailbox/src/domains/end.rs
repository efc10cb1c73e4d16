//! The mail side of a customer that ends: nothing is received, read or sent any more. The keys of the mailboxes are destroyed
//! by whoever ends them.

use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, MailboxId, ServiceId};

use super::{Domain, store};
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
                let domains = store::of_customer(tx, customer)?;
                end_domains(tx, &domains)
            })
            .await?;
        self.forget_cached();
        Ok(ended)
    }

    /// The same for the domains of one service, whose customer goes on.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn end_service(&self, service: ServiceId) -> Result<Vec<MailboxId>> {
        let ended = self
            .db()
            .write(move |tx| -> Result<Vec<MailboxId>> {
                let domains = store::of_service(tx, service)?;
                end_domains(tx, &domains)
            })
            .await?;
        self.forget_cached();
        Ok(ended)
    }
}

fn end_domains(tx: &mut Tx<'_>, domains: &[Domain]) -> Result<Vec<MailboxId>> {
    let mut ended = Vec::new();
    for domain in domains {
        for mailbox in store::mailboxes_of(tx, domain.id)? {
            mailboxes::store::set_state(tx, mailbox, MailboxState::Closed)?;
            mailboxes::store::end(tx, mailbox)?;
            mailboxes::store::notify_changed(tx, mailbox);
            ended.push(mailbox);
        }
        store::end(tx, domain.id)?;
    }
    Ok(ended)
}
