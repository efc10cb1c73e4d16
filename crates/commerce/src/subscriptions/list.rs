//! Subscriptions as customers and staff see them.

use mailkeep_types::{CustomerId, SubscriptionId};

use super::{Subscription, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// The subscriptions of a customer, newest first.
    pub async fn list_subscriptions(&self, customer: CustomerId) -> Result<Vec<Subscription>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }

    /// One subscription of a customer.
    pub async fn show_subscription(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
    ) -> Result<Subscription, CommerceError> {
        self.read(move |tx| {
            store::find(tx, id)?
                .filter(|subscription| subscription.customer == customer)
                .ok_or(CommerceError::NotFound("subscription"))
        })
        .await
    }
}
