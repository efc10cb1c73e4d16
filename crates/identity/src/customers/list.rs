//! Customers, contacts and invitations are read: by contacts with names, by staff with numbers.

use mailkeep_policy::{Act, Actor, Fact, May, Purpose, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{CustomerId, EmailAddress, PersonId, RegistrationId, Timestamp};

use super::{ContactView, CustomerSummary, CustomerView, InvitationView, store};
use crate::access::{Access, ContactRole, Permission, StaffPermission};
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::persons;

impl Identity {
    /// The customers that the person acts for, with their names.
    ///
    /// # Errors
    /// When nobody is signed in, or the policy refuses.
    pub async fn list_customers(&self, access: &Access) -> Result<Vec<CustomerView>, IdentityError> {
        let me = access.person()?;
        let mut views = Vec::with_capacity(me.customers.len());
        for membership in &me.customers {
            let customer = membership.customer;
            let opened = self.read_customer_name::<purpose::Prefill>(me.actor(), customer, me.fact()).await;
            let (name, created_at) = opened?;
            views.push(CustomerView { customer, name, roles: membership.roles, created_at });
        }
        Ok(views)
    }

    /// Opens the name of a customer for the purpose `P`.
    ///
    /// # Errors
    /// When the policy refuses, which is recorded, or there is no such customer.
    pub async fn read_customer_name<P>(
        &self,
        actor: Actor,
        customer: CustomerId,
        fact: Fact,
    ) -> Result<(Shown<String>, Timestamp), IdentityError>
    where
        P: Purpose + May<category::Identity>,
    {
        let subject = Subject::customer(customer);
        let asked = Use { actor, subject, act: Act::Read, fields: &["customers.name"], fact };
        let grant = self.policy().grant::<P>(asked).await?;
        let found = self.db().read(move |tx| store::customer_name(tx, customer)).await?;
        let (sealed, created_at) = found.ok_or(IdentityError::NotFound)?;
        let sealed: Sealed<String, category::Identity> = Sealed::from_bytes(sealed);
        Ok((self.policy().show(&grant, fields::customer(customer), &sealed)?, created_at))
    }

    /// The contacts of a customer and the invitations that wait, for any of its contacts.
    ///
    /// # Errors
    /// When the person is no contact there, or the policy refuses.
    pub async fn list_contacts(
        &self,
        access: &Access,
        customer: CustomerId,
    ) -> Result<(Vec<ContactView>, Vec<InvitationView>), IdentityError> {
        access.require(Permission::Contact(customer, ContactRole::ALL))?;
        let me = access.person()?;
        let asked = Use {
            actor: me.actor(),
            subject: Subject::customer(customer),
            act: Act::Read,
            fields: &["contacts.name", "contacts.email", "contact_invitations.email"],
            fact: me.fact(),
        };
        let grant = self.policy().grant::<purpose::Rights>(asked).await?;
        let (contacts, invitations) = self
            .db()
            .read(move |tx| -> Result<_, IdentityError> {
                Ok((store::list_contacts(tx, customer)?, store::list_invitations(tx, customer)?))
            })
            .await?;
        let policy = self.policy();
        let mut views = Vec::with_capacity(contacts.len());
        for row in contacts {
            let name: Sealed<String, category::Identity> = Sealed::from_bytes(row.name);
            let email: Sealed<EmailAddress, category::Contact> = Sealed::from_bytes(row.email);
            views.push(ContactView {
                contact: row.contact,
                person: row.person,
                registration_id: row.registration_id,
                name: policy.show(&grant, fields::contact("name", row.contact), &name)?,
                email: policy.show(&grant, fields::contact("email", row.contact), &email)?,
                roles: row.roles,
                created_at: row.created_at,
            });
        }
        let mut waiting = Vec::with_capacity(invitations.len());
        for row in invitations {
            let email: Sealed<EmailAddress, category::Contact> = Sealed::from_bytes(row.email);
            waiting.push(InvitationView {
                invitation: row.id,
                email: policy.show(&grant, fields::invitation(row.id), &email)?,
                roles: row.roles,
                created_at: row.created_at,
                expires_at: row.expires_at,
            });
        }
        Ok((views, waiting))
    }

    /// Customers that began before `before`, newest first, for staff who look after customers. No name is opened.
    ///
    /// # Errors
    /// When the permission is lacking.
    pub async fn list_customers_for_staff(
        &self,
        access: &Access,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<CustomerSummary>, IdentityError> {
        access.require(Permission::Staff(StaffPermission::Customers))?;
        Ok(self.db().read(move |tx| store::list_customers(tx, before, limit.min(200))).await?)
    }

    /// One customer by its identifier, for staff.
    ///
    /// # Errors
    /// When the permission is lacking, or there is none.
    pub async fn find_customer_for_staff(
        &self,
        access: &Access,
        customer: CustomerId,
    ) -> Result<CustomerSummary, IdentityError> {
        access.require(Permission::Staff(StaffPermission::Customers))?;
        self.db().read(move |tx| store::find_customer(tx, customer)).await?.ok_or(IdentityError::NotFound)
    }

    /// The customers of the person with this Registration ID, for staff. No name is opened.
    ///
    /// # Errors
    /// When the permission is lacking, or there is no such person.
    pub async fn find_customers_by_registration_id(
        &self,
        access: &Access,
        number: RegistrationId,
    ) -> Result<(PersonId, Vec<CustomerSummary>), IdentityError> {
        access.require(Permission::Staff(StaffPermission::Customers))?;
        self.db()
            .read(move |tx| -> Result<_, IdentityError> {
                let person = persons::find_by_registration_id(tx, number)?.ok_or(IdentityError::NotFound)?;
                Ok((person.person, store::customers_of_person(tx, person.person)?))
            })
            .await
    }

    /// The customers of the person with this address, for staff to whom it was told. Addresses are stored sealed, so
    /// only the whole address finds; none is opened.
    ///
    /// # Errors
    /// When the permission is lacking, or there is no such person.
    pub async fn find_customers_by_email(
        &self,
        access: &Access,
        email: &EmailAddress,
    ) -> Result<Vec<CustomerSummary>, IdentityError> {
        access.require(Permission::Staff(StaffPermission::Customers))?;
        let lookup = self.email_lookup(email);
        self.db()
            .read(move |tx| -> Result<_, IdentityError> {
                let person = persons::store::find_by_email(tx, &lookup)?.ok_or(IdentityError::NotFound)?;
                Ok(store::customers_of_person(tx, person.person)?)
            })
            .await
    }
}
