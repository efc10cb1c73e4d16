//! Looking at disputes: numbers, dates and states; nothing personal is opened.

use mailkeep_types::{CustomerId, DisputeId};

use super::{Dispute, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// All disputes, those that wait for an answer first.
    pub async fn list_disputes(&self) -> Result<Vec<Dispute>, CommerceError> {
        self.read(store::all).await
    }

    /// The disputes of a customer, newest first.
    pub async fn list_disputes_of(&self, customer: CustomerId) -> Result<Vec<Dispute>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }

    /// One dispute.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] when there is none.
    pub async fn find_dispute(&self, id: DisputeId) -> Result<Dispute, CommerceError> {
        self.read(move |tx| store::find(tx, id)?.ok_or(CommerceError::NotFound("dispute"))).await
    }
}
