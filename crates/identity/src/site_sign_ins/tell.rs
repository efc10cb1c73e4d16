//! A site is told that a sign-in to it has ended (OpenID Connect Back-Channel Logout 1.0): the person signed out or took back
//! what they agreed to, the session was ended from elsewhere, or it was over.
//!
//! The job is written in the transaction that ends the sign-in, once for each, and only where the site ever got tokens of it.
//! What is said names the sign-in by its `sid` and the person by nothing: the site knows whose it was.

use mailkeep_types::{SiteId, SiteSignInId, new_uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::LOGOUT_LIVES;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::secrets::Secret;
use crate::sites;

/// What the claim `events` holds (section 2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Which sign-in ended, as the job says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteSignOut {
    /// The site.
    pub site: SiteId,
    /// The sign-in.
    pub sign_in: SiteSignInId,
}

/// What a site is to be told, and where.
#[derive(Debug)]
pub struct SiteTold {
    /// Its address for this.
    pub address: String,
    /// As which recipient of the policy file it is registered.
    pub listed_as: String,
    /// The hosts to which it sends persons itself; the address is at one of them.
    pub hosts: Vec<String>,
    /// The logout token.
    pub token: Secret,
}

impl Identity {
    /// What a site is told of a sign-in that ended; `None` when it is closed or does not want to be told any more. A token is for
    /// one try: the next has another `jti`.
    ///
    /// # Errors
    /// A failure of the database or of the keys.
    pub async fn site_told(
        &self,
        ended: SiteSignOut,
        issuer: &str,
    ) -> Result<Option<SiteTold>, IdentityError> {
        let found = self.db().read(move |tx| sites::store::find(tx, ended.site)).await?;
        let Some(site) = found.filter(|site| !site.disabled && site.is_known(self.policy())) else {
            return Ok(None);
        };
        let hosts = site.hosts();
        let Some(address) = site.told_at else { return Ok(None) };
        let now = self.now();
        let claims = json!({
            "iss": issuer,
            "aud": site.id.to_string(),
            "iat": now.as_seconds(),
            "exp": now.plus(LOGOUT_LIVES).as_seconds(),
            "jti": new_uuid(&**self.clock()).to_string(),
            "sid": ended.sign_in.to_string(),
            "events": { EVENT: {} },
        });
        let token = self.sign_for_site(crate::site_keys::LOGOUT_TOKEN, claims.to_string().as_bytes()).await?;
        Ok(Some(SiteTold { address, listed_as: site.listed_as, hosts, token }))
    }

    /// Notes whether a site could be told, for the staff who keep it.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn note_site_heard(&self, site: SiteId, heard: bool) -> Result<(), IdentityError> {
        Ok(self.db().write(move |tx| sites::store::set_heard(tx, site, heard)).await?)
    }
}
