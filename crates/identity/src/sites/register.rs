//! A site is registered: by staff with the permission, or by somebody at the machine's command line.

use mailkeep_types::{SiteId, StaffId};

use super::{NewSite, SECRET_PREFIX, SiteForm, store};
use crate::access::{Access, Permission, StaffPermission};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::secrets::tokens;

impl Identity {
    /// Registers a site.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for a field of the form; [`IdentityError::Forbidden`].
    pub async fn register_site(&self, access: &Access, form: SiteForm) -> Result<NewSite, IdentityError> {
        access.require(Permission::Staff(StaffPermission::Sites))?;
        let staff = access.staff()?.staff;
        self.write_new_site(Some(staff), form).await
    }

    /// Registers a site in nobody's name.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for a field of the form.
    pub async fn register_site_from_command_line(&self, form: SiteForm) -> Result<NewSite, IdentityError> {
        self.write_new_site(None, form).await
    }

    async fn write_new_site(&self, by: Option<StaffId>, form: SiteForm) -> Result<NewSite, IdentityError> {
        let checked = form.check(self.policy())?;
        let id = SiteId::new(&**self.clock());
        let made = checked.confidential.then(|| tokens::make(SECRET_PREFIX));
        let hash = made.as_ref().map(|made| made.hash);
        self.db().write(move |tx| store::insert(tx, id, &checked, hash.as_ref(), by)).await?;
        Ok(NewSite { id, secret: made.map(|made| made.token) })
    }
}
