//! Screening of first orders: a pure function from facts to a score with reasons that a person can read.
//!
//! [`assess`] looks at nothing but its arguments, so every decision can be replayed from the stored facts and the
//! configuration in force. What lists say is looked up before and is one of the facts, with the date of the list. Weights
//! are signed and add up to a band: below `verify_from` an order is accepted, below `review_from` the applicant shows that
//! they are who they say, below `refuse_from` a member of staff decides, from there on it is refused. What is not known
//! never approves: an order with a missing fact goes to review whatever its score.
//!
//! To add a rule: a code and sentence in [`rules`], a default weight in [`config`], a row in the tests. To add a list: a
//! kind in [`lists`], and how it is fetched in the server's `screening lists update`.

mod backtest;
pub mod blocks;
pub mod config;
pub mod lists;
mod replay;
mod rules;
#[cfg(test)]
mod simulator;
pub mod store;
#[cfg(test)]
mod tests;

pub use backtest::{Confusion, Decided, Shift};
pub use config::{ScreeningConfig, Weights};
pub use lists::{ListSource, Listing, Lists, Located};
pub use replay::Replayed;
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
    /// What the lists say of the mail domain, its exchangers and the network; `None` when they could not be read.
    #[serde(default)]
    pub listings: Option<Vec<Listing>>,
    /// How long the mail domain exists, in days, when somebody knows.
    #[serde(default)]
    pub email_domain_age_days: Option<u32>,
    /// Country of the billing address, two letters.
    pub country: String,
    /// Postal code of the billing address.
    pub postal_code: String,
    /// The telephone number as given; `None` when none was asked for or given.
    pub phone: Option<String>,
    /// What the numbering plans say of it; `None` when there is no number.
    #[serde(default)]
    pub phone_plan: Option<PhonePlan>,
    /// The country that the network is registered in, when a table says so.
    #[serde(default)]
    pub network_country: Option<Located>,
    /// Orders from the same network in the last 24 hours, this one not counted; `None` when the network is unknown.
    pub orders_from_network: Option<u32>,
    /// Other customers' orders that have something in common with this one; `None` when they could not be counted.
    #[serde(default)]
    pub alike: Option<Alike>,
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
    /// How the card is funded, when the processor tells it.
    #[serde(default)]
    pub card_funding: Option<CardFunding>,
    /// Mailboxes ordered.
    pub mailboxes: u32,
    /// What of the order is on the block list.
    #[serde(default)]
    pub blocked: Vec<blocks::BlockKind>,
    /// By what the applicant has shown who they are.
    #[serde(default)]
    pub verified: Vec<Method>,
    /// Whether a person took the order back in after an appeal.
    #[serde(default)]
    pub cleared: bool,
}

/// What the numbering plans say of a telephone number (ITU-T E.164 and the countries' own plans).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhonePlan {
    /// Whether the number can be one.
    pub valid: bool,
    /// The country that the number belongs to, two letters.
    pub country: Option<String>,
    /// Whether the number is one that anybody gets over the internet.
    pub voip: bool,
}

/// How a card is funded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardFunding {
    /// A credit card.
    Credit,
    /// A debit card.
    Debit,
    /// Prepaid: whoever holds it is not known to the bank.
    Prepaid,
}

/// How many orders of other customers have something in common with an order, each within its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Alike {
    /// The same kind of device, within two hours.
    pub device: u32,
    /// The same card, within thirty days.
    pub card: u32,
    /// The same name, within a week.
    pub name: u32,
    /// The same mail domain, if it is nobody's free mail, within a week.
    pub mail_domain: u32,
    /// Declined or refused orders from the same network, within a day.
    pub failed_from_network: u32,
}

/// By what an applicant shows who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A code sent to the mail address on file.
    Mail,
    /// A code sent or read to the telephone number on file.
    Phone,
}

impl Method {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Method::Mail => "mail",
            Method::Phone => "phone",
        }
    }

    /// Reads the stored word, e.g. of a form.
    pub fn from_word(word: &str) -> Option<Self> {
        [Method::Mail, Method::Phone].into_iter().find(|method| method.word() == word)
    }
}

/// What becomes of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Served without a person looking.
    Accept,
    /// Held until the applicant shows that they are who they say.
    Verify,
    /// Held until a person decides.
    Review,
    /// Refused.
    Refuse,
}

impl Outcome {
    /// Every outcome, mildest first.
    pub const ALL: [Outcome; 4] = [Outcome::Accept, Outcome::Verify, Outcome::Review, Outcome::Refuse];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Accept => "accept",
            Outcome::Verify => "verify",
            Outcome::Review => "review",
            Outcome::Refuse => "refuse",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Outcome::ALL.into_iter().find(|outcome| outcome.word() == word)
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
    /// The date of the list that says so, e.g. `2026-11-01`; `None` when no list does.
    #[serde(default)]
    pub list_date: Option<String>,
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
    rules::network(facts, &mut findings);
    rules::crowd(facts, &mut findings);
    rules::history(facts, &mut findings);
    let (mut reasons, missing) = findings.into_parts();
    // A stable order, so that a replay compares equal.
    reasons.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.code.cmp(&b.code)));
    let score = reasons.iter().fold(0i32, |sum, r| sum.saturating_add(r.weight)).max(0);
    let by_score = if score >= config.refuse_from {
        Outcome::Refuse
    } else if score >= config.review_from {
        Outcome::Review
    } else if score >= config.verify_from {
        Outcome::Verify
    } else {
        Outcome::Accept
    };
    let outcome = if missing.is_empty() { by_score } else { by_score.max(Outcome::Review) };
    Assessment { score, outcome, missing, reasons }
}
