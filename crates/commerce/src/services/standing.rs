//! What the mail side must know of who pays for a service before mail is sent from it.

use mailkeep_types::sending::SendingRules;
use mailkeep_types::{ServiceId, Timestamp};

use super::store;
use crate::add_ons;
use crate::catalogue;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::subscriptions;

/// How a service stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceStanding {
    /// Since when its customer has paid for anything; `None` before the first paid day.
    pub paid_since: Option<Timestamp>,
    /// Its first days, which cost nothing, are not over.
    pub tried: bool,
    /// How its class counts what is sent.
    pub sending: SendingRules,
}

impl Commerce {
    /// How a service stands now.
    ///
    /// # Errors
    /// When it is not there, or the database fails.
    pub async fn service_standing(&self, id: ServiceId) -> Result<ServiceStanding, CommerceError> {
        let now = self.clock().now();
        self.read(move |tx| {
            let service = store::find(tx, id)?.ok_or(CommerceError::NotFound("service"))?;
            let plan = catalogue::store::by_id(tx, service.plan_version)?;
            let (limits, _) = add_ons::with_granted(tx, &service, &plan)?;
            let subscriptions = subscriptions::store::of_customer(tx, service.customer)?;
            let tried = subscriptions.iter().any(|subscription| {
                subscription.id == service.subscription
                    && subscription.is_tried_on(local_date(now, &subscription.time_zone))
            });
            // A period that was billed was paid for: sending stops where it was not.
            let billed = subscriptions.iter().filter(|subscription| subscription.next_index > 0);
            let paid_since = billed.map(|subscription| {
                let began = subscription.anchor.in_tz(&subscription.time_zone);
                let began =
                    began.map_or(subscription.created_at, |day| Timestamp::from_jiff(day.timestamp()));
                began.max(subscription.created_at)
            });
            let sending = limits.sending.unwrap_or_default();
            Ok(ServiceStanding { paid_since: paid_since.min(), tried, sending })
        })
        .await
    }
}
