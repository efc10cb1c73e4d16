//! Restoring after the pause: by staff, while there is something to restore.

use mailkeep_types::{StaffId, SubscriptionId};
use mailkeep_webhooks::events::EventKind;

use super::store;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::services::change;
use crate::subscriptions;

impl Commerce {
    /// Takes a subscription up again that was paused or deleted. It is billed from today on.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when it was not paused, or its mail is gone for good.
    pub async fn restore_subscription(
        &self,
        staff: StaffId,
        id: SubscriptionId,
    ) -> Result<(), CommerceError> {
        self.write(move |tx| {
            let subscription =
                subscriptions::store::find(tx, id)?.ok_or(CommerceError::NotFound("subscription"))?;
            let today = local_date(tx.now(), &subscription.time_zone);
            let ending = store::find(tx, id)?
                .filter(|ending| ending.paused_on.is_some())
                .ok_or_else(|| CommerceError::Staff("this subscription was not paused".to_owned()))?;
            if !ending.can_be_restored(today) {
                let until = ending.restore_until.unwrap_or(today);
                let message = format!("it could be restored until {until}; its mail is gone");
                return Err(CommerceError::Staff(message));
            }
            tracing::info!(subscription = %id, %staff, "a subscription is restored");
            store::delete(tx, id)?;
            subscriptions::store::take_up(tx, id, today)?;
            subscriptions::store::tell(tx, id, EventKind::SubscriptionResumed)?;
            change::take_up_services_of(tx, id)
        })
        .await
    }
}
