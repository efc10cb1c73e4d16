//! A person sees the sites that they signed in to.

use std::collections::BTreeMap;

use mailkeep_types::SiteConsentId;

use super::{SiteConsentView, store};
use crate::access::Access;
use crate::error::IdentityError;
use crate::identity::Identity;

impl Identity {
    /// What the person agreed to pass to which sites, the one used last first.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`].
    pub async fn list_site_consents(&self, access: &Access) -> Result<Vec<SiteConsentView>, IdentityError> {
        let person = access.person_in_browser()?.person;
        let rows = self.db().read(move |tx| store::list_consents(tx, person)).await?;
        let view = |(consent, site, signed_in): (store::ConsentRow, crate::sites::Site, i64)| {
            let may = if site.disabled { Vec::new() } else { site.may_receive(self.policy()) };
            SiteConsentView {
                id: consent.id,
                shares: consent.shares.into_iter().filter(|share| may.contains(share)).collect(),
                title: site.title,
                home: site.home,
                numbered: consent.numbered,
                given_at: consent.given_at,
                used_at: consent.used_at,
                signed_in,
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// What the sites are called to which the person agreed to pass something, also where that was taken back: for the record of
    /// uses, which names agreements by their identifiers.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`].
    pub async fn name_agreed_sites(
        &self,
        access: &Access,
    ) -> Result<BTreeMap<SiteConsentId, String>, IdentityError> {
        let person = access.person()?.person;
        let named = self.db().read(move |tx| store::titles(tx, person)).await?;
        Ok(named.into_iter().collect())
    }
}
