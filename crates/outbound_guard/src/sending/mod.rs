//! The verdict on each message that a mailbox hands in, by SMTP, by the webmail or by a program.
//!
//! What was sent is counted in the database in the transaction that accepts, so limits are the same on every node and
//! after every crash. Whom texts reached is read from there into memory before each verdict ([`follow`]). Messages of one customer are
//! judged one after the other on a node; nodes that judge at the very same moment know of each other's next.

pub(crate) mod follow;
mod guard;
#[cfg(test)]
pub(crate) mod honest_tests;
mod judge;
mod probe;
mod records;
pub(crate) mod store;
mod strangers;
mod sweep;
#[cfg(test)]
pub(crate) mod tests;

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::sending::SendingRules;
use mailkeep_types::{CustomerId, DomainId, DomainName, EmailAddress, MailboxId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use guard::Guard;
pub use sweep::register;

use crate::campaign::CampaignLimits;
use crate::departures::PauseLimits;
use crate::suspicions::Surroundings;
use crate::tiers::Tiers;

/// What the operator sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct GuardConfig {
    /// How much customers may send outside, by how long they have paid.
    pub tiers: Tiers,
    /// When much the same text to many strangers is held.
    pub campaigns: CampaignLimits,
    /// Domains from which reports of complaints (ARF) come for readers of other domains: the feedback loops at which the provider is registered,
    /// e.g. `hotmail.com`. A reader's own domain is believed anyway. Have them sent to a department, such as abuse@.
    pub feedback_from: Vec<String>,
    /// Whether the words of messages to strangers have a vote, learnt from what became of mail here. It makes limits narrower and says where
    /// the desk should look first; it never holds or refuses a message alone.
    pub learns_from_content: bool,
    /// When a destination that refuses a customer's mail is left alone.
    pub pauses: PauseLimits,
}

impl Default for GuardConfig {
    fn default() -> Self {
        GuardConfig {
            tiers: Tiers::default(),
            campaigns: CampaignLimits::default(),
            feedback_from: Vec::new(),
            pauses: PauseLimits::default(),
            learns_from_content: true,
        }
    }
}

/// What is known of a mailbox that sends.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Whose it is.
    pub customer: CustomerId,
    /// Most recipients of one message.
    pub per_message: u64,
    /// Most recipients in the window of `rules`.
    pub per_window: u64,
    /// How its class of service counts.
    pub rules: SendingRules,
    /// Since when the customer has paid; `None` before the first paid day.
    pub paid_since: Option<Timestamp>,
    /// The service is being tried.
    pub tried: bool,
    /// The customer's own domains.
    pub inside: Vec<DomainName>,
}

/// What is known of a domain for which the house writes.
#[derive(Debug, Clone)]
pub struct DomainStanding {
    /// Whose it is.
    pub customer: CustomerId,
    /// Its name.
    pub name: DomainName,
    /// Since when the customer has paid for it; `None` before the first paid day.
    pub paid_since: Option<Timestamp>,
    /// Its service is being tried.
    pub tried: bool,
}

/// What answers later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Knows mailboxes, their customers and classes: the mail store and commerce answer together, which know each other as
/// little as the guard knows them.
pub trait Standings: Send + Sync {
    /// The standing of a mailbox; the error is for the operator's log.
    fn standing(&self, mailbox: MailboxId) -> Later<'_, Result<Standing, String>>;

    /// The standing of a domain; the error is for the operator's log.
    fn domain(&self, domain: DomainId) -> Later<'_, Result<DomainStanding, String>>;

    /// What is strange about a mailbox being used from a network; the error is for the operator's log.
    fn surroundings(&self, mailbox: MailboxId, from: IpAddr) -> Later<'_, Result<Surroundings, String>>;
}

/// A recipient as the sender named them.
#[derive(Debug, Clone)]
pub struct Addressee {
    /// The address.
    pub address: EmailAddress,
    /// The members when it is a list of ours, else 1.
    pub members: u64,
    /// It is a department of the provider, whom everybody may write to.
    pub department: bool,
}

/// Why there is no verdict.
#[derive(Debug, thiserror::Error)]
pub enum GuardError {
    /// The database failed.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// It is not known whose mailbox it is.
    #[error("the standing of the mailbox could not be had: {0}")]
    Standing(String),
    /// A task ended early.
    #[error("a message could not be read: {0}")]
    Unread(String),
}
