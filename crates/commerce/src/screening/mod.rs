//! Screening of first orders: a pure function from facts to a score with reasons that a person can read.
//!
//! [`assess`] looks at nothing but its arguments, so every decision can be replayed from the stored facts and the
//! configuration in force. Weights are signed and add up; below `review_from` an order is accepted, from
//! `refuse_from` on it is refused, in between a member of staff decides. What is not known never approves: an order
//! with a missing fact goes to review whatever its score.
//!
//! To add a rule: a code and sentence in [`rules`], a default weight in [`config`], a row in the tests.

pub mod config;
pub mod lists;
mod rules;
#[cfg(test)]
mod tests;

pub use config::ScreeningConfig;
use serde::{Deserialize, Serialize};

/// What the card network said about a detail that the payer gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardCheck {
    /// It matches.
    Pass,
    /// It does not match.
    Fail,
    /// The network does not say.
    Unavailable,
}

/// Everything a decision rests on. Stored sealed with the screening; personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The part of the e-mail address before the `@`.
    pub email_local: String,
    /// The domain of the e-mail address, in ASCII.
    pub email_domain: String,
    /// Whether that domain has a mail exchanger; `None` when the look-up failed.
    pub email_domain_has_mx: Option<bool>,
    /// Country of the billing address, two letters.
    pub country: String,
    /// Postal code of the billing address.
    pub postal_code: String,
    /// The telephone number as given; `None` when none was asked for or given.
    pub phone: Option<String>,
    /// Orders from the same network in the last 24 hours, this one not counted; `None` when the network is unknown.
    pub orders_from_network: Option<u32>,
    /// Orders of this customer that were served before; `None` when that could not be read.
    pub served_orders: Option<u32>,
    /// Orders of this customer that were refused before.
    pub refused_orders: Option<u32>,
    /// The card's security code.
    pub card_code: Option<CardCheck>,
    /// The postal code as the card's bank knows it.
    pub card_postal_code: Option<CardCheck>,
    /// The country of the bank that issued the card, two letters, when the processor tells it.
    pub card_country: Option<String>,
    /// Mailboxes ordered.
    pub mailboxes: u32,
}

/// What becomes of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Served without a person looking.
    Accept,
    /// Held until a person decides.
    Review,
    /// Refused.
    Refuse,
}

impl Outcome {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Accept => "accept",
            Outcome::Review => "review",
            Outcome::Refuse => "refuse",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Outcome::Accept, Outcome::Review, Outcome::Refuse].into_iter().find(|o| o.word() == word)
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Stable name, e.g. `disposable_domain`.
    pub code: String,
    /// What it adds to the score; negative ones speak for the order.
    pub weight: i32,
    /// What was found, e.g. the domain.
    pub value: String,
    /// A sentence for the reviewer.
    pub sentence: String,
}

/// The result of a screening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// The sum of the weights, not below zero.
    pub score: i32,
    /// What becomes of the order.
    pub outcome: Outcome,
    /// Facts that were missing; any one keeps the order from being accepted by itself.
    pub missing: Vec<String>,
    /// Every finding, heaviest first.
    pub reasons: Vec<Reason>,
}

/// Scores an order. Pure: the same facts and configuration give the same assessment for ever.
pub fn assess(facts: &Facts, config: &ScreeningConfig) -> Assessment {
    let mut findings = rules::Findings::new(config);
    rules::email(facts, &mut findings);
    rules::address_and_phone(facts, &mut findings);
    rules::card(facts, &mut findings);
    rules::history(facts, &mut findings);
    let (mut reasons, missing) = findings.into_parts();
    // A stable order, so that a replay compares equal.
    reasons.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.code.cmp(&b.code)));
    let score = reasons.iter().fold(0i32, |sum, r| sum.saturating_add(r.weight)).max(0);
    let by_score = if score >= config.refuse_from {
        Outcome::Refuse
    } else if score >= config.review_from {
        Outcome::Review
    } else {
        Outcome::Accept
    };
    let outcome = if missing.is_empty() { by_score } else { by_score.max(Outcome::Review) };
    Assessment { score, outcome, missing, reasons }
}
