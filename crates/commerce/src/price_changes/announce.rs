//! Telling everybody whom a price change is for: a row and a notice in one transaction each, so that nobody is told twice
//! and nobody is forgotten.

use mailkeep_types::{Money, SubscriptionId};
use uuid::Uuid;

use super::store;
use super::{PriceChange, effective_on};
use crate::catalogue::drafts::{preview::period_price, store as drafts};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::{add_ons, catalogue, notices, services, subscriptions};

const PAGE: u32 = 100;

impl Commerce {
    /// Tells the subscriptions of a price change. Run again, it tells nobody twice.
    pub(crate) async fn announce_prices(&self, id: Uuid) -> Result<(), CommerceError> {
        let change =
            self.read(move |tx| store::find(tx, id)).await?.ok_or(CommerceError::NotFound("price change"))?;
        let mut after: Option<SubscriptionId> = None;
        loop {
            let key = change.plan_key.clone();
            let page = self.read(move |tx| subscriptions::store::of_plan(tx, &key, after, PAGE)).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id);
            for subscription in page {
                self.announce_price(&change, subscription.id).await?;
            }
        }
    }

    async fn announce_price(&self, change: &PriceChange, id: SubscriptionId) -> Result<(), CommerceError> {
        let (change, policy, now) = (change.clone(), self.policy().clone(), self.clock().now());
        let calendar = self.config().month;
        self.write(move |tx| {
            let Some(subscription) = subscriptions::store::find(tx, id)? else { return Ok(()) };
            if subscription.plan_version == change.plan_version {
                return Ok(());
            }
            let old = subscription.billed_as(catalogue::store::by_id(tx, subscription.plan_version)?);
            let new = subscription.billed_as(catalogue::store::by_id(tx, change.plan_version)?);
            let mailboxes = drafts::counted_last(tx, id)?.unwrap_or(subscription.mailboxes);
            let besides = add_ons::store::of_subscription(tx, id)?;
            // What is no longer sold for this interval keeps its version.
            let Some(new_minor) = period_price(&new, &subscription, mailboxes, &besides) else {
                return Ok(());
            };
            let old_minor = period_price(&old, &subscription, mailboxes, &besides).unwrap_or(0);
            let today = local_date(now, &subscription.time_zone);
            let on = effective_on(&subscription, today, change.mode, &calendar);
            if !store::insert_notice(tx, change.id, id, on, old_minor, new_minor)? {
                return Ok(());
            }
            let told = notices::PriceTold {
                plan: new.name,
                domains: services::store::domains_of(tx, id)?,
                old: Money::new(old_minor, old.currency),
                new: Money::new(new_minor, old.currency),
                on,
            };
            notices::price_change(tx, &policy, &subscription, change.id, &told)
        })
        .await
    }
}
