//! Orders: from the confirmation of a cart to a service that runs.
//!
//! ```text
//! placed ──authorised──▶ authorised ──screen──▶ accept: capturing ──captured──▶ fulfilled
//!   ▲                                  │         verify: verifying ──code──▶ authorised, screened anew
//!   │                                  │                    └──too late, wrong codes──▶ releasing
//!   │                                  │         review: in_review ⇄ more_asked ──approve──▶ capturing
//!   ├──────── capture declined ────────┤                    └──refuse──▶ releasing
//!   └──────── appeal granted ──────────└─ refuse: releasing ──released──▶ refused
//! ```
//!
//! [`advance`] drives an order as far as it goes without a person; every step is repeatable, so it is called after each
//! event and again after a crash. A held order has no service: it serves nothing and cannot send.

pub mod advance;
pub mod appeal;
pub mod billing;
pub mod decide;
pub mod documents;
pub mod forget;
pub mod fulfil;
mod gather;
pub mod held;
pub mod list;
pub mod pay;
pub mod place;
pub mod questions;
pub mod refuse_and_block;
pub mod review;
pub mod screen;
pub mod store;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod trial_tests;
pub mod verifications;
pub mod verify;

use mailkeep_types::{
    Currency, CustomerId, DomainName, InvoiceId, Money, OrderId, PersonId, StaffId, Timestamp,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::catalogue::pricing::Priced;
use crate::periods::Interval;
use crate::totals::TaxRate;

/// How far an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Placed; the payment is to be authorised.
    Placed,
    /// Authorised; being screened.
    Authorised,
    /// The applicant is asked to show that they are who they say.
    Verifying,
    /// A person looks at it.
    InReview,
    /// A person looked and asked the applicant for more.
    MoreAsked,
    /// Accepted; the amount is being taken.
    Capturing,
    /// Paid and served.
    Fulfilled,
    /// Refused; the authorisation is being given up.
    Releasing,
    /// Refused; nothing was taken.
    Refused,
}

impl OrderStatus {
    /// Every status.
    pub const ALL: [OrderStatus; 9] = [
        OrderStatus::Placed,
        OrderStatus::Authorised,
        OrderStatus::Verifying,
        OrderStatus::InReview,
        OrderStatus::MoreAsked,
        OrderStatus::Capturing,
        OrderStatus::Fulfilled,
        OrderStatus::Releasing,
        OrderStatus::Refused,
    ];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            OrderStatus::Placed => "placed",
            OrderStatus::Authorised => "authorised",
            OrderStatus::Verifying => "verifying",
            OrderStatus::InReview => "in_review",
            OrderStatus::MoreAsked => "more_asked",
            OrderStatus::Capturing => "capturing",
            OrderStatus::Fulfilled => "fulfilled",
            OrderStatus::Releasing => "releasing",
            OrderStatus::Refused => "refused",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        OrderStatus::ALL.into_iter().find(|status| status.word() == word)
    }

    /// What the applicant reads.
    pub const fn sentence(self) -> &'static str {
        match self {
            OrderStatus::Placed => "Your order is saved. It goes on when the payment is authorised.",
            OrderStatus::Authorised => "Your payment is authorised. We are looking over your order.",
            OrderStatus::Verifying => {
                "Please show us that you are who you say: a code is enough. Nothing has been charged."
            }
            OrderStatus::InReview => {
                "A person is looking over your order; this takes a working day at most. Nothing has been charged, and \
                 you hear from us by e-mail."
            }
            OrderStatus::MoreAsked => {
                "We need a little more from you before we can go on. Nothing has been charged; please answer our e-mail."
            }
            OrderStatus::Capturing => "Your order is accepted. The payment is being taken.",
            OrderStatus::Fulfilled => "Your order is paid and your service is ready.",
            OrderStatus::Releasing | OrderStatus::Refused => {
                "We could not accept your order. Nothing was charged. If you think that we are wrong, say so on the page \
                 of the order and a person will look again."
            }
        }
    }
}

/// To whom an invoice is written. Personal, category `billing_address`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingDetails {
    /// A person's or an organisation's name.
    pub name: String,
    /// The lines of the address above the town.
    pub street: Vec<String>,
    /// The postal code; empty where there is none.
    pub postal_code: String,
    /// The town.
    pub city: String,
    /// The state or province; empty where there is none.
    pub region: String,
    /// Two letters (ISO 3166).
    pub country: String,
    /// The customer's tax number, if any.
    pub tax_id: Option<String>,
    /// In which of [`crate::documents::LANGUAGES`] it is written; English where nothing was chosen.
    #[serde(default)]
    pub language: String,
}

impl std::fmt::Debug for BillingDetails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BillingDetails(…)")
    }
}

/// How the applicant is reached while the order is looked over. Personal, category `contact`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// The confirmed e-mail address.
    pub email: String,
    /// The telephone number, if one was given.
    pub phone: Option<String>,
}

impl std::fmt::Debug for Applicant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Applicant(…)")
    }
}

/// An order without anything personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its identifier.
    pub id: OrderId,
    /// Its number, as people say it.
    pub number: String,
    /// Who ordered.
    pub customer: CustomerId,
    /// The person who placed it.
    pub person: PersonId,
    /// How far it is.
    pub status: OrderStatus,
    /// The currency.
    pub currency: Currency,
    /// Without tax.
    pub net_minor: i64,
    /// The tax.
    pub tax_minor: i64,
    /// With tax.
    pub total_minor: i64,
    /// What the tax is called.
    pub tax_name: String,
    /// Its rate.
    pub tax_rate: TaxRate,
    /// In which the days of its subscriptions are counted.
    pub time_zone: String,
    /// Whether the card may be kept for renewals of what is ordered here.
    pub keep_card: bool,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// When it was accepted or refused.
    pub decided_at: Option<Timestamp>,
    /// Which member of staff decided; nobody when the screening did.
    pub decided_by: Option<StaffId>,
    /// The invoice of a fulfilled order.
    pub invoice: Option<InvoiceId>,
    /// What is ordered.
    pub lines: Vec<OrderLine>,
    /// What was confirmed, line by line: it is what is billed. Orders from before this was kept have none.
    pub priced: Option<Priced>,
    /// The coupon that was used.
    pub coupon: Option<Uuid>,
    /// Days that cost nothing, before the first period: the card is authorised, and not charged until they are over.
    pub trial_days: u16,
}

impl Order {
    /// The total as money.
    pub fn total(&self) -> Money {
        Money::new(self.total_minor, self.currency)
    }
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The plan as it was when ordered.
    pub plan_version: Uuid,
    /// For how long each price buys.
    pub interval: Interval,
    /// How many mailboxes.
    pub mailboxes: u32,
    /// The domain that the mail is for.
    pub domain: DomainName,
    /// What its mailboxes have besides, by key.
    pub add_ons: Vec<String>,
}
