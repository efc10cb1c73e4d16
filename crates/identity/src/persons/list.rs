//! Who is there: for what is told to everybody.

use mailkeep_types::PersonId;

use super::store;
use crate::error::IdentityError;
use crate::identity::Identity;

impl Identity {
    /// Every person with a confirmed address; nothing about them is opened.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn active_persons(&self) -> Result<Vec<PersonId>, IdentityError> {
        Ok(self.db().read(store::active).await?)
    }
}
