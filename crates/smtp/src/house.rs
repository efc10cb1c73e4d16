//! What the SMTP side asks of the mail store. `PostOffice` of the mailbox crate answers in the program; a small one in
//! memory answers in the tests of sessions and delivery.

use std::future::Future;
use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
pub use futures_util::future::BoxFuture;
pub use mailkeep_mailbox::lists::Author;
use mailkeep_protocols::smtp::sasl::Credentials;
use mailkeep_protocols::smtp::{MailParams, RcptParams, Reply};
use mailkeep_storage::sql::Notice;
use mailkeep_types::{AliasId, CustomerId, DomainName, EmailAddress, GuestId, MailboxId, QueueId, Timestamp};
use tokio::sync::broadcast::{self, error::RecvError};

use crate::departures::{HeldBack, Leaving};
use crate::submit::Why;

/// Why the mail store does not do something.
#[derive(Debug)]
pub enum HouseError {
    /// A rule stands against it; the reply says what to do.
    Refused(Reply),
    /// It failed just now; the text is for the log of the operator.
    Failed(String),
}

impl HouseError {
    /// The reply for the client; a failure is logged here, since here its way ends.
    pub fn into_reply(self) -> Reply {
        match self {
            HouseError::Refused(reply) => reply,
            HouseError::Failed(error) => {
                tracing::error!(%error, "the mail store failed; clients are told to come again");
                metrics::counter!("mailkeep_smtp_house_failures_total").increment(1);
                Reply::of(451, (4, 3, 0), "This could not be done just now; try again in a few minutes")
            }
        }
    }
}

/// Where an address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// To mailboxes of ours, and from a list to its guests.
    To {
        /// Mailboxes.
        mailboxes: Vec<MailboxId>,
        /// The list, when it is one with guests or one to which not everybody may write.
        list: Option<List>,
    },
    /// To a department of the provider.
    Department,
    /// To nobody: it is where the failures of a list's onward copies are reported to.
    Bounces,
    /// To a mailbox that has no room for it.
    Full {
        /// The sender shall keep the message; otherwise the mailbox has been full for too long.
        for_now: bool,
    },
    /// To a mailbox or domain that takes no mail at the moment.
    Closed {
        /// It will again: the sender shall keep the message.
        for_now: bool,
    },
    /// Its domain is ours, and it does not exist.
    Unknown,
    /// Its domain is not ours.
    NotOurs,
}

/// A list with guests, members elsewhere who said themselves that they want it, or one to which not everybody may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The list.
    pub id: AliasId,
    /// Its address, as the sender wrote it.
    pub address: EmailAddress,
    /// How many guests it has. Their addresses are read when a message goes on to them.
    pub guests: usize,
    /// Not everybody may write to it.
    pub restricted: bool,
}

/// A message for mailboxes and lists, to be stored in one transaction.
#[derive(Debug, Default)]
pub struct Parcel {
    /// The mailboxes.
    pub mailboxes: Vec<MailboxId>,
    /// It goes into the Junk folder.
    pub junk: bool,
    /// The message.
    pub content: Bytes,
    /// What goes on to the guests of lists: the house knows them, and puts them in for the recipients.
    pub onward: Vec<(AliasId, NewMessage)>,
    /// The message of our own queue that this is: what an earlier try put somewhere is not put there again.
    pub queued: Option<QueueId>,
    /// A mailbox of ours handed it in just now, for these.
    pub submitted: Option<(MailboxId, Vec<EmailAddress>)>,
}

/// Knows where on the site a guest of a list says whether they want it.
pub trait ListLinks: Send + Sync {
    /// The address of the page that the token of a guest opens, of a list of this customer.
    fn link(&self, customer: CustomerId, token: String) -> BoxFuture<'_, Result<String, HouseError>>;
}

/// What is known about the address in From.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authorship {
    /// Its domain says that the message is its own (DMARC, or SPF or DKIM of the very domain), or its user signed in here.
    Proven,
    /// Nothing.
    Unknown,
    /// Its domain says that the message is not its own.
    Failed,
}

/// A letter to a department.
#[derive(Debug, Clone)]
pub struct Letter {
    /// To which address.
    pub recipient: EmailAddress,
    /// The envelope's sender; `None` for reports.
    pub sender: Option<EmailAddress>,
    /// What is known about the address in From.
    pub authorship: Authorship,
    /// The letter with its trace fields.
    pub content: Bytes,
}

/// Takes letters to the provider's departments, such as support.
pub trait Departments: Send + Sync {
    /// Whether the address is that of a department.
    fn has(&self, address: &EmailAddress) -> bool;

    /// Takes a letter, durably. A copy of one that was taken before is taken and dropped.
    fn take(&self, letter: Letter) -> BoxFuture<'_, Result<(), HouseError>>;
}

/// What became of a delivery into a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// Durably stored.
    Stored,
    /// The mailbox has no room left.
    Full,
    /// It is gone or takes no mail.
    Refused,
}

/// A message for the outgoing queue.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Whose it is; `None` for our own reports.
    pub mailbox: Option<MailboxId>,
    /// The envelope's sender; `None` for reports.
    pub sender: Option<EmailAddress>,
    /// The parameters of MAIL.
    pub params: MailParams,
    /// The recipients with their parameters.
    pub recipients: Vec<(EmailAddress, RcptParams)>,
    /// The message.
    pub content: Bytes,
    /// Why it waits for a decision, if it does.
    pub hold: Option<Why>,
    /// Its author is known to us although no mailbox of ours handed it in.
    pub vouched: bool,
}

/// Recipients of one queued message in one domain, leased to us.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The message.
    pub queue: QueueId,
    /// Whose it is; `None` for mail of the house.
    pub mailbox: Option<MailboxId>,
    /// The domain.
    pub domain: DomainName,
    /// The recipients.
    pub recipients: Vec<ClaimedRecipient>,
    /// The envelope's sender; `None` for reports.
    pub sender: Option<EmailAddress>,
    /// The parameters of MAIL.
    pub params: MailParams,
    /// When the message came into the queue.
    pub arrived: Timestamp,
    /// When it is given up.
    pub expires: Timestamp,
    /// Its author is known to us: copies of lists are signed.
    pub vouched: bool,
    /// It is one of many, and waits for its turn where the destination gets so many in a minute.
    pub bulk: bool,
}

impl Claimed {
    /// The message, as whoever may stop it is asked of it.
    pub(crate) fn leaving(&self) -> Leaving<'_> {
        let of_list = self.recipients.first().is_some_and(|recipient| recipient.guest.is_some());
        Leaving { mailbox: self.mailbox, of_list, sender: self.sender.as_ref(), to: &self.domain }
    }
}

/// A recipient that is due.
#[derive(Debug, Clone)]
pub struct ClaimedRecipient {
    /// Its place in the message.
    pub position: i64,
    /// The address.
    pub address: EmailAddress,
    /// The parameters of RCPT.
    pub params: RcptParams,
    /// Attempts before this one.
    pub attempts: u32,
    /// The sender has been told of the delay.
    pub delay_reported: bool,
    /// The guest of a list that it is: the copy is for them alone, and says how to leave.
    pub guest: Option<GuestId>,
}

/// How it stands with the copy for a guest of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copy {
    /// They want it; by this address they leave.
    Wanted {
        /// The address of the page, where the house has a site.
        link: Option<String>,
    },
    /// They left meanwhile.
    Left,
}

/// What is written down of a recipient.
#[derive(Debug, Clone)]
pub struct Became {
    /// Its place in the message.
    pub position: i64,
    /// The guest of a list that it is.
    pub guest: Option<GuestId>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a recipient.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The other server took it.
    Delivered {
        /// What it said.
        reply: Reply,
    },
    /// Not now.
    Deferred {
        /// When to try again.
        next_at: Timestamp,
        /// Why.
        reply: Reply,
        /// The sender is told of the delay with this.
        delay_reported: bool,
    },
    /// It was not tried: it waits.
    Waits {
        /// When it is looked at again.
        next_at: Timestamp,
        /// When it was found that it waits: whoever lets it go after that is heard.
        found_at: Timestamp,
        /// Why.
        back: HeldBack,
        /// The sender is told of the delay with this.
        delay_reported: bool,
    },
    /// Never.
    Failed {
        /// Why.
        reply: Reply,
    },
}

/// Where a try went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Went {
    /// Into a mailbox of ours, or to a department.
    Here,
    /// To another server, from this address of ours; `None` when there was no connection.
    Out(Option<IpAddr>),
    /// It was not tried, because it waits or is not wanted any more.
    Nowhere,
}

/// The mail store as the SMTP side needs it.
pub trait House: Clone + Send + Sync + 'static {
    /// Where an address leads with a message of so many bytes; 0 when the length is not known.
    fn find(
        &self,
        address: &EmailAddress,
        bytes: u64,
    ) -> impl Future<Output = Result<Leads, HouseError>> + Send;

    /// Whether somebody may write to a list.
    fn may_write_to(
        &self,
        list: &List,
        author: Author,
    ) -> impl Future<Output = Result<bool, HouseError>> + Send;

    /// Stores a message in mailboxes, durably and in one transaction with what goes on from lists. The answers are in
    /// the order of the mailboxes.
    fn store(&self, parcel: Parcel) -> impl Future<Output = Result<Vec<Stored>, HouseError>> + Send;

    /// Takes a letter to a department, durably.
    fn take_letter(&self, letter: Letter) -> impl Future<Output = Result<(), HouseError>> + Send;

    /// Checks the password of a mailbox, with limits on wrong ones.
    fn sign_in(
        &self,
        from: IpAddr,
        credentials: Credentials,
    ) -> impl Future<Output = Result<MailboxId, HouseError>> + Send;

    /// True when the mailbox may write under this address.
    fn may_write_as(
        &self,
        mailbox: MailboxId,
        address: &EmailAddress,
    ) -> impl Future<Output = Result<bool, HouseError>> + Send;

    /// Refuses when the mailbox may not send at all, or not to so many recipients (per message, per day).
    fn check_sending(
        &self,
        mailbox: MailboxId,
        recipients: usize,
    ) -> impl Future<Output = Result<(), HouseError>> + Send;

    /// Counts recipients that are served without the queue; [`House::enqueue`] counts the others.
    fn count_sent(
        &self,
        mailbox: MailboxId,
        recipients: usize,
    ) -> impl Future<Output = Result<(), HouseError>> + Send;

    /// Puts the DKIM signatures of a domain of ours on top; the message as it is when the domain has no keys.
    fn sign(
        &self,
        domain: &DomainName,
        message: Vec<u8>,
    ) -> impl Future<Output = Result<Vec<u8>, HouseError>> + Send;

    /// Puts a message into the outgoing queue, durably.
    fn enqueue(&self, message: NewMessage) -> impl Future<Output = Result<QueueId, HouseError>> + Send;

    /// Leases what is due, at most about `limit` recipients, of which at most `of_bulk` in bulk, and those after all others.
    fn claim(
        &self,
        limit: usize,
        of_bulk: usize,
        lease: Duration,
    ) -> impl Future<Output = Result<Vec<Claimed>, HouseError>> + Send;

    /// Lengthens leases that we hold, given as messages and places in them.
    fn renew(
        &self,
        held: Vec<(QueueId, i64)>,
        lease: Duration,
    ) -> impl Future<Output = Result<(), HouseError>> + Send;

    /// Takes back the leases that this node held before it was started anew; to be called before the first claim.
    fn reclaim(&self) -> impl Future<Output = Result<(), HouseError>> + Send;

    /// The content of a message that we hold leases of.
    fn content(&self, queue: QueueId) -> impl Future<Output = Result<Bytes, HouseError>> + Send;

    /// How it stands with the copy for a guest of a list, asked just before it goes.
    fn copy_for(&self, guest: GuestId) -> impl Future<Output = Result<Copy, HouseError>> + Send;

    /// Records outcomes of a try and puts the reports about them into the queue, in one transaction.
    fn record(
        &self,
        queue: QueueId,
        went: Went,
        outcomes: Vec<Became>,
        reports: Vec<NewMessage>,
    ) -> impl Future<Output = Result<(), HouseError>> + Send;

    /// Rings when the queue may have something new to do, from now on.
    fn queue_bell(&self) -> impl QueueBell;
}

/// Rings when something changed.
pub trait QueueBell: Send {
    /// Returns when something changed since the last time.
    fn rung(&mut self) -> impl Future<Output = ()> + Send;
}

impl QueueBell for broadcast::Receiver<Notice> {
    async fn rung(&mut self) {
        // Having missed some is as good a reason to look as having heard one.
        if matches!(self.recv().await, Err(RecvError::Closed)) {
            std::future::pending::<()>().await;
        }
    }
}
