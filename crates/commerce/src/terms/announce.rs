//! Telling everybody who has something that the terms change.

use mailkeep_types::SubscriptionId;
use uuid::Uuid;

use super::store;
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::{notices, subscriptions};

const PAGE: u32 = 100;

impl Commerce {
    /// Tells the persons of the active subscriptions of a brand. The key of a message is the version and the person, so
    /// that nobody is told twice, however often this runs.
    pub(crate) async fn announce_terms(&self, id: Uuid) -> Result<(), CommerceError> {
        let terms =
            self.read(move |tx| store::find(tx, id)).await?.ok_or(CommerceError::NotFound("terms"))?;
        let mut after: Option<SubscriptionId> = None;
        loop {
            let brand = terms.brand.clone();
            let page = self.read(move |tx| subscriptions::store::of_brand(tx, &brand, after, PAGE)).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id);
            let (terms, policy) = (terms.clone(), self.policy().clone());
            self.write(move |tx| {
                for subscription in &page {
                    notices::terms_changed(tx, &policy, subscription.person, &terms)?;
                }
                Ok(())
            })
            .await?;
        }
    }
}
