//! A customer's billing details: corrected at any time, and filled in for the signed-in person.

use mailkeep_policy::{Act, Actor, Fact, Json, Personal, Place, Sealed, Subject, Use, category, purpose};
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
        details: BillingDetails,
    ) -> Result<(), CommerceError> {
        check_billing(&details)?;
        self.policy().create_key(Subject::customer(customer)).await?;
        let details: Personal<_, category::BillingAddress> = Personal::new(Json(details));
        let sealed = self.policy().seal(Subject::customer(customer), place(customer), &details)?.into_bytes();
        self.write(move |tx| Ok(store::put_profile(tx, customer, &sealed)?)).await
    }

    /// Opens the billing details for the signed-in person, to show them or to fill a form in; `None` when none were
    /// given yet.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the session is not one of a contact of the customer.
    pub async fn open_billing_details<R>(
        &self,
        person: PersonId,
        session: SessionId,
        customer: CustomerId,
        reader: impl FnOnce(&BillingDetails) -> R,
    ) -> Result<Option<R>, CommerceError> {
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
        Ok(Some(self.policy().open(&grant, place(customer), &sealed, |Json(details)| reader(details))?))
    }
}
