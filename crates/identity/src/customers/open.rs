//! A person opens a customer, and becomes its owner; an owner renames it.

use mailkeep_policy::{Act, Shown, Subject, Use, category, purpose};
use mailkeep_types::{ContactId, CustomerId};

use super::store;
use crate::access::{Access, ContactRoles, Permission, Scope};
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::persons::check_name;

/// More than anybody needs; a guard against a script.
const MOST_CUSTOMERS: usize = 50;

impl Identity {
    /// Opens a customer with the given name, an organisation's or the person's own, and makes the person its owner.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for `organisation`; [`IdentityError::TooMany`].
    pub async fn open_customer(
        &self,
        access: &Access,
        name: impl Into<Shown<String>>,
    ) -> Result<CustomerId, IdentityError> {
        let me = access.person_with(Scope::BillingWrite)?;
        let name = name.into().maybe(|text| check_name("organisation", text).ok()).ok_or_else(|| {
            let sentence = "Enter a name of at most 200 letters.";
            IdentityError::field("organisation", "name_missing", sentence)
        })?;
        if me.customers.len() >= MOST_CUSTOMERS {
            return Err(IdentityError::TooMany(MOST_CUSTOMERS as u32));
        }
        let (customer, contact) = (CustomerId::new(&**self.clock()), ContactId::new(&**self.clock()));
        self.policy().create_key(Subject::customer(customer)).await?;
        let profile = self.read_profile(access).await?;
        let sealed_name = self.seal_customer_name(customer, &name)?;
        let card = self.seal_contact(customer, contact, &profile.name, &profile.email)?;
        let person = me.person;
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                store::insert_customer(tx, customer, &sealed_name)?;
                store::insert_contact(
                    tx,
                    contact,
                    customer,
                    person,
                    ContactRoles::OWNER,
                    (&card.0, &card.1),
                )?;
                Ok(())
            })
            .await?;
        Ok(customer)
    }

    /// Gives the customer another name.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for `organisation`; when the person is no owner.
    pub async fn rename_customer(
        &self,
        access: &Access,
        customer: CustomerId,
        name: &str,
    ) -> Result<(), IdentityError> {
        access.require(Permission::Contact(customer, super::OWNER))?;
        let me = access.person_in_browser()?;
        let name = check_name("organisation", name)?;
        let asked = Use {
            actor: me.actor(),
            subject: Subject::customer(customer),
            act: Act::Change,
            fields: &["customers.name"],
            fact: me.fact(),
        };
        self.policy().grant::<purpose::Rights>(asked).await?;
        let sealed = self.seal_customer_name(customer, &name.into())?;
        Ok(self.db().write(move |tx| store::rename_customer(tx, customer, &sealed)).await?)
    }

    pub(crate) fn seal_customer_name(
        &self,
        customer: CustomerId,
        name: &Shown<String>,
    ) -> Result<Vec<u8>, IdentityError> {
        // The name on the invoice, which the person gave or confirmed just now, is the customer's name too.
        let name = name.entered_as::<category::Identity>().ok_or(IdentityError::NotFound)?;
        Ok(self.policy().seal(Subject::customer(customer), fields::customer(customer), &name)?.into_bytes())
    }
}
