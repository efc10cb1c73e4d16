//! The registered sites, as staff see them: with how many persons use each, and never who.

use mailkeep_types::SiteId;

use super::{Site, store};
use crate::access::{Access, Permission, StaffPermission};
use crate::error::IdentityError;
use crate::identity::Identity;

/// A site with how many persons agreed to pass something to it.
#[derive(Debug, Clone)]
pub struct ListedSite {
    /// The site.
    pub site: Site,
    /// How many persons.
    pub persons: i64,
}

impl Identity {
    /// Every site, by its title.
    ///
    /// # Errors
    /// [`IdentityError::Forbidden`].
    pub async fn list_sites(&self, access: &Access) -> Result<Vec<ListedSite>, IdentityError> {
        access.require(Permission::Staff(StaffPermission::Sites))?;
        self.list_sites_from_command_line().await
    }

    /// The same for somebody at the machine's command line.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn list_sites_from_command_line(&self) -> Result<Vec<ListedSite>, IdentityError> {
        Ok(self.db().read(store::list).await?)
    }

    /// One site.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`], [`IdentityError::Forbidden`].
    pub async fn show_site(&self, access: &Access, id: SiteId) -> Result<ListedSite, IdentityError> {
        access.require(Permission::Staff(StaffPermission::Sites))?;
        let sites = self.db().read(store::list).await?;
        sites.into_iter().find(|listed| listed.site.id == id).ok_or(IdentityError::NotFound)
    }

    /// The site that a request names, when persons can sign in to it: registered, not disabled, and of a kind that the
    /// policy in force still knows.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn open_site(&self, client_id: &str) -> Result<Option<Site>, IdentityError> {
        let Ok(id) = client_id.parse::<SiteId>() else { return Ok(None) };
        let found = self.db().read(move |tx| store::find(tx, id)).await?;
        Ok(found.filter(|site| !site.disabled && site.is_known(self.policy())))
    }
}
