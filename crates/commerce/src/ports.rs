//! What commerce needs from others, given in by the server: it imports no sibling.

use std::future::Future;
use std::pin::Pin;

use mailkeep_types::{DomainName, MailboxId, ServiceId};

/// A future in a box, as object-safe traits return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Why a port did not answer; a sentence without personal data.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct PortError(pub String);

/// A domain of a service with what is billed on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldDomain {
    /// Its name.
    pub name: DomainName,
    /// Its alias domains.
    pub aliases: Vec<DomainName>,
    /// Its mailboxes, the oldest first.
    pub mailboxes: Vec<HeldMailbox>,
}

/// A mailbox that is held, by its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldMailbox {
    /// The mailbox.
    pub id: MailboxId,
    /// Its quota in bytes; 0 is no limit.
    pub quota_bytes: u64,
    /// What it uses, in bytes.
    pub used_bytes: u64,
    /// Whether it is closed.
    pub closed: bool,
}

/// Who counts mailboxes.
pub trait UsageSource: Send + Sync {
    /// What of a service is to be billed now: its domains, those of the service before others, with their mailboxes.
    fn held(&self, service: ServiceId) -> BoxFuture<'_, Result<Vec<HeldDomain>, PortError>>;
}

/// Who looks mail exchangers up.
pub trait MailExchangers: Send + Sync {
    /// Whether a domain can receive mail: it has an MX record that is not the null one, or none and an address
    /// (RFC 5321 section 5.1, RFC 7505). An error when the look-up failed.
    fn receives_mail<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, Result<bool, PortError>>;
    /// The names of a domain's mail exchangers, in any order.
    fn exchangers<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, Result<Vec<String>, PortError>>;
    /// For how many days a domain exists; `None` when nobody knows, which weighs nothing.
    fn age_days<'a>(&'a self, _domain: &'a DomainName) -> BoxFuture<'a, Option<u32>> {
        Box::pin(async { None })
    }
}

/// Who sends codes to telephones.
pub trait PhoneCodes: Send + Sync {
    /// Sends a code to a number, in the form `+12175550100`, as a message or a call.
    fn send_code<'a>(&'a self, number: &'a str, code: &'a str) -> BoxFuture<'a, Result<(), PortError>>;
}
