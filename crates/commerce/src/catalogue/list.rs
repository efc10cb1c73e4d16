//! What a visitor sees of the catalogue.

use uuid::Uuid;

use super::items::ItemVersion;
use super::{PlanVersion, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// The plans on offer in their order.
    pub async fn list_plans(&self) -> Result<Vec<PlanVersion>, CommerceError> {
        self.read(store::offered).await
    }

    /// What is sold once or by the hour, in its order.
    pub async fn list_items(&self) -> Result<Vec<ItemVersion>, CommerceError> {
        self.read(store::offered_items).await
    }

    /// A plan version by its identifier: what a service or subscription was sold as.
    pub async fn plan_version(&self, id: Uuid) -> Result<PlanVersion, CommerceError> {
        self.read(move |tx| store::by_id(tx, id)).await
    }
}
