//! A person ends: after the key was destroyed, nothing is left to sign in with or to be found by.

use mailkeep_types::PersonId;

use super::store;
use crate::credentials;
use crate::customers;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::principal::Principal;
use crate::{api_tokens, links, sessions};

impl Identity {
    /// Closes a person whose data was erased: ends sessions and tokens, removes credentials, links and the copies that
    /// customers have of name and address. Safe to run again.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn close_person(&self, person: PersonId) -> Result<(), IdentityError> {
        let principal = Principal::Person(person);
        self.write_access(move |tx| {
            sessions::store::delete_all(tx, principal, None)?;
            sessions::store::delete_recognitions(tx, person)?;
            api_tokens::store::delete_all(tx, person)?;
            links::store::delete_all_of(tx, principal)?;
            credentials::store::remove(tx, principal)?;
            customers::store::delete_contacts_of(tx, person)?;
            Ok(store::close(tx, person)?)
        })
        .await
    }
}
