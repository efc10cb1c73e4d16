//! Domains of customers: proof by DNS before any mail is routed to them, alias domains, catch-all.

mod add;
mod alias;
mod change;
mod end;
mod list;
mod prove;
pub(crate) mod store;

use mailkeep_types::{CustomerId, DomainId, DomainName, MailboxId, ServiceId, Timestamp};

pub use add::NewDomain;
pub use change::DomainChange;
pub use list::DomainUsage;
pub use prove::{DOMAIN_CHECK_JOB, DomainCheck, ProofOutcome};
pub use store::holds_proven;

use crate::mailboxes::ClassLimits;

/// The label under which the proof is published.
pub const CHALLENGE_LABEL: &str = "_mailkeep-challenge";

/// How far a domain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DomainState {
    /// Its customer has not shown that it is theirs; nothing is routed.
    Unproven,
    /// In use.
    Proven,
    /// Stopped by staff; nothing is routed and nobody can send.
    Suspended,
}

impl DomainState {
    /// The name in the database and on pages.
    pub const fn id(self) -> &'static str {
        match self {
            DomainState::Unproven => "unproven",
            DomainState::Proven => "proven",
            DomainState::Suspended => "suspended",
        }
    }

    /// Reads the name.
    pub fn from_id(id: &str) -> Option<Self> {
        [DomainState::Unproven, DomainState::Proven, DomainState::Suspended]
            .into_iter()
            .find(|s| s.id() == id)
    }
}

/// A domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Its identifier.
    pub id: DomainId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The service that pays for its mailboxes.
    pub service: Option<ServiceId>,
    /// Its name.
    pub name: DomainName,
    /// How far it is.
    pub state: DomainState,
    /// For an alias domain: the domain whose addresses it repeats.
    pub alias_of: Option<DomainId>,
    /// What the TXT record at [`Domain::challenge_name`] must say.
    pub challenge: String,
    /// The mailbox that gets what no other address takes.
    pub catch_all: Option<MailboxId>,
    /// How many mailboxes the service allows.
    pub mailbox_limit: Option<i64>,
    /// Limits for its mailboxes.
    pub class: ClassLimits,
    /// What its administrators narrow of that for all its mailboxes.
    pub own_class: ClassLimits,
    /// When it was proven.
    pub proven_at: Option<Timestamp>,
    /// When the proof was last looked for.
    pub checked_at: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
}

impl Domain {
    /// Where the proof is published.
    pub fn challenge_name(&self) -> String {
        format!("{CHALLENGE_LABEL}.{}", self.name)
    }
}
