//! Cancelling, and taking it back until the pause: as easy as ordering.

use jiff::civil::Date;
use mailkeep_types::{CustomerId, SubscriptionId};
use mailkeep_webhooks::events::EventKind;

use super::{EndWhen, Ending, LeavingDays, store};
use crate::changes::AskedBy;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::periods::calendar::MonthCalendar;
use crate::subscriptions::{self, Subscription, SubscriptionStatus};
use crate::{events, notices, services};

impl Commerce {
    /// Ends a subscription on its renewal date. Until then it runs, and the wish can be taken back.
    ///
    /// # Errors
    /// [`CommerceError::State`] when it has ended already.
    pub async fn cancel_subscription(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
    ) -> Result<(), CommerceError> {
        self.end_subscription(customer, id, EndWhen::AtRenewal, AskedBy::Customer).await.map(|_| ())
    }

    /// Ends a subscription on its renewal date or when today is over. Gives the day on which it is paused.
    ///
    /// # Errors
    /// [`CommerceError::State`] when it has ended already, or staff ended it.
    pub async fn end_subscription(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        when: EndWhen,
        asked_by: AskedBy,
    ) -> Result<Date, CommerceError> {
        let (policy, config) = (self.policy().clone(), self.config().clone());
        self.write(move |tx| {
            let subscription = own(tx, customer, id)?;
            if subscription.status == SubscriptionStatus::Ended {
                let message = "this subscription has ended; order again to go on";
                return Err(CommerceError::State(message.to_owned()));
            }
            let today = local_date(tx.now(), &subscription.time_zone);
            let ends_on = end_of(&subscription, when, today, config.leaving.notice_days, &config.month);
            let before = store::find(tx, id)?;
            if before.as_ref().is_some_and(|ending| ending.ends_on == ends_on) {
                return Ok(ends_on);
            }
            if asked_by == AskedBy::Customer {
                refuse_for_staff(before.as_ref())?;
            }
            store::put(tx, id, &asked_by.word(), ends_on)?;
            // With notice, periods before the end are still billed; the last one sets the mark.
            subscriptions::store::set_cancel(tx, id, subscription.next_on >= ends_on)?;
            events::subscription(tx, id, customer, EventKind::SubscriptionCancelled)?;
            let domains = services::store::domains_of(tx, id)?;
            notices::service_cancelled(tx, &policy, &subscription, &domains, ends_on)?;
            Ok(ends_on)
        })
        .await
    }

    /// Takes the wish to end a subscription back.
    ///
    /// # Errors
    /// [`CommerceError::State`] when it is paused or has ended already: staff can still restore it.
    pub async fn keep_subscription(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
    ) -> Result<(), CommerceError> {
        self.write(move |tx| {
            let subscription = own(tx, customer, id)?;
            let ending = store::find(tx, id)?;
            refuse_for_staff(ending.as_ref())?;
            let paused = ending.is_some_and(|ending| !ending.can_be_undone());
            if paused || subscription.status == SubscriptionStatus::Ended {
                let message =
                    "this subscription is paused already; write to us, and we restore it while we can";
                return Err(CommerceError::State(message.to_owned()));
            }
            store::delete(tx, id)?;
            subscriptions::store::set_cancel(tx, id, false)?;
            Ok(events::subscription(tx, id, customer, EventKind::SubscriptionResumed)?)
        })
        .await
    }

    /// The days of leaving a subscription, if it were asked for now.
    pub fn days_of_leaving(&self, subscription: &Subscription, when: EndWhen) -> LeavingDays {
        let (leaving, calendar) = (self.config().leaving, self.config().month);
        let today = local_date(self.clock().now(), &subscription.time_zone);
        let after =
            |date: Date, days: u16| date.checked_add(jiff::Span::new().days(i64::from(days))).unwrap_or(date);
        let paused = end_of(subscription, when, today, leaving.notice_days, &calendar);
        let deleted = after(paused, leaving.delete_after_days);
        LeavingDays { paused, deleted, restorable: after(deleted, leaving.restore_days) }
    }

    /// The endings of a customer's subscriptions.
    pub async fn list_endings(&self, customer: CustomerId) -> Result<Vec<Ending>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }
}

/// What staff ended a customer does not change.
fn refuse_for_staff(ending: Option<&Ending>) -> Result<(), CommerceError> {
    if ending.is_some_and(|ending| AskedBy::is_staff(&ending.asked_by)) {
        let message = "our staff ended this subscription; write to us, and we look at it together";
        return Err(CommerceError::State(message.to_owned()));
    }
    Ok(())
}

fn own(
    tx: &mut mailkeep_storage::sql::Tx<'_>,
    customer: CustomerId,
    id: SubscriptionId,
) -> Result<Subscription, CommerceError> {
    subscriptions::store::find(tx, id)?
        .filter(|subscription| subscription.customer == customer)
        .ok_or(CommerceError::NotFound("subscription"))
}

/// The day on which a subscription ends: tomorrow, or the first renewal after the notice.
pub fn end_of(
    subscription: &Subscription,
    when: EndWhen,
    today: Date,
    notice_days: u16,
    calendar: &MonthCalendar,
) -> Date {
    if when == EndWhen::Now {
        return today.tomorrow().unwrap_or(today);
    }
    let earliest = today.checked_add(jiff::Span::new().days(i64::from(notice_days))).unwrap_or(today);
    let mut ahead = Subscription { pending: None, ..subscription.clone() };
    while ahead.next_on < earliest {
        ahead.next_on = ahead.next_billing(calendar).period.end;
    }
    ahead.next_on
}
