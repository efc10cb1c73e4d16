//! What subscriptions have besides, and what else could be added.

use jiff::civil::Date;
use mailkeep_types::{CustomerId, Money, SubscriptionId};

use super::{remove, store};
use crate::catalogue::sheet::AddOnPrice;
use crate::catalogue::{self, PlanVersion};
use crate::classes::grants::Grants;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::subscriptions::{self, SubscriptionStatus};

/// Something that a subscription has today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldAddOn {
    /// Of which subscription.
    pub subscription: SubscriptionId,
    /// Which add-on of its plan.
    pub key: String,
    /// What customers read.
    pub name: String,
    /// What each mailbox is granted with it.
    pub grants: Grants,
    /// The price for one mailbox and term; nothing when the plan does not sell it any more.
    pub price: Option<Money>,
    /// Its first day.
    pub since: Date,
    /// The first day without it, once it is to go.
    pub until: Option<Date>,
    /// Whether it can be taken back that it is to go.
    pub can_keep: bool,
}

/// What else a subscription could have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedAddOns {
    /// The plan as it is billed.
    pub plan: PlanVersion,
    /// What it does not have yet.
    pub add_ons: Vec<AddOnPrice>,
}

impl Commerce {
    /// What the subscriptions of a customer have besides today.
    pub async fn list_add_ons(&self, customer: CustomerId) -> Result<Vec<HeldAddOn>, CommerceError> {
        self.read(move |tx| {
            let mut held = Vec::new();
            for had in store::of_customer(tx, customer)? {
                let subscription = subscriptions::store::find(tx, had.subscription)?
                    .ok_or(CommerceError::NotFound("subscription"))?;
                let today = local_date(tx.now(), &subscription.time_zone);
                if subscription.status != SubscriptionStatus::Active || !had.is_had_on(today) {
                    continue;
                }
                let plan = subscription.billed_as(catalogue::store::by_id(tx, subscription.plan_version)?);
                let sold = plan.add_on(subscription.interval, &had.key);
                let known = plan.sheet.add_on(&had.key);
                held.push(HeldAddOn {
                    name: known.map_or(&had.key, |add_on| &add_on.name).clone(),
                    grants: known.map(|add_on| add_on.grants).unwrap_or_default(),
                    price: sold.map(|add_on| Money::new(add_on.unit_minor, plan.currency)),
                    can_keep: remove::can_be_kept(&subscription, &had, today),
                    subscription: had.subscription,
                    key: had.key,
                    since: had.since,
                    until: had.until,
                });
            }
            Ok(held)
        })
        .await
    }

    /// What else a subscription could have: what its plan sells for its term and it does not have.
    pub async fn offered_add_ons(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
    ) -> Result<OfferedAddOns, CommerceError> {
        self.read(move |tx| {
            let subscription = subscriptions::store::find(tx, id)?
                .filter(|subscription| subscription.customer == customer)
                .ok_or(CommerceError::NotFound("subscription"))?;
            let today = local_date(tx.now(), &subscription.time_zone);
            let had = store::of_subscription(tx, id)?;
            let is_had =
                |add_on: &AddOnPrice| had.iter().any(|had| had.key == add_on.key && had.is_had_on(today));
            let plan = subscription.billed_as(catalogue::store::by_id(tx, subscription.plan_version)?);
            let sold = plan.add_ons_in(plan.currency, subscription.interval);
            let add_ons = sold.iter().filter(|add_on| !is_had(add_on)).cloned().collect();
            Ok(OfferedAddOns { plan, add_ons })
        })
        .await
    }
}
