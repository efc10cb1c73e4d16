//! Registering an endpoint.

use mailkeep_types::new_uuid;

use super::{Endpoint, Registrar, Whose, WithSecret, store};
use crate::client::check_url;
use crate::error::WebhookError;
use crate::events::EventKind;
use crate::signing::Secret;
use crate::webhooks::Webhooks;

/// An endpoint to be registered.
#[derive(Debug, Clone)]
pub struct NewEndpoint {
    /// Where it is.
    pub url: String,
    /// The events that it is told; empty means all of them.
    pub events: Vec<EventKind>,
}

impl Webhooks {
    /// Registers an endpoint.
    ///
    /// # Errors
    /// [`WebhookError::Field`] for the field `url`, also when there are enough.
    pub async fn register_endpoint(
        &self,
        whose: Whose,
        by: Registrar,
        new: NewEndpoint,
    ) -> Result<WithSecret, WebhookError> {
        let url = self.check_url(&new.url)?;
        let (id, most) = (new_uuid(&**self.clock()), self.config().endpoints_per_customer);
        let endpoint = self
            .write(move |tx| {
                if store::of(tx, whose)?.len() >= most as usize {
                    let sentence = format!("{most} endpoints are registered; remove one first");
                    return Err(WebhookError::field("url", sentence));
                }
                let endpoint = Endpoint {
                    id,
                    customer: whose.stored(),
                    url: url.clone(),
                    events: new.events.clone(),
                    person: match by {
                        Registrar::Person(id) => Some(id),
                        Registrar::Staff(_) => None,
                    },
                    generation: 1,
                    earlier_until: None,
                    created_at: tx.now(),
                    failing_since: None,
                    disabled_at: None,
                    disabled_why: None,
                };
                store::insert(tx, &endpoint, by)?;
                Ok(endpoint)
            })
            .await?;
        Ok(self.with_secret(endpoint))
    }

    pub(super) fn check_url(&self, url: &str) -> Result<String, WebhookError> {
        check_url(url, self.config().allow_private_addresses)
            .map(String::from)
            .map_err(|sentence| WebhookError::field("url", sentence))
    }

    pub(super) fn with_secret(&self, endpoint: Endpoint) -> WithSecret {
        let secret = Secret::of(self.policy(), endpoint.id, endpoint.generation);
        WithSecret { endpoint, secret }
    }
}
