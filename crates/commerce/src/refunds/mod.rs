//! Refunds: credit on the account goes back to the card that paid.
//!
//! A refund is a payment attempt of its own, so the same rules hold: its row comes before the call, its identifier is the
//! idempotency key, an unknown outcome is asked for. What goes back never exceeds what was collected.

pub mod begin;
pub mod carry_out;
pub mod list;
pub mod store;
#[cfg(test)]
mod tests;

use mailkeep_types::{CustomerId, InvoiceId, Money, PaymentAttemptId, StaffId, Timestamp};

/// How far a refund is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundStatus {
    /// On its way.
    Begun,
    /// The processor gave the money back.
    Paid,
    /// The processor could not; it is credit on the account again.
    Failed,
}

impl RefundStatus {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            RefundStatus::Begun => "begun",
            RefundStatus::Paid => "paid",
            RefundStatus::Failed => "failed",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [RefundStatus::Begun, RefundStatus::Paid, RefundStatus::Failed];
        all.into_iter().find(|status| status.word() == word)
    }
}

/// One refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Its identifier: that of the attempt that carries it out.
    pub id: PaymentAttemptId,
    /// The payment of which a part goes back.
    pub payment: PaymentAttemptId,
    /// The invoice that was paid.
    pub invoice: InvoiceId,
    /// Whose money it is.
    pub customer: CustomerId,
    /// How much.
    pub amount: Money,
    /// How far it is.
    pub status: RefundStatus,
    /// Who asked for it.
    pub requested_by: StaffId,
    /// When.
    pub created_at: Timestamp,
}
