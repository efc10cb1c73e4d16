//! Messages that were not tried because somebody stopped them go on.

use mailkeep_storage::sql::{Channel, SqlError};
use mailkeep_types::{CustomerId, DomainName, MailboxId};

use super::store;
use crate::post_office::PostOffice;

/// Which messages wait no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// Those of a mailbox.
    OfMailbox(MailboxId),
    /// Those of a customer.
    OfCustomer(CustomerId),
    /// Those for a domain.
    For(DomainName),
    /// Those of a customer for a domain.
    OfCustomerFor(CustomerId, DomainName),
}

impl PostOffice {
    /// Makes messages due at once that waited; gives the number of recipients. What is under way is tried again as soon as it was found
    /// to wait.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn make_due(&self, which: Waiting) -> Result<u64, SqlError> {
        let write = self.db().write(move |tx| {
            let count = store::make_due(tx, &which)?;
            if count > 0 {
                tx.notify(Channel::Queue, [0; 16], 1);
            }
            Ok(count)
        });
        write.await
    }
}
