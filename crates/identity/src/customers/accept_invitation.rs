//! A signed-in person accepts an invitation. Whoever has the link may: it went to the invited address.

use mailkeep_types::{ContactId, CustomerId};

use super::store;
use crate::access::Access;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;
use crate::security_events::SecurityEventKind;

impl Identity {
    /// Makes the person a contact of the customer that invited.
    ///
    /// # Errors
    /// [`IdentityError::LinkInvalid`]; [`IdentityError::AlreadyContact`].
    pub async fn accept_invitation(
        &self,
        access: &Access,
        token: &str,
        origin: &Origin,
    ) -> Result<CustomerId, IdentityError> {
        let person = access.person_in_browser()?.person;
        let text = token.to_owned();
        let Some(invitation) = self.db().read(move |tx| store::find_invitation(tx, &text)).await? else {
            return Err(self.refuse_link(origin).await);
        };
        let (customer, contact) = (invitation.customer, ContactId::new(&**self.clock()));
        let profile = self.read_profile(access).await?;
        let card = self.seal_contact(customer, contact, &profile.name, &profile.email)?;
        let (this, at) = (self.clone(), origin.clone());
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                if !store::delete_invitation(tx, customer, invitation.id)? {
                    return Err(IdentityError::LinkInvalid);
                }
                let sealed = (card.0.as_slice(), card.1.as_slice());
                if !store::insert_contact(tx, contact, customer, person, invitation.roles, sealed)? {
                    return Err(IdentityError::AlreadyContact);
                }
                this.record(tx, Principal::Person(person), SecurityEventKind::ContactJoined, Some(&at))
            })
            .await?;
        Ok(customer)
    }
}
