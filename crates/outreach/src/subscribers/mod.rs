//! Visitors who asked for topics without an account. Each is a subject of its own, whose key ends with the last topic.

mod ask;
mod confirm;
mod import;
pub(crate) mod store;
mod sweep;
#[cfg(test)]
mod tests;

use mailkeep_policy::outbound::{Channel, MessageClass};
use mailkeep_policy::{LookupKind, Place, Policy};
use mailkeep_types::{EmailAddress, SubscriberId};
use sha2::{Digest, Sha256};

use crate::OutreachError;

pub use ask::Asked;
pub use confirm::DOUBLE_OPT_IN;
pub use import::Imported;

/// The template of the message with the link that confirms.
pub const CONFIRM: &str = "outreach/confirm_subscription";

pub(crate) const fn email_place(id: SubscriberId) -> Place {
    Place { table: "subscribers", column: "email", row: id.uuid() }
}

pub(crate) fn email_hash(policy: &Policy, email: &EmailAddress) -> [u8; 32] {
    policy.lookup_hash(LookupKind::Email, &email.canonical())
}

pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The topics that a visitor can ask for: those by e-mail that come only when asked for.
pub fn offered(policy: &Policy) -> impl Iterator<Item = &mailkeep_policy::file::TopicTerms> {
    policy
        .compiled()
        .topics()
        .iter()
        .filter(|topic| topic.channels.contains(&Channel::Email) && topic.class != MessageClass::Feedback)
}

/// Takes topics as a form brings them.
pub(crate) fn check_topics(policy: &Policy, topics: &[String]) -> Result<String, OutreachError> {
    let mut known: Vec<&str> = offered(policy).map(|topic| topic.id.as_str()).collect();
    known.retain(|id| topics.iter().any(|asked| asked == id));
    if known.is_empty() {
        return Err(OutreachError::field("topics", "Choose what you want to hear of."));
    }
    Ok(known.join(" "))
}
