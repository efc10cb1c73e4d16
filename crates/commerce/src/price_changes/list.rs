//! The new price that a subscription was told of and that has not come yet.

use jiff::civil::Date;
use mailkeep_types::{CustomerId, Money, SubscriptionId};

use super::store;
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::{catalogue, subscriptions};

/// A price that comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComingPrice {
    /// The subscription.
    pub subscription: SubscriptionId,
    /// The first day that costs the new price.
    pub on: Date,
    /// What a period costs now, without tax.
    pub old: Money,
    /// What it will cost.
    pub new: Money,
}

impl Commerce {
    /// The prices that come for a customer's subscriptions, as they were told.
    pub async fn list_coming_prices(&self, customer: CustomerId) -> Result<Vec<ComingPrice>, CommerceError> {
        self.read(move |tx| {
            let mut coming = Vec::new();
            for subscription in subscriptions::store::of_customer(tx, customer)? {
                let Some((day, old, new)) = store::coming(tx, subscription.id)? else { continue };
                let plan = catalogue::store::by_id(tx, subscription.plan_version)?;
                let currency = subscription.billed_as(plan).currency;
                coming.push(ComingPrice {
                    subscription: subscription.id,
                    on: day.parse().map_err(|_| CommerceError::Stored("date"))?,
                    old: Money::new(old, currency),
                    new: Money::new(new, currency),
                });
            }
            Ok(coming)
        })
        .await
    }
}
