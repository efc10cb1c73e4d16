//! Who exists for a probe alone: a person who is confirmed without a mail, a customer of theirs, an agent whom nobody can sign in
//! as. All are marked as synthetic, and removed with everything that they left as soon as the probe is over.

use std::time::Duration;

use mailkeep_policy::outbound::forget_choices;
use mailkeep_policy::{Subject, synthetic};
use mailkeep_types::{ContactId, CustomerId, EmailAddress, PersonId, RegistrationId, StaffId};

use super::store;
use crate::access::{ContactRoles, StaffRole};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::principal::Principal;
use crate::secrets::{Secret, tokens};
use crate::{credentials, customers, staff};

/// After which time a probe did not end, and its person is removed by the next one.
const LEFT: Duration = Duration::from_secs(3600);

/// A synthetic person, with what it signs in with.
#[derive(Debug)]
pub struct ProbePerson {
    /// The person.
    pub person: PersonId,
    /// The public number.
    pub registration_id: RegistrationId,
    /// The address; nothing is sent to it.
    pub email: EmailAddress,
    /// The name.
    pub name: String,
    /// The password.
    pub password: Secret,
}

impl Identity {
    /// Makes a synthetic person at the host `host`.
    ///
    /// # Errors
    /// When the database or the keys fail.
    pub async fn make_probe_person(&self, host: &str) -> Result<ProbePerson, IdentityError> {
        let person = PersonId::new(&**self.clock());
        let mark = tokens::make("probe");
        let local: String =
            mark.token.expose().chars().filter(char::is_ascii_alphanumeric).skip(5).take(12).collect();
        let email = EmailAddress::parse(&format!("probe-{}@{host}", local.to_lowercase()))
            .map_err(|error| IdentityError::Config(format!("no address can be made at {host}: {error}")))?;
        let (name, password) = (format!("Probe {local}"), tokens::make("probe").token);
        let lookup = self.email_lookup(&email);
        let sealed = self.seal_person(person, &name, &email, lookup, "en", "UTC").await?;
        let secret = self.seal_password(Principal::Person(person), password.clone()).await?;
        let now = self.now();
        let registration_id = self
            .db()
            .write(move |tx| -> Result<RegistrationId, IdentityError> {
                let number = store::insert(tx, person, &sealed)?;
                store::activate(tx, person)?;
                credentials::store::set_password(tx, Principal::Person(person), &secret)?;
                synthetic::mark(tx, Subject::person(person), now)?;
                Ok(number)
            })
            .await?;
        Ok(ProbePerson { person, registration_id, email, name, password })
    }

    /// Removes a synthetic person: its key first, then its rows.
    ///
    /// # Errors
    /// When the database or the keys fail.
    pub async fn remove_probe_person(&self, person: PersonId) -> Result<(), IdentityError> {
        self.policy().erase(Subject::person(person)).await?;
        let policy = self.policy().clone();
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                forget_choices(&policy, tx, Subject::person(person))?;
                store::remove_synthetic(tx, person)?;
                Ok(synthetic::forget(tx, Subject::person(person))?)
            })
            .await
    }

    /// Makes a synthetic person the owner of a synthetic customer.
    ///
    /// # Errors
    /// When the database or the keys fail.
    pub async fn make_probe_customer(&self, person: &ProbePerson) -> Result<CustomerId, IdentityError> {
        let (customer, contact) = (CustomerId::new(&**self.clock()), ContactId::new(&**self.clock()));
        self.policy().create_key(Subject::customer(customer)).await?;
        let name = self.seal_customer_name(customer, &person.name.clone().into())?;
        let card =
            self.seal_contact(customer, contact, &person.name.clone().into(), &person.email.clone().into())?;
        let (owner, now) = (person.person, self.now());
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                customers::store::insert_customer(tx, customer, &name)?;
                let roles = ContactRoles::OWNER;
                customers::store::insert_contact(tx, contact, customer, owner, roles, (&card.0, &card.1))?;
                Ok(synthetic::mark(tx, Subject::customer(customer), now)?)
            })
            .await?;
        Ok(customer)
    }

    /// Removes a synthetic customer: its keys first, then its rows. What others keep of it, they remove before.
    ///
    /// # Errors
    /// When the database or the keys fail.
    pub async fn remove_probe_customer(&self, customer: CustomerId) -> Result<(), IdentityError> {
        let subject = Subject::customer(customer);
        self.policy().erase(subject).await?;
        self.policy().end_books(subject).await?;
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                if synthetic::is_synthetic(tx, subject)? {
                    customers::store::remove_synthetic(tx, customer)?;
                }
                Ok(synthetic::forget(tx, subject)?)
            })
            .await
    }

    /// Makes a synthetic member of staff who may do what support may. There is no password to sign in with.
    ///
    /// # Errors
    /// When the database or the keys fail.
    pub async fn make_probe_agent(&self) -> Result<StaffId, IdentityError> {
        let agent = StaffId::new(&**self.clock());
        self.policy().create_key(Subject::staff(agent)).await?;
        let (login, now) = (format!("probe-{agent}"), self.now());
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                staff::store::insert_synthetic(tx, agent, &login, &[StaffRole::Support])?;
                Ok(synthetic::mark(tx, Subject::staff(agent), now)?)
            })
            .await?;
        Ok(agent)
    }

    /// Removes a synthetic member of staff: the key first, then the rows.
    ///
    /// # Errors
    /// When the database or the keys fail.
    pub async fn remove_probe_agent(&self, agent: StaffId) -> Result<(), IdentityError> {
        let subject = Subject::staff(agent);
        self.policy().erase(subject).await?;
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                if synthetic::is_synthetic(tx, subject)? {
                    staff::store::remove_synthetic(tx, agent)?;
                }
                Ok(synthetic::forget(tx, subject)?)
            })
            .await
    }

    /// The synthetic customers of probes that did not end, for whoever keeps something of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_left_probe_customers(&self) -> Result<Vec<CustomerId>, IdentityError> {
        let left = self.list_left().await?.into_iter();
        Ok(left
            .filter_map(|subject| if let Subject::Customer(id) = subject { Some(id) } else { None })
            .collect())
    }

    async fn list_left(&self) -> Result<Vec<Subject>, IdentityError> {
        let before = self.now().minus(LEFT);
        let all = self.db().read(synthetic::list).await?.into_iter();
        Ok(all.filter(|(_, made_at)| *made_at < before).map(|(subject, _)| subject).collect())
    }

    /// Removes whom probes left that did not end.
    ///
    /// # Errors
    /// When the database or the keys fail.
    pub async fn remove_left_probes(&self) -> Result<(), IdentityError> {
        let left = self.list_left().await?;
        // A customer knows its contacts, so it goes before them.
        for subject in &left {
            match *subject {
                Subject::Customer(customer) => self.remove_probe_customer(customer).await?,
                Subject::Staff(agent) => self.remove_probe_agent(agent).await?,
                Subject::Person(_) | Subject::Mailbox(_) | Subject::Subscriber(_) => {}
            }
        }
        for subject in left {
            if let Subject::Person(person) = subject {
                self.remove_probe_person(person).await?;
            }
        }
        Ok(())
    }
}
