//! A worker takes recipients that are due.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use mailkeep_policy::MailColumn;
use mailkeep_types::{MailboxId, QueueId, Timestamp};

use super::{Envelope, RecipientEnvelope, enqueue::recipient_row, store};
use crate::error::{MailError, Result};
use crate::messages::unpack;
use crate::post_office::{OWN_MAILBOX, PostOffice};

/// A message with the recipients that were claimed together: all of one destination domain.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The message.
    pub id: QueueId,
    /// Who sends it; `None` for the installation itself.
    pub sender: Option<MailboxId>,
    /// What SMTP said about it.
    pub envelope: Envelope,
    /// The destination.
    pub domain: String,
    /// The recipients.
    pub recipients: Vec<ClaimedRecipient>,
    /// Length of the message in bytes.
    pub size: u64,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When to give up.
    pub expires_at: Timestamp,
    /// Until when nobody else takes these recipients.
    pub lease_until: Timestamp,
    /// It is one of many.
    pub bulk: bool,
}

/// How much a worker takes at once.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Recipients at most.
    pub recipients: usize,
    /// Of those, recipients of mail in bulk at most.
    pub of_bulk: usize,
}

impl From<usize> for Room {
    fn from(recipients: usize) -> Self {
        Room { recipients, of_bulk: recipients }
    }
}

/// A claimed recipient.
#[derive(Debug, Clone)]
pub struct ClaimedRecipient {
    /// Its place in the message.
    pub position: i64,
    /// What SMTP said about it.
    pub envelope: RecipientEnvelope,
    /// Tries before this one.
    pub attempts: i64,
    /// The sender was told of the delay.
    pub delay_reported: bool,
}

impl PostOffice {
    /// Claims due recipients for `lease`, grouped by message and destination: those in bulk after all others.
    ///
    /// # Errors
    /// When the store or the policy fails. What was claimed by then is free again when its lease ends.
    pub async fn claim_queued(&self, room: impl Into<Room>, lease: Duration) -> Result<Vec<Claimed>> {
        let (node, room) = (self.settings().node, room.into());
        let (rows, messages) = self
            .db()
            .write(move |tx| {
                let rows = store::claim(tx, room, lease, node)?;
                let mut messages = HashMap::new();
                for row in &rows {
                    if !messages.contains_key(&row.queue_id)
                        && let Some(message) = store::message(tx, row.queue_id)?
                    {
                        messages.insert(row.queue_id, message);
                    }
                }
                Ok::<_, MailError>((rows, messages))
            })
            .await?;
        let mut groups: Vec<Claimed> = Vec::new();
        let mut grants = HashMap::new();
        for row in rows {
            let Some(message) = messages.get(&row.queue_id) else { continue };
            let mailbox = message.sender.unwrap_or(OWN_MAILBOX);
            let keys = self.mail_keys(mailbox).await?;
            let grant = match grants.entry(row.queue_id) {
                std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(self.queue_grant(mailbox, row.queue_id).await?)
                }
            };
            let place = recipient_row(row.queue_id, row.position);
            let plain = keys.cipher.open(grant, MailColumn::QueueEnvelope, &place, &row.address)?;
            let recipient = ClaimedRecipient {
                position: row.position,
                envelope: serde_json::from_slice(&plain)
                    .map_err(|_| MailError::Damaged("a queued recipient"))?,
                attempts: row.attempts,
                delay_reported: row.delay_reported,
            };
            match groups.iter_mut().find(|g| g.id == row.queue_id && g.domain == row.domain) {
                Some(group) => group.recipients.push(recipient),
                None => {
                    let place = row.queue_id.as_bytes();
                    let plain =
                        keys.cipher.open(grant, MailColumn::QueueEnvelope, place, &message.envelope)?;
                    groups.push(Claimed {
                        id: row.queue_id,
                        sender: message.sender,
                        envelope: serde_json::from_slice(&plain)
                            .map_err(|_| MailError::Damaged("a queued message"))?,
                        domain: row.domain,
                        recipients: vec![recipient],
                        size: message.size,
                        created_at: message.created_at,
                        expires_at: message.expires_at,
                        lease_until: row.lease_until,
                        bulk: row.bulk,
                    });
                }
            }
        }
        Ok(groups)
    }

    /// Lengthens the leases of recipients that this node is still working on: from now on for `lease`. What another node
    /// took over in the meantime stays with it.
    ///
    /// # Errors
    /// When the store fails; the leases then end when they would have.
    pub async fn renew_queued(&self, held: Vec<(QueueId, i64)>, lease: Duration) -> Result<()> {
        let node = self.settings().node;
        let write = self.db().write(move |tx| -> Result<()> {
            for (id, position) in &held {
                store::renew(tx, *id, *position, lease, node)?;
            }
            Ok(())
        });
        write.await
    }

    /// Ends the leases that this node held before it was started anew, so that it can go on at once; gives their number.
    /// Those of other nodes are honoured. To be called before the first claim of a process.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn reclaim_queued(&self) -> Result<u64> {
        let node = self.settings().node;
        Ok(self.db().write(move |tx| store::reclaim(tx, node)).await?)
    }

    /// The content of a queued message.
    ///
    /// # Errors
    /// When it is gone or cannot be opened.
    pub async fn queued_content(&self, id: QueueId) -> Result<Bytes> {
        let message = self.db().read(move |tx| store::message(tx, id)).await?;
        let message = message.ok_or(crate::MailRefusal::NotQueued)?;
        let mailbox = message.sender.unwrap_or(OWN_MAILBOX);
        let keys = self.mail_keys(mailbox).await?;
        let grant = self.queue_grant(mailbox, id).await?;
        let sealed = match (message.content, message.blob_key) {
            (Some(content), _) => Bytes::from(content),
            (None, Some(key)) => self.0.blobs.get(&key).await?,
            (None, None) => return Err(MailError::Damaged("a queued message")),
        };
        let packed = keys.cipher.open(&grant, MailColumn::QueueContent, id.as_bytes(), &sealed)?;
        Ok(unpack(&packed)?.into())
    }
}
