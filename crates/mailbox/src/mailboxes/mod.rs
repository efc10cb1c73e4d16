//! Mailboxes: their states, limits, passwords and sessions.

mod app_passwords;
mod authenticate;
mod change;
mod class;
mod create;
mod facts;
mod list;
mod password;
mod room;
mod session;
pub(crate) mod store;

#[cfg(test)]
mod tests;

use std::fmt;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, MailboxId};

pub use app_passwords::{AppPassword, NewAppPassword};
pub use authenticate::{Protocol, SignIn, SignInRefusal};
pub use change::MailboxChange;
pub use class::{ClassLimits, Protocols};
pub use create::NewMailbox;
pub use facts::MailboxFacts;
pub use list::{MailboxSummary, OpenedMailbox};
pub use password::Secret;
pub use room::Room;
pub use session::{MailboxSession, Usage};

/// The customer whose mailbox it is.
///
/// # Errors
/// When the store fails.
pub fn customer_of(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Option<CustomerId>, SqlError> {
    let Some(row) = store::row(tx, mailbox)? else { return Ok(None) };
    Ok(crate::domains::store::get(tx, row.domain)?.map(|domain| domain.customer))
}

/// What a mailbox may do (BUSINESS-RULES, the trade).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailboxState {
    /// Everything.
    Active,
    /// No login; mail waits at the sender.
    Maintenance,
    /// No login; mail is bounced.
    Pending,
    /// No login; mail is delivered: a break-in is suspected.
    Locked,
    /// No login; mail is bounced.
    Closed,
}

impl MailboxState {
    /// All states.
    pub const ALL: [MailboxState; 5] = [
        MailboxState::Active,
        MailboxState::Maintenance,
        MailboxState::Pending,
        MailboxState::Locked,
        MailboxState::Closed,
    ];

    /// The name, in the database and on pages.
    pub const fn id(self) -> &'static str {
        match self {
            MailboxState::Active => "active",
            MailboxState::Maintenance => "maintenance",
            MailboxState::Pending => "pending",
            MailboxState::Locked => "locked",
            MailboxState::Closed => "closed",
        }
    }

    /// Reads the name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.id() == id)
    }

    /// True when its owner may sign in.
    pub const fn may_sign_in(self) -> bool {
        matches!(self, MailboxState::Active)
    }

    /// True when mail is delivered.
    pub const fn takes_mail(self) -> bool {
        matches!(self, MailboxState::Active | MailboxState::Locked)
    }

    /// True when the sender shall keep the mail and try again.
    pub const fn defers_mail(self) -> bool {
        matches!(self, MailboxState::Maintenance)
    }
}

impl fmt::Display for MailboxState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// What stops a mailbox from sending; each is set and lifted by itself, so that paying lifts only its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendingBlock {
    /// An invoice is overdue.
    Overdue,
    /// Abuse was found.
    Abuse,
    /// A member of staff stopped it.
    Staff,
    /// A payment is disputed.
    Dispute,
    /// The order is being screened.
    Screening,
}

impl fmt::Display for SendingBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SendingBlock::Overdue => "an invoice is overdue",
            SendingBlock::Abuse => "abuse was found",
            SendingBlock::Staff => "our staff stopped it",
            SendingBlock::Dispute => "a payment is disputed",
            SendingBlock::Screening => "the order is being checked",
        })
    }
}
