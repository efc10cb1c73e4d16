//! A person confirms the address with the link of the message, or asks for another link.

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
use crate::security_events::SecurityEventKind;

impl Identity {
    /// Confirms the address. Following the link twice gives the same answer.
    ///
    /// # Errors
    /// [`IdentityError::LinkInvalid`], and [`IdentityError::Locked`] after many wrong links from one network.
    pub async fn confirm_email(&self, token: &str, origin: &Origin) -> Result<RegistrationId, IdentityError> {
        let (this, token, at) = (self.clone(), token.to_owned(), origin.clone());
        let number = self
            .db()
            .write(move |tx| -> Result<Option<RegistrationId>, IdentityError> {
                let Some(link) = links::store::find(tx, LinkKind::ConfirmEmail, &token)? else {
                    return Ok(None);
                };
                let Principal::Person(person) = link.principal else { return Ok(None) };
                if !link.used && links::store::mark_used(tx, link.id)? && store::activate(tx, person)? {
                    this.record(tx, link.principal, SecurityEventKind::EmailConfirmed, Some(&at))?;
                }
                let person = store::summarise(tx, person)?.filter(|p| p.status == PersonStatus::Active);
                Ok(person.map(|person| person.registration_id))
            })
            .await?;
        match number {
            Some(number) => Ok(number),
            None => Err(self.refuse_link(origin).await),
        }
    }

    /// Sends the link once more, if the address or number belongs to somebody who has not confirmed yet. Whether it does is
    /// not said.
    ///
    /// # Errors
    /// [`IdentityError::Locked`] after many requests from one network.
    pub async fn resend_confirmation(&self, identifier: &str, origin: &Origin) -> Result<(), IdentityError> {
        let by_number = identifier.parse::<RegistrationId>().ok();
        let by_email = EmailAddress::parse(identifier).ok().map(|email| self.email_lookup(&email));
        let link = self.new_link(LinkKind::ConfirmEmail, hours(self.config().links.confirm_hours));
        let (this, requests, at) = (self.clone(), self.limit_of_requests(origin), origin.clone());
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
                let Some(person) = found.filter(|person| person.status == PersonStatus::Pending) else {
                    return Ok(admission);
                };
                let principal = Principal::Person(person.person);
                let links = this.limit_of_person_links(person.person);
                if limits::admit(tx, &[links], &config.limits)? == Admission::Open {
                    link.write(tx, principal)?;
                    let to = To::on_file(principal.subject()).asked_at(&at);
                    let number = person.registration_id.to_string();
                    let lifetime = config.links.confirm_hours;
                    messages::confirm_email(this.policy(), tx, &to, link.id, &link.token, &number, lifetime)?;
                }
                Ok(admission)
            })
            .await?;
        match admission {
            Admission::Open => Ok(()),
            Admission::Locked { until } => Err(IdentityError::locked(until, self.now())),
        }
    }
}
