//! What a visitor sees of the catalogue.

use uuid::Uuid;

use super::{PlanVersion, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// The plans on offer in their order.
    pub async fn list_plans(&self) -> Result<Vec<PlanVersion>, CommerceError> {
        self.read(store::offered).await
    }

    /// A plan version by its identifier: what a service or subscription was sold as.
    pub async fn plan_version(&self, id: Uuid) -> Result<PlanVersion, CommerceError> {
        self.read(move |tx| store::by_id(tx, id)).await
    }
}
