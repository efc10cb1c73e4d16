//! A person who exists for a probe alone: confirmed without a mail, marked as synthetic, and removed with everything that it
//! left as soon as the probe is over.

use std::time::Duration;

use mailkeep_policy::{Subject, synthetic};
use mailkeep_types::{EmailAddress, PersonId, RegistrationId};

use super::store;
use crate::credentials;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::principal::Principal;
use crate::secrets::{Secret, tokens};

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
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                store::remove_synthetic(tx, person)?;
                Ok(synthetic::forget(tx, Subject::person(person))?)
            })
            .await
    }

    /// Removes what probes left that did not end.
    ///
    /// # Errors
    /// When the database or the keys fail.
    pub async fn remove_left_probe_persons(&self) -> Result<(), IdentityError> {
        let before = self.now().minus(LEFT);
        for (subject, made_at) in self.db().read(synthetic::list).await? {
            if let (Subject::Person(person), true) = (subject, made_at < before) {
                self.remove_probe_person(person).await?;
            }
        }
        Ok(())
    }
}
