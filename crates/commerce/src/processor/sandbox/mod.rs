//! The sandbox processor: a card processor without cards.
//!
//! It behaves as a separate company would: it has a page of its own, tables of its own (`sandbox_*`), answers that
//! replay by idempotency key, and signed webhooks that may come late, more than once and out of order. Instead of a
//! card the payer chooses a [`Scenario`] on its page; there is no field for a card number and no type to hold one.

mod answer;
mod dispute;
pub mod page;
mod store;
#[cfg(test)]
mod tests;
pub mod webhook;

use std::time::Duration;

use mailkeep_storage::sql::{Database, SqlError};
use mailkeep_types::{Money, PaymentAttemptId, SharedClock, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    Answer, CallError, CardRequest, DisputeAnswer, DisputeReply, PageRequest, Processor, StoredCard,
    WebhookEvent,
};
use crate::error::CommerceError;
use crate::ports::BoxFuture;

/// How long a delayed answer takes.
pub const DELAY: Duration = Duration::from_secs(60);

/// What the payer's bank will do. Chosen on the sandbox's page; a kept card remembers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scenario {
    /// Everything works.
    Approve,
    /// Works; the security code is wrong.
    WrongCode,
    /// Works; the bank knows another postal code.
    WrongPostalCode,
    /// Works; security code and postal code are both wrong.
    WrongCodeAndPostalCode,
    /// Works; the bank is in another country.
    ForeignCard,
    /// Declined; another day may be better.
    DeclineSoft,
    /// Declined for good.
    DeclineHard,
    /// The bank asks the payer to confirm (3-D Secure).
    Challenge,
    /// The authorisation works; the capture is carried out, but its answer is lost.
    TimeoutAfterCharging,
    /// The bank answers a minute later, by webhook.
    DelayedAnswer,
    /// The first payment works; renewals are declined twice, then work.
    RenewalDeclinedSoft,
    /// The first payment works; renewals are declined for good.
    RenewalDeclinedHard,
    /// The payment works; seconds later the cardholder disputes it.
    Disputed,
    /// Works, with a card that can be charged until the end of the month.
    Expiring,
}

impl Scenario {
    /// Every scenario in the order of the page.
    pub const ALL: [Scenario; 14] = [
        Scenario::Approve,
        Scenario::Challenge,
        Scenario::DelayedAnswer,
        Scenario::TimeoutAfterCharging,
        Scenario::DeclineSoft,
        Scenario::DeclineHard,
        Scenario::WrongCode,
        Scenario::WrongPostalCode,
        Scenario::WrongCodeAndPostalCode,
        Scenario::ForeignCard,
        Scenario::RenewalDeclinedSoft,
        Scenario::RenewalDeclinedHard,
        Scenario::Disputed,
        Scenario::Expiring,
    ];

    /// The word in forms and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Scenario::Approve => "approve",
            Scenario::WrongCode => "wrong_code",
            Scenario::WrongPostalCode => "wrong_postal_code",
            Scenario::WrongCodeAndPostalCode => "wrong_code_and_postal_code",
            Scenario::ForeignCard => "foreign_card",
            Scenario::DeclineSoft => "decline_soft",
            Scenario::DeclineHard => "decline_hard",
            Scenario::Challenge => "challenge",
            Scenario::TimeoutAfterCharging => "timeout_after_charging",
            Scenario::DelayedAnswer => "delayed_answer",
            Scenario::RenewalDeclinedSoft => "renewal_declined_soft",
            Scenario::RenewalDeclinedHard => "renewal_declined_hard",
            Scenario::Disputed => "disputed",
            Scenario::Expiring => "expiring",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Scenario::ALL.into_iter().find(|scenario| scenario.word() == word)
    }

    /// What the page says about it.
    pub const fn sentence(self) -> &'static str {
        match self {
            Scenario::Approve => "The payment works.",
            Scenario::WrongCode => "The payment works, but the security code is wrong.",
            Scenario::WrongPostalCode => "The payment works, but the bank knows another postal code.",
            Scenario::WrongCodeAndPostalCode => {
                "The payment works, but neither the security code nor the postal code is right."
            }
            Scenario::ForeignCard => "The payment works with a card from another country.",
            Scenario::DeclineSoft => "The bank declines: not enough money today.",
            Scenario::DeclineHard => "The bank declines: the card is reported lost.",
            Scenario::Challenge => "The bank asks you to confirm first (3-D Secure).",
            Scenario::TimeoutAfterCharging => "The payment works, but the answer to the capture is lost.",
            Scenario::DelayedAnswer => "The bank takes a minute to answer.",
            Scenario::RenewalDeclinedSoft => {
                "This payment works; renewals are declined twice before they work."
            }
            Scenario::RenewalDeclinedHard => "This payment works; renewals are declined for good.",
            Scenario::Disputed => "The payment works; seconds later the cardholder disputes it.",
            Scenario::Expiring => "The payment works; the card expires at the end of this month.",
        }
    }
}

/// The sandbox processor; a cheap clone.
#[derive(Clone)]
pub struct Sandbox {
    db: Database,
    page_base: String,
    secret: [u8; 32],
}

impl Sandbox {
    /// A sandbox whose pages lie under `page_base` (e.g. `https://pay.example.com/sandbox`) and whose webhooks are
    /// signed with `secret`.
    pub fn new(db: Database, page_base: impl Into<String>, secret: [u8; 32]) -> Self {
        Sandbox { db, page_base: page_base.into().trim_end_matches('/').to_owned(), secret }
    }

    fn clock(&self) -> &SharedClock {
        self.db.clock()
    }
}

/// A failure of the sandbox's own database looks to its callers as a real processor's outage would.
fn outage(error: SqlError) -> CallError {
    CallError::Unknown(format!("the sandbox processor is out of order: {error}"))
}

impl Processor for Sandbox {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    fn open_page(&self, request: PageRequest) -> BoxFuture<'_, Result<String, CallError>> {
        Box::pin(self.open_session(request))
    }

    fn open_card_page(&self, request: CardRequest) -> BoxFuture<'_, Result<String, CallError>> {
        // Nothing is asked for, and the card is kept.
        Box::pin(self.open_session(PageRequest {
            attempt: request.attempt,
            amount: Money::zero(request.currency),
            description: request.description,
            return_url: request.return_url,
            keep_card: true,
        }))
    }

    fn forget_card<'a>(&'a self, card: &'a StoredCard) -> BoxFuture<'a, Result<(), CallError>> {
        Box::pin(self.forget(card))
    }

    fn capture<'a>(
        &'a self,
        key: PaymentAttemptId,
        authorisation: &'a str,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        Box::pin(self.answer_capture(key, authorisation, amount))
    }

    fn release<'a>(
        &'a self,
        key: PaymentAttemptId,
        authorisation: &'a str,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        Box::pin(self.answer_release(key, authorisation))
    }

    fn charge<'a>(
        &'a self,
        key: PaymentAttemptId,
        card: &'a StoredCard,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        Box::pin(self.answer_charge(key, card, amount))
    }

    fn refund<'a>(
        &'a self,
        key: PaymentAttemptId,
        payment: &'a str,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>> {
        Box::pin(self.answer_refund(key, payment, amount))
    }

    fn disputes<'a>(&'a self, payment: &'a str) -> BoxFuture<'a, Result<Vec<DisputeAnswer>, CallError>> {
        Box::pin(self.disputes_of(payment))
    }

    fn answer_dispute<'a>(
        &'a self,
        dispute: &'a str,
        reply: &'a DisputeReply,
    ) -> BoxFuture<'a, Result<(), CallError>> {
        Box::pin(self.take_reply(dispute, reply))
    }

    fn find(&self, key: PaymentAttemptId) -> BoxFuture<'_, Result<Option<Answer>, CallError>> {
        Box::pin(self.look_up(key))
    }

    fn read_webhook(
        &self,
        body: &[u8],
        signature: &str,
        now: Timestamp,
    ) -> Result<WebhookEvent, CommerceError> {
        webhook::read(&self.secret, body, signature, now)
    }
}
