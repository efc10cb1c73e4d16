//! Cover for a misused card: what a bank leaves to the customer is credit on their account, up to a bound (BUSINESS-RULES 17).
//!
//! ```text
//! open ──findings recorded──▶ recorded ──another person──▶ granted
//!   └──────────────────── refused, with a reason ◀─────────┘
//! ```
//!
//! The customer tells what happened in fixed words, so that nothing personal is typed; one member of staff records what was found,
//! another one decides. Only a misuse without the customer's fault, on a payment that was made here, is covered.

pub mod claim;
pub mod decide;
pub mod list;
pub mod store;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_types::{CustomerId, Money, PaymentAttemptId, PersonId, StaffId, Timestamp};
use uuid::Uuid;

/// How a card was misused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    /// It was lost or stolen.
    Stolen,
    /// Somebody else used its number.
    Copied,
    /// The payment is not known to its owner.
    Unknown,
}

impl How {
    /// Every one, in the order of forms.
    pub const ALL: [How; 3] = [How::Copied, How::Stolen, How::Unknown];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            How::Stolen => "stolen",
            How::Copied => "copied",
            How::Unknown => "unknown",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        How::ALL.into_iter().find(|how| how.word() == word)
    }
}

/// How far a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClaimStatus {
    /// Nobody has looked at it.
    Open,
    /// Findings are recorded; a second person decides.
    Recorded,
    /// The amount is credit on the account.
    Granted,
    /// It is not covered.
    Refused,
}

impl ClaimStatus {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            ClaimStatus::Open => "open",
            ClaimStatus::Recorded => "recorded",
            ClaimStatus::Granted => "granted",
            ClaimStatus::Refused => "refused",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        use ClaimStatus::{Granted, Open, Recorded, Refused};
        [Open, Recorded, Granted, Refused].into_iter().find(|status| status.word() == word)
    }
}

/// Why a claim is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusedBecause {
    /// The customer had a part in the misuse.
    AtFault,
    /// The bank bears the loss.
    BankPays,
    /// What the customer tells does not fit the payment.
    NotShown,
}

impl RefusedBecause {
    /// Every one, in the order of forms.
    pub const ALL: [RefusedBecause; 3] =
        [RefusedBecause::BankPays, RefusedBecause::NotShown, RefusedBecause::AtFault];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            RefusedBecause::AtFault => "at_fault",
            RefusedBecause::BankPays => "bank_pays",
            RefusedBecause::NotShown => "not_shown",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        RefusedBecause::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// What a customer tells of a misused card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its identifier.
    pub id: Uuid,
    /// Whose card it was.
    pub customer: CustomerId,
    /// Who tells it.
    pub person: PersonId,
    /// The payment.
    pub payment: PaymentAttemptId,
    /// What the bank leaves to the customer.
    pub amount: Money,
    /// How it happened.
    pub how: How,
    /// On which day the bank heard of it.
    pub reported_on: Date,
    /// When it was told.
    pub claimed_at: Timestamp,
    /// How far it is.
    pub status: ClaimStatus,
    /// Why it is refused.
    pub refused_because: Option<RefusedBecause>,
    /// Who recorded the findings.
    pub recorded_by: Option<StaffId>,
    /// When.
    pub recorded_at: Option<Timestamp>,
    /// Who decided.
    pub decided_by: Option<StaffId>,
    /// When.
    pub decided_at: Option<Timestamp>,
}
