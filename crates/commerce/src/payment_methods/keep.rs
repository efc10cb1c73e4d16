//! Keeping a card that a payer gave on the processor's page: sealed before the transaction, under the identifier that its row
//! will have.

use jiff::civil::Date;
use mailkeep_policy::{Json, Personal, Place, Subject, category};
use mailkeep_types::{CustomerId, PaymentMethodId};

use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::processor::StoredCard;

/// A card, sealed and ready to be written.
#[derive(Debug, Clone)]
pub(crate) struct SealedCard {
    pub id: PaymentMethodId,
    pub customer: CustomerId,
    pub processor: &'static str,
    pub token: Vec<u8>,
    pub face: Option<Vec<u8>>,
    pub expires_on: Option<Date>,
}

impl Commerce {
    /// Seals a card of a customer.
    pub(crate) fn seal_card(
        &self,
        customer: CustomerId,
        card: &StoredCard,
    ) -> Result<SealedCard, CommerceError> {
        let id = PaymentMethodId::new(&**self.clock());
        let subject = Subject::customer(customer);
        let place = |column| Place { table: "payment_methods", column, row: id.uuid() };
        let token: Personal<_, category::PaymentToken> = Personal::new(card.token.clone());
        let token = self.policy().seal(subject, place("token"), &token)?.into_bytes();
        let face = match &card.face {
            None => None,
            Some(face) => {
                let face: Personal<_, category::PaymentToken> = Personal::new(Json(face.clone()));
                Some(self.policy().seal(subject, place("face"), &face)?.into_bytes())
            }
        };
        let expires_on = card.face.as_ref().and_then(|face| face.last_day());
        Ok(SealedCard { id, customer, processor: self.processor().name(), token, face, expires_on })
    }
}
