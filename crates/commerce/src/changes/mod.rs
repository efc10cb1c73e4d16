//! Changes of plan, term and number of mailboxes: what they come to, said before by the function that does them.
//!
//! A change takes effect at once, within the term that runs: what is unused of it is credited line by line and the rest of
//! the term is charged at the new price, on one invoice. Or it waits for the next billing and costs nothing until then. From a
//! shorter term to a longer one it always waits; from a longer one to a shorter one it waits for the renewal and goes through
//! a person.

pub mod apply;
pub mod compute;
pub mod preview;
pub mod store;
#[cfg(test)]
mod tests;
pub mod unused;

use jiff::civil::Date;
use uuid::Uuid;

use crate::catalogue::PlanVersion;
use crate::catalogue::pricing::Priced;
use crate::periods::Interval;

/// When a change takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Today.
    Now,
    /// On the day of the next billing.
    NextBilling,
}

/// Who asks for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    /// A contact of the customer.
    Customer,
    /// A member of staff, on a ticket.
    Staff(mailkeep_types::StaffId),
}

impl AskedBy {
    /// As it is stored.
    pub(crate) fn word(self) -> String {
        match self {
            AskedBy::Customer => "customer".to_owned(),
            AskedBy::Staff(id) => format!("staff:{id}"),
        }
    }

    /// Whether a stored word is that of somebody of staff.
    pub(crate) fn is_staff(word: &str) -> bool {
        word.starts_with("staff:")
    }
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The plan's key.
    pub plan_key: String,
    /// For how long it is paid in advance.
    pub interval: Interval,
    /// At least so many mailboxes are paid for.
    pub mailboxes: u32,
    /// When.
    pub when: When,
}

/// What a change comes to.
#[derive(Debug, Clone)]
pub struct ChangePreview {
    /// The plan that is left.
    pub from: PlanVersion,
    /// The plan that is wanted.
    pub to: PlanVersion,
    /// For how long it is paid in advance.
    pub interval: Interval,
    /// The mailboxes that are paid for.
    pub mailboxes: u32,
    /// The day on which it takes effect.
    pub effective_on: Date,
    /// What is billed at once: credits with a minus, charges, tax and sums. `None` when it waits.
    pub now: Option<Priced>,
    /// What a whole term comes to from then on.
    pub later: Priced,
    /// When that is billed first.
    pub next_billing: Date,
    /// The names of what ends with it, because the plan does not sell it for the term.
    pub ends: Vec<String>,
}

/// A change that was done or is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The day on which it takes effect.
    pub effective_on: Date,
    /// The invoice, if there was something to bill.
    pub invoice: Option<mailkeep_types::InvoiceId>,
    /// The plan version from then on.
    pub plan_version: Uuid,
}
