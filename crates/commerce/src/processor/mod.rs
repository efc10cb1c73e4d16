//! Who moves money: the port to a card processor, and what implements it: the built-in [`sandbox`] and [`stripe`].
//!
//! A processor is called with the identifier of a payment attempt as its idempotency key, and the attempt's row is
//! written before the call. The same key gives the same answer for ever, so a call may be repeated after a crash.
//! [`Processor::find`] tells what became of a key: that is how an unknown outcome is reconciled, and never by charging
//! again. Cards are typed on the processor's own page; no type here could hold a card number.

pub mod sandbox;
pub mod stripe;

use jiff::civil::Date;
use mailkeep_types::{Currency, Money, PaymentAttemptId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::error::CommerceError;
use crate::ports::BoxFuture;
use crate::screening::{CardCheck, CardFunding};

/// How a request to move money ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// It is done.
    Succeeded,
    /// It is not done.
    Declined {
        /// True when this card will never work; false when another day may be better.
        hard: bool,
        /// The bank's reason as a word, e.g. `insufficient_funds`.
        code: String,
    },
    /// The payer has to do something on the processor's page.
    ActionRequired,
    /// The processor does not know yet and will say so later.
    Pending,
}

/// A card that the processor keeps for later charges.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredCard {
    /// The processor's name for it; personal, category `payment_token`.
    pub token: String,
    /// What its owner knows it by, where the processor says so.
    pub face: Option<CardFace>,
}

/// What the owner of a card knows it by. Personal, category `payment_token`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardFace {
    /// The network, e.g. `Visa`.
    pub brand: String,
    /// The last four digits.
    pub last_four: String,
    /// The last month in which it can be charged, from 1.
    pub month: i8,
    /// The year of that month.
    pub year: i16,
}

impl CardFace {
    /// The last day on which it can be charged; nothing for a month that is none.
    pub fn last_day(&self) -> Option<Date> {
        Date::new(self.year, self.month, 1).ok().map(|first| first.last_of_month())
    }
}

impl std::fmt::Debug for CardFace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CardFace(…)")
    }
}

impl std::fmt::Debug for StoredCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoredCard(…)")
    }
}

/// What the card network said about what the payer typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CardChecks {
    /// The security code.
    pub code: Option<CardCheck>,
    /// The postal code.
    pub postal_code: Option<CardCheck>,
    /// The issuing bank's country.
    pub country: Option<String>,
    /// How the card is funded.
    pub funding: Option<CardFunding>,
    /// The processor's own name for the card, the same whoever uses it; a keyed hash of it is kept for counting.
    pub fingerprint: Option<String>,
}

/// What became of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// How it ended.
    pub outcome: Outcome,
    /// The processor's own name for it.
    pub reference: String,
    /// The card, if the payer agreed that it is kept.
    pub card: Option<StoredCard>,
    /// What the card network said.
    pub checks: CardChecks,
}

/// Why a call brought no answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CallError {
    /// The processor refused the request as such; nothing was done.
    #[error("{0}")]
    Refused(String),
    /// No answer came; whether it was done is not known until [`Processor::find`] says so.
    #[error("{0}")]
    Unknown(String),
}

impl From<CallError> for CommerceError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Refused(why) => CommerceError::ProcessorRefused(why),
            CallError::Unknown(why) => CommerceError::ProcessorUnknown(why),
        }
    }
}

/// What the payer is asked to authorise on the processor's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// The idempotency key.
    pub attempt: PaymentAttemptId,
    /// The amount to be authorised, not captured.
    pub amount: Money,
    /// What the payer reads, e.g. the order's number. No personal data.
    pub description: String,
    /// Where the payer comes back to.
    pub return_url: String,
    /// Whether the payer agreed that the card is kept for the renewals of what is ordered.
    pub keep_card: bool,
}

/// A card that its owner gives on the processor's page without paying anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRequest {
    /// The idempotency key.
    pub attempt: PaymentAttemptId,
    /// The currency in which it will be charged.
    pub currency: Currency,
    /// What the owner reads. No personal data.
    pub description: String,
    /// Where the owner comes back to.
    pub return_url: String,
}

/// A message from the processor that something happened. It says where to look; what happened is asked with
/// [`Processor::find`] and [`Processor::disputes`], so that repeated and shuffled messages lead to the same state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookEvent {
    /// The event's own name; the same event may come more than once.
    pub id: String,
    /// What it concerns; nothing when it is about something that we do not use.
    pub about: Option<About>,
}

/// What a message of the processor concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A key.
    Attempt(PaymentAttemptId),
    /// A payment by the processor's own name for it, e.g. when it is disputed.
    Payment(String),
}

/// How far a dispute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeState {
    /// The bank waits for our answer.
    NeedsResponse,
    /// The bank has our answer and decides.
    UnderReview,
    /// Decided for us: the money is back.
    Won,
    /// Decided against us, or not answered in time.
    Lost,
}

/// A dispute as the processor tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeAnswer {
    /// The processor's own name for it.
    pub reference: String,
    /// The amount that the bank took back.
    pub amount: Money,
    /// The cardholder's reason as a word, e.g. `fraudulent`.
    pub reason: String,
    /// How far it is.
    pub state: DisputeState,
    /// Until when it must be answered.
    pub due_at: Option<Timestamp>,
}

/// What we answer to a dispute.
#[derive(Clone, PartialEq, Eq)]
pub enum DisputeReply {
    /// The payment is right: a summary and the evidence as a PDF.
    Contest {
        /// What happened, in a few sentences.
        summary: String,
        /// The evidence, one document.
        document: Vec<u8>,
    },
    /// The cardholder is right.
    Accept,
}

impl std::fmt::Debug for DisputeReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DisputeReply::Contest { document, .. } => write!(f, "Contest({} bytes)", document.len()),
            DisputeReply::Accept => f.write_str("Accept"),
        }
    }
}

/// A card processor.
pub trait Processor: Send + Sync {
    /// Its name, as stored with attempts and cards.
    fn name(&self) -> &'static str;
    /// Opens a page on which the payer authorises an amount; returns its address.
    fn open_page(&self, request: PageRequest) -> BoxFuture<'_, Result<String, CallError>>;
    /// Opens a page on which a card is given to be kept; returns its address.
    fn open_card_page(&self, request: CardRequest) -> BoxFuture<'_, Result<String, CallError>>;
    /// Forgets a kept card: it cannot be charged any more. One that is not known is forgotten already.
    fn forget_card<'a>(&'a self, card: &'a StoredCard) -> BoxFuture<'a, Result<(), CallError>>;
    /// Takes an authorised amount.
    fn capture<'a>(
        &'a self,
        key: PaymentAttemptId,
        authorisation: &'a str,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>>;
    /// Gives an authorisation up.
    fn release<'a>(
        &'a self,
        key: PaymentAttemptId,
        authorisation: &'a str,
    ) -> BoxFuture<'a, Result<Answer, CallError>>;
    /// Charges a kept card.
    fn charge<'a>(
        &'a self,
        key: PaymentAttemptId,
        card: &'a StoredCard,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>>;
    /// Gives a part of a captured or charged payment back.
    fn refund<'a>(
        &'a self,
        key: PaymentAttemptId,
        payment: &'a str,
        amount: Money,
    ) -> BoxFuture<'a, Result<Answer, CallError>>;
    /// The disputes about a captured or charged payment.
    fn disputes<'a>(&'a self, payment: &'a str) -> BoxFuture<'a, Result<Vec<DisputeAnswer>, CallError>>;
    /// Answers a dispute. Answered again it changes nothing: only the first answer counts.
    fn answer_dispute<'a>(
        &'a self,
        dispute: &'a str,
        reply: &'a DisputeReply,
    ) -> BoxFuture<'a, Result<(), CallError>>;
    /// What became of a key; `None` when the processor never heard of it, or only opened a page for it.
    fn find(&self, key: PaymentAttemptId) -> BoxFuture<'_, Result<Option<Answer>, CallError>>;
    /// Verifies a webhook on its raw bytes and reads it.
    ///
    /// # Errors
    /// [`CommerceError::Webhook`] when it is not signed by the processor or too old.
    fn read_webhook(
        &self,
        body: &[u8],
        signature: &str,
        now: Timestamp,
    ) -> Result<WebhookEvent, CommerceError>;
}
