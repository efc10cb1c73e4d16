//! Putting a message into the queue.

use bytes::Bytes;
use mailkeep_policy::MailColumn;
use mailkeep_storage::sql::{Channel, Tx};
use mailkeep_types::{DomainName, MailboxId, QueueId, Timestamp};

use super::{Envelope, Hold, RecipientEnvelope, limits, store};
use crate::error::{MailError, Result};
use crate::messages::pack;
use crate::post_office::{OWN_MAILBOX, PostOffice};
use crate::traces::{StepKind, note};

/// Sealed content up to this length rests in the row.
const MAX_INLINE: usize = 128 * 1024;

/// A message for the queue.
#[derive(Debug, Clone)]
pub struct NewQueued {
    /// Who sends it; `None` for messages of the installation itself, reports among them.
    pub sender: Option<MailboxId>,
    /// A second message with the same key is not written.
    pub unique_key: Option<String>,
    /// What SMTP said about it.
    pub envelope: Envelope,
    /// The message, signed.
    pub content: Bytes,
    /// Who gets it.
    pub recipients: Vec<NewRecipient>,
    /// Why it waits for a person's decision, if it does.
    pub hold: Option<Hold>,
    /// When to give up; by the settings when none is given.
    pub expires_at: Option<Timestamp>,
    /// One of many that people asked for: it goes out when nothing else is due.
    pub bulk: bool,
}

/// A recipient.
#[derive(Debug, Clone)]
pub struct NewRecipient {
    /// What SMTP said about it.
    pub envelope: RecipientEnvelope,
    /// The domain that delivery goes by.
    pub domain: DomainName,
}

/// A message sealed for the queue, to be written by [`PostOffice::enqueue_in`].
#[derive(Debug)]
pub struct SealedQueued {
    pub(super) id: QueueId,
    pub(super) sender: Option<MailboxId>,
    pub(super) unique_key: Option<String>,
    pub(super) envelope: Vec<u8>,
    pub(super) content: Option<Vec<u8>>,
    pub(super) blob_key: Option<String>,
    pub(super) size: u64,
    pub(super) hold: Option<Hold>,
    pub(super) expires_at: Timestamp,
    pub(super) bulk: bool,
    pub(super) recipients: Vec<(Vec<u8>, DomainName)>,
    /// By what it is found again: its Message-ID, and each recipient.
    pub(super) message: Option<[u8; 32]>,
    pub(super) others: Vec<Option<[u8; 32]>>,
}

impl SealedQueued {
    /// The identifier that the message will have.
    pub fn id(&self) -> QueueId {
        self.id
    }
}

/// The row that a recipient's address is sealed for.
pub(super) fn recipient_row(id: QueueId, position: i64) -> [u8; 16] {
    let mut row = *id.as_bytes();
    // The last eight bytes of an identifier are random; the position makes them another number for each recipient.
    for (byte, change) in row.iter_mut().skip(8).zip(position.wrapping_add(1).to_be_bytes()) {
        *byte ^= change;
    }
    row
}

impl PostOffice {
    /// Checks the sender's blocks and limits, and writes the message, durably. Gives its identifier, or `None` when one
    /// with its unique key is there already.
    ///
    /// # Errors
    /// [`crate::MailRefusal::SendingBlocked`], [`crate::MailRefusal::RecipientsPerMessage`],
    /// [`crate::MailRefusal::RecipientsPerDay`], or a failure of the store.
    pub async fn enqueue(&self, new: NewQueued) -> Result<Option<QueueId>> {
        if let Some(sender) = new.sender {
            let facts = self.mailbox_facts(sender).await?;
            let count = i64::try_from(new.recipients.len()).unwrap_or(i64::MAX);
            limits::check_sender(&facts, count)?;
        }
        let office = self.clone();
        let sealed = self.seal_queued(new).await?;
        self.db().write(move |tx| office.enqueue_in(tx, &sealed)).await
    }

    /// Seals a message for the queue; large content is put into the blob store.
    ///
    /// # Errors
    /// When the key or the blob store fails.
    pub async fn seal_queued(&self, new: NewQueued) -> Result<SealedQueued> {
        let keys = self.mail_keys(new.sender.unwrap_or(OWN_MAILBOX)).await?;
        let id = QueueId::new(&**self.clock());
        let json =
            |value: serde_json::Result<Vec<u8>>| value.map_err(|error| MailError::Library(error.to_string()));
        let envelope = json(serde_json::to_vec(&new.envelope))?;
        let envelope = keys.cipher.seal(MailColumn::QueueEnvelope, id.as_bytes(), &envelope)?;
        let sealed = keys.cipher.seal(MailColumn::QueueContent, id.as_bytes(), &pack(&new.content))?;
        let (mut content, mut blob_key) = (None, None);
        if sealed.len() > MAX_INLINE {
            let key = format!("queue/{:02x}/{id}", id.as_bytes()[15]);
            self.0.blobs.put(&key, sealed).await?;
            blob_key = Some(key);
        } else {
            content = Some(sealed);
        }
        let (_, message_id) = note::read(&new.content);
        let message = self.traced(None, message_id.as_deref()).message;
        let others = new.recipients.iter().map(|one| self.traced_recipient(&one.envelope.address)).collect();
        let mut recipients = Vec::with_capacity(new.recipients.len());
        for (position, recipient) in (0i64..).zip(&new.recipients) {
            let plain = json(serde_json::to_vec(&recipient.envelope))?;
            let row = recipient_row(id, position);
            recipients
                .push((keys.cipher.seal(MailColumn::QueueEnvelope, &row, &plain)?, recipient.domain.clone()));
        }
        Ok(SealedQueued {
            id,
            sender: new.sender,
            unique_key: new.unique_key,
            envelope,
            content,
            blob_key,
            size: new.content.len() as u64,
            hold: new.hold,
            expires_at: new
                .expires_at
                .unwrap_or_else(|| self.db().now().plus(self.settings().queue_lifetime)),
            bulk: new.bulk,
            recipients,
            message,
            others,
        })
    }

    /// Writes a sealed message in the caller's transaction and counts its recipients; `None` when one with its unique
    /// key is there already.
    ///
    /// # Errors
    /// [`crate::MailRefusal::RecipientsPerDay`] or a failure of the store.
    pub fn enqueue_in(&self, tx: &mut Tx<'_>, sealed: &SealedQueued) -> Result<Option<QueueId>> {
        if !store::insert(tx, sealed)? {
            return Ok(None);
        }
        if let Some(sender) = sealed.sender {
            limits::count_recipients(tx, sender, sealed.recipients.len())?;
            trace(tx, sender, sealed)?;
        }
        if sealed.hold.is_none() {
            tx.notify(Channel::Queue, *sealed.id.as_bytes(), 1);
        }
        Ok(Some(sealed.id))
    }
}

/// Writes down that a mailbox handed the message in, for each recipient.
fn trace(tx: &mut Tx<'_>, sender: MailboxId, sealed: &SealedQueued) -> Result<()> {
    let first = match &sealed.hold {
        Some(hold) => (StepKind::Held, Some(hold.code.as_str())),
        None => (StepKind::Queued, None),
    };
    for ((position, (_, domain)), other) in (0i64..).zip(&sealed.recipients).zip(&sealed.others) {
        let sent = note::Sent {
            id: sealed.id,
            position,
            mailbox: sender,
            recipient: other.as_ref(),
            message: sealed.message.as_ref(),
            domain: domain.as_str(),
            size: sealed.size,
            first,
        };
        note::sent(tx, &sent)?;
    }
    Ok(())
}
