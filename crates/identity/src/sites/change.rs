//! A registration is changed: its fields, its secret, and whether anybody can sign in.

use mailkeep_types::SiteId;

use super::{SECRET_PREFIX, SiteForm, store};
use crate::access::{Access, Permission, StaffPermission};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::secrets::{Secret, tokens};
use crate::site_sign_ins;

impl Identity {
    /// Replaces what is registered. What the site may receive no longer is passed no longer at once; what it may receive
    /// more is asked of each person first.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for a field of the form; [`IdentityError::NotFound`].
    pub async fn change_site(
        &self,
        access: &Access,
        id: SiteId,
        form: SiteForm,
    ) -> Result<(), IdentityError> {
        access.require(Permission::Staff(StaffPermission::Sites))?;
        let checked = form.check(self.policy())?;
        self.db()
            .write(move |tx| match store::update(tx, id, &checked)? {
                true => Ok(()),
                false => Err(IdentityError::NotFound),
            })
            .await
    }

    /// Makes a new secret; the old one works no longer.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`], also for a site that keeps none.
    pub async fn renew_site_secret(&self, access: &Access, id: SiteId) -> Result<Secret, IdentityError> {
        access.require(Permission::Staff(StaffPermission::Sites))?;
        self.renew_site_secret_from_command_line(id).await
    }

    /// The same for somebody at the machine's command line.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`], also for a site that keeps none.
    pub async fn renew_site_secret_from_command_line(&self, id: SiteId) -> Result<Secret, IdentityError> {
        let made = tokens::make(SECRET_PREFIX);
        let hash = made.hash;
        self.db()
            .write(move |tx| match store::set_secret(tx, id, &hash)? {
                true => Ok(()),
                false => Err(IdentityError::NotFound),
            })
            .await?;
        Ok(made.token)
    }

    /// Lets nobody sign in to the site, and ends every sign-in to it; or opens it again.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`].
    pub async fn set_site_disabled(
        &self,
        access: &Access,
        id: SiteId,
        disabled: bool,
    ) -> Result<(), IdentityError> {
        access.require(Permission::Staff(StaffPermission::Sites))?;
        self.set_site_disabled_from_command_line(id, disabled).await
    }

    /// The same for somebody at the machine's command line.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`].
    pub async fn set_site_disabled_from_command_line(
        &self,
        id: SiteId,
        disabled: bool,
    ) -> Result<(), IdentityError> {
        self.db()
            .write(move |tx| {
                if !store::set_disabled(tx, id, disabled)? {
                    return Err(IdentityError::NotFound);
                }
                if disabled {
                    site_sign_ins::store::end_all_of_site(tx, id)?;
                }
                Ok(())
            })
            .await
    }
}
