//! A person as staff find them: number, state and dates, with nothing opened.

use mailkeep_types::{PersonId, RegistrationId};

use super::{PersonSummary, store};
use crate::access::{Access, Permission, StaffPermission};
use crate::customers::{self, CustomerSummary};
use crate::error::IdentityError;
use crate::identity::Identity;

impl Identity {
    /// A person and the customers that they act for.
    ///
    /// # Errors
    /// When the permission is lacking, or there is no such person.
    pub async fn find_person_for_staff(
        &self,
        access: &Access,
        person: PersonId,
    ) -> Result<(PersonSummary, Vec<CustomerSummary>), IdentityError> {
        access.require(Permission::Staff(StaffPermission::Customers))?;
        self.db()
            .read(move |tx| {
                let found = store::summarise(tx, person)?.ok_or(IdentityError::NotFound)?;
                Ok((found, customers::store::customers_of_person(tx, person)?))
            })
            .await
    }

    /// Who has a public number: the number is told to staff by whoever has it. `None` when nobody has.
    ///
    /// # Errors
    /// When no member of staff asks.
    pub async fn find_person_of_number(
        &self,
        access: &Access,
        number: RegistrationId,
    ) -> Result<Option<PersonId>, IdentityError> {
        access.require(Permission::AnyStaff)?;
        let found = self.db().read(move |tx| store::find_by_registration_id(tx, number)).await?;
        Ok(found.map(|person| person.person))
    }
}
