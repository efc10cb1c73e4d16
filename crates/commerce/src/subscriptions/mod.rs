//! Subscriptions: what a customer pays for again and again.
//!
//! A year runs from the anchor, the local date of the first day; shorter periods meet the invoice day (see [`next`]). Each
//! period is billed once: the key of `billed_periods` makes the run repeatable.

pub mod dun;
pub mod end_customer;
pub mod list;
pub mod next;
pub mod run;
pub mod store;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_types::{Currency, CustomerId, OrderId, PersonId, SubscriptionId, Timestamp};
use uuid::Uuid;

use crate::catalogue::PlanVersion;
use crate::periods::Interval;
use crate::totals::TaxRate;

/// How far a subscription is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubscriptionStatus {
    /// It runs.
    Active,
    /// It has ended.
    Ended,
}

impl SubscriptionStatus {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            SubscriptionStatus::Active => "active",
            SubscriptionStatus::Ended => "ended",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        [SubscriptionStatus::Active, SubscriptionStatus::Ended]
            .into_iter()
            .find(|status| status.word() == word)
    }
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Its identifier.
    pub id: SubscriptionId,
    /// Who pays.
    pub customer: CustomerId,
    /// Who is told.
    pub person: PersonId,
    /// The order it came from.
    pub order: OrderId,
    /// The plan as sold.
    pub plan_version: Uuid,
    /// How long a period is.
    pub interval: Interval,
    /// Mailboxes ordered: at least so many are billed.
    pub mailboxes: u32,
    /// What the tax is called.
    pub tax_name: String,
    /// Its rate.
    pub tax_rate: TaxRate,
    /// The first day.
    pub anchor: Date,
    /// In which its days are counted.
    pub time_zone: String,
    /// How far it is.
    pub status: SubscriptionStatus,
    /// The number of the next period to be billed; 0 is the first.
    pub next_index: i32,
    /// The first day of that period.
    pub next_on: Date,
    /// Whether it ends on that day instead.
    pub cancel_at_end: bool,
    /// When it began.
    pub created_at: Timestamp,
    /// The day on which it ended.
    pub ended_on: Option<Date>,
    /// The coupon it was ordered with.
    pub coupon: Option<Uuid>,
    /// The change that waits for the next billing.
    pub pending: Option<next::PendingChange>,
    /// The currency it is billed in; that of its plan when it was ordered before there were several.
    pub currency: Option<Currency>,
}

impl Subscription {
    /// Whether its first days, which cost nothing, are not over on a day: nothing is billed ahead of their end.
    pub fn is_tried_on(&self, day: Date) -> bool {
        self.next_index == 0 && day < self.next_on
    }

    /// A plan as it is billed here: in the currency of the subscription.
    pub fn billed_as(&self, plan: PlanVersion) -> PlanVersion {
        match self.currency {
            Some(currency) => plan.sold_in(currency),
            None => plan,
        }
    }
}
