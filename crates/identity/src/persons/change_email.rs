//! A person changes the address: a link goes to the new one, and once it is followed the old one is told.

use mailkeep_policy::{Act, Personal, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::EmailAddress;

use super::{check_email, store};
use crate::access::{Access, PersonAccess};
use crate::config::hours;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::limits::{self, Admission};
use crate::links::{self, LinkKind};
use crate::messages::{self, To};
use crate::origin::Origin;
use crate::principal::Principal;
use crate::security_events::SecurityEventKind;
use crate::{customers, fields};

impl Identity {
    /// Sends a link to the new address. An address that another person has gets no link; its holder is told, and the
    /// answer is the same. Asks for a recent password.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for `email`; [`IdentityError::PasswordNeeded`].
    pub async fn ask_to_change_email(
        &self,
        access: &Access,
        email: &str,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let me = access.person_in_browser()?;
        self.require_recent_password(access)?;
        let email = check_email("email", email)?;
        let lookup = self.email_lookup(&email);
        let holder = self.db().read(move |tx| store::find_by_email(tx, &lookup)).await?;
        match holder {
            Some(holder) if holder.person == me.person => {
                return Err(IdentityError::field("email", "email_same", "This is your present address."));
            }
            Some(holder) => {
                return self
                    .tell_registered(holder.person, &holder.registration_id.to_string(), lookup, origin)
                    .await;
            }
            None => {}
        }
        let (principal, subject) = (Principal::Person(me.person), Subject::person(me.person));
        let mut link = self.new_link(LinkKind::ConfirmNewEmail, hours(self.config().links.confirm_hours));
        let value: Personal<EmailAddress, category::Contact> = Personal::new(email.clone());
        let sealed = self.policy().seal(subject, fields::one_time_token(link.id), &value)?;
        link.email = Some((sealed.into_bytes(), lookup));
        let (this, at, links) = (self.clone(), origin.clone(), self.limit_of_links(&lookup));
        let admission = self
            .db()
            .write(move |tx| -> Result<Admission, IdentityError> {
                let admission = limits::admit(tx, &[links], &this.config().limits)?;
                if admission == Admission::Open {
                    link.write(tx, principal)?;
                    this.record(tx, principal, SecurityEventKind::EmailChangeAsked, Some(&at))?;
                    let to = To::at(subject, email.clone());
                    let lifetime = this.config().links.confirm_hours;
                    messages::confirm_new_email(this.policy(), tx, &to, link.id, &link.token, lifetime)?;
                }
                Ok(admission)
            })
            .await?;
        match admission {
            Admission::Open => Ok(()),
            Admission::Locked { until } => Err(IdentityError::locked(until, self.now())),
        }
    }

    /// Puts the new address in force. The person is signed in and has the link: both are needed.
    ///
    /// # Errors
    /// [`IdentityError::LinkInvalid`], also when the address was taken meanwhile or the link is another person's.
    pub async fn confirm_new_email(
        &self,
        access: &Access,
        token: &str,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let me = access.person_in_browser()?;
        let (principal, subject, id) = (Principal::Person(me.person), Subject::person(me.person), me.person);
        let text = token.to_owned();
        let link = self.db().read(move |tx| links::store::find(tx, LinkKind::ConfirmNewEmail, &text)).await?;
        let Some(link) = link.filter(|link| !link.used && link.principal == principal) else {
            return Err(self.refuse_link(origin).await);
        };
        let (Some(given), Some(lookup)) = (link.email, link.email_lookup) else {
            return Err(IdentityError::LinkInvalid);
        };
        let (old, new) = self.open_addresses(me, link.id, given).await?;
        let value = new.personal::<category::Contact>().ok_or(IdentityError::LinkInvalid)?;
        let sealed = self.policy().seal(subject, fields::person("email", id), &value)?.into_bytes();
        let (this, at, link_id) = (self.clone(), origin.clone(), link.id);
        let done = self
            .db()
            .write(move |tx| -> Result<bool, IdentityError> {
                let holder = store::find_by_email(tx, &lookup)?;
                if holder.is_some() || !links::store::mark_used(tx, link_id)? {
                    return Ok(false);
                }
                store::set_email(tx, id, &sealed, &lookup)?;
                customers::refresh_contact(&this, tx, id, None, Some(&new))?;
                this.record(tx, principal, SecurityEventKind::EmailChanged, Some(&at))?;
                messages::email_changed(
                    this.policy(),
                    tx,
                    &To::at(subject, &old),
                    link_id,
                    &new.reshape(shorten),
                )?;
                Ok(true)
            })
            .await?;
        if done { Ok(()) } else { Err(IdentityError::LinkInvalid) }
    }

    /// The present address and the one that waits.
    async fn open_addresses(
        &self,
        me: &PersonAccess,
        link: uuid::Uuid,
        given: Vec<u8>,
    ) -> Result<(Shown<EmailAddress>, Shown<EmailAddress>), IdentityError> {
        let id = me.person;
        let asked = Use {
            actor: me.actor(),
            subject: Subject::person(id),
            act: Act::Change,
            fields: &["persons.email", "one_time_tokens.email"],
            fact: me.fact(),
        };
        let grant = self.policy().grant::<purpose::Rights>(asked).await?;
        let present = self.db().read(move |tx| store::email(tx, id)).await?.ok_or(IdentityError::NotFound)?;
        let old = self.policy().show(&grant, fields::person("email", id), &present)?;
        let given: Sealed<EmailAddress, category::Contact> = Sealed::from_bytes(given);
        let new = self.policy().show(&grant, fields::one_time_token(link), &given)?;
        Ok((old, new))
    }
}

/// Enough of an address to recognise one's own: the old mailbox may have another reader by now.
fn shorten(address: &EmailAddress) -> String {
    let first: String = address.local().chars().take(1).collect();
    format!("{first}…@{}", address.domain())
}
