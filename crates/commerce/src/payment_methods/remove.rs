//! Removing a card: the processor forgets it, and so do we.

use mailkeep_policy::{Act, Actor, Fact, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, PaymentMethodId, PersonId, SessionId};

use super::{PaymentMethod, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::payments;
use crate::processor::StoredCard;
use crate::services;

impl Commerce {
    /// Removes a card of a customer, asked for by one of their contacts.
    ///
    /// # Errors
    /// [`CommerceError::State`] while something that runs is paid with it or a payment with it is on its way;
    /// [`CommerceError::ProcessorUnknown`] when the processor does not answer: ask again.
    pub async fn remove_card(
        &self,
        person: PersonId,
        session: SessionId,
        customer: CustomerId,
        id: PaymentMethodId,
    ) -> Result<(), CommerceError> {
        let sealed = self
            .read(move |tx| {
                removable(tx, customer, id)?;
                payments::store::method_token(tx, id)?.ok_or(CommerceError::NotFound("card"))
            })
            .await?;
        let card = self.open_to_forget(person, session, customer, id, sealed).await?;
        self.processor().forget_card(&card).await?;
        self.write(move |tx| {
            // A permission may have been given meanwhile: the card cannot be charged any more, and its owner is told.
            removable(tx, customer, id)?;
            Ok(store::disable(tx, id)?)
        })
        .await
    }

    /// Opens the token of a card for the call by which the processor forgets it.
    async fn open_to_forget(
        &self,
        person: PersonId,
        session: SessionId,
        customer: CustomerId,
        id: PaymentMethodId,
        sealed: Vec<u8>,
    ) -> Result<StoredCard, CommerceError> {
        let grant = self
            .policy()
            .grant::<purpose::Deliver>(Use {
                actor: Actor::Person(person),
                subject: Subject::customer(customer),
                act: Act::Change,
                fields: &["payment_methods.token"],
                fact: Fact::OwnSession(session),
            })
            .await?;
        let place = Place { table: "payment_methods", column: "token", row: id.uuid() };
        let sealed = Sealed::<String, category::PaymentToken>::from_bytes(sealed);
        Ok(self
            .policy()
            .open(&grant, place, &sealed, |token| StoredCard { token: token.clone(), face: None })?)
    }
}

fn removable(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    id: PaymentMethodId,
) -> Result<PaymentMethod, CommerceError> {
    let method = store::find(tx, customer, id)?.ok_or(CommerceError::NotFound("card"))?;
    let mut domains = Vec::new();
    for (subscription, _) in &method.pays_for {
        domains.extend(services::store::domains_of(tx, *subscription)?);
    }
    if !method.pays_for.is_empty() {
        return Err(CommerceError::State(format!(
            "this card pays for {}: let another card pay for it first, or withdraw the permission",
            domains.join(", ")
        )));
    }
    if store::is_being_charged(tx, id)? {
        return Err(CommerceError::State("a payment with this card is on its way; wait for it".to_owned()));
    }
    Ok(method)
}
