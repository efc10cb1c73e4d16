//! Finding messages by what their sender or recipient knows of them.

use mailkeep_types::{CustomerId, EmailAddress, MailboxId, Timestamp};

use super::{Trace, store};
use crate::error::Result;
use crate::post_office::PostOffice;
use crate::routing::Route;

/// So many recipients are found at once, the newest first.
pub const MOST_FOUND: usize = 100;

/// What is looked for; what is `None` is not asked.
#[derive(Debug, Clone, Default)]
pub struct TraceQuery {
    /// Who sent it.
    pub sender: Option<EmailAddress>,
    /// Who gets it.
    pub recipient: Option<EmailAddress>,
    /// Its Message-ID.
    pub message_id: Option<String>,
    /// No earlier than then.
    pub since: Option<Timestamp>,
    /// No later than then.
    pub until: Option<Timestamp>,
}

/// Sender or recipient.
pub(super) struct Party {
    pub hash: [u8; 32],
    /// When the address is one of ours.
    pub mailbox: Option<MailboxId>,
}

/// A query as the database is asked it.
pub(super) struct Wanted {
    pub customer: CustomerId,
    pub sender: Option<Party>,
    pub recipient: Option<Party>,
    pub message: Option<[u8; 32]>,
    pub since: Timestamp,
    pub until: Timestamp,
}

impl PostOffice {
    /// What became of messages of a customer's mailboxes, at most [`MOST_FOUND`] recipients of them, the newest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn find_traces(&self, customer: CustomerId, query: TraceQuery) -> Result<Vec<Trace>> {
        let now = self.db().now();
        let wanted = Wanted {
            customer,
            sender: self.party(query.sender.as_ref()).await?,
            recipient: self.party(query.recipient.as_ref()).await?,
            message: query.message_id.as_deref().map(|id| self.traced_message(id)),
            since: query.since.unwrap_or(Timestamp::EPOCH),
            until: query.until.unwrap_or(now).min(now),
        };
        let limit = i64::try_from(MOST_FOUND).unwrap_or(i64::MAX);
        Ok(self.db().read(move |tx| store::find(tx, &wanted, limit)).await?)
    }

    async fn party(&self, address: Option<&EmailAddress>) -> Result<Option<Party>> {
        let Some(address) = address else { return Ok(None) };
        let mailbox = match self.resolve(address).await? {
            Route::Local { mailbox, .. } | Route::Unavailable { mailbox, .. } => Some(mailbox),
            _ => None,
        };
        Ok(Some(Party { hash: self.traced_address(&address.canonical()), mailbox }))
    }
}
