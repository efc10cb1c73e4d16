//! The customers that hang on one person: nobody else owns them.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{CustomerId, PersonId};

use super::store;
use crate::access::ContactRole;
use crate::error::IdentityError;
use crate::identity::Identity;

impl Identity {
    /// The owners of a customer, who are told what concerns all of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn owners_of(&self, customer: CustomerId) -> Result<Vec<PersonId>, IdentityError> {
        Ok(self.db().read(move |tx| store::persons_with_role(tx, customer, &[ContactRole::Owner])).await?)
    }

    /// The customers of which the person is the only owner. They end with the person; the others go on.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn customers_of_sole_owner(&self, person: PersonId) -> Result<Vec<CustomerId>, IdentityError> {
        let found = self.db().read(move |tx| -> Result<Vec<CustomerId>, SqlError> {
            let mut sole = Vec::new();
            for (_, customer) in store::contacts_of_person(tx, person)? {
                if store::persons_with_role(tx, customer, &[ContactRole::Owner])? == [person] {
                    sole.push(customer);
                }
            }
            Ok(sole)
        });
        Ok(found.await?)
    }
}
