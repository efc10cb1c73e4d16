//! A message arrives: sealed for each mailbox before the transaction, stored for all of them in one.

use std::sync::Arc;

use mailkeep_policy::MailColumn;
use mailkeep_storage::sql::{Channel, Tx};
use mailkeep_types::{AliasId, BodyId, EmailAddress, FolderId, MailboxId, QueueId, Timestamp};

use super::{Flags, Prepared, SealedMessage, Target, content, store};
use crate::error::{MailError, MailRefusal, Result};
use crate::folders::Role;
use crate::post_office::PostOffice;
use crate::queue::{self, SealedQueued};
use crate::traces::{StepKind, Traced, note};

/// A message for a mailbox.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Who gets it.
    pub mailbox: MailboxId,
    /// The message; one prepared message may go to many mailboxes.
    pub message: Arc<Prepared>,
    /// Into which folder.
    pub folder: DeliverTo,
    /// With which flags.
    pub flags: Flags,
    /// Its date; now when none is given.
    pub internal_at: Option<Timestamp>,
}

/// A folder, by what it is for or by its identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliverTo {
    /// The folder of this role; INBOX when there is none.
    Role(Role),
    /// A certain folder; INBOX when it is gone.
    Folder(FolderId),
}

impl Delivery {
    /// For the INBOX, without flags, dated now.
    pub fn to_inbox(mailbox: MailboxId, message: Arc<Prepared>) -> Self {
        Delivery {
            mailbox,
            message,
            folder: DeliverTo::Role(Role::Inbox),
            flags: Flags::NONE,
            internal_at: None,
        }
    }
}

/// What belongs to deliveries and is written in their transaction.
#[derive(Debug, Default)]
pub struct Along {
    /// The queued message that is delivered: a mailbox or list that got it in an earlier try does not get it again.
    pub queued: Option<QueueId>,
    /// Messages that go on from lists to their members elsewhere.
    pub onward: Vec<(AliasId, SealedQueued)>,
    /// A mailbox of ours handed it in just now, for these, and it goes by no queue.
    pub submitted: Option<(MailboxId, Vec<EmailAddress>)>,
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// It is stored and durable.
    Stored(Stored),
    /// An earlier try for the same queued message stored it.
    Before,
    /// The mailbox is full.
    OverQuota,
    /// The mailbox does not exist or takes no mail in its state.
    Refused,
}

/// Where a message was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// The folder.
    pub folder: FolderId,
    /// The folder's UIDVALIDITY.
    pub uidvalidity: u32,
    /// The message's number.
    pub uid: u32,
    /// The change number.
    pub modseq: u64,
    /// The content's identifier.
    pub body: BodyId,
}

impl PostOffice {
    /// Stores messages in one durable transaction, shared with others that arrive at this moment. When it returns
    /// `Ok`, what is `Stored` may be acknowledged; the answers are in the order of the deliveries.
    ///
    /// # Errors
    /// When storing failed; then nothing of it is stored and the sender must keep the messages.
    pub async fn deliver(&self, deliveries: Vec<Delivery>) -> Result<Vec<Delivered>> {
        self.deliver_along(deliveries, Along::default()).await
    }

    /// As [`PostOffice::deliver`], with what belongs to it in the same transaction.
    ///
    /// # Errors
    /// When storing failed; then nothing of it is stored.
    pub async fn deliver_along(&self, deliveries: Vec<Delivery>, along: Along) -> Result<Vec<Delivered>> {
        let whose: Vec<MailboxId> = deliveries.iter().map(|delivery| delivery.mailbox).collect();
        let mut sealed = Vec::with_capacity(deliveries.len());
        for delivery in deliveries {
            sealed.push(self.seal_delivery(delivery, along.queued).await?);
        }
        let trace = along
            .submitted
            .as_ref()
            .map(|(mailbox, recipients)| self.submitted(*mailbox, recipients, &sealed));
        let (office, sealed) = (self.clone(), Arc::new((sealed, along, trace)));
        let delivered: Vec<Delivered> = self
            .0
            .db
            .write(move |tx| {
                let (sealed, along, trace) = &*sealed;
                for (list, message) in &along.onward {
                    let due = match along.queued {
                        Some(queued) => queue::store::first_time(tx, queued, list.uuid())?,
                        None => true,
                    };
                    if due {
                        office.enqueue_in(tx, message)?;
                    }
                }
                let delivered: Vec<Delivered> = sealed
                    .iter()
                    .map(|delivery| store_once(tx, delivery, along.queued))
                    .collect::<Result<_>>()?;
                if let Some(trace) = trace
                    && delivered.iter().any(|one| matches!(one, Delivered::Stored(_)))
                {
                    trace.write(tx)?;
                }
                Ok::<_, MailError>(delivered)
            })
            .await?;
        // That there was much room a moment ago is no longer so.
        for (mailbox, _) in whose.iter().zip(&delivered).filter(|(_, done)| **done == Delivered::OverQuota) {
            self.0.roomy.lock().pop(mailbox);
        }
        Ok(delivered)
    }

    fn submitted(&self, mailbox: MailboxId, recipients: &[EmailAddress], sealed: &[Ready]) -> SubmittedTrace {
        let first = sealed.iter().find_map(|ready| match ready {
            Ready::Sealed(delivery) => Some(delivery),
            Ready::Known(_) => None,
        });
        let recipients = recipients
            .iter()
            .map(|one| (self.traced_recipient(&one.to_string()), one.domain().as_str().to_owned()))
            .collect();
        SubmittedTrace {
            id: QueueId::new(&**self.clock()),
            mailbox,
            message: first.and_then(|delivery| delivery.traced.message),
            recipients,
            size: first.map_or(0, |delivery| delivery.message.size),
        }
    }

    async fn seal_delivery(&self, delivery: Delivery, queued: Option<QueueId>) -> Result<Ready> {
        let mailbox = delivery.mailbox;
        if let Some(queued) = queued
            && self.db().read(move |tx| queue::store::is_stored(tx, queued, mailbox.uuid())).await?
        {
            return Ok(Ready::Known(Delivered::Before));
        }
        let facts = match self.mailbox_facts(mailbox).await {
            Ok(facts) => facts,
            Err(MailError::Refused(MailRefusal::NoMailbox)) => return Ok(Ready::Known(Delivered::Refused)),
            Err(other) => return Err(other),
        };
        if !facts.state.takes_mail() {
            return Ok(Ready::Known(Delivered::Refused));
        }
        let folder = match delivery.folder {
            DeliverTo::Role(role) => facts.folder_of(role),
            DeliverTo::Folder(folder) => folder,
        };
        let role = match delivery.folder {
            DeliverTo::Role(role) => Some(role),
            DeliverTo::Folder(_) => None,
        };
        let prepared = &delivery.message;
        let traced = self.traced(prepared.return_path.as_deref(), prepared.message_id.as_deref());
        let message = self.seal_message(delivery.mailbox, prepared).await?;
        Ok(Ready::Sealed(Box::new(SealedDelivery {
            message,
            traced,
            role,
            folder,
            inbox: facts.inbox,
            quota: facts.quota_bytes,
            flags: delivery.flags,
            internal_at: delivery.internal_at,
        })))
    }

    /// Seals a prepared message for a mailbox; large content is put into the blob store here, before the transaction
    /// that makes it part of the mailbox.
    pub(crate) async fn seal_message(
        &self,
        mailbox: MailboxId,
        prepared: &Prepared,
    ) -> Result<SealedMessage> {
        let keys = self.mail_keys(mailbox).await?;
        let body = BodyId::new(&**self.clock());
        let row = body.as_bytes();
        let sealed = keys.cipher.seal(MailColumn::Body, row, &prepared.packed)?;
        let (mut inline, mut blob_key, mut search_text) = (None, None, None);
        if prepared.packed.len() > content::MAX_INLINE {
            let key = format!("bodies/{:02x}/{body}", row[15]);
            self.0.blobs.put(&key, sealed).await?;
            blob_key = Some(key);
            if let Some(text) = &prepared.packed_text {
                search_text = Some(keys.cipher.seal(MailColumn::SearchText, row, text)?);
            }
        } else {
            inline = Some(sealed);
        }
        Ok(SealedMessage {
            mailbox,
            body,
            size: prepared.size,
            thread: prepared
                .thread_root
                .as_deref()
                .map_or_else(|| keys.search.number(row), |root| keys.search.number(root)),
            meta: keys.cipher.seal(MailColumn::Envelope, row, prepared.metadata.as_bytes())?,
            filter: crate::search::build_filter(&prepared.grams, &keys.search),
            content: inline,
            blob_key,
            search_text,
        })
    }
}

/// A delivery before its transaction.
enum Ready {
    /// Nothing is to be written.
    Known(Delivered),
    Sealed(Box<SealedDelivery>),
}

struct SealedDelivery {
    message: SealedMessage,
    traced: Traced,
    role: Option<Role>,
    folder: FolderId,
    inbox: FolderId,
    quota: u64,
    flags: Flags,
    internal_at: Option<Timestamp>,
}

impl SealedDelivery {
    /// Writes down what became of it.
    fn trace(&self, tx: &mut Tx<'_>, kind: StepKind) -> Result<()> {
        let (mailbox, size) = (self.message.mailbox, self.message.size);
        let folder = self.role.filter(|_| kind == StepKind::Delivered).map(Role::id);
        Ok(note::came(tx, self.message.body.uuid(), mailbox, &self.traced, size, (kind, folder))?)
    }
}

/// What a mailbox of ours handed in for mailboxes of ours, before the transaction.
struct SubmittedTrace {
    id: QueueId,
    mailbox: MailboxId,
    message: Option<[u8; 32]>,
    recipients: Vec<(Option<[u8; 32]>, String)>,
    size: u64,
}

impl SubmittedTrace {
    fn write(&self, tx: &mut Tx<'_>) -> Result<()> {
        for (position, (recipient, domain)) in (0i64..).zip(&self.recipients) {
            let sent = note::Sent {
                id: self.id,
                position,
                mailbox: self.mailbox,
                recipient: recipient.as_ref(),
                message: self.message.as_ref(),
                domain,
                size: self.size,
                first: (StepKind::Delivered, None),
            };
            note::sent(tx, &sent)?;
        }
        Ok(())
    }
}

fn store_once(tx: &mut Tx<'_>, delivery: &Ready, queued: Option<QueueId>) -> Result<Delivered> {
    let delivery = match delivery {
        Ready::Known(delivered) => return Ok(*delivered),
        Ready::Sealed(delivery) => delivery,
    };
    let Some(queued) = queued else {
        let delivered = store_delivery(tx, delivery)?;
        if delivered == Delivered::OverQuota {
            delivery.trace(tx, StepKind::Full)?;
        }
        return Ok(delivered);
    };
    let mailbox = delivery.message.mailbox.uuid();
    if !queue::store::first_time(tx, queued, mailbox)? {
        return Ok(Delivered::Before);
    }
    let delivered = store_delivery(tx, delivery)?;
    if !matches!(delivered, Delivered::Stored(_)) {
        queue::store::not_stored(tx, queued, mailbox)?;
    }
    Ok(delivered)
}

fn store_delivery(tx: &mut Tx<'_>, delivery: &SealedDelivery) -> Result<Delivered> {
    let message = &delivery.message;
    let Some(counters) = store::add_usage(tx, message.mailbox, message.size, 1)? else {
        return Ok(Delivered::Refused);
    };
    if delivery.quota > 0 && counters.used_bytes > delivery.quota {
        store::add_usage_back(tx, message.mailbox, message.size)?;
        return Ok(Delivered::OverQuota);
    }
    let place = |tx: &mut _, folder| {
        store::take_uids(
            tx,
            folder,
            message.mailbox,
            counters.modseq,
            1,
            message.size,
            u64::from(!delivery.flags.contains(Flags::SEEN)),
        )
    };
    let mut folder = delivery.folder;
    let mut taken = place(tx, folder)?;
    if taken.is_none() && folder != delivery.inbox {
        folder = delivery.inbox;
        taken = place(tx, folder)?;
    }
    let Some(taken) = taken else { return Err(MailError::Damaged("a mailbox without INBOX")) };
    let internal_at = delivery.internal_at.unwrap_or(tx.now());
    store::insert_message(
        tx,
        Target { mailbox: message.mailbox, folder },
        taken.first_uid,
        counters.modseq,
        delivery.flags,
        internal_at,
        message,
    )?;
    tx.notify(Channel::Mailbox, *message.mailbox.as_bytes(), counters.modseq_value());
    delivery.trace(tx, StepKind::Delivered)?;
    Ok(Delivered::Stored(Stored {
        folder,
        uidvalidity: taken.uidvalidity,
        uid: taken.first_uid,
        modseq: counters.modseq,
        body: message.body,
    }))
}
