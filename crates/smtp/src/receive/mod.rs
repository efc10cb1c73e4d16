//! Mail from other servers for our mailboxes.

mod stamp;
#[cfg(test)]
mod tests;
mod verify;

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use mailkeep_protocols::imap::structure::sole_author;
use mailkeep_protocols::smtp::report::{Action, DeliveryReport};
use mailkeep_protocols::smtp::sasl::Credentials;
use mailkeep_protocols::smtp::trace::{Received, with_protocol};
use mailkeep_protocols::smtp::{Enhanced, HeaderSection, MailParams, Recipient, Reply};
use mailkeep_types::{EmailAddress, MailboxId, SharedClock, ids::new_uuid};
use metrics::counter;

pub use verify::{Disposition, Verdict, Verifier};

use crate::delivery::{About, ReportMaker, closed, full, reports_only};
use crate::house::{Author, Authorship, House, Leads, Letter, List, Parcel, Stored};
use crate::lists;
use crate::session::{Client, Envelope, Reception, Role};

/// Where an accepted recipient leads.
#[derive(Debug)]
pub struct Ways {
    pub(crate) mailboxes: Vec<MailboxId>,
    pub(crate) list: Option<List>,
    pub(crate) department: bool,
}

/// Answers the sessions of the MX.
pub struct MxReception<H>(Arc<Inner<H>>);

struct Inner<H> {
    house: H,
    host_name: String,
    postmaster: Option<EmailAddress>,
    verifier: Option<Verifier>,
    refuse_by_dmarc: bool,
    clock: SharedClock,
}

impl<H> Clone for MxReception<H> {
    fn clone(&self) -> Self {
        MxReception(self.0.clone())
    }
}

impl<H: House> MxReception<H> {
    /// Takes mail for `house`; without a verifier, SPF, DKIM and DMARC are not looked at.
    pub fn new(
        house: H,
        host_name: &str,
        postmaster: Option<EmailAddress>,
        verifier: Option<Verifier>,
        refuse_by_dmarc: bool,
        clock: SharedClock,
    ) -> Self {
        let host_name = host_name.to_owned();
        MxReception(Arc::new(Inner { house, host_name, postmaster, verifier, refuse_by_dmarc, clock }))
    }

    async fn verify(
        &self,
        client: &Client<()>,
        envelope: &Envelope<Ways>,
        message: &[u8],
    ) -> Result<Verdict, Reply> {
        if HeaderSection::of(message).named("From").nth(1).is_some() {
            // Which of them would the reader see, and which did DMARC look at (RFC 5322 section 3.6)?
            return Err(Reply::of(550, (5, 6, 0), "A message has one From field, this one has several"));
        }
        let Some(verifier) = &self.0.verifier else {
            let field = format!("Authentication-Results: {}; none\r\n", self.0.host_name);
            return Ok(Verdict {
                field,
                disposition: Disposition::None,
                sender_is_genuine: false,
                authorship: Authorship::Unknown,
            });
        };
        let sender = envelope.sender.as_ref();
        let verdict = verifier.verify(client.address, &client.helo, sender, message).await;
        match verdict.disposition {
            Disposition::Reject if self.0.refuse_by_dmarc => Err(Reply::of(
                550,
                (5, 7, 1),
                "The domain in From asks to refuse this message: neither SPF nor DKIM vouches for it (DMARC)",
            )),
            Disposition::Later => Err(Reply::of(
                451,
                (4, 7, 1),
                "SPF, DKIM or DMARC of the domain in From cannot be looked up just now; try again later",
            )),
            _ => Ok(verdict),
        }
    }

    fn trace(&self, id: &str, client: &Client<()>, envelope: &Envelope<Ways>) -> String {
        let only = match envelope.recipients.as_slice() {
            [one] => Some(one.address.to_string()),
            _ => None,
        };
        let received = Received {
            helo: &client.helo,
            client: Some(client.address),
            by: &self.0.host_name,
            with: with_protocol(client.extended, client.tls.is_some(), false, envelope.params.smtputf8),
            id,
            tls: client.tls.as_deref(),
            recipient: only.as_deref(),
            at: self.0.clock.now(),
        };
        received.to_field()
    }

    async fn take(
        &self,
        client: &Client<()>,
        envelope: Envelope<Ways>,
        message: Vec<u8>,
    ) -> Result<Reply, Reply> {
        for list in envelope.recipients.iter().filter_map(|r| r.target.list.as_ref()) {
            lists::refuse_loop(&message, &list.address)?;
        }
        let verdict = self.verify(client, &envelope, &message).await?;
        for list in envelope.recipients.iter().filter_map(|r| r.target.list.as_ref()) {
            let proven = verdict.authorship == Authorship::Proven;
            let address = sole_author(HeaderSection::of(&message).header()).filter(|_| proven);
            lists::require_writer(&self.0.house, list, Author { address, ..Author::default() }).await?;
        }
        let id = new_uuid(&*self.0.clock).simple().to_string();
        let trace = self.trace(&id, client, &envelope);
        let sender = envelope.sender.as_ref().map(EmailAddress::to_string).unwrap_or_default();
        let junk = matches!(verdict.disposition, Disposition::Quarantine | Disposition::Reject);
        let lists = envelope.recipients.iter().filter_map(|r| r.target.list.as_ref());
        let lists: Vec<&List> = lists.filter(|list| list.guests > 0).collect();
        let mut onward = Vec::new();
        if !lists.is_empty() && !junk {
            let fields = format!("{}{trace}", verdict.field);
            let content = stamp::stamp(message.clone(), &self.0.host_name, &fields);
            let (smtputf8, vouched) = (envelope.params.smtputf8, verdict.authorship == Authorship::Proven);
            onward
                .extend(lists.iter().map(|list| (list.id, lists::onward(list, smtputf8, vouched, &content))));
        }
        let fields = format!("Return-Path: <{sender}>\r\n{}{trace}", verdict.field);
        let stamped = stamp::stamp(message, &self.0.host_name, &fields);
        let header = HeaderSection::of(&stamped).header().to_vec();
        let content: Bytes = stamped.into();
        for recipient in envelope.recipients.iter().filter(|recipient| recipient.target.department) {
            let letter = Letter {
                recipient: recipient.address.clone(),
                sender: envelope.sender.clone(),
                authorship: verdict.authorship,
                content: content.clone(),
            };
            self.0.house.take_letter(letter).await.map_err(|e| e.into_reply())?;
        }
        let mut mailboxes: Vec<MailboxId> =
            envelope.recipients.iter().flat_map(|r| r.target.mailboxes.iter().copied()).collect();
        mailboxes.sort_unstable();
        mailboxes.dedup();
        let (onwards, bytes) = (onward.len(), content.len() as u64);
        let stored = if mailboxes.is_empty() && onward.is_empty() {
            Vec::new()
        } else {
            let parcel = Parcel { mailboxes: mailboxes.clone(), junk, content, onward, ..Parcel::default() };
            self.0.house.store(parcel).await.map_err(|e| e.into_reply())?
        };
        let failed: Vec<MailboxId> =
            mailboxes.iter().zip(&stored).filter(|(_, s)| **s != Stored::Stored).map(|(m, _)| *m).collect();
        if !failed.is_empty() && failed.len() == mailboxes.len() && onwards == 0 {
            return Err(if stored.contains(&Stored::Full) {
                self.full_for(&envelope, bytes).await?
            } else {
                Reply::of(550, (5, 2, 1), "The mailbox takes no mail at the moment")
            });
        }
        self.report(&envelope, &failed, verdict.sender_is_genuine, &header).await;
        Ok(Reply::of(250, (2, 0, 0), format!("Stored as {id}")))
    }

    /// How a message is refused that no mailbox had room for: what a sender that does not tell the size learns only now.
    async fn full_for(&self, envelope: &Envelope<Ways>, bytes: u64) -> Result<Reply, Reply> {
        let mut for_now = false;
        for recipient in &envelope.recipients {
            let found = self.0.house.find(&recipient.address, bytes).await.map_err(|e| e.into_reply())?;
            for_now |= !matches!(found, Leads::Full { for_now: false });
        }
        Ok(full(for_now))
    }

    /// Tells the sender what it asked to be told, and what could not be stored although the message was accepted. A
    /// success is told only to a sender that is not forged: reports to the forged would be spam of our own.
    async fn report(&self, envelope: &Envelope<Ways>, failed: &[MailboxId], genuine: bool, header: &[u8]) {
        let Some(sender) = &envelope.sender else { return };
        let mut recipients = Vec::new();
        for accepted in &envelope.recipients {
            let notify = accepted.params.notify;
            let lost = !accepted.target.mailboxes.is_empty()
                && accepted.target.mailboxes.iter().all(|mailbox| failed.contains(mailbox));
            let about = |action, status, words: Option<&str>| {
                About::local(&accepted.address, &accepted.params, action, status, words)
            };
            if lost && notify.is_none_or(|n| n.failure) {
                recipients.push(about(Action::Failed, Enhanced(5, 2, 2), Some("The mailbox is full")));
            } else if !lost && genuine && notify.is_some_and(|n| n.success) {
                recipients.push(about(Action::Delivered, Enhanced(2, 0, 0), None));
            }
        }
        if recipients.is_empty() {
            return;
        }
        let maker = ReportMaker { host_name: &self.0.host_name, clock: &self.0.clock };
        let report = DeliveryReport {
            envid: envelope.params.envid.clone(),
            reporting_host: self.0.host_name.clone(),
            arrived: self.0.clock.now(),
            recipients,
        };
        let message = maker.message(sender, &report, header, envelope.params.ret);
        if let Err(error) = self.0.house.enqueue(message).await {
            let _ = error.into_reply();
        }
    }
}

impl<H: House> Reception for MxReception<H> {
    type Principal = ();
    type Target = Ways;

    fn role(&self) -> Role {
        Role::Mx
    }

    async fn authenticate(&self, _: IpAddr, _: Credentials) -> Result<(), Reply> {
        Err(Reply::of(502, (5, 5, 1), "Nobody signs in here; use the submission service"))
    }

    async fn check_sender(
        &self,
        _: &Client<()>,
        _: Option<&EmailAddress>,
        _: &MailParams,
    ) -> Result<(), Reply> {
        Ok(())
    }

    async fn check_recipient(
        &self,
        _: &Client<()>,
        envelope: &Envelope<Ways>,
        recipient: Recipient,
    ) -> Result<(EmailAddress, Ways), Reply> {
        let address = match recipient {
            Recipient::Address(address) => address,
            Recipient::Postmaster => self.0.postmaster.clone().ok_or_else(|| {
                Reply::of(550, (5, 1, 1), "Write to the postmaster of a domain that is served here")
            })?,
        };
        let bytes = envelope.params.size.unwrap_or(0);
        match self.0.house.find(&address, bytes).await.map_err(|e| e.into_reply())? {
            Leads::To { mailboxes, list } => {
                // Who they are is looked at again when the message is there; by then one recipient alone cannot be refused.
                let author = Author { address: envelope.sender.clone(), ..Author::default() };
                if let Some(list) = &list {
                    lists::require_writer(&self.0.house, list, author).await?;
                }
                Ok((address, Ways { mailboxes, list, department: false }))
            }
            Leads::Department => Ok((address, Ways { mailboxes: Vec::new(), list: None, department: true })),
            Leads::Bounces if envelope.sender.is_none() => {
                counter!("mailkeep_smtp_list_bounces_total").increment(1);
                Ok((address, Ways { mailboxes: Vec::new(), list: None, department: false }))
            }
            Leads::Bounces => Err(reports_only()),
            Leads::Full { for_now } => Err(full(for_now)),
            Leads::Closed { for_now } => Err(closed(for_now)),
            Leads::Unknown => {
                Err(Reply::of(550, (5, 1, 1), "There is no such address here; check how it is written"))
            }
            Leads::NotOurs => Err(Reply::of(
                550,
                (5, 7, 1),
                "This domain is not served here; our own users send through the submission service",
            )),
        }
    }

    async fn receive(&self, client: &Client<()>, envelope: Envelope<Ways>, message: Vec<u8>) -> Reply {
        self.take(client, envelope, message).await.unwrap_or_else(|refusal| refusal)
    }
}
