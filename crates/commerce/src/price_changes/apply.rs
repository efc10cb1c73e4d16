//! Coming to the new version: the first period that begins when its day has come is billed under it.

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use uuid::Uuid;

use super::store;
use crate::error::CommerceError;
use crate::periods::calendar::MonthCalendar;
use crate::subscriptions::Subscription;
use crate::subscriptions::next::PendingChange;

/// The version under which a period of a subscription is billed that begins on a day: the newest that it was told of
/// and whose day has come, else its own.
pub(crate) fn version_on(
    tx: &mut Tx<'_>,
    subscription: &Subscription,
    on: Date,
) -> Result<Uuid, CommerceError> {
    Ok(store::newest_for(tx, subscription.id, on)?.unwrap_or(subscription.plan_version))
}

/// A subscription with the version that it comes to by its next billing, as a change that waits. A change that the
/// customer asked for goes before it.
pub(crate) fn with_change(
    tx: &mut Tx<'_>,
    subscription: Subscription,
    calendar: &MonthCalendar,
) -> Result<Subscription, CommerceError> {
    if subscription.pending.is_some() {
        return Ok(subscription);
    }
    let next = subscription.next_billing(calendar);
    let plan_version = version_on(tx, &subscription, next.period.start)?;
    let (interval, mailboxes) = (next.interval, next.mailboxes);
    let pending = (plan_version != subscription.plan_version).then_some(PendingChange {
        plan_version,
        interval,
        mailboxes,
    });
    Ok(Subscription { pending, ..subscription })
}
