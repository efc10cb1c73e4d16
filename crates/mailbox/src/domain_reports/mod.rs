//! What other providers report about domains here: how mail under a domain fared (DMARC aggregate reports, RFC 7489, RFC 9990), and how
//! encrypted connections to it did (SMTP TLS reports, RFC 8460).
//!
//! * `unpack`: the file in the letter, out of its archive, within limits. `read`: what it says.
//! * `take`: who is believed, and about what; counting it, once. `list`: what was counted.
//!
//! Anybody can write a report about anything, so nothing follows from one by itself: it is shown, with who says so.

mod list;
mod read;
pub(crate) mod store;
mod take;
#[cfg(test)]
mod tests;
mod unpack;

use std::net::IpAddr;
use std::time::Duration;

use mailkeep_types::Timestamp;

pub use list::{DmarcOfDomain, Source, TlsOfDomain};
pub use read::{looks_like_report, read_report};
pub use take::Taken;

/// So long counts are kept.
pub const KEPT: Duration = Duration::from_secs(35 * 24 * 3600);
/// So many servers of a report are told apart; the others are together.
pub const MOST_SOURCES: usize = 100;

/// What a provider reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Their own number of it.
    pub number: String,
    /// When the time began that it is about.
    pub begins_at: Timestamp,
    /// What it says.
    pub about: About,
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Mail with a domain in From.
    Mail {
        /// The domain.
        domain: String,
        /// What was seen.
        rows: Vec<Seen>,
    },
    /// Encrypted connections to domains.
    Tls(Vec<Connections>),
}

/// Messages from one server that fared alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// The server; `None` for all that are not told apart.
    pub source: Option<IpAddr>,
    /// What the receiver did with them.
    pub disposition: Disposition,
    /// DKIM was right, for a domain aligned with that in From.
    pub dkim: bool,
    /// SPF was right, for a domain aligned with that in From.
    pub spf: bool,
    /// How many.
    pub messages: i64,
}

/// What a receiver did with messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disposition {
    /// Nothing: it took them.
    None,
    /// It put them aside.
    Quarantine,
    /// It refused them.
    Reject,
}

impl Disposition {
    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Disposition::None => "none",
            Disposition::Quarantine => "quarantine",
            Disposition::Reject => "reject",
        }
    }
}

/// Connections to a domain that went alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connections {
    /// The domain.
    pub domain: String,
    /// What the domain had published: `sts`, `tlsa` or `none`.
    pub policy: &'static str,
    /// [`SUCCESS`], or how they failed, by a word of RFC 8460.
    pub result: &'static str,
    /// How many.
    pub sessions: i64,
}

/// The result of connections that went well.
pub const SUCCESS: &str = "success";

/// Every result of connections that failed.
pub const TLS_FAILURES: [&str; 12] = [
    "starttls-not-supported",
    "certificate-host-mismatch",
    "certificate-expired",
    "certificate-not-trusted",
    "validation-failure",
    "tlsa-invalid",
    "dnssec-invalid",
    "dane-required",
    "sts-policy-fetch-error",
    "sts-policy-invalid",
    "sts-webpki-invalid",
    "other",
];
