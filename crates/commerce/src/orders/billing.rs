//! A customer's billing details: corrected at any time, and filled in for the signed-in person.

use mailkeep_policy::{Act, Actor, Fact, Json, Place, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{CustomerId, PersonId, SessionId};

use super::place::check_billing;
use super::{BillingDetails, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

fn place(customer: CustomerId) -> Place {
    Place { table: "billing_profiles", column: "details", row: customer.uuid() }
}

impl Commerce {
    /// Changes to whom a customer's invoices are written from now on. Issued invoices stay as they are. The caller has
    /// checked that the person may.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] naming the field that does not fit.
    pub async fn change_billing_details(
        &self,
        customer: CustomerId,
        details: impl Into<Shown<BillingDetails>>,
    ) -> Result<(), CommerceError> {
        let details = details.into();
        check_billing(&details)?;
        self.policy().create_key(Subject::customer(customer)).await?;
        let details = details.reshape(|details| Json(details.clone()));
        let details = details
            .personal::<category::BillingAddress>()
            .ok_or_else(|| CommerceError::invalid("name", "write to whom the invoice goes"))?;
        let sealed = self.policy().seal(Subject::customer(customer), place(customer), &details)?.into_bytes();
        self.write(move |tx| Ok(store::put_profile(tx, customer, &sealed)?)).await
    }

    /// Opens the billing details for the signed-in person, to show them or to fill a form in; `None` when none were
    /// given yet.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the session is not one of a contact of the customer.
    pub async fn open_billing_details(
        &self,
        person: PersonId,
        session: SessionId,
        customer: CustomerId,
    ) -> Result<Option<Shown<BillingDetails>>, CommerceError> {
        let Some(sealed) = self.read(move |tx| Ok(store::profile(tx, customer)?)).await? else {
            return Ok(None);
        };
        let grant = self
            .policy()
            .grant::<purpose::Prefill>(Use {
                actor: Actor::Person(person),
                subject: Subject::customer(customer),
                act: Act::Read,
                fields: &["billing_profiles.details"],
                fact: Fact::OwnSession(session),
            })
            .await?;
        let sealed = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(sealed);
        let details = self.policy().show(&grant, place(customer), &sealed)?;
        Ok(Some(details.reshape(|Json(details)| details.clone())))
    }
}
