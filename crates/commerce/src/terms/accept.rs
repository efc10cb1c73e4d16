//! Accepting terms with an order.

use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, OrderId, PersonId, Timestamp};
use uuid::Uuid;

use super::{TermsVersion, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// What a customer accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The version's identifier.
    pub terms: Uuid,
    /// The version's number.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// The SHA-256 of what was accepted.
    pub sha256: [u8; 32],
    /// With which order.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// Records that an order accepts the version in force of a brand. `seen` is the version that the page showed: another
/// one must be read first.
pub(crate) fn accept(
    tx: &mut Tx<'_>,
    brand: &str,
    seen: Option<Uuid>,
    order: OrderId,
    customer: CustomerId,
    person: PersonId,
) -> Result<(), CommerceError> {
    let Some(current) = store::newest(tx, brand)? else { return Ok(()) };
    if seen.is_some_and(|seen| seen != current.id) {
        let message = "the terms changed since you read them; please read them again";
        return Err(CommerceError::invalid("terms", message));
    }
    store::insert_acceptance(tx, &current, order, customer, person)?;
    Ok(())
}

impl Commerce {
    /// What a customer accepted, newest first.
    pub async fn accepted_terms(&self, customer: CustomerId) -> Result<Vec<Acceptance>, CommerceError> {
        self.read(move |tx| store::acceptances(tx, customer)).await
    }

    /// A version that a customer accepted.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] when they did not.
    pub async fn show_accepted_terms(
        &self,
        customer: CustomerId,
        terms: Uuid,
    ) -> Result<TermsVersion, CommerceError> {
        self.read(move |tx| {
            let accepted = store::acceptances(tx, customer)?.iter().any(|one| one.terms == terms);
            store::find(tx, terms)?
                .filter(|_| accepted)
                .ok_or(CommerceError::NotFound("version of the terms"))
        })
        .await
    }
}
