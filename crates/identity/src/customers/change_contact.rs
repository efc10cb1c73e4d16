//! An owner changes the roles of a contact or removes one; a contact leaves. One owner always stays.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{ContactId, CustomerId, PersonId};

use super::store;
use crate::access::{Access, ContactRole, ContactRoles};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;
use crate::security_events::SecurityEventKind;

impl Identity {
    /// Gives a contact other roles. Asks for a recent password.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for `roles`; [`IdentityError::LastOwner`]; [`IdentityError::NotFound`].
    pub async fn change_contact_roles(
        &self,
        access: &Access,
        customer: CustomerId,
        contact: ContactId,
        roles: ContactRoles,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        self.require_owner(access, customer)?;
        if roles.is_empty() {
            return Err(IdentityError::field("roles", "roles_missing", "Choose at least one role."));
        }
        let (this, at) = (self.clone(), origin.clone());
        self.write_access(move |tx| {
            let (person, had) = store::find_contact(tx, customer, contact)?.ok_or(IdentityError::NotFound)?;
            if had.contains(ContactRole::Owner) && !roles.contains(ContactRole::Owner) {
                keep_an_owner(tx, customer, person)?;
            }
            store::set_roles(tx, contact, roles)?;
            this.record(tx, Principal::Person(person), SecurityEventKind::ContactChanged, Some(&at))
        })
        .await
    }

    /// Removes a contact. Owners remove anybody, with a recent password; everybody may leave.
    ///
    /// # Errors
    /// [`IdentityError::LastOwner`]; [`IdentityError::NotFound`].
    pub async fn remove_contact(
        &self,
        access: &Access,
        customer: CustomerId,
        contact: ContactId,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let me = access.person_in_browser()?;
        let (my_roles, my_id) = (me.roles_at(customer), me.person);
        if my_roles.is_empty() {
            return Err(IdentityError::NotFound);
        }
        let may_remove = self.require_owner(access, customer).map(|_| ());
        let (this, at) = (self.clone(), origin.clone());
        self.write_access(move |tx| {
            let (person, had) = store::find_contact(tx, customer, contact)?.ok_or(IdentityError::NotFound)?;
            if person != my_id {
                may_remove.clone()?;
            }
            if had.contains(ContactRole::Owner) {
                keep_an_owner(tx, customer, person)?;
            }
            store::delete_contact(tx, contact)?;
            this.record(tx, Principal::Person(person), SecurityEventKind::ContactChanged, Some(&at))
        })
        .await
    }
}

/// Refuses when `leaving` is the only owner.
fn keep_an_owner(tx: &mut Tx<'_>, customer: CustomerId, leaving: PersonId) -> Result<(), IdentityError> {
    let owners: Result<Vec<PersonId>, SqlError> =
        store::persons_with_role(tx, customer, &[ContactRole::Owner]);
    if owners?.iter().any(|owner| *owner != leaving) { Ok(()) } else { Err(IdentityError::LastOwner) }
}
