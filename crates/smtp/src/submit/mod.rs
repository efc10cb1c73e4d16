//! Mail from our mailboxes to anybody.

mod complete;
mod page;
mod policy;
mod sign;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::Arc;

use mailkeep_protocols::imap::structure::sole_author;
use mailkeep_protocols::smtp::sasl::Credentials;
use mailkeep_protocols::smtp::trace::{Received, with_protocol};
use mailkeep_protocols::smtp::{HeaderSection, MailParams, Recipient, Reply};
use mailkeep_types::{EmailAddress, MailboxId, SharedClock, ids::new_uuid};

pub use page::LetterRefused;
pub use policy::{Submission, SubmissionPolicy, SubmissionVerdict, WithinLimits};
pub use sign::{SignError, SigningKey, sign};

use crate::delivery::{closed, full, reports_only};
use crate::house::{Authorship, House, Leads, Letter, NewMessage, Parcel, Stored};
use crate::session::{Client, Envelope, Reception, Role};

/// Answers the sessions of submission.
pub struct SubmissionReception<H>(Arc<Inner<H>>);

struct Inner<H> {
    house: H,
    host_name: String,
    policy: Arc<dyn SubmissionPolicy>,
    clock: SharedClock,
}

impl<H> Clone for SubmissionReception<H> {
    fn clone(&self) -> Self {
        SubmissionReception(self.0.clone())
    }
}

/// Where a recipient is.
#[derive(Debug)]
pub enum Whereabouts {
    /// In mailboxes of ours alone.
    Here(Vec<MailboxId>),
    /// A department of the provider.
    Department,
    /// Elsewhere, or on a list with members elsewhere: by way of the queue.
    Queue,
}

impl<H: House> SubmissionReception<H> {
    /// Takes mail from the mailboxes of `house` as `policy` allows.
    pub fn new(house: H, host_name: &str, policy: Arc<dyn SubmissionPolicy>, clock: SharedClock) -> Self {
        SubmissionReception(Arc::new(Inner { house, host_name: host_name.to_owned(), policy, clock }))
    }

    async fn check_owner(&self, mailbox: MailboxId, address: &EmailAddress) -> Result<(), Reply> {
        match self.0.house.may_write_as(mailbox, address).await.map_err(|e| e.into_reply())? {
            true => Ok(()),
            false => Err(Reply::of(
                550,
                (5, 7, 1),
                "You may write under the addresses of your own mailbox only; check the sender in your mail program",
            )),
        }
    }

    async fn take(
        &self,
        client: &Client<MailboxId>,
        mut envelope: Envelope<Whereabouts>,
        message: Vec<u8>,
    ) -> Result<Reply, Reply> {
        let house = &self.0.house;
        let mailbox = client.principal.ok_or_else(|| Reply::of(530, (5, 7, 0), "Sign in with AUTH first"))?;
        let authors = complete::read_authors(&message)?;
        for author in &authors {
            self.check_owner(mailbox, author).await?;
        }
        let author =
            authors.first().ok_or_else(|| Reply::of(550, (5, 6, 0), "The message needs a From field"))?;
        let id = new_uuid(&*self.0.clock);
        let trace = self.trace(&id.simple().to_string(), client, &envelope);
        let domain = author.domain();
        let message = complete::complete(message, &trace, id, domain.as_str(), self.0.clock.now());
        let recipients: Vec<&EmailAddress> = envelope.recipients.iter().map(|r| &r.address).collect();
        let sender = envelope.sender.as_ref();
        let submission = Submission { mailbox, sender, recipients: &recipients, content: &message };
        if let SubmissionVerdict::Refuse(reply) = self.0.policy.check(&submission).await {
            return Err(reply);
        }
        let message = house.sign(domain, message).await.map_err(|e| e.into_reply())?;
        let departments = self.take_letters(mailbox, &envelope, &authors, &message).await?;
        envelope.recipients.retain(|recipient| !matches!(recipient.target, Whereabouts::Department));
        if envelope.recipients.is_empty() && departments > 0 {
            return Ok(Reply::of(250, (2, 0, 0), format!("Accepted as {}", id.simple())));
        }
        if let Some(recipient) = only_mailbox(&envelope) {
            house.count_sent(mailbox, envelope.recipients.len()).await.map_err(|e| e.into_reply())?;
            self.store(&envelope, recipient, message).await?;
        } else {
            // Recipients here go by the queue as well then: one transaction accepts the message for all.
            let recipients = envelope.recipients.into_iter().map(|r| (r.address, r.params)).collect();
            let (sender, params) = (envelope.sender, envelope.params);
            let new =
                NewMessage { mailbox: Some(mailbox), sender, params, recipients, content: message.into() };
            house.enqueue(new).await.map_err(|e| e.into_reply())?;
        }
        Ok(Reply::of(250, (2, 0, 0), format!("Accepted as {}", id.simple())))
    }

    /// Departments take theirs first: what is sent again when the rest fails they know as a copy.
    async fn take_letters(
        &self,
        mailbox: MailboxId,
        envelope: &Envelope<Whereabouts>,
        authors: &[EmailAddress],
        message: &[u8],
    ) -> Result<usize, Reply> {
        // The sender's right was asked for as one program reads From; who believes it may read it in another way.
        let author = sole_author(HeaderSection::of(message).header());
        let is_read_so = author.is_some_and(|author| authors.contains(&author));
        let authorship = if is_read_so { Authorship::Proven } else { Authorship::Unknown };
        let sender = envelope.sender.as_ref().map(EmailAddress::to_string).unwrap_or_default();
        let mut taken = 0;
        for recipient in &envelope.recipients {
            if !matches!(recipient.target, Whereabouts::Department) {
                continue;
            }
            let letter = Letter {
                recipient: recipient.address.clone(),
                sender: envelope.sender.clone(),
                authorship,
                content: [format!("Return-Path: <{sender}>\r\n").as_bytes(), message].concat().into(),
            };
            self.0.house.take_letter(letter).await.map_err(|e| e.into_reply())?;
            taken += 1;
        }
        if taken > 0 {
            self.0.house.count_sent(mailbox, taken).await.map_err(|e| e.into_reply())?;
        }
        Ok(taken)
    }

    async fn store(
        &self,
        envelope: &Envelope<Whereabouts>,
        recipient: MailboxId,
        message: Vec<u8>,
    ) -> Result<(), Reply> {
        let sender = envelope.sender.as_ref().map(EmailAddress::to_string).unwrap_or_default();
        let message = [format!("Return-Path: <{sender}>\r\n").as_bytes(), &message].concat();
        let parcel = Parcel { mailboxes: vec![recipient], content: message.into(), ..Parcel::default() };
        let stored = self.0.house.store(parcel).await.map_err(|e| e.into_reply())?;
        match stored.first() {
            Some(Stored::Stored) => Ok(()),
            Some(Stored::Full) => Err(full(true)),
            _ => Err(Reply::of(550, (5, 2, 1), "The recipient's mailbox takes no mail at the moment")),
        }
    }

    /// The trace field; it does not tell where the person is.
    fn trace(&self, id: &str, client: &Client<MailboxId>, envelope: &Envelope<Whereabouts>) -> String {
        let received = Received {
            helo: "client",
            client: None,
            by: &self.0.host_name,
            with: with_protocol(client.extended, client.tls.is_some(), true, envelope.params.smtputf8),
            id,
            tls: client.tls.as_deref(),
            recipient: None,
            at: self.0.clock.now(),
        };
        received.to_field()
    }
}

/// The mailbox, when the message goes to one only, here, and nobody wants a report of success (which the queue makes).
/// Then the client can be told at once when it is full, and nothing need be remembered.
fn only_mailbox(envelope: &Envelope<Whereabouts>) -> Option<MailboxId> {
    let mut only = None;
    for recipient in &envelope.recipients {
        match &recipient.target {
            Whereabouts::Here(here) if !recipient.params.notify.is_some_and(|n| n.success) => {
                for mailbox in here {
                    if only.is_some_and(|other| other != *mailbox) {
                        return None;
                    }
                    only = Some(*mailbox);
                }
            }
            _ => return None,
        }
    }
    only
}

impl<H: House> Reception for SubmissionReception<H> {
    type Principal = MailboxId;
    type Target = Whereabouts;

    fn role(&self) -> Role {
        Role::Submission
    }

    async fn authenticate(&self, address: IpAddr, credentials: Credentials) -> Result<MailboxId, Reply> {
        self.0.house.sign_in(address, credentials).await.map_err(|e| e.into_reply())
    }

    async fn check_sender(
        &self,
        client: &Client<MailboxId>,
        sender: Option<&EmailAddress>,
        _: &MailParams,
    ) -> Result<(), Reply> {
        match (client.principal, sender) {
            (None, _) => Err(Reply::of(530, (5, 7, 0), "Sign in with AUTH first")),
            // Answers of mail programs, such as receipts, have no sender; their From is checked like any other.
            (Some(_), None) => Ok(()),
            (Some(mailbox), Some(sender)) => self.check_owner(mailbox, sender).await,
        }
    }

    async fn check_recipient(
        &self,
        _: &Client<MailboxId>,
        envelope: &Envelope<Whereabouts>,
        recipient: Recipient,
    ) -> Result<(EmailAddress, Whereabouts), Reply> {
        let Recipient::Address(address) = recipient else {
            return Err(Reply::of(
                550,
                (5, 1, 3),
                "Write the whole address of the postmaster, with its domain",
            ));
        };
        let bytes = envelope.params.size.unwrap_or(0);
        let whereabouts = match self.0.house.find(&address, bytes).await.map_err(|e| e.into_reply())? {
            Leads::To { mailboxes, list: None } => Whereabouts::Here(mailboxes),
            Leads::To { .. } | Leads::NotOurs => Whereabouts::Queue,
            Leads::Department => Whereabouts::Department,
            Leads::Bounces => return Err(reports_only()),
            Leads::Full { for_now } => return Err(full(for_now)),
            Leads::Closed { for_now } => return Err(closed(for_now)),
            Leads::Unknown => {
                return Err(Reply::of(
                    550,
                    (5, 1, 1),
                    "There is no such address here; check how it is written",
                ));
            }
        };
        Ok((address, whereabouts))
    }

    async fn receive(
        &self,
        client: &Client<MailboxId>,
        envelope: Envelope<Whereabouts>,
        message: Vec<u8>,
    ) -> Reply {
        self.take(client, envelope, message).await.unwrap_or_else(|refusal| refusal)
    }
}
