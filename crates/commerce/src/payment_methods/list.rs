//! The kept cards of a customer.

use mailkeep_policy::{Act, Actor, Fact, Json, Place, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{CustomerId, PersonId, SessionId};

use super::{PaymentMethod, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::processor::CardFace;

impl Commerce {
    /// The kept cards of a customer, newest first.
    pub async fn list_payment_methods(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<PaymentMethod>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }

    /// The kept cards with what their owner knows them by, for a contact of the customer.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the session is not one of a contact of the customer.
    pub async fn open_payment_methods(
        &self,
        person: PersonId,
        session: SessionId,
        customer: CustomerId,
    ) -> Result<Vec<(PaymentMethod, Option<Shown<CardFace>>)>, CommerceError> {
        let held = self.list_payment_methods(customer).await?;
        if held.is_empty() {
            return Ok(Vec::new());
        }
        let grant = self
            .policy()
            .grant::<purpose::Deliver>(Use {
                actor: Actor::Person(person),
                subject: Subject::customer(customer),
                act: Act::Read,
                fields: &["payment_methods.face"],
                fact: Fact::OwnSession(session),
            })
            .await?;
        let mut opened = Vec::with_capacity(held.len());
        for method in held {
            let id = method.id;
            let face = match self.read(move |tx| Ok(store::face(tx, id)?)).await? {
                None => None,
                Some(sealed) => {
                    let place = Place { table: "payment_methods", column: "face", row: id.uuid() };
                    let sealed = Sealed::<Json<CardFace>, category::PaymentToken>::from_bytes(sealed);
                    let face = self.policy().show(&grant, place, &sealed)?;
                    Some(face.reshape(|Json(face)| face.clone()))
                }
            };
            opened.push((method, face));
        }
        Ok(opened)
    }
}
