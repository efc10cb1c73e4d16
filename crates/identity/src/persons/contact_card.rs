//! Name and ways to reach a person, for a purpose that the policy allows and a fact that justifies it: an order in review,
//! an open ticket, a due invoice.

use mailkeep_policy::{Act, Actor, Fact, May, Purpose, Sealed, Shown, Subject, Use, category};
use mailkeep_types::{EmailAddress, PersonId};

use super::{ContactCard, store};
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;

impl Identity {
    /// Opens name, address and telephone number of a person for the purpose `P`.
    ///
    /// # Errors
    /// When the policy refuses, which is recorded, or there is no such person.
    pub async fn read_contact_card<P>(
        &self,
        actor: Actor,
        person: PersonId,
        fact: Fact,
    ) -> Result<ContactCard, IdentityError>
    where
        P: Purpose + May<category::Identity> + May<category::Contact>,
    {
        let policy = self.policy();
        let asked = Use {
            actor,
            subject: Subject::person(person),
            act: Act::Read,
            fields: &["persons.name", "persons.email", "persons.phone"],
            fact,
        };
        let grant = policy.grant::<P>(asked).await?;
        let row = self.db().read(move |tx| store::load(tx, person)).await?.ok_or(IdentityError::NotFound)?;
        let name: Sealed<String, category::Identity> = Sealed::from_bytes(row.name);
        let email: Sealed<EmailAddress, category::Contact> = Sealed::from_bytes(row.email);
        let phone = row.phone.map(|bytes| {
            let sealed: Sealed<String, category::Contact> = Sealed::from_bytes(bytes);
            policy.show(&grant, fields::person("phone", person), &sealed)
        });
        Ok(ContactCard {
            person,
            registration_id: row.summary.registration_id,
            name: policy.show(&grant, fields::person("name", person), &name)?,
            email: policy.show(&grant, fields::person("email", person), &email)?,
            phone: phone.transpose()?,
            ends_at: grant.ends_at(),
        })
    }

    /// The name of a person alone, for staff who write to them.
    ///
    /// # Errors
    /// When nothing justifies the look, or there is no such person.
    pub async fn read_contact_name<P>(
        &self,
        actor: Actor,
        person: PersonId,
        fact: Fact,
    ) -> Result<Shown<String>, IdentityError>
    where
        P: Purpose + May<category::Identity>,
    {
        let policy = self.policy();
        let (subject, act) = (Subject::person(person), Act::Read);
        let asked = Use { actor, subject, act, fields: &["persons.name"], fact };
        let grant = policy.grant::<P>(asked).await?;
        let row = self.db().read(move |tx| store::load(tx, person)).await?.ok_or(IdentityError::NotFound)?;
        let name: Sealed<String, category::Identity> = Sealed::from_bytes(row.name);
        Ok(policy.show(&grant, fields::person("name", person), &name)?)
    }
}
