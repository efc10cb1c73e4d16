//! Looking at claims: amounts, dates and fixed words; nothing personal is opened.

use mailkeep_types::CustomerId;
use uuid::Uuid;

use super::{Claim, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// All claims, those that wait for somebody first.
    pub async fn list_cover_claims(&self) -> Result<Vec<Claim>, CommerceError> {
        self.read(store::all).await
    }

    /// The claims of a customer, newest first.
    pub async fn list_cover_claims_of(&self, customer: CustomerId) -> Result<Vec<Claim>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }

    /// One claim.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] when there is none.
    pub async fn find_cover_claim(&self, id: Uuid) -> Result<Claim, CommerceError> {
        self.read(move |tx| store::find(tx, id)?.ok_or(CommerceError::NotFound("claim"))).await
    }
}
