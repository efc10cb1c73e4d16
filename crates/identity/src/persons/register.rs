//! A visitor registers.
//!
//! The answer is the same whether the address is known or not: a message is on its way. A known address is told that
//! somebody tried; an unconfirmed registration is replaced, so that nobody can occupy another's address beforehand.

use mailkeep_policy::{Personal, Subject, category};
use mailkeep_types::{EmailAddress, PersonId};

use super::store::{self, SealedPerson};
use super::{PersonStatus, check_email, check_language, check_name, check_time_zone};
use crate::config::hours;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::limits::{self, Admission};
use crate::links::LinkKind;
use crate::messages::{self, To};
use crate::origin::Origin;
use crate::principal::Principal;
use crate::secrets::{Secret, strength};
use crate::security_events::SecurityEventKind;
use crate::{credentials, fields};

/// What a visitor fills in.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The password.
    pub password: Secret,
    /// The preferred language, e.g. `en`.
    pub language: String,
    /// The time zone, an IANA name.
    pub time_zone: String,
}

impl Identity {
    /// Registers a person and sends the link that confirms the address.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for `name`, `email`, `password`, `language` or `time_zone`; [`IdentityError::Locked`]
    /// after many registrations from one network.
    pub async fn register_person(&self, given: Registration, origin: &Origin) -> Result<(), IdentityError> {
        let name = check_name("name", &given.name)?;
        let email = check_email("email", &given.email)?;
        let language = check_language(&given.language)?;
        let time_zone = check_time_zone(&given.time_zone)?;
        let about = [name.as_str(), email.local(), email.domain().as_str(), &self.config().issuer];
        strength::check(&given.password, &about, "password", &self.config().password)?;
        let (requests, limits_config) = (self.limit_of_requests(origin), self.config().limits.clone());
        let admission = self.db().write(move |tx| limits::admit(tx, &[requests], &limits_config)).await?;
        if let Admission::Locked { until } = admission {
            return Err(IdentityError::locked(until, self.now()));
        }

        let lookup = self.email_lookup(&email);
        // Somebody may register the same address at the same moment; the second look finds them.
        for _ in 0..2 {
            let known = self.db().read(move |tx| store::find_by_email(tx, &lookup)).await?;
            let (person, fresh) = match &known {
                Some(known) if known.status != PersonStatus::Pending => {
                    // As much work as for a new person, so that the time says nothing.
                    self.hasher().hash(given.password.clone()).await?;
                    return self
                        .tell_registered(known.person, &known.registration_id.to_string(), lookup, origin)
                        .await;
                }
                Some(known) => (known.person, false),
                None => (PersonId::new(&**self.clock()), true),
            };
            let sealed = self.seal_person(person, &name, &email, lookup, &language, &time_zone).await?;
            let password = self.seal_password(Principal::Person(person), given.password.clone()).await?;
            match self.write_registration(person, fresh, sealed, password, origin).await {
                Err(IdentityError::Sql(error)) if error.is_unique() => {}
                other => return other,
            }
        }
        Err(IdentityError::Busy)
    }

    pub(super) async fn seal_person(
        &self,
        person: PersonId,
        name: &str,
        email: &EmailAddress,
        email_lookup: [u8; 32],
        language: &str,
        time_zone: &str,
    ) -> Result<SealedPerson, IdentityError> {
        let subject = Subject::person(person);
        self.policy().create_key(subject).await?;
        let text = |column, value: &str| {
            let value: Personal<String, category::Identity> = Personal::new(value.to_owned());
            self.policy().seal(subject, fields::person(column, person), &value)
        };
        let address: Personal<EmailAddress, category::Contact> = Personal::new(email.clone());
        Ok(SealedPerson {
            email: self.policy().seal(subject, fields::person("email", person), &address)?.into_bytes(),
            email_lookup,
            name: text("name", name)?.into_bytes(),
            language: text("language", language)?.into_bytes(),
            time_zone: text("time_zone", time_zone)?.into_bytes(),
        })
    }

    async fn write_registration(
        &self,
        person: PersonId,
        fresh: bool,
        sealed: SealedPerson,
        password: Vec<u8>,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let principal = Principal::Person(person);
        let config = self.config();
        let link = self.new_link(LinkKind::ConfirmEmail, hours(config.links.confirm_hours));
        let (this, origin) = (self.clone(), origin.clone());
        let links = self.limit_of_links(&sealed.email_lookup);
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                let config = this.config();
                let number = if fresh {
                    store::insert(tx, person, &sealed)?
                } else if store::replace_pending(tx, person, &sealed)? {
                    store::summarise(tx, person)?.ok_or(IdentityError::NotFound)?.registration_id
                } else {
                    // Confirmed a moment ago; the one who did needs no message.
                    return Ok(());
                };
                credentials::store::set_password(tx, principal, &password)?;
                this.record(tx, principal, SecurityEventKind::Registered, Some(&origin))?;
                // One who registers again and again for another's address does not flood it.
                if limits::admit(tx, &[links], &config.limits)? == Admission::Open {
                    link.write(tx, principal)?;
                    let to = To::on_file(principal.subject()).asked_at(&origin);
                    let lifetime = config.links.confirm_hours;
                    messages::confirm_email(
                        this.policy(),
                        tx,
                        &to,
                        link.id,
                        &link.token,
                        &number.to_string(),
                        lifetime,
                    )?;
                }
                Ok(())
            })
            .await
    }

    /// Tells the holder of an address that somebody tried to register with it.
    pub(super) async fn tell_registered(
        &self,
        person: PersonId,
        number: &str,
        lookup: [u8; 32],
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let to = To::on_file(Subject::person(person)).asked_at(origin);
        let (this, number, key) = (self.clone(), number.to_owned(), self.new_uuid());
        let links = self.limit_of_links(&lookup);
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                if limits::admit(tx, &[links], &this.config().limits)? == Admission::Open {
                    messages::email_taken(this.policy(), tx, &to, key, &number)?;
                }
                Ok(())
            })
            .await
    }
}
