//! Payment attempts: every call to the processor has a row that was written before it, and the row's identifier is the
//! idempotency key.
//!
//! An attempt ends once: [`AttemptStatus::is_final`]. Until then its outcome is asked for with
//! [`crate::processor::Processor::find`]; only when the processor never heard of the key is the call made again, with
//! the same key. So a payment whose answer was lost is found and never charged again.

pub mod check_card;
pub mod config;
pub mod list;
pub mod pay_invoice;
pub mod reconcile;
pub mod store;
pub mod webhook;

use jiff::civil::Date;
use mailkeep_types::{CustomerId, InvoiceId, Money, OrderId, PaymentAttemptId, PaymentMethodId};

use crate::processor::Outcome;

/// What is asked of the processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttemptKind {
    /// The payer authorises an order's amount on the processor's page.
    Authorise,
    /// An authorised amount is taken.
    Capture,
    /// An authorisation is given up.
    Release,
    /// A kept card is charged for an invoice.
    Charge,
    /// A new card is charged a little, to see that it works.
    Check,
    /// What a check charged is given back.
    CheckReturn,
    /// A part of a payment goes back to its card.
    Refund,
    /// A card is given on the processor's page, and nothing is paid.
    SetUp,
}

impl AttemptKind {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            AttemptKind::Authorise => "authorise",
            AttemptKind::Capture => "capture",
            AttemptKind::Release => "release",
            AttemptKind::Charge => "charge",
            AttemptKind::Check => "check",
            AttemptKind::CheckReturn => "check_return",
            AttemptKind::Refund => "refund",
            AttemptKind::SetUp => "set_up",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        use AttemptKind::{Authorise, Capture, Charge, Check, CheckReturn, Refund, Release, SetUp};
        let all = [Authorise, Capture, Release, Charge, Check, CheckReturn, Refund, SetUp];
        all.into_iter().find(|kind| kind.word() == word)
    }
}

/// How far an attempt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttemptStatus {
    /// Written; the processor may or may not have been called.
    Created,
    /// The payer has to act on the processor's page.
    ActionRequired,
    /// The processor will tell later.
    Pending,
    /// The call brought no answer; it is asked for.
    Unknown,
    /// Done.
    Succeeded,
    /// Not done; another day may be better.
    DeclinedSoft,
    /// Not done, and never will be with this card.
    DeclinedHard,
}

impl AttemptStatus {
    const ALL: [AttemptStatus; 7] = [
        AttemptStatus::Created,
        AttemptStatus::ActionRequired,
        AttemptStatus::Pending,
        AttemptStatus::Unknown,
        AttemptStatus::Succeeded,
        AttemptStatus::DeclinedSoft,
        AttemptStatus::DeclinedHard,
    ];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            AttemptStatus::Created => "created",
            AttemptStatus::ActionRequired => "action_required",
            AttemptStatus::Pending => "pending",
            AttemptStatus::Unknown => "unknown",
            AttemptStatus::Succeeded => "succeeded",
            AttemptStatus::DeclinedSoft => "declined_soft",
            AttemptStatus::DeclinedHard => "declined_hard",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        AttemptStatus::ALL.into_iter().find(|status| status.word() == word)
    }

    /// True when nothing will change it any more.
    pub const fn is_final(self) -> bool {
        matches!(self, AttemptStatus::Succeeded | AttemptStatus::DeclinedSoft | AttemptStatus::DeclinedHard)
    }
}

impl From<&Outcome> for AttemptStatus {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Succeeded => AttemptStatus::Succeeded,
            Outcome::Declined { hard: true, .. } => AttemptStatus::DeclinedHard,
            Outcome::Declined { hard: false, .. } => AttemptStatus::DeclinedSoft,
            Outcome::ActionRequired => AttemptStatus::ActionRequired,
            Outcome::Pending => AttemptStatus::Pending,
        }
    }
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its identifier and idempotency key.
    pub id: PaymentAttemptId,
    /// What is asked.
    pub kind: AttemptKind,
    /// The order it is for.
    pub order: Option<OrderId>,
    /// The invoice it is for.
    pub invoice: Option<InvoiceId>,
    /// 1 for the first of its kind for the order or invoice.
    pub ordinal: i64,
    /// Who pays.
    pub customer: CustomerId,
    /// The kept card that is charged, or that an authorisation left.
    pub method: Option<PaymentMethodId>,
    /// The amount.
    pub amount: Money,
    /// The processor's own name for it.
    pub reference: Option<String>,
    /// Where the payer has to go.
    pub page_url: Option<String>,
    /// How far it is.
    pub status: AttemptStatus,
    /// The bank's reason.
    pub decline_code: Option<String>,
    /// The customer's local date on which it was made.
    pub local_day: Date,
}
