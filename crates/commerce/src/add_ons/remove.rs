//! Removing something: it goes with the end of the term that is paid for, and until then that can be taken back.

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, SubscriptionId};
use mailkeep_webhooks::events::EventKind;

use super::{AddOn, store};
use crate::changes::AskedBy;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::subscriptions::{self, Subscription, SubscriptionStatus};
use crate::{catalogue, notices, services};

impl Commerce {
    /// Removes it with the end of the term; gives the first day without it.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] when the subscription has no such add-on; [`CommerceError::State`] when the next period is
    /// being billed.
    pub async fn remove_add_on(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        key: &str,
        asked_by: AskedBy,
    ) -> Result<Date, CommerceError> {
        let (policy, key) = (self.policy().clone(), key.to_owned());
        self.write(move |tx| {
            let (subscription, had, today) = find(tx, customer, id, &key)?;
            let until = subscription.next_on;
            if until <= today {
                let message = "the next period is being billed; try again in a few minutes";
                return Err(CommerceError::State(message.to_owned()));
            }
            if !store::remove(tx, had.id, until, &asked_by.word())? {
                // Asked for twice: it goes when it was to go.
                return Ok(had.until.unwrap_or(until));
            }
            subscriptions::store::tell(tx, id, EventKind::SubscriptionChanged)?;
            let plan = catalogue::store::by_id(tx, subscription.plan_version)?;
            let name = plan.sheet.add_on(&key).map_or(&key, |add_on| &add_on.name);
            let domains = services::store::domains_of(tx, id)?;
            notices::add_on(tx, &policy, notices::ADD_ON_REMOVED, &subscription, &domains, name, until)?;
            Ok(until)
        })
        .await
    }

    /// Takes back that it is to go.
    ///
    /// # Errors
    /// As [`Commerce::remove_add_on`]; [`CommerceError::State`] when the next period was billed without it.
    pub async fn keep_add_on(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        key: &str,
    ) -> Result<(), CommerceError> {
        let key = key.to_owned();
        self.write(move |tx| {
            let (subscription, had, today) = find(tx, customer, id, &key)?;
            let Some(until) = had.until else { return Ok(()) };
            if !can_be_kept(&subscription, &had, today) || !store::keep(tx, had.id)? {
                let message =
                    format!("the days from {until} on are billed without it; add it again on that day");
                return Err(CommerceError::State(message));
            }
            subscriptions::store::tell(tx, id, EventKind::SubscriptionChanged)?;
            Ok(())
        })
        .await
    }
}

/// Whether it can be taken back that it is to go: what comes after was not billed without it.
pub(super) fn can_be_kept(subscription: &Subscription, had: &AddOn, today: Date) -> bool {
    had.until.is_some_and(|until| until > today && until == subscription.next_on)
}

/// What a subscription that runs has today.
fn find(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    id: SubscriptionId,
    key: &str,
) -> Result<(Subscription, AddOn, Date), CommerceError> {
    let subscription = subscriptions::store::find(tx, id)?
        .filter(|subscription| subscription.customer == customer)
        .ok_or(CommerceError::NotFound("subscription"))?;
    if subscription.status != SubscriptionStatus::Active {
        return Err(CommerceError::State("this subscription has ended".to_owned()));
    }
    let today = local_date(tx.now(), &subscription.time_zone);
    let had = store::of_subscription(tx, id)?;
    let had = had.into_iter().find(|add_on| add_on.key == key && add_on.is_had_on(today));
    Ok((subscription, had.ok_or(CommerceError::NotFound("add-on"))?, today))
}
