//! Looking at endpoints.

use uuid::Uuid;

use super::{Endpoint, Whose, WithSecret, store};
use crate::error::WebhookError;
use crate::webhooks::Webhooks;

impl Webhooks {
    /// All endpoints of a customer, or of the house, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_endpoints(&self, whose: Whose) -> Result<Vec<Endpoint>, WebhookError> {
        self.read(move |tx| store::of(tx, whose)).await
    }

    /// One endpoint.
    ///
    /// # Errors
    /// [`WebhookError::NotFound`] when it is not there, or somebody else's.
    pub async fn show_endpoint(&self, whose: Whose, id: Uuid) -> Result<Endpoint, WebhookError> {
        self.read(move |tx| store::find(tx, whose, id)?.ok_or(WebhookError::NotFound)).await
    }

    /// One endpoint with the secret in force: for who made it a moment ago and asks again.
    ///
    /// # Errors
    /// As [`Webhooks::show_endpoint`].
    pub async fn show_secret(&self, whose: Whose, id: Uuid) -> Result<WithSecret, WebhookError> {
        Ok(self.with_secret(self.show_endpoint(whose, id).await?))
    }
}
