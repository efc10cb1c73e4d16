//! The ladder: what is done, step by step, about a mailbox, a domain or a customer whose mail nobody wants. Throttle: the limits are those
//! of a new customer for some time. Lock: nothing goes out, and mail still arrives. Suspend: nothing goes out for a domain. Terminate: the
//! end of the relationship, by two of staff.
//!
//! Each step is written down with its reason, who decided and how it ended, the customer is told of both, and a person can take it
//! back. The guard itself throttles and locks, and goes no further ([`climb`]).

mod act;
pub(crate) mod climb;
mod look;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use mailkeep_types::{CustomerId, DomainName, MailboxId, StaffId, Timestamp};

pub use act::{LadderError, NewStep};
pub use look::Sender;
pub(crate) use look::{Throttled, is_throttled, stopped, throttled};
pub use store::{mark_end_told, mark_told};

use crate::holds::words;

/// So long a step lasts that is not taken until a person ends it: what staff choose from.
pub const DAYS: [u16; 4] = [1, 3, 7, 30];

const DAY: Duration = Duration::from_secs(24 * 3600);

words! {
    /// How far it has come.
    Rung {
        /// Mail was held for what recipients said: written down by the guard, and told of where it began.
        Hold = "hold",
        /// The limits are those of a new customer.
        Throttle = "throttle",
        /// Nothing goes out; mail still arrives.
        Lock = "lock",
        /// Nothing goes out for a domain; mail still arrives.
        Suspend = "suspend",
        /// The relationship ends.
        Terminate = "terminate",
    }
}

impl Rung {
    /// What staff choose from.
    pub const OF_STAFF: [Rung; 4] = [Rung::Throttle, Rung::Lock, Rung::Suspend, Rung::Terminate];
}

words! {
    /// Why a step is taken; from a list, so that nothing personal is written.
    StepCause {
        /// It is unwanted advertising.
        Spam = "spam",
        /// Somebody else sends from there.
        Stolen = "stolen",
        /// Recipients complain.
        Complaints = "complaints",
        /// Many of the addresses that were written to do not exist.
        Returns = "returns",
        /// The mail pretends to come from somebody else, to get at money or passwords.
        Fraud = "fraud",
        /// The mail brings harmful programs.
        Malware = "malware",
        /// The customer asked for it.
        Asked = "asked",
        /// Something else, known to whoever decided.
        Other = "other",
    }
}

words! {
    /// Why a step ended.
    EndCause {
        /// What led to it was mended.
        Mended = "mended",
        /// It was a mistake.
        Mistaken = "mistaken",
        /// The customer showed who they are and has it in their hands again.
        Owner = "owner",
        /// Its time is over.
        Time = "time",
        /// Another reason, known to whoever decided.
        Other = "other",
    }
}

impl EndCause {
    /// What staff choose from.
    pub const OF_STAFF: [EndCause; 4] =
        [EndCause::Mended, EndCause::Mistaken, EndCause::Owner, EndCause::Other];
}

/// Whom a step is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// All of the customer.
    Customer,
    /// One mailbox.
    Mailbox(MailboxId),
    /// One domain.
    Domain(DomainName),
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// Who of staff ended it; nobody where the time did.
    pub by: Option<StaffId>,
    /// Why.
    pub why: EndCause,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Whose.
    pub customer: CustomerId,
    /// Its number among those of the customer.
    pub number: i64,
    /// How far it goes.
    pub rung: Rung,
    /// Whom it is about.
    pub about: About,
    /// Why.
    pub why: StepCause,
    /// Who of staff decided; nobody where the guard did.
    pub staff: Option<StaffId>,
    /// When it began.
    pub at: Timestamp,
    /// Until when; nothing where only a person ends it.
    pub until: Option<Timestamp>,
    /// Who of staff confirmed a termination.
    pub confirmed_by: Option<StaffId>,
    /// How it ended, if it did.
    pub ended: Option<Ended>,
}

impl Step {
    /// Whether it has not ended.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.ended.is_none() && self.until.is_none_or(|until| until > now)
    }

    /// Whether another member of staff has to confirm it first.
    pub const fn waits_for_second(&self) -> bool {
        matches!(self.rung, Rung::Terminate) && self.confirmed_by.is_none()
    }

    /// Whether nothing goes out from where it is about.
    pub const fn stops(&self) -> bool {
        match self.rung {
            Rung::Lock | Rung::Suspend => true,
            Rung::Terminate => self.confirmed_by.is_some(),
            Rung::Hold | Rung::Throttle => false,
        }
    }

    /// Whether it is about this mailbox, which sends for these domains.
    pub fn concerns(&self, sender: &Sender) -> bool {
        match &self.about {
            About::Customer => true,
            About::Mailbox(mailbox) => Some(*mailbox) == sender.mailbox,
            About::Domain(domain) => sender.domains.contains(domain),
        }
    }
}
