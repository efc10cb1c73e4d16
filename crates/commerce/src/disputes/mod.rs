//! Disputes: a cardholder told their bank that a payment is not right, and the bank took the money back.
//!
//! ```text
//! needs_response ──answered──▶ under_review ──▶ won | lost
//!        └──────── accepted, or not answered in time ──▶ lost
//! ```
//!
//! While it is open the amount lies apart and the invoice is not pursued. The processor's answers move it, never its
//! messages, so messages may come thrice and in any order.

pub mod answer;
pub mod evidence;
pub mod list;
pub mod store;
pub mod take;
#[cfg(test)]
mod tests;

use mailkeep_types::{CustomerId, DisputeId, InvoiceId, Money, PaymentAttemptId, StaffId, Timestamp};

pub use crate::processor::DisputeState;

impl DisputeState {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            DisputeState::NeedsResponse => "needs_response",
            DisputeState::UnderReview => "under_review",
            DisputeState::Won => "won",
            DisputeState::Lost => "lost",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        use DisputeState::{Lost, NeedsResponse, UnderReview, Won};
        [NeedsResponse, UnderReview, Won, Lost].into_iter().find(|state| state.word() == word)
    }

    /// True while the bank has not decided.
    pub const fn is_open(self) -> bool {
        matches!(self, DisputeState::NeedsResponse | DisputeState::UnderReview)
    }

    /// Whether a dispute may go from here to there. What is decided stays decided, and an answer is not taken back: an
    /// older answer of the processor that comes late changes nothing.
    pub const fn may_become(self, next: DisputeState) -> bool {
        matches!(
            (self, next),
            (DisputeState::NeedsResponse, DisputeState::UnderReview | DisputeState::Won | DisputeState::Lost)
                | (DisputeState::UnderReview, DisputeState::Won | DisputeState::Lost)
        )
    }
}

/// One dispute, without anything personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Its identifier.
    pub id: DisputeId,
    /// The processor's own name for it.
    pub reference: String,
    /// The payment.
    pub payment: PaymentAttemptId,
    /// The invoice that it paid.
    pub invoice: InvoiceId,
    /// Whose it is.
    pub customer: CustomerId,
    /// What the bank took back.
    pub amount: Money,
    /// How much of that had paid for the invoice; the rest was given back before.
    pub invoice_minor: i64,
    /// The cardholder's reason as a word.
    pub reason: String,
    /// How far it is.
    pub state: DisputeState,
    /// Until when it must be answered.
    pub due_at: Option<Timestamp>,
    /// Who answered it.
    pub answered_by: Option<StaffId>,
    /// When.
    pub answered_at: Option<Timestamp>,
    /// When we learned of it.
    pub opened_at: Timestamp,
    /// When the bank decided.
    pub closed_at: Option<Timestamp>,
    /// When our answer was kept, before the processor got it.
    pub prepared_at: Option<Timestamp>,
}

impl Dispute {
    /// Whether it must be answered within three days, or is late.
    pub fn is_urgent(&self, now: Timestamp) -> bool {
        const WARN: std::time::Duration = std::time::Duration::from_secs(3 * 86_400);
        self.state == DisputeState::NeedsResponse && self.due_at.is_some_and(|due| due <= now.plus(WARN))
    }
}
