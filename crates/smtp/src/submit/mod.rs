//! Mail from our mailboxes to anybody.

mod complete;
mod page;
mod policy;
mod sign;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use mailkeep_protocols::imap::structure::sole_author;
use mailkeep_protocols::smtp::report::{Action, DeliveryReport};
use mailkeep_protocols::smtp::sasl::Credentials;
use mailkeep_protocols::smtp::trace::{Received, with_protocol};
use mailkeep_protocols::smtp::{Enhanced, HeaderSection, MailParams, Recipient, Reply};
use mailkeep_types::{EmailAddress, MailboxId, SharedClock, Timestamp, ids::new_uuid};

pub use page::{LetterRefused, LetterTaken};
pub use policy::{Submission, SubmissionPolicy, SubmissionVerdict, SubmittedTo, Why, WithinLimits};
pub use sign::{SignError, SigningKey, sign};

use crate::delivery::{About, ReportMaker, closed, full, is_wanted, reports_only};
use crate::house::{Author, Authorship, House, Leads, Letter, NewMessage, Parcel, Stored};
use crate::lists;
use crate::session::{Accepted, Client, Envelope, Reception, Role};

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

/// Who signed in, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedIn {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// When.
    pub at: Timestamp,
}

/// Where a recipient is.
#[derive(Debug)]
pub enum Whereabouts {
    /// In mailboxes of ours alone.
    Here(Vec<MailboxId>),
    /// A department of the provider.
    Department,
    /// Elsewhere, or on a list with guests, so many in all: by way of the queue.
    Queue(usize),
}

impl Whereabouts {
    /// How many mailboxes and addresses it leads to.
    fn members(&self) -> usize {
        match self {
            Whereabouts::Here(mailboxes) => mailboxes.len().max(1),
            Whereabouts::Department => 1,
            Whereabouts::Queue(members) => *members,
        }
    }
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
        client: &Client<SignedIn>,
        mut envelope: Envelope<Whereabouts>,
        message: Vec<u8>,
    ) -> Result<LetterTaken, LetterRefused> {
        let house = &self.0.house;
        let who = client.principal.ok_or_else(|| Reply::of(530, (5, 7, 0), "Sign in with AUTH first"))?;
        let mailbox = who.mailbox;
        let authors = complete::read_authors(&message)?;
        for author in &authors {
            self.check_owner(mailbox, author).await?;
        }
        let author =
            authors.first().ok_or_else(|| Reply::of(550, (5, 6, 0), "The message needs a From field"))?;
        let id = new_uuid(&*self.0.clock);
        let trace = self.trace(&id.simple().to_string(), client, &envelope);
        let domain = author.domain();
        let message: Bytes =
            complete::complete(message, &trace, id, domain.as_str(), self.0.clock.now()).into();
        let mut taken = LetterTaken { id, held: None };
        let mut unserved = None;
        match self.ask(who, client.address, &envelope, &authors, &message).await {
            SubmissionVerdict::Allow => {}
            SubmissionVerdict::AllowInPart { first, held } => {
                unserved = first.map(|(count, why)| {
                    (envelope.recipients.split_off(count.min(envelope.recipients.len())), why)
                });
                taken.held = held;
            }
            SubmissionVerdict::Refuse(reply, why) => {
                return Err(LetterRefused { recipient: None, reply, why });
            }
        }
        let message = house.sign(domain, message.into()).await.map_err(|e| e.into_reply())?;
        let sender = envelope.sender.clone();
        let params = envelope.params.clone();
        let about = unserved.map(|(recipients, why)| (recipients, why, message.clone()));
        self.pass_on(mailbox, envelope, &authors, message, taken.held.as_ref()).await?;
        if let (Some(sender), Some((recipients, why, message))) = (sender, about) {
            self.report_unserved(&sender, &recipients, &why, &message, &params).await?;
        }
        Ok(taken)
    }

    async fn ask(
        &self,
        who: SignedIn,
        from: IpAddr,
        envelope: &Envelope<Whereabouts>,
        authors: &[EmailAddress],
        content: &Bytes,
    ) -> SubmissionVerdict {
        let to = envelope.recipients.iter().map(|recipient| SubmittedTo {
            address: &recipient.address,
            members: recipient.target.members(),
            department: matches!(recipient.target, Whereabouts::Department),
        });
        let recipients: Vec<SubmittedTo<'_>> = to.collect();
        let sender = envelope.sender.as_ref();
        let SignedIn { mailbox, at: signed_in_at } = who;
        let recipients = &recipients;
        let submission = Submission { mailbox, from, signed_in_at, sender, authors, recipients, content };
        self.0.policy.check(&submission).await
    }

    /// Stores the message where it goes, durably.
    async fn pass_on(
        &self,
        mailbox: MailboxId,
        mut envelope: Envelope<Whereabouts>,
        authors: &[EmailAddress],
        message: Vec<u8>,
        held: Option<&Why>,
    ) -> Result<(), Reply> {
        let house = &self.0.house;
        let departments = self.take_letters(mailbox, &envelope, authors, &message).await?;
        envelope.recipients.retain(|recipient| !matches!(recipient.target, Whereabouts::Department));
        if envelope.recipients.is_empty() && departments > 0 {
            return Ok(());
        }
        match only_mailbox(&envelope) {
            Some(recipient) if held.is_none() => {
                house.count_sent(mailbox, envelope.recipients.len()).await.map_err(|e| e.into_reply())?;
                self.store(mailbox, &envelope, recipient, message).await
            }
            _ => {
                // Recipients here go by the queue as well then: one transaction accepts the message for all.
                let recipients = envelope.recipients.into_iter().map(|r| (r.address, r.params)).collect();
                let (sender, params) = (envelope.sender, envelope.params);
                let (content, hold) = (message.into(), held.cloned());
                let new = NewMessage {
                    mailbox: Some(mailbox),
                    sender,
                    params,
                    recipients,
                    content,
                    hold,
                    vouched: true,
                };
                house.enqueue(new).await.map(drop).map_err(|e| e.into_reply())
            }
        }
    }

    /// Tells the sender of the recipients whom the limit left out.
    async fn report_unserved(
        &self,
        sender: &EmailAddress,
        recipients: &[Accepted<Whereabouts>],
        why: &Why,
        message: &[u8],
        params: &MailParams,
    ) -> Result<(), Reply> {
        let (ret, envid) = (params.ret, params.envid.clone());
        let wanted = recipients.iter().filter(|recipient| is_wanted(&recipient.params, Action::Failed));
        let about: Vec<_> = wanted
            .map(|recipient| {
                let (address, params) = (&recipient.address, &recipient.params);
                About::local(address, params, Action::Failed, Enhanced(5, 7, 1), Some(&why.sentence))
            })
            .collect();
        if about.is_empty() {
            return Ok(());
        }
        let (reporting_host, arrived) = (self.0.host_name.clone(), self.0.clock.now());
        let report = DeliveryReport { envid, reporting_host, arrived, recipients: about };
        let maker = ReportMaker { host_name: &self.0.host_name, clock: &self.0.clock };
        let report = maker.message(sender, &report, message, ret);
        self.0.house.enqueue(report).await.map(drop).map_err(|e| e.into_reply())
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
        mailbox: MailboxId,
        envelope: &Envelope<Whereabouts>,
        recipient: MailboxId,
        message: Vec<u8>,
    ) -> Result<(), Reply> {
        let sender = envelope.sender.as_ref().map(EmailAddress::to_string).unwrap_or_default();
        let message = [format!("Return-Path: <{sender}>\r\n").as_bytes(), &message].concat();
        let to = envelope.recipients.iter().map(|recipient| recipient.address.clone()).collect();
        let parcel = Parcel {
            mailboxes: vec![recipient],
            content: message.into(),
            submitted: Some((mailbox, to)),
            ..Parcel::default()
        };
        let stored = self.0.house.store(parcel).await.map_err(|e| e.into_reply())?;
        match stored.first() {
            Some(Stored::Stored) => Ok(()),
            Some(Stored::Full) => Err(full(true)),
            _ => Err(Reply::of(550, (5, 2, 1), "The recipient's mailbox takes no mail at the moment")),
        }
    }

    /// The trace field; it does not tell where the person is.
    fn trace(&self, id: &str, client: &Client<SignedIn>, envelope: &Envelope<Whereabouts>) -> String {
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
    type Principal = SignedIn;
    type Target = Whereabouts;

    fn role(&self) -> Role {
        Role::Submission
    }

    async fn authenticate(&self, address: IpAddr, credentials: Credentials) -> Result<SignedIn, Reply> {
        let at = self.0.clock.now();
        let mailbox = self.0.house.sign_in(address, credentials).await.map_err(|e| e.into_reply())?;
        Ok(SignedIn { mailbox, at })
    }

    async fn check_sender(
        &self,
        client: &Client<SignedIn>,
        sender: Option<&EmailAddress>,
        _: &MailParams,
    ) -> Result<(), Reply> {
        match (client.principal, sender) {
            (None, _) => Err(Reply::of(530, (5, 7, 0), "Sign in with AUTH first")),
            // Answers of mail programs, such as receipts, have no sender; their From is checked like any other.
            (Some(_), None) => Ok(()),
            (Some(who), Some(sender)) => self.check_owner(who.mailbox, sender).await,
        }
    }

    async fn check_recipient(
        &self,
        client: &Client<SignedIn>,
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
            Leads::To { mailboxes, list: Some(list) } => {
                let mailbox = client.principal.map(|who| who.mailbox);
                let author = Author { mailbox, address: envelope.sender.clone() };
                lists::require_writer(&self.0.house, &list, author).await?;
                match list.guests {
                    0 => Whereabouts::Here(mailboxes),
                    guests => Whereabouts::Queue(mailboxes.len().saturating_add(guests)),
                }
            }
            Leads::NotOurs => Whereabouts::Queue(1),
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
        client: &Client<SignedIn>,
        envelope: Envelope<Whereabouts>,
        message: Vec<u8>,
    ) -> Reply {
        match self.take(client, envelope, message).await {
            Ok(taken) => taken.into_reply(),
            Err(refused) => refused.reply,
        }
    }
}
