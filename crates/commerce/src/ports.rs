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
}
