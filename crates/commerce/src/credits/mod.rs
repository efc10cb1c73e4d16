//! Credit on a customer's account: what we owe them. It pays for the next invoice by itself, or goes back to the card it
//! came from.
//!
//! A balance is never stored: it is the sum of movements, each with its cause, and the journal says the same.

pub mod apply;
pub mod cover;
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
}

impl CreditKind {
    const ALL: [CreditKind; 6] = [
        CreditKind::Overpaid,
        CreditKind::Credited,
        CreditKind::Cover,
        CreditKind::Applied,
        CreditKind::Refund,
        CreditKind::RefundFailed,
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
}
