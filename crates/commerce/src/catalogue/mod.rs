//! What is on offer: plans in versions, each with its prices and the limits it grants.
//!
//! Plans come from the configuration ([`config`]) and are synced into versioned tables at start ([`sync`]): a plan
//! whose price, limits or space changed gets a new version. From the day on which staff publish a plan in the console
//! ([`drafts`]) that plan is the console's. A version is never edited; subscriptions keep the one they were sold under until
//! they are told of another ([`crate::price_changes`]).

pub mod config;
pub mod drafts;
pub mod items;
pub mod list;
pub mod price_config;
pub mod pricing;
pub mod sheet;
pub mod store;
pub mod sync;

#[cfg(test)]
mod tests;

use mailkeep_types::{Currency, Money};
use uuid::Uuid;

use crate::classes::ClassLimits;
use crate::periods::Interval;
use sheet::{AddOnPrice, Sheet};

/// One version of a plan, as sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanVersion {
    /// Names this version for ever.
    pub id: Uuid,
    /// The plan's key in the configuration.
    pub key: String,
    /// 1 for the first.
    pub version: i64,
    /// What customers read.
    pub name: String,
    /// One sentence about it.
    pub summary: String,
    /// Space per mailbox in units of 1,000,000 bytes, pooled over the customer.
    pub included_space_mb: u32,
    /// Orders need at least so many mailboxes.
    pub fewest_mailboxes: u32,
    /// Orders have at most so many mailboxes; 0 is no limit.
    pub most_mailboxes: u32,
    /// The class of service that it grants; `None` when its limits are its own.
    pub class: Option<String>,
    /// What each mailbox is granted: what the class says now, or its own limits.
    pub limits: ClassLimits,
    /// The currency of the prices.
    pub currency: Currency,
    /// Price of the first mailbox for each interval on offer.
    pub prices: Vec<(Interval, i64)>,
    /// Everything that is priced, in every currency.
    pub sheet: Sheet,
}

impl PlanVersion {
    /// The price of one mailbox for one interval, if the plan is sold for it.
    pub fn price(&self, interval: Interval) -> Option<Money> {
        let (_, minor) = self.prices.iter().find(|(offered, _)| *offered == interval)?;
        Some(Money::new(*minor, self.currency))
    }

    /// The price of the first mailbox for one interval in a currency, if the plan is sold in it.
    pub fn price_in(&self, currency: Currency, interval: Interval) -> Option<Money> {
        let prices = self.sheet.list(currency)?.interval(interval)?;
        Some(Money::new(prices.mailbox.first_minor(), currency))
    }

    /// What is sold besides for one interval in a currency.
    pub fn add_ons_in(&self, currency: Currency, interval: Interval) -> &[AddOnPrice] {
        self.sheet
            .list(currency)
            .and_then(|list| list.interval(interval))
            .map_or(&[], |prices| prices.add_ons.as_slice())
    }

    /// An add-on, if it is sold for one interval in the plan's currency.
    pub fn add_on(&self, interval: Interval, key: &str) -> Option<&AddOnPrice> {
        self.add_ons_in(self.currency, interval).iter().find(|add_on| add_on.key == key)
    }

    /// The plan as it is sold in another currency; as it is when it has no price list in it.
    #[must_use]
    pub fn sold_in(mut self, currency: Currency) -> Self {
        let prices = self.sheet.list(currency).map(|list| {
            list.intervals.iter().map(|prices| (prices.interval, prices.mailbox.first_minor())).collect()
        });
        if let Some(prices) = prices {
            (self.currency, self.prices) = (currency, prices);
        }
        self
    }

    /// True when so many mailboxes may be ordered.
    pub fn allows(&self, mailboxes: u32) -> bool {
        mailboxes >= self.fewest_mailboxes.max(1)
            && (self.most_mailboxes == 0 || mailboxes <= self.most_mailboxes)
    }
}
