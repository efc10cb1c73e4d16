//! Name and contacts of a customer, for a purpose that the policy allows and a fact that justifies it; and their shapes, which
//! need none.

use mailkeep_policy::{Act, Actor, Fact, May, Purpose, Sealed, Shown, Subject, Use, category};
use mailkeep_types::{CustomerId, EmailAddress, PersonId, RegistrationId, Timestamp};

use super::{ContactView, store};
use crate::access::{Access, ContactRoles, Permission, StaffPermission};
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;

/// A contact as staff see it before anything is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactShape {
    /// The person.
    pub person: PersonId,
    /// The person's number.
    pub registration_id: RegistrationId,
    /// The roles.
    pub roles: ContactRoles,
    /// Since when.
    pub created_at: Timestamp,
}

/// A customer, opened.
#[derive(Debug, Clone)]
pub struct CustomerCard {
    /// The name.
    pub name: Shown<String>,
    /// The contacts.
    pub contacts: Vec<ContactView>,
    /// When the grant ends under which it was opened: what shows it masks it again then.
    pub ends_at: Timestamp,
}

impl Identity {
    /// The contacts of a customer, for staff: numbers, roles and dates. Nothing is opened.
    ///
    /// # Errors
    /// When the permission is lacking.
    pub async fn list_contact_shapes(
        &self,
        access: &Access,
        customer: CustomerId,
    ) -> Result<Vec<ContactShape>, IdentityError> {
        access.require(Permission::Staff(StaffPermission::Customers))?;
        let contacts = self.db().read(move |tx| store::list_contacts(tx, customer)).await?;
        let shape = |row: store::ContactRow| ContactShape {
            person: row.person,
            registration_id: row.registration_id,
            roles: row.roles,
            created_at: row.created_at,
        };
        Ok(contacts.into_iter().map(shape).collect())
    }

    /// Opens name and contacts of a customer for the purpose `P`.
    ///
    /// # Errors
    /// When the policy refuses, which is recorded, or there is no such customer.
    pub async fn read_customer_card<P>(
        &self,
        actor: Actor,
        customer: CustomerId,
        fact: Fact,
    ) -> Result<CustomerCard, IdentityError>
    where
        P: Purpose + May<category::Identity> + May<category::Contact>,
    {
        let asked = Use {
            actor,
            subject: Subject::customer(customer),
            act: Act::Read,
            fields: &["customers.name", "contacts.name", "contacts.email"],
            fact,
        };
        let policy = self.policy();
        let grant = policy.grant::<P>(asked).await?;
        let (named, rows) = self
            .db()
            .read(move |tx| -> Result<_, IdentityError> {
                Ok((store::customer_name(tx, customer)?, store::list_contacts(tx, customer)?))
            })
            .await?;
        let (name, _) = named.ok_or(IdentityError::NotFound)?;
        let name: Sealed<String, category::Identity> = Sealed::from_bytes(name);
        let mut contacts = Vec::with_capacity(rows.len());
        for row in rows {
            let name: Sealed<String, category::Identity> = Sealed::from_bytes(row.name);
            let email: Sealed<EmailAddress, category::Contact> = Sealed::from_bytes(row.email);
            contacts.push(ContactView {
                contact: row.contact,
                person: row.person,
                registration_id: row.registration_id,
                name: policy.show(&grant, fields::contact("name", row.contact), &name)?,
                email: policy.show(&grant, fields::contact("email", row.contact), &email)?,
                roles: row.roles,
                created_at: row.created_at,
            });
        }
        Ok(CustomerCard {
            name: policy.show(&grant, fields::customer(customer), &name)?,
            contacts,
            ends_at: grant.ends_at(),
        })
    }
}
