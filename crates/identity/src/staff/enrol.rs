//! A member of staff enrols with the link: a password first, then an authenticator app. The link works until both are done.

use super::{StaffStatus, store};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::links::{self, LinkKind, store::LinkRow};
use crate::origin::Origin;
use crate::principal::Principal;
use crate::second_factors::SecondFactorOffer;
use crate::secrets::{Secret, strength};
use crate::security_events::SecurityEventKind;
use crate::{credentials, sessions};

impl Identity {
    /// The login name that a link enrols, to be shown beside the form.
    ///
    /// # Errors
    /// [`IdentityError::LinkInvalid`].
    pub async fn enrolment(&self, token: &str, origin: &Origin) -> Result<String, IdentityError> {
        Ok(self.enrolment_link(token, origin).await?.1)
    }

    /// The first step: sets the password and offers a secret for the app.
    ///
    /// # Errors
    /// [`IdentityError::LinkInvalid`]; [`IdentityError::Field`] for `password`.
    pub async fn enrol_staff(
        &self,
        token: &str,
        password: Secret,
        origin: &Origin,
    ) -> Result<SecondFactorOffer, IdentityError> {
        let (link, login) = self.enrolment_link(token, origin).await?;
        strength::check(&password, &[&login, &self.config().issuer], "password", &self.config().password)?;
        let sealed = self.seal_password(link.principal, password).await?;
        self.db().write(move |tx| credentials::store::set_password(tx, link.principal, &sealed)).await?;
        self.offer_totp(link.principal, &login).await
    }

    /// The second step: a code of the app shows that it has the secret. Gives the recovery codes, once; the link is used.
    ///
    /// # Errors
    /// [`IdentityError::WrongCode`], [`IdentityError::LinkInvalid`], [`IdentityError::NoSecondFactor`] when the first
    /// step was left out.
    pub async fn finish_enrolment(
        &self,
        token: &str,
        code: Secret,
        origin: &Origin,
    ) -> Result<Vec<Secret>, IdentityError> {
        let (link, _) = self.enrolment_link(token, origin).await?;
        let Principal::Staff(staff) = link.principal else { return Err(IdentityError::LinkInvalid) };
        let confirmed = self.check_offered(link.principal, &code, origin).await?;
        let (this, at) = (self.clone(), origin.clone());
        self.db()
            .write(move |tx| -> Result<Vec<Secret>, IdentityError> {
                if !links::store::mark_used(tx, link.id)? {
                    return Err(IdentityError::LinkInvalid);
                }
                let codes = confirmed.write(&this, tx)?;
                store::set_status(tx, staff, StaffStatus::Active)?;
                sessions::store::delete_all(tx, link.principal, None)?;
                this.record(tx, link.principal, SecurityEventKind::Enrolled, Some(&at))?;
                Ok(codes)
            })
            .await
    }

    async fn enrolment_link(&self, token: &str, origin: &Origin) -> Result<(LinkRow, String), IdentityError> {
        let text = token.to_owned();
        let found = self
            .db()
            .read(move |tx| -> Result<_, IdentityError> {
                let Some(link) = links::store::find(tx, LinkKind::EnrolStaff, &text)? else {
                    return Ok(None);
                };
                let Principal::Staff(staff) = link.principal else { return Ok(None) };
                let member = store::find(tx, staff)?.filter(|member| member.status == StaffStatus::Invited);
                Ok(member.filter(|_| !link.used).map(|member| (link, member.login)))
            })
            .await?;
        match found {
            Some(found) => Ok(found),
            None => Err(self.refuse_link(origin).await),
        }
    }
}
