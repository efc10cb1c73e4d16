//! Lists of mailboxes: for domain administrators, reports and invoices.

use mailkeep_policy::{Grant, May, Place, Purpose, Sealed, Shown, category};
use mailkeep_types::{DomainId, EmailAddress, MailboxId, Timestamp};

use super::{MailboxState, store};
use crate::error::{MailRefusal, Result};
use crate::post_office::PostOffice;

/// A mailbox with its figures; address and name stay sealed until somebody has a grant.
#[derive(Debug, Clone)]
pub struct MailboxSummary {
    /// The mailbox.
    pub id: MailboxId,
    /// Its state.
    pub state: MailboxState,
    /// Its own quota in bytes; 0 is no limit.
    pub quota_bytes: u64,
    /// The quota with what is granted beyond its own.
    pub whole_quota_bytes: u64,
    /// Used bytes.
    pub used_bytes: u64,
    /// Number of messages.
    pub messages: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    address: Sealed<EmailAddress, category::Identity>,
    display_name: Sealed<String, category::Identity>,
}

/// Name and address of a mailbox, opened for a page.
#[derive(Debug, Clone)]
pub struct OpenedMailbox {
    /// The address.
    pub address: Shown<EmailAddress>,
    /// The owner's name.
    pub display_name: Shown<String>,
}

impl From<store::ListedRow> for MailboxSummary {
    fn from(row: store::ListedRow) -> Self {
        MailboxSummary {
            id: row.id,
            state: row.state,
            quota_bytes: row.quota_bytes,
            whole_quota_bytes: row.whole_quota_bytes,
            used_bytes: row.used_bytes,
            messages: row.messages,
            created_at: row.created_at,
            closed_at: row.closed_at,
            address: Sealed::from_bytes(row.address),
            display_name: Sealed::from_bytes(row.display_name),
        }
    }
}

impl PostOffice {
    /// The mailboxes of a domain, the oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list_mailboxes(&self, domain: DomainId) -> Result<Vec<MailboxSummary>> {
        let rows = self.db().read(move |tx| store::list(tx, domain)).await?;
        Ok(rows.into_iter().map(MailboxSummary::from).collect())
    }

    /// One mailbox with its figures.
    ///
    /// # Errors
    /// [`MailRefusal::NoMailbox`] or a failure of the store.
    pub async fn mailbox_summary(&self, mailbox: MailboxId) -> Result<MailboxSummary> {
        let row = self.db().read(move |tx| store::listed_one(tx, mailbox)).await?;
        Ok(row.ok_or(MailRefusal::NoMailbox)?.into())
    }

    /// Opens name and address with a grant for `mailboxes.address` and `mailboxes.display_name` of this mailbox.
    ///
    /// # Errors
    /// What the policy says.
    pub fn open_summary<P: Purpose + May<category::Identity>>(
        &self,
        grant: &Grant<P>,
        summary: &MailboxSummary,
    ) -> Result<OpenedMailbox> {
        let place = |column| Place { table: "mailboxes", column, row: summary.id.uuid() };
        let policy = self.policy();
        Ok(OpenedMailbox {
            address: policy.show(grant, place("address"), &summary.address)?,
            display_name: policy.show(grant, place("display_name"), &summary.display_name)?,
        })
    }
}
