//! Sending again what was sent, or should have been.

use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::store;
use crate::endpoints::{self, Whose};
use crate::error::WebhookError;
use crate::events;
use crate::webhooks::Webhooks;

/// So many are replayed by one request at most.
pub const MOST: u32 = 10_000;

impl Webhooks {
    /// Sends the event of a delivery again, under the same `webhook-id`; returns the new delivery.
    ///
    /// # Errors
    /// [`WebhookError::State`] for a disabled endpoint; [`WebhookError::NotFound`].
    pub async fn replay(&self, whose: Whose, endpoint: Uuid, delivery: Uuid) -> Result<Uuid, WebhookError> {
        self.write(move |tx| {
            let found = endpoints::store::find(tx, whose, endpoint)?.ok_or(WebhookError::NotFound)?;
            if found.disabled_at.is_some() {
                return Err(disabled());
            }
            let (delivery, _) = store::find(tx, endpoint, delivery)?.ok_or(WebhookError::NotFound)?;
            Ok(events::send(tx, endpoint, delivery.event, true)?)
        })
        .await
    }

    /// Sends every event again that happened at a time or later and that the endpoint is told of, also those that happened while
    /// it was disabled, as far as they are kept; the oldest [`MOST`] of them. Returns how many.
    ///
    /// # Errors
    /// [`WebhookError::State`] for a disabled endpoint; [`WebhookError::NotFound`].
    pub async fn replay_since(
        &self,
        whose: Whose,
        endpoint: Uuid,
        since: Timestamp,
    ) -> Result<usize, WebhookError> {
        self.write(move |tx| {
            let found = endpoints::store::find(tx, whose, endpoint)?.ok_or(WebhookError::NotFound)?;
            if found.disabled_at.is_some() {
                return Err(disabled());
            }
            let events = store::events_since(tx, &found, since, MOST)?;
            for event in &events {
                events::send(tx, endpoint, *event, true)?;
            }
            Ok(events.len())
        })
        .await
    }
}

fn disabled() -> WebhookError {
    WebhookError::State("this endpoint is disabled; enable it first".to_owned())
}
