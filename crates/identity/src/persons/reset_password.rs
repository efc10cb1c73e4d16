//! A person who lost the password asks for a link and sets a new one. Whether an address is known is never said.

use mailkeep_types::{EmailAddress, RegistrationId};

use super::{PersonStatus, store};
use crate::config::hours;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::limits::{self, Admission};
use crate::links::{self, LinkKind};
use crate::messages::{self, To};
use crate::origin::Origin;
use crate::principal::Principal;
use crate::secrets::{Secret, strength};
use crate::security_events::SecurityEventKind;
use crate::{credentials, sessions};

impl Identity {
    /// Sends a link that sets a new password, if the Registration ID or address belongs to somebody.
    ///
    /// # Errors
    /// [`IdentityError::Locked`] after many requests from one network.
    pub async fn ask_for_password_reset(
        &self,
        identifier: &str,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let by_number = identifier.parse::<RegistrationId>().ok();
        let by_email = EmailAddress::parse(identifier).ok().map(|email| self.email_lookup(&email));
        let link = self.new_link(LinkKind::ResetPassword, hours(self.config().links.reset_hours));
        let (this, at, requests) = (self.clone(), origin.clone(), self.limit_of_requests(origin));
        let admission = self
            .db()
            .write(move |tx| -> Result<Admission, IdentityError> {
                let config = this.config();
                let admission = limits::admit(tx, &[requests], &config.limits)?;
                if admission != Admission::Open {
                    return Ok(admission);
                }
                let found = match (by_number, &by_email) {
                    (Some(number), _) => store::find_by_registration_id(tx, number)?,
                    (None, Some(lookup)) => store::find_by_email(tx, lookup)?,
                    (None, None) => None,
                };
                let Some(person) = found.filter(|person| person.status != PersonStatus::Closed) else {
                    return Ok(admission);
                };
                let principal = Principal::Person(person.person);
                let links = this.limit_of_person_links(person.person);
                if limits::admit(tx, &[links], &config.limits)? == Admission::Open {
                    link.write(tx, principal)?;
                    this.record(tx, principal, SecurityEventKind::ResetAsked, Some(&at))?;
                    let to = To::on_file(principal.subject()).asked_at(&at);
                    let number = person.registration_id.to_string();
                    let lifetime = config.links.reset_hours;
                    messages::reset_password(
                        this.policy(),
                        tx,
                        &to,
                        link.id,
                        &link.token,
                        &number,
                        lifetime,
                    )?;
                }
                Ok(admission)
            })
            .await?;
        match admission {
            Admission::Open => Ok(()),
            Admission::Locked { until } => Err(IdentityError::locked(until, self.now())),
        }
    }

    /// Sets a new password with the link's token. Every session ends; a second factor stays in force.
    ///
    /// # Errors
    /// [`IdentityError::LinkInvalid`]; [`IdentityError::Field`] for `password`.
    pub async fn reset_password(
        &self,
        token: &str,
        password: Secret,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let text = token.to_owned();
        let link = self.db().read(move |tx| links::store::find(tx, LinkKind::ResetPassword, &text)).await?;
        let Some(link) = link.filter(|link| !link.used) else { return Err(self.refuse_link(origin).await) };
        let Some(person) = link.principal.person() else { return Err(self.refuse_link(origin).await) };
        strength::check(&password, &[&self.config().issuer], "password", &self.config().password)?;
        let sealed = self.seal_password(link.principal, password).await?;
        let (this, at) = (self.clone(), origin.clone());
        let done = self
            .write_access(move |tx| {
                if !links::store::mark_used(tx, link.id)? {
                    return Ok(false);
                }
                // Whoever has the link reads the mail of that address, which is what a confirmation proves.
                store::activate(tx, person)?;
                credentials::store::set_password(tx, link.principal, &sealed)?;
                sessions::store::delete_all(tx, link.principal, None)?;
                this.record(tx, link.principal, SecurityEventKind::PasswordChanged, Some(&at))?;
                messages::password_changed(
                    this.policy(),
                    tx,
                    &To::on_file(link.principal.subject()),
                    link.id,
                )?;
                Ok(true)
            })
            .await?;
        if done { Ok(()) } else { Err(IdentityError::LinkInvalid) }
    }
}
