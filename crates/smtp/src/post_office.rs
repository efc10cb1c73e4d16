//! The mail store's answers.

mod give_back;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use lru::LruCache;
use mailkeep_mailbox::deliveries;
use mailkeep_mailbox::dkim::{DkimAlgorithm, DkimSigningKey};
use mailkeep_mailbox::folders::Role;
use mailkeep_mailbox::lists::{CopyFate, Joined, Writers};
use mailkeep_mailbox::mailboxes::Room;
use mailkeep_mailbox::messages::{Along, DeliverTo, Delivered, Delivery, prepare_large};
use mailkeep_mailbox::queue::{self, Envelope, NewQueued, NewRecipient, RecipientEnvelope};
use mailkeep_mailbox::{MailError, MailRefusal, PostOffice, Protocol, Route, Secret, SignIn, SignInRefusal};
use mailkeep_protocols::smtp::sasl::Credentials;
use mailkeep_protocols::smtp::{HeaderSection, MailParams, Notify, RcptParams, Reply, Ret};
use mailkeep_storage::sql::Channel;
use mailkeep_types::{AliasId, DomainName, EmailAddress, GuestId, MailboxId, QueueId, Timestamp};
use parking_lot::Mutex;

use crate::departures::HeldBackBy;
use crate::house::{
    Author, Became, Claimed, ClaimedRecipient, Copy, Departments, House, HouseError, Leads, Letter, List,
    ListLinks, NewMessage, Outcome, Parcel, QueueBell, Stored, Went,
};
use crate::lists;
use crate::submit::{SigningKey, sign};

pub use give_back::Note;

impl From<MailError> for HouseError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Refused(refusal) => HouseError::Refused(refused(&refusal)),
            other => HouseError::Failed(other.to_string()),
        }
    }
}

/// What a client is told of a refusal.
fn refused(refusal: &MailRefusal) -> Reply {
    let words = refusal.to_string();
    match refusal {
        MailRefusal::OverQuota => Reply::of(452, (4, 2, 2), words),
        MailRefusal::MessageTooLarge(_) => Reply::of(552, (5, 3, 4), words),
        MailRefusal::RecipientsPerMessage(_) => Reply::of(550, (5, 5, 3), words),
        // Tomorrow it may be sent: a mail program keeps it in its outbox.
        MailRefusal::RecipientsPerDay(_) => Reply::of(450, (4, 7, 1), words),
        MailRefusal::NoMailbox => Reply::of(550, (5, 1, 1), words),
        _ => Reply::of(550, (5, 7, 1), words),
    }
}

/// The mail store as the SMTP side's [`House`], with the signing keys ready for use. Cheap to clone.
#[derive(Clone)]
pub struct MailHouse {
    office: PostOffice,
    signers: Arc<Mutex<LruCache<DomainName, Signers>>>,
    departments: Option<Arc<dyn Departments>>,
    complaints_to: Option<Arc<EmailAddress>>,
    links: Option<Arc<dyn ListLinks>>,
}

/// The keys as stored, to notice that they changed, and ready to sign.
type Signers = (Arc<Vec<DkimSigningKey>>, Arc<Vec<SigningKey>>);

impl MailHouse {
    /// Answers from this mail store.
    pub fn new(office: PostOffice) -> Self {
        const DOMAINS: NonZeroUsize = NonZeroUsize::new(1000).unwrap();
        let signers = Arc::new(Mutex::new(LruCache::new(DOMAINS)));
        MailHouse { office, signers, departments: None, complaints_to: None, links: None }
    }

    /// Tells guests of lists where they leave.
    #[must_use]
    pub fn with_links(mut self, links: Arc<dyn ListLinks>) -> Self {
        self.links = Some(links);
        self
    }

    /// Hands letters to departments to these, where the address is no mailbox and no list.
    #[must_use]
    pub fn with_departments(mut self, departments: Arc<dyn Departments>) -> Self {
        self.departments = Some(departments);
        self
    }

    /// Names this address in what goes out, for complaints of readers elsewhere.
    #[must_use]
    pub fn with_complaints_to(mut self, address: Option<EmailAddress>) -> Self {
        self.complaints_to = address.map(Arc::new);
        self
    }

    /// Whether who signed in to a mailbox then still is.
    ///
    /// # Errors
    /// When the mail store fails or the mailbox is gone.
    pub async fn is_signed_in(&self, mailbox: MailboxId, since: Timestamp) -> Result<bool, HouseError> {
        Ok(self.office.mailbox_facts(mailbox).await?.signed_out_at < since)
    }

    /// The guests of a list who joined, as recipients of whom nobody is told anything.
    async fn guests(&self, list: AliasId) -> Result<Vec<NewRecipient>, HouseError> {
        let joined = self.office.joined_guests(list).await?;
        let recipient = |joined: Joined| NewRecipient {
            domain: joined.address.domain().clone(),
            envelope: RecipientEnvelope {
                address: joined.address.to_string(),
                notify: Some(Notify::NEVER.to_words()),
                orcpt: None,
                guest: Some(joined.id),
            },
        };
        Ok(joined.into_iter().map(recipient).collect())
    }

    fn is_department(&self, address: &EmailAddress) -> bool {
        self.departments.as_ref().is_some_and(|departments| departments.has(address))
    }

    /// The field that says where complaints go, and the keys of its domain; nothing where none is set, the message names somebody else, or
    /// nobody can sign for it.
    async fn complaints_to_for(
        &self,
        message: &[u8],
    ) -> Result<Option<(String, Arc<Vec<SigningKey>>)>, HouseError> {
        let Some(address) = self.complaints_to.as_deref() else { return Ok(None) };
        if HeaderSection::of(message).has("CFBL-Address") {
            return Ok(None);
        }
        let keys = self.signers(address.domain()).await?;
        let field = format!("CFBL-Address: {address}; report=arf\r\n");
        Ok((!keys.is_empty()).then_some((field, keys)))
    }

    async fn signers(&self, domain: &DomainName) -> Result<Arc<Vec<SigningKey>>, HouseError> {
        let stored = self.office.dkim_signing_keys(domain).await?;
        if let Some((known, ready)) = self.signers.lock().get(domain)
            && Arc::ptr_eq(known, &stored)
        {
            return Ok(ready.clone());
        }
        let mut ready = Vec::with_capacity(stored.len());
        for key in stored.iter() {
            let made = match key.algorithm {
                DkimAlgorithm::Rsa => SigningKey::rsa(&key.domain, &key.selector, &key.pkcs8),
                DkimAlgorithm::Ed25519 => SigningKey::ed25519(&key.domain, &key.selector, &key.pkcs8),
            };
            ready.push(made.map_err(|error| HouseError::Failed(error.to_string()))?);
        }
        let ready = Arc::new(ready);
        self.signers.lock().put(domain.clone(), (stored, ready.clone()));
        Ok(ready)
    }
}

impl House for MailHouse {
    async fn find(&self, address: &EmailAddress, bytes: u64) -> Result<Leads, HouseError> {
        Ok(match self.office.resolve(address).await? {
            Route::Local { mailbox, .. } => match self.office.room_for(mailbox, bytes).await? {
                Room::Enough => Leads::To { mailboxes: vec![mailbox], list: None },
                Room::FullForNow => Leads::Full { for_now: true },
                Room::Full => Leads::Full { for_now: false },
            },
            Route::List { detail: Some(detail), .. } if detail.eq_ignore_ascii_case(lists::BOUNCES) => {
                Leads::Bounces
            }
            Route::List { members, guests: 0, .. } if members.is_empty() => Leads::Closed { for_now: false },
            Route::List { members, guests: 0, writers: Writers::Anyone, .. } => {
                Leads::To { mailboxes: members, list: None }
            }
            Route::List { list: id, members, guests, writers, .. } => {
                let restricted = writers != Writers::Anyone;
                let list = List { id, address: address.clone(), guests, restricted };
                Leads::To { mailboxes: members, list: Some(list) }
            }
            Route::Unavailable { state, .. } => Leads::Closed { for_now: state.defers_mail() },
            Route::Suspended { .. } => Leads::Closed { for_now: true },
            Route::Unknown { .. } | Route::NotOurs if self.is_department(address) => Leads::Department,
            Route::Unknown { .. } => Leads::Unknown,
            Route::NotOurs => Leads::NotOurs,
        })
    }

    async fn may_write_to(&self, list: &List, author: Author) -> Result<bool, HouseError> {
        Ok(self.office.may_write_to_list(list.id, author).await?)
    }

    async fn store(&self, parcel: Parcel) -> Result<Vec<Stored>, HouseError> {
        let mut along = Along {
            queued: parcel.queued,
            onward: Vec::with_capacity(parcel.onward.len()),
            submitted: parcel.submitted,
        };
        for (list, message) in parcel.onward {
            let recipients = self.guests(list).await?;
            // All of them may have left since RCPT.
            if !recipients.is_empty() {
                let queued = NewQueued { recipients, bulk: true, ..to_queued(message) };
                along.onward.push((list, self.office.seal_queued(queued).await?));
            }
        }
        let message = Arc::new(prepare_large(parcel.content).await);
        let deliveries = parcel.mailboxes.into_iter().map(|mailbox| {
            let mut delivery = Delivery::to_inbox(mailbox, message.clone());
            if parcel.junk {
                delivery.folder = DeliverTo::Role(Role::Junk);
            }
            delivery
        });
        let delivered = self.office.deliver_along(deliveries.collect(), along).await?;
        let stored = delivered.into_iter().map(|one| match one {
            Delivered::Stored(_) | Delivered::Before => Stored::Stored,
            Delivered::OverQuota => Stored::Full,
            Delivered::Refused => Stored::Refused,
        });
        Ok(stored.collect())
    }

    async fn take_letter(&self, letter: Letter) -> Result<(), HouseError> {
        match &self.departments {
            Some(departments) => departments.take(letter).await,
            None => Err(HouseError::Failed("a letter to a department where there is none".to_owned())),
        }
    }

    async fn sign_in(&self, from: IpAddr, credentials: Credentials) -> Result<MailboxId, HouseError> {
        let sign_in = SignIn {
            address: &credentials.name,
            password: Secret::new(credentials.password),
            protocol: Protocol::Smtp,
            network: from,
        };
        match self.office.authenticate(sign_in).await? {
            Ok(session) => Ok(session.mailbox()),
            Err(refusal) => Err(HouseError::Refused(match refusal {
                SignInRefusal::TooMany(_) => {
                    Reply::of(454, (4, 7, 0), "Too many wrong passwords; try again later")
                }
                other => Reply::of(535, (5, 7, 8), other.to_string()),
            })),
        }
    }

    async fn may_write_as(&self, mailbox: MailboxId, address: &EmailAddress) -> Result<bool, HouseError> {
        Ok(self.office.may_send_as(mailbox, address).await?)
    }

    async fn check_sending(&self, mailbox: MailboxId, recipients: usize) -> Result<(), HouseError> {
        Ok(self.office.check_sending(mailbox, recipients).await?)
    }

    async fn count_sent(&self, mailbox: MailboxId, recipients: usize) -> Result<(), HouseError> {
        Ok(self.office.count_sent(mailbox, recipients).await?)
    }

    async fn sign(&self, domain: &DomainName, message: Vec<u8>) -> Result<Vec<u8>, HouseError> {
        let mut keys = vec![self.signers(domain).await?];
        let message = match self.complaints_to_for(&message).await? {
            Some((field, own)) => {
                // Who reads the reports signs for it, besides whoever writes (RFC 9477 section 3.1.2).
                if !keys.iter().any(|known| Arc::ptr_eq(known, &own)) {
                    keys.push(own);
                }
                [field.as_bytes(), &message].concat()
            }
            None => message,
        };
        if keys.iter().all(|keys| keys.is_empty()) {
            return Ok(message);
        }
        // RSA takes about a millisecond, and a large message is hashed as well.
        let sign = move || sign(message, keys.iter().flat_map(|keys| keys.iter()));
        let signed = tokio::task::spawn_blocking(sign).await;
        let signed = signed.map_err(|error| HouseError::Failed(error.to_string()))?;
        signed.map_err(|error| HouseError::Failed(error.to_string()))
    }

    async fn enqueue(&self, message: NewMessage) -> Result<QueueId, HouseError> {
        let queued = self.office.enqueue(to_queued(message)).await?;
        queued.ok_or_else(|| {
            HouseError::Failed("a message without a key was taken for a second one".to_owned())
        })
    }

    async fn claim(&self, limit: usize, of_bulk: usize, lease: Duration) -> Result<Vec<Claimed>, HouseError> {
        let room = queue::Room { recipients: limit, of_bulk };
        let claimed = self.office.claim_queued(room, lease).await?;
        Ok(claimed.into_iter().filter_map(from_claimed).collect())
    }

    async fn renew(&self, held: Vec<(QueueId, i64)>, lease: Duration) -> Result<(), HouseError> {
        Ok(self.office.renew_queued(held, lease).await?)
    }

    async fn reclaim(&self) -> Result<(), HouseError> {
        let count = self.office.reclaim_queued().await?;
        if count > 0 {
            tracing::info!(count, "took back recipients that were under way when this node ended");
        }
        Ok(())
    }

    async fn content(&self, queue: QueueId) -> Result<Bytes, HouseError> {
        Ok(self.office.queued_content(queue).await?)
    }

    async fn copy_for(&self, guest: GuestId) -> Result<Copy, HouseError> {
        let Some(customer) = self.office.joined_list_of(guest).await? else { return Ok(Copy::Left) };
        let link = match &self.links {
            Some(links) => Some(links.link(customer, self.office.guest_token(guest)).await?),
            None => None,
        };
        Ok(Copy::Wanted { link })
    }

    async fn record(
        &self,
        queue: QueueId,
        went: Went,
        outcomes: Vec<Became>,
        reports: Vec<NewMessage>,
    ) -> Result<(), HouseError> {
        let fates: Vec<(i64, GuestId, CopyFate)> = outcomes.iter().filter_map(fate).collect();
        let guest = outcomes.first().and_then(|one| one.guest);
        let outcomes = outcomes.into_iter().map(|one| (one.position, to_outcome(one.outcome))).collect();
        let outcomes = match self.office.seal_outcomes(queue, outcomes).await {
            Err(MailError::Refused(MailRefusal::NotQueued)) => {
                tracing::info!(%queue, "a message was removed from the queue while it was under way");
                return Ok(());
            }
            sealed => sealed?
                .went(match went {
                    Went::Here => deliveries::Went::Here,
                    Went::Out(from) => deliveries::Went::Out(from),
                    Went::Nowhere => deliveries::Went::Nowhere,
                })
                .of_guest(guest),
        };
        let mut sealed = Vec::with_capacity(reports.len());
        for report in reports {
            sealed.push(self.office.seal_queued(to_queued(report)).await?);
        }
        let office = self.office.clone();
        let write = self.office.db().write(move |tx| {
            let new = PostOffice::mark_queued_in(tx, &outcomes)?;
            for (_, guest, fate) in fates.iter().filter(|(position, ..)| new.contains(position)) {
                PostOffice::note_copy_in(tx, *guest, *fate)?;
            }
            for report in &sealed {
                office.enqueue_in(tx, report)?;
            }
            Ok::<_, MailError>(())
        });
        Ok(write.await?)
    }

    fn queue_bell(&self) -> impl QueueBell {
        self.office.db().subscribe(Channel::Queue)
    }
}

fn to_queued(message: NewMessage) -> NewQueued {
    let recipients = message.recipients.into_iter().map(|(address, params)| NewRecipient {
        domain: address.domain().clone(),
        envelope: RecipientEnvelope {
            address: address.to_string(),
            notify: params.notify.map(Notify::to_words),
            orcpt: params.orcpt,
            guest: None,
        },
    });
    NewQueued {
        sender: message.mailbox,
        unique_key: None,
        envelope: Envelope {
            return_path: message.sender.as_ref().map(EmailAddress::to_string).unwrap_or_default(),
            eight_bit: !message.content.is_ascii(),
            smtputf8: message.params.smtputf8,
            ret: message.params.ret.map(|ret| ret.as_str().to_owned()),
            envid: message.params.envid,
            require_tls: false,
            vouched: message.vouched || message.mailbox.is_some(),
        },
        recipients: recipients.collect(),
        content: message.content,
        hold: message.hold.map(|why| queue::Hold {
            code: why.code.to_owned(),
            value: i64::try_from(why.value).unwrap_or(i64::MAX),
            limit: i64::try_from(why.limit).unwrap_or(i64::MAX),
            sentence: why.sentence,
            number: why.number,
            score: why.score.map(i64::from),
        }),
        expires_at: None,
        bulk: false,
    }
}

/// A claimed message in our words; what cannot be read is left to its lease and the operator's eye.
fn from_claimed(claimed: queue::Claimed) -> Option<Claimed> {
    let Ok(domain) = DomainName::parse(&claimed.domain) else {
        tracing::error!(queue = %claimed.id, "a queued message has an unreadable domain; remove it from the queue");
        return None;
    };
    let recipients = claimed.recipients.into_iter().filter_map(|recipient| {
        let guest = recipient.envelope.guest;
        let (address, params) = read_recipient(recipient.envelope)?;
        Some(ClaimedRecipient {
            position: recipient.position,
            address,
            params,
            attempts: u32::try_from(recipient.attempts).unwrap_or(u32::MAX),
            delay_reported: recipient.delay_reported,
            guest,
        })
    });
    let vouched = claimed.envelope.vouched;
    let (sender, params) = read_envelope(claimed.envelope);
    Some(Claimed {
        vouched,
        queue: claimed.id,
        mailbox: claimed.sender,
        domain,
        recipients: recipients.collect(),
        sender,
        params,
        arrived: claimed.created_at,
        expires: claimed.expires_at,
        bulk: claimed.bulk,
    })
}

/// The sender of a queued message and the parameters of MAIL.
fn read_envelope(envelope: Envelope) -> (Option<EmailAddress>, MailParams) {
    let ret = match envelope.ret.as_deref() {
        Some("FULL") => Some(Ret::Full),
        Some("HDRS") => Some(Ret::Headers),
        _ => None,
    };
    let (smtputf8, envid) = (envelope.smtputf8, envelope.envid);
    let params = MailParams { smtputf8, ret, envid, ..MailParams::default() };
    (EmailAddress::parse(&envelope.return_path).ok(), params)
}

/// A queued recipient and the parameters of RCPT.
fn read_recipient(envelope: RecipientEnvelope) -> Option<(EmailAddress, RcptParams)> {
    let address = envelope.address()?;
    let notify = envelope.notify.as_deref().and_then(Notify::parse);
    Some((address, RcptParams { notify, orcpt: envelope.orcpt }))
}

/// What became of a guest's copy, when it is final.
fn fate(became: &Became) -> Option<(i64, GuestId, CopyFate)> {
    let fate = match &became.outcome {
        Outcome::Delivered { .. } => CopyFate::Taken,
        Outcome::Failed { reply } => CopyFate::of_refusal(&reply.to_string()),
        Outcome::Deferred { .. } | Outcome::Waits { .. } => return None,
    };
    Some((became.position, became.guest?, fate))
}

fn to_outcome(outcome: Outcome) -> queue::Outcome {
    match outcome {
        Outcome::Delivered { reply } => queue::Outcome::Delivered { answer: reply.to_string() },
        Outcome::Failed { reply } => {
            queue::Outcome::Failed { code: Some(reply.code()), answer: reply.to_string() }
        }
        Outcome::Waits { next_at, found_at, back, delay_reported } => queue::Outcome::Waits {
            at: next_at,
            found_at,
            of_destination: back.by != HeldBackBy::Sender,
            answer: back.reply().to_string(),
            delay_reported,
        },
        Outcome::Deferred { next_at, reply, delay_reported } => queue::Outcome::Retry {
            at: next_at,
            code: Some(reply.code()),
            answer: reply.to_string(),
            delay_reported,
        },
    }
}
