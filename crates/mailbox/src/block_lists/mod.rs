//! DNS block lists (RFC 5782): whether our addresses stand on those that the operator names. None is asked unless it is named, and only for
//! addresses of our own: which domains are customers here is nobody's business.

mod ask;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_types::Timestamp;

/// What a list says of an address of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The list, by its name in the DNS.
    pub list: String,
    /// The address.
    pub address: String,
    /// Whether it stands there.
    pub listed: bool,
    /// What the list answered, such as `127.0.0.2`; empty when it does not list the address.
    pub answer: String,
    /// Since when the answer is the same.
    pub since: Timestamp,
    /// When it was asked last and answered.
    pub asked_at: Timestamp,
    /// When it gave no answer, if that was later.
    pub failed_at: Option<Timestamp>,
}
