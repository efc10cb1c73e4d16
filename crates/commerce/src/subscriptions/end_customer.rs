//! The services of a customer that is erased end at once.

use mailkeep_types::CustomerId;

use super::{SubscriptionStatus, store};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::services;

impl Commerce {
    /// Ends every subscription of the customer with its services, today. Invoices stay, and what is owed on them stays owed.
    /// Safe to run again.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn end_customer(&self, customer: CustomerId) -> Result<(), CommerceError> {
        let now = self.clock().now();
        self.write(move |tx| {
            for subscription in store::of_customer(tx, customer)? {
                let running = subscription.status != SubscriptionStatus::Ended;
                if running && store::end(tx, subscription.id, local_date(now, &subscription.time_zone))? {
                    services::change::end_services_of(tx, subscription.id)?;
                }
            }
            Ok(())
        })
        .await
    }
}
