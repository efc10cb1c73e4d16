//! Changing an endpoint: its address and events, its secret, whether it is told anything, and that it is there.

use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use super::{Endpoint, NewEndpoint, Whose, WithSecret, store};
use crate::deliveries;
use crate::error::WebhookError;
use crate::events::{self, EventKind};
use crate::webhooks::Webhooks;

/// For how long the secret before a new one signs too.
const BOTH: Duration = Duration::from_secs(24 * 3600);

impl Webhooks {
    /// Gives an endpoint another address and other events.
    ///
    /// # Errors
    /// [`WebhookError::Field`] for the field `url`; [`WebhookError::NotFound`].
    pub async fn change_endpoint(
        &self,
        whose: Whose,
        id: Uuid,
        to: NewEndpoint,
    ) -> Result<Endpoint, WebhookError> {
        let url = self.check_url(&to.url)?;
        self.write(move |tx| {
            let found = store::find(tx, whose, id)?.ok_or(WebhookError::NotFound)?;
            let endpoint = Endpoint { url: url.clone(), events: to.events.clone(), ..found };
            store::set_target(tx, &endpoint)?;
            Ok(endpoint)
        })
        .await
    }

    /// Makes a new secret; the one before signs too for a day, so that nothing is lost meanwhile.
    ///
    /// # Errors
    /// [`WebhookError::NotFound`].
    pub async fn rotate_secret(&self, whose: Whose, id: Uuid) -> Result<WithSecret, WebhookError> {
        let endpoint = self
            .write(move |tx| {
                store::find(tx, whose, id)?.ok_or(WebhookError::NotFound)?;
                let until = tx.now().plus(BOTH);
                store::rotate(tx, id, until)?;
                store::find(tx, whose, id)?.ok_or(WebhookError::NotFound)
            })
            .await?;
        Ok(self.with_secret(endpoint))
    }

    /// Tells an endpoint nothing more, until it is enabled.
    ///
    /// # Errors
    /// [`WebhookError::NotFound`].
    pub async fn disable_endpoint(&self, whose: Whose, id: Uuid) -> Result<(), WebhookError> {
        self.write(move |tx| {
            store::find(tx, whose, id)?.ok_or(WebhookError::NotFound)?;
            store::disable(tx, id, "asked")?;
            Ok(())
        })
        .await
    }

    /// Tells a disabled endpoint what happens from now on; what it missed can be replayed.
    ///
    /// # Errors
    /// [`WebhookError::NotFound`].
    pub async fn enable_endpoint(&self, whose: Whose, id: Uuid) -> Result<(), WebhookError> {
        self.write(move |tx| {
            store::find(tx, whose, id)?.ok_or(WebhookError::NotFound)?;
            store::enable(tx, id)?;
            Ok(())
        })
        .await
    }

    /// Forgets an endpoint with its log.
    ///
    /// # Errors
    /// [`WebhookError::NotFound`].
    pub async fn remove_endpoint(&self, whose: Whose, id: Uuid) -> Result<(), WebhookError> {
        self.write(move |tx| {
            store::find(tx, whose, id)?.ok_or(WebhookError::NotFound)?;
            deliveries::store::delete_of(tx, id)?;
            store::delete(tx, id)?;
            Ok(())
        })
        .await
    }

    /// Sends an endpoint an event that says nothing; returns its delivery.
    ///
    /// # Errors
    /// [`WebhookError::State`] for a disabled endpoint; [`WebhookError::NotFound`].
    pub async fn test_endpoint(&self, whose: Whose, id: Uuid) -> Result<Uuid, WebhookError> {
        self.write(move |tx| {
            let endpoint = store::find(tx, whose, id)?.ok_or(WebhookError::NotFound)?;
            if endpoint.disabled_at.is_some() {
                return Err(WebhookError::State("this endpoint is disabled; enable it first".to_owned()));
            }
            let data = json!({ "endpoint": id.to_string() });
            let event = events::write(tx, endpoint.customer, EventKind::Test, data)?;
            Ok(events::send(tx, id, event, false)?)
        })
        .await
    }
}
