//! Looking at the log.

use uuid::Uuid;

use super::{Delivery, store};
use crate::endpoints::{self, Whose};
use crate::error::WebhookError;
use crate::webhooks::Webhooks;

impl Webhooks {
    /// The deliveries of an endpoint, the newest first: those before the one named.
    ///
    /// # Errors
    /// [`WebhookError::NotFound`].
    pub async fn list_deliveries(
        &self,
        whose: Whose,
        endpoint: Uuid,
        before: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<Delivery>, WebhookError> {
        self.read(move |tx| {
            endpoints::store::find(tx, whose, endpoint)?.ok_or(WebhookError::NotFound)?;
            Ok(store::newest(tx, endpoint, before, limit)?)
        })
        .await
    }

    /// The deliveries of an endpoint, the oldest first: those after the one named.
    ///
    /// # Errors
    /// [`WebhookError::NotFound`].
    pub async fn page_deliveries(
        &self,
        whose: Whose,
        endpoint: Uuid,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<Delivery>, WebhookError> {
        self.read(move |tx| {
            endpoints::store::find(tx, whose, endpoint)?.ok_or(WebhookError::NotFound)?;
            Ok(store::oldest(tx, endpoint, after, limit)?)
        })
        .await
    }

    /// One delivery with what was sent.
    ///
    /// # Errors
    /// [`WebhookError::NotFound`].
    pub async fn show_delivery(
        &self,
        whose: Whose,
        endpoint: Uuid,
        delivery: Uuid,
    ) -> Result<(Delivery, String), WebhookError> {
        self.read(move |tx| {
            endpoints::store::find(tx, whose, endpoint)?.ok_or(WebhookError::NotFound)?;
            store::find(tx, endpoint, delivery)?.ok_or(WebhookError::NotFound)
        })
        .await
    }
}
