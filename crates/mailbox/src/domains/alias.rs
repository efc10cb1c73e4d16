//! Alias domains: every address of a domain is also good under another name, those made later too.

use mailkeep_types::DomainId;

use super::{Domain, store};
use crate::error::Result;
use crate::post_office::PostOffice;

impl PostOffice {
    /// The alias domains of a domain. They are made by [`PostOffice::add_domain`] with `alias_of` and, like any domain,
    /// are routed once they are proven.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn alias_domains(&self, domain: DomainId) -> Result<Vec<Domain>> {
        Ok(self.db().read(move |tx| store::aliases_of(tx, domain)).await?)
    }
}
