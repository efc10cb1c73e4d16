//! The parties that order and pay, and the persons who act for them.
//!
//! Other crates refer to a [`mailkeep_types::CustomerId`] and ask [`persons_with_role`] whom to write to.

mod accept_invitation;
mod change_contact;
mod invite_contact;
mod list;
mod open;
mod open_card;
mod sole_owner;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_policy::{Shown, Subject, category};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{ContactId, CustomerId, EmailAddress, PersonId, RegistrationId, Timestamp};
use uuid::Uuid;

use crate::access::{Access, ContactRole, ContactRoles, Permission};
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;

pub use open_card::{ContactShape, CustomerCard};
pub use store::{
    CustomerSummary, contact_with_email, customers_with_role, first_owner, is_contact, persons_only_of,
    persons_with_role, roles_of,
};

/// The one role that changes the account itself.
pub const OWNER: &[ContactRole] = &[ContactRole::Owner];

/// A customer as its contacts see it.
#[derive(Clone)]
pub struct CustomerView {
    /// The customer.
    pub customer: CustomerId,
    /// Its name: an organisation's or a person's.
    pub name: Shown<String>,
    /// The roles of the person who asks.
    pub roles: ContactRoles,
    /// Since when.
    pub created_at: Timestamp,
}

/// A contact as the other contacts see it.
#[derive(Clone)]
pub struct ContactView {
    /// The tie of the person to the customer.
    pub contact: ContactId,
    /// The person.
    pub person: PersonId,
    /// The person's number.
    pub registration_id: RegistrationId,
    /// The name.
    pub name: Shown<String>,
    /// The address.
    pub email: Shown<EmailAddress>,
    /// The roles.
    pub roles: ContactRoles,
    /// Since when.
    pub created_at: Timestamp,
}

/// An invitation that was not accepted yet.
#[derive(Clone)]
pub struct InvitationView {
    /// Its identifier.
    pub invitation: Uuid,
    /// To which address it went.
    pub email: Shown<EmailAddress>,
    /// The roles it gives.
    pub roles: ContactRoles,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

macro_rules! silent {
    ($($type:ident),*) => {$(
        impl std::fmt::Debug for $type {
            /// Names the type, never a value.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($type), "(…)"))
            }
        }
    )*};
}
silent!(CustomerView, ContactView, InvitationView);

impl Identity {
    /// Asks for an owner of the customer with a recent password.
    fn require_owner(&self, access: &Access, customer: CustomerId) -> Result<PersonId, IdentityError> {
        access.require(Permission::Contact(customer, OWNER))?;
        let person = access.person_in_browser()?.person;
        self.require_recent_password(access)?;
        Ok(person)
    }

    pub(crate) fn seal_contact(
        &self,
        customer: CustomerId,
        contact: ContactId,
        name: &Shown<String>,
        email: &Shown<EmailAddress>,
    ) -> Result<(Vec<u8>, Vec<u8>), IdentityError> {
        let name = self.seal_contact_name(customer, contact, name)?;
        let email = self.seal_contact_email(customer, contact, email)?;
        Ok((name, email))
    }

    fn seal_contact_name(
        &self,
        customer: CustomerId,
        contact: ContactId,
        name: &Shown<String>,
    ) -> Result<Vec<u8>, IdentityError> {
        let name = name.personal::<category::Identity>().ok_or(IdentityError::NotFound)?;
        let place = fields::contact("name", contact);
        Ok(self.policy().seal(Subject::customer(customer), place, &name)?.into_bytes())
    }

    fn seal_contact_email(
        &self,
        customer: CustomerId,
        contact: ContactId,
        email: &Shown<EmailAddress>,
    ) -> Result<Vec<u8>, IdentityError> {
        let email = email.personal::<category::Contact>().ok_or(IdentityError::NotFound)?;
        let place = fields::contact("email", contact);
        Ok(self.policy().seal(Subject::customer(customer), place, &email)?.into_bytes())
    }
}

/// Brings the copies that customers have of a person's name and address up to date, in the transaction of the change.
pub(crate) fn refresh_contact(
    identity: &Identity,
    tx: &mut Tx<'_>,
    person: PersonId,
    name: Option<&Shown<String>>,
    email: Option<&Shown<EmailAddress>>,
) -> Result<(), IdentityError> {
    for (contact, customer) in store::contacts_of_person(tx, person)? {
        if let Some(name) = name {
            let sealed = identity.seal_contact_name(customer, contact, name)?;
            store::set_contact_name(tx, contact, &sealed)?;
        }
        if let Some(email) = email {
            let sealed = identity.seal_contact_email(customer, contact, email)?;
            store::set_contact_email(tx, contact, &sealed)?;
        }
    }
    Ok(())
}
