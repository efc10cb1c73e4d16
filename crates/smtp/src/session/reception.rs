//! What a session asks the house: the two roles, MX and submission, answer in their own way.

use std::future::Future;
use std::net::IpAddr;

use mailkeep_protocols::smtp::sasl::Credentials;
use mailkeep_protocols::smtp::{MailParams, RcptParams, Recipient, Reply};
use mailkeep_types::EmailAddress;
use uuid::Uuid;

/// Which service a session belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Mail from other servers for our mailboxes.
    Mx,
    /// Mail from our own mailboxes to anybody.
    Submission,
}

impl Role {
    /// The word in logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Mx => "mx",
            Role::Submission => "submission",
        }
    }
}

/// What a session knows of its client.
#[derive(Debug, Clone)]
pub struct Client<P> {
    /// Names the session in logs.
    pub session: Uuid,
    /// Where it comes from.
    pub address: IpAddr,
    /// The name it gave.
    pub helo: String,
    /// It said EHLO.
    pub extended: bool,
    /// TLS version and cipher.
    pub tls: Option<String>,
    /// Who it proved to be.
    pub principal: Option<P>,
}

/// A message's envelope as it is being built.
#[derive(Debug)]
pub struct Envelope<T> {
    /// The sender; `None` for reports.
    pub sender: Option<EmailAddress>,
    /// The parameters of MAIL.
    pub params: MailParams,
    /// The recipients that were accepted.
    pub recipients: Vec<Accepted<T>>,
}

/// A recipient that was accepted.
#[derive(Debug)]
pub struct Accepted<T> {
    /// The address as given.
    pub address: EmailAddress,
    /// The parameters of RCPT.
    pub params: RcptParams,
    /// Where it leads.
    pub target: T,
}

/// Answers a session's questions. Every refusal is a reply that says what to do.
pub trait Reception: Clone + Send + Sync + 'static {
    /// Who a client proved to be.
    type Principal: Clone + Send + Sync + 'static;
    /// Where a recipient leads.
    type Target: Send + Sync + 'static;

    /// Which service this is; only submission offers AUTH.
    fn role(&self) -> Role;

    /// Checks a password.
    fn authenticate(
        &self,
        address: IpAddr,
        credentials: Credentials,
    ) -> impl Future<Output = Result<Self::Principal, Reply>> + Send;

    /// May this client send under this address?
    fn check_sender(
        &self,
        client: &Client<Self::Principal>,
        sender: Option<&EmailAddress>,
        params: &MailParams,
    ) -> impl Future<Output = Result<(), Reply>> + Send;

    /// May this client send to this recipient, and where does it lead?
    fn check_recipient(
        &self,
        client: &Client<Self::Principal>,
        envelope: &Envelope<Self::Target>,
        recipient: Recipient,
    ) -> impl Future<Output = Result<(EmailAddress, Self::Target), Reply>> + Send;

    /// Takes the message. A positive reply means that it is durably stored.
    fn receive(
        &self,
        client: &Client<Self::Principal>,
        envelope: Envelope<Self::Target>,
        message: Vec<u8>,
    ) -> impl Future<Output = Reply> + Send;
}
