//! A site proves who it is. Tries are counted before the secret is looked at, by site and network together: whoever guesses
//! locks out the own network, and never the site.

use mailkeep_protocols::openid::{ErrorCode, OpenIdError, SiteCredentials};
use mailkeep_types::SiteId;

use super::{Site, store};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::limits::{self, Admission};
use crate::origin::Origin;
use crate::secrets::tokens;

impl Identity {
    /// The site that shows these credentials.
    ///
    /// # Errors
    /// [`IdentityError::OpenId`] with `invalid_client`, which never says what was wrong; [`IdentityError::Locked`].
    pub async fn authenticate_site(
        &self,
        credentials: &SiteCredentials,
        origin: &Origin,
    ) -> Result<Site, IdentityError> {
        let (whose, network) = (self.limit_of_site(&credentials.id, origin), self.limit_of_network(origin));
        let id = credentials.id.parse::<SiteId>().ok();
        let shown = credentials.secret.as_deref().map(tokens::hash);
        let config = self.config().limits.clone();
        let found = self
            .db()
            .write(move |tx| -> Result<_, IdentityError> {
                if let Admission::Locked { until } = limits::admit(tx, &[whose, network], &config)? {
                    return Ok(Err(until));
                }
                let Some(id) = id else { return Ok(Ok(None)) };
                let Some((site, kept)) = store::find_with_secret(tx, id)? else { return Ok(Ok(None)) };
                // Hashes of 256 random bits: how long their comparison takes says nothing of the secret.
                let right = !site.disabled && shown == kept && site.confidential == kept.is_some();
                if right {
                    limits::forgive(tx, whose, network)?;
                }
                Ok(Ok(right.then_some(site)))
            })
            .await?;
        match found {
            Err(until) => Err(IdentityError::locked(until, self.now())),
            Ok(Some(site)) if site.is_known(self.policy()) => Ok(site),
            Ok(_) => {
                let why = "the site is not registered, is disabled, or showed another secret";
                Err(OpenIdError::new(ErrorCode::InvalidClient, why).into())
            }
        }
    }
}
