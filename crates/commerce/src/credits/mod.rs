//! Credit on a customer's account: what we owe them. It pays for the next invoice by itself, or goes back to the card it
//! came from.
//!
//! A balance is never stored: it is the sum of movements, each with its cause, and the journal says the same.

pub mod apply;
pub mod grant;
pub mod list;
pub mod store;
#[cfg(test)]
mod tests;

use mailkeep_types::{Money, Timestamp};
use uuid::Uuid;

/// Why credit came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CreditKind {
    /// More was paid than was owed. Its cause is the payment or transfer.
    Overpaid,
    /// A credit note took off what was paid. Its cause is the note.
    Credited,
    /// We cover the misuse of a card. Its cause is the case.
    Cover,
    /// It paid for an invoice, its cause.
    Applied,
    /// It goes back to a card. Its cause is the refund.
    Refund,
    /// It could not go back to the card. Its cause is the refund.
    RefundFailed,
    /// Staff gave it. Its cause is the act.
    Granted,
    /// Staff took it back. Its cause is the act.
    TakenBack,
}

impl CreditKind {
    const ALL: [CreditKind; 8] = [
        CreditKind::Overpaid,
        CreditKind::Credited,
        CreditKind::Cover,
        CreditKind::Applied,
        CreditKind::Refund,
        CreditKind::RefundFailed,
        CreditKind::Granted,
        CreditKind::TakenBack,
    ];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            CreditKind::Overpaid => "overpaid",
            CreditKind::Credited => "credited",
            CreditKind::Cover => "cover",
            CreditKind::Applied => "applied",
            CreditKind::Refund => "refund",
            CreditKind::RefundFailed => "refund_failed",
            CreditKind::Granted => "granted",
            CreditKind::TakenBack => "taken_back",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        CreditKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditMovement {
    /// Its identifier.
    pub id: Uuid,
    /// Why.
    pub kind: CreditKind,
    /// What it came from or went to.
    pub cause: Uuid,
    /// Positive when it came, negative when it went.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
    /// Why staff gave it or took it back.
    pub reason: Option<GrantReason>,
}

/// Why staff give credit, or take it back. Fixed words: the customer reads them, and nothing personal can be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GrantReason {
    /// A service was not what was promised.
    Outage,
    /// We made a mistake.
    Mistake,
    /// Out of good will.
    GoodWill,
    /// It was given in error: for taking back.
    GivenInError,
}

impl GrantReason {
    /// Every reason.
    pub const ALL: [GrantReason; 4] =
        [GrantReason::Outage, GrantReason::Mistake, GrantReason::GoodWill, GrantReason::GivenInError];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            GrantReason::Outage => "outage",
            GrantReason::Mistake => "mistake",
            GrantReason::GoodWill => "good_will",
            GrantReason::GivenInError => "given_in_error",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        GrantReason::ALL.into_iter().find(|reason| reason.word() == word)
    }
}
