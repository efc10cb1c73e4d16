//! An owner invites a contact by e-mail, or takes an invitation back.

use mailkeep_policy::{Personal, Subject, category, purpose};
use mailkeep_types::{CustomerId, EmailAddress};
use uuid::Uuid;

use super::store::{self, InvitationRow};
use crate::access::{Access, ContactRoles};
use crate::config::hours;
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::limits::{self, Admission};
use crate::messages::{self, To};
use crate::origin::Origin;
use crate::persons::{self, check_email};
use crate::principal::Principal;
use crate::secrets::tokens;
use crate::security_events::SecurityEventKind;

impl Identity {
    /// Sends an invitation; one that was sent to the same address before stops working. Asks for a recent password.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for `email` or `roles`; [`IdentityError::AlreadyContact`];
    /// [`IdentityError::PasswordNeeded`]; [`IdentityError::Locked`] after many messages to the same address.
    pub async fn invite_contact(
        &self,
        access: &Access,
        customer: CustomerId,
        email: &str,
        roles: ContactRoles,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let invited_by = self.require_owner(access, customer)?;
        let me = access.person()?;
        let email = check_email("email", email)?;
        if roles.is_empty() {
            return Err(IdentityError::field("roles", "roles_missing", "Choose at least one role."));
        }
        let (name, _) = self.read_customer_name::<purpose::Prefill>(me.actor(), customer, me.fact()).await?;
        let (id, lookup, made) = (self.new_uuid(), self.email_lookup(&email), tokens::make(""));
        let value: Personal<EmailAddress, category::Contact> = Personal::new(email.clone());
        let subject = Subject::customer(customer);
        let sealed = self.policy().seal(subject, fields::invitation(id), &value)?.into_bytes();
        let (this, at, links) = (self.clone(), origin.clone(), self.limit_of_links(&lookup));
        let admission = self
            .db()
            .write(move |tx| -> Result<Admission, IdentityError> {
                if let Some(person) = persons::store::find_by_email(tx, &lookup)?
                    && store::roles_of(tx, customer, person.person)?.is_some()
                {
                    return Err(IdentityError::AlreadyContact);
                }
                let admission = limits::admit(tx, &[links], &this.config().limits)?;
                if admission != Admission::Open {
                    return Ok(admission);
                }
                let lifetime = this.config().links.invitation_hours;
                let (created_at, expires_at) = (tx.now(), tx.now().plus(hours(lifetime)));
                let email_sealed = sealed.clone();
                let row = InvitationRow {
                    id,
                    customer,
                    email: email_sealed,
                    roles,
                    invited_by,
                    created_at,
                    expires_at,
                };
                store::insert_invitation(tx, &row, &lookup, &made.hash)?;
                this.record(tx, Principal::Person(invited_by), SecurityEventKind::ContactInvited, Some(&at))?;
                let words: Vec<&str> = roles.iter().map(|role| role.word()).collect();
                let to = To::at(subject, email.clone());
                messages::contact_invitation(
                    this.policy(),
                    tx,
                    &to,
                    id,
                    &made.token,
                    &name,
                    &words,
                    lifetime,
                )?;
                Ok(admission)
            })
            .await?;
        match admission {
            Admission::Open => Ok(()),
            Admission::Locked { until } => Err(IdentityError::locked(until, self.now())),
        }
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`] when it is not the customer's or was accepted.
    pub async fn withdraw_invitation(
        &self,
        access: &Access,
        customer: CustomerId,
        invitation: Uuid,
    ) -> Result<(), IdentityError> {
        self.require_owner(access, customer)?;
        let gone = self.db().write(move |tx| store::delete_invitation(tx, customer, invitation)).await?;
        if gone { Ok(()) } else { Err(IdentityError::NotFound) }
    }
}
