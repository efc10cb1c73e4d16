//! What commerce needs from others, given in by the server: it imports no sibling.

use std::future::Future;
use std::pin::Pin;

use mailkeep_types::{DomainName, ServiceId};

/// A future in a box, as object-safe traits return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Why a port did not answer; a sentence without personal data.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct PortError(pub String);

/// Who counts mailboxes.
pub trait UsageSource: Send + Sync {
    /// How many mailboxes of a service are to be billed now.
    fn mailboxes(&self, service: ServiceId) -> BoxFuture<'_, Result<u32, PortError>>;
}

/// Who looks mail exchangers up.
pub trait MailExchangers: Send + Sync {
    /// Whether a domain can receive mail: it has an MX record that is not the null one, or none and an address
    /// (RFC 5321 section 5.1, RFC 7505). An error when the look-up failed.
    fn receives_mail<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, Result<bool, PortError>>;
}
