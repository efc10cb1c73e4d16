//! Cancelling on the renewal date, and taking it back until then: as easy as ordering.

use mailkeep_types::{CustomerId, SubscriptionId};

use super::{SubscriptionStatus, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::{notices, services};

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
        self.set_cancel(customer, id, true).await
    }

    /// Takes the wish to end a subscription back.
    ///
    /// # Errors
    /// [`CommerceError::State`] when it has ended already.
    pub async fn keep_subscription(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
    ) -> Result<(), CommerceError> {
        self.set_cancel(customer, id, false).await
    }

    async fn set_cancel(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        cancel: bool,
    ) -> Result<(), CommerceError> {
        let policy = self.policy().clone();
        self.write(move |tx| {
            let subscription = store::find(tx, id)?
                .filter(|subscription| subscription.customer == customer)
                .ok_or(CommerceError::NotFound("subscription"))?;
            if subscription.status == SubscriptionStatus::Ended {
                return Err(CommerceError::State(
                    "this subscription has ended; order again to go on".to_owned(),
                ));
            }
            if subscription.cancel_at_end == cancel {
                return Ok(());
            }
            store::set_cancel(tx, id, cancel)?;
            if cancel {
                let domains = services::store::domains_of(tx, id)?;
                notices::service_cancelled(tx, &policy, &subscription, &domains)?;
            }
            Ok(())
        })
        .await
    }
}
