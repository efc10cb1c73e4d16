//! Messages that wait for a decision: what is known of them without opening anything, and how they leave.

mod store;

use mailkeep_policy::MailColumn;
use mailkeep_storage::sql::{Channel, SqlError, Tx};
use mailkeep_types::{CustomerId, MailboxId, QueueId, Timestamp};

use super::enqueue::recipient_row;
use super::{Envelope, RecipientEnvelope, mark, store as queue};
use crate::MailboxSession;
use crate::error::{MailError, MailRefusal, Result};
use crate::post_office::{OWN_MAILBOX, PostOffice};
use crate::traces::{StepKind, note};

/// Why a message waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The rule's word.
    pub code: String,
    /// What was counted.
    pub value: i64,
    /// What the rule allows.
    pub limit: i64,
    /// The same as a sentence, for reports.
    pub sentence: String,
    /// Under which number whoever holds it knows it.
    pub number: Option<i64>,
    /// How likely its words say that it is unwanted, in thousandths.
    pub score: Option<i64>,
}

/// A message that waits, without personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The message.
    pub id: QueueId,
    /// Who sends it.
    pub mailbox: MailboxId,
    /// Whose mailbox that is.
    pub customer: CustomerId,
    /// Why.
    pub hold: Hold,
    /// How many recipients it has.
    pub recipients: i64,
    /// Length in bytes.
    pub size: u64,
    /// Since when.
    pub since: Timestamp,
    /// When the owner of the mailbox said that it is theirs.
    pub confirmed_at: Option<Timestamp>,
}

/// Messages of one customer that wait for one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCluster {
    /// The customer.
    pub customer: CustomerId,
    /// The rule's word.
    pub code: String,
    /// How many messages.
    pub messages: i64,
    /// From how many mailboxes.
    pub mailboxes: i64,
    /// To how many recipients.
    pub recipients: i64,
    /// The most that was counted.
    pub value: i64,
    /// What the rule allows.
    pub limit: i64,
    /// Since when the first waits.
    pub since: Timestamp,
    /// How many of them their owners said are theirs.
    pub confirmed: i64,
    /// How likely the words of one of them say that it is unwanted, in thousandths, the most.
    pub score: Option<i64>,
}

/// Which messages that wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// One.
    One(QueueId),
    /// Those of a cluster.
    Cluster(CustomerId, String),
    /// Those of a customer.
    Customer(CustomerId),
    /// Those of a mailbox.
    Mailbox(MailboxId),
    /// Those that have waited since before then.
    Since(Timestamp),
}

/// What a held message says of itself when it is given back: its envelope, its recipients, and when it came.
#[derive(Debug, Clone)]
pub struct HeldEnvelope {
    /// What SMTP said about it.
    pub envelope: Envelope,
    /// Who would have got it.
    pub recipients: Vec<RecipientEnvelope>,
    /// When it was queued.
    pub created_at: Timestamp,
}

impl MailboxSession {
    /// How many messages of the mailbox wait.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn count_held(&self) -> Result<i64> {
        let mailbox = self.mailbox();
        Ok(self.office().db().read(move |tx| store::count_held(tx, mailbox)).await?)
    }
}

impl PostOffice {
    /// What waits, grouped by customer and cause, the oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list_held_clusters(&self, limit: usize) -> Result<Vec<HeldCluster>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(self.db().read(move |tx| store::held_clusters(tx, limit)).await?)
    }

    /// Messages that wait, the oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list_held(&self, which: Which, limit: usize) -> Result<Vec<Held>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(self.db().read(move |tx| store::held(tx, &which, limit)).await?)
    }

    /// Lets a held message go, in the caller's transaction; false when it does not wait any more. The time that it waited is
    /// added to the time in which delivery is tried.
    ///
    /// # Errors
    /// When the store fails.
    pub fn release_held_in(tx: &mut Tx<'_>, id: QueueId) -> Result<bool, SqlError> {
        if !store::release(tx, id)? {
            return Ok(false);
        }
        tx.notify(Channel::Queue, *id.as_bytes(), 1);
        queue::retry_now(tx, id)?;
        note::step_of_all(tx, id, StepKind::Released)?;
        Ok(true)
    }

    /// Takes a held message out of the queue, in the caller's transaction; false when it does not wait any more.
    ///
    /// # Errors
    /// When the store fails.
    pub fn take_held_in(tx: &mut Tx<'_>, id: QueueId) -> Result<bool> {
        if !store::lock_held(tx, id)? {
            return Ok(false);
        }
        note::step_of_all(tx, id, StepKind::Removed)?;
        mark::remove(tx, id)
    }

    /// Writes down that the owner said that a held message is theirs; false when it does not wait any more.
    ///
    /// # Errors
    /// When the store fails.
    pub fn confirm_held_in(tx: &mut Tx<'_>, id: QueueId) -> Result<bool, SqlError> {
        store::confirm_held(tx, id)
    }

    /// The envelope of a held message, for the report to its sender; `None` when it does not wait any more.
    ///
    /// # Errors
    /// When the store or the policy fails.
    pub async fn held_envelope(&self, id: QueueId) -> Result<Option<HeldEnvelope>> {
        let read = self.db().read(move |tx| {
            if store::held(tx, &Which::One(id), 1)?.is_empty() {
                return Ok::<_, SqlError>(None);
            }
            Ok(Some((queue::message(tx, id)?, queue::addresses(tx, id)?)))
        });
        let Some((message, addresses)) = read.await? else { return Ok(None) };
        let message = message.ok_or(MailRefusal::NotQueued)?;
        let mailbox = message.sender.unwrap_or(OWN_MAILBOX);
        let keys = self.mail_keys(mailbox).await?;
        let grant = self.queue_grant(mailbox, id).await?;
        let plain = keys.cipher.open(&grant, MailColumn::QueueEnvelope, id.as_bytes(), &message.envelope)?;
        let envelope = serde_json::from_slice(&plain).map_err(|_| MailError::Damaged("a queued message"))?;
        let mut recipients = Vec::with_capacity(addresses.len());
        for (position, sealed) in addresses {
            let place = recipient_row(id, position);
            let plain = keys.cipher.open(&grant, MailColumn::QueueEnvelope, &place, &sealed)?;
            recipients
                .push(serde_json::from_slice(&plain).map_err(|_| MailError::Damaged("a queued recipient"))?);
        }
        Ok(Some(HeldEnvelope { envelope, recipients, created_at: message.created_at }))
    }
}
