//! A person revokes an API token.

use mailkeep_types::ApiTokenId;

use super::store;
use crate::access::Access;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;
use crate::security_events::SecurityEventKind;

impl Identity {
    /// Ends a token at once.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`] for a token that is not the person's.
    pub async fn revoke_api_token(
        &self,
        access: &Access,
        id: ApiTokenId,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let person = access.person_in_browser()?.person;
        let (this, at) = (self.clone(), origin.clone());
        self.write_access(move |tx| {
            if !store::delete(tx, person, id)? {
                return Err(IdentityError::NotFound);
            }
            this.record(tx, Principal::Person(person), SecurityEventKind::ApiTokenRevoked, Some(&at))
        })
        .await
    }
}
