//! Signing in to sites with the Registration ID: what a person agrees to pass, and the codes and tokens by which a site gets
//! it (OpenID Connect Core 1.0, the code flow).
//!
//! A sign-in to a site belongs to the session in which it was made and ends with it. Every passing of a name or a claim is a
//! grant of the policy's gate under the fact *site consent*, and stands in the person's record before the site has it.

mod begin;
mod claims;
mod consent;
mod end;
mod exchange;
mod list;
mod renew;
pub(crate) mod store;
mod tell;
#[cfg(test)]
mod tests;
mod tokens;

use std::time::Duration;

use mailkeep_policy::Shown;
use mailkeep_protocols::openid::{Asked, Challenge, ErrorCode, OpenIdError};
use mailkeep_types::{PersonId, SessionId, SiteConsentId, SiteId, SiteSignInId, Timestamp};

use crate::identity::Identity;
use crate::secrets::Secret;
use crate::sites::{Share, Site};

pub use claims::{AddressClaim, SiteClaims};
pub use consent::{ConsentState, ShownShare};
pub use exchange::ShownCode;
pub use tell::{SiteSignOut, SiteTold};

/// As whom the program passes something to a site.
const TASK: &str = "sign-in to a site";
/// How long a code can be changed for tokens.
const CODE_LIVES: Duration = Duration::from_secs(60);
/// How long an access token opens the claims.
const ACCESS_LIVES: Duration = Duration::from_secs(600);
/// How long an ID token says that it is true.
const ID_LIVES: Duration = Duration::from_secs(3600);
/// How long a refresh token lives that is not used; it ends with the person's session before that.
const REFRESH_LIVES: Duration = Duration::from_secs(30 * 86_400);
/// How long a logout token says that it is true.
const LOGOUT_LIVES: Duration = Duration::from_secs(120);
/// How access tokens begin.
const ACCESS_PREFIX: &str = "mka_";
/// How refresh tokens begin.
const REFRESH_PREFIX: &str = "mkr_";

/// What a site asks for, after everything in it was looked at.
#[derive(Debug, Clone)]
pub struct SiteRequest {
    /// The site.
    pub site: Site,
    /// The registered address to which the person is sent back.
    pub address: String,
    /// What it wants to be passed.
    pub shares: Vec<Share>,
    /// The proof key.
    pub challenge: Challenge,
    /// What the ID token is to hold again.
    pub nonce: Option<String>,
    /// Whether it wants a refresh token.
    pub offline: bool,
}

/// What a site gets for a code.
#[derive(Debug)]
pub struct SiteTokens {
    /// Opens the claims.
    pub access_token: Secret,
    /// Is changed for new ones.
    pub refresh_token: Option<Secret>,
    /// Says who signed in, signed.
    pub id_token: Secret,
    /// How long the access token lives.
    pub expires_in_seconds: u64,
    /// What is passed, in scopes.
    pub scope: String,
}

/// What a person agreed to pass to a site, as the person sees it.
#[derive(Debug, Clone)]
pub struct SiteConsentView {
    /// Its identifier.
    pub id: SiteConsentId,
    /// What the site is called.
    pub title: String,
    /// Its first page.
    pub home: String,
    /// What is passed: what was agreed to, as far as the policy and the registration still let it.
    pub shares: Vec<Share>,
    /// Whether the site knows the person by the Registration ID.
    pub numbered: bool,
    /// When the person agreed.
    pub given_at: Timestamp,
    /// When the person last signed in to it.
    pub used_at: Timestamp,
    /// Where the person is signed in to it now: how many sign-ins.
    pub signed_in: i64,
}

/// Who was signed in to which site, by an ID token that the site shows again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SiteHint {
    /// The site.
    pub site: SiteId,
    /// The sign-in.
    pub sign_in: SiteSignInId,
    /// Who.
    pub person: PersonId,
    /// In which session.
    pub session: SessionId,
}

impl Identity {
    /// Looks at what a site asks for. What nobody knows is ignored (OpenID Connect Core section 3.1.2.1); what the site may not
    /// have is refused.
    ///
    /// # Errors
    /// `invalid_scope`.
    pub fn read_site_request(
        &self,
        site: Site,
        address: String,
        asked: &Asked,
    ) -> Result<SiteRequest, OpenIdError> {
        let may = site.may_receive(self.policy());
        let shares: Vec<Share> = asked.scopes.iter().filter_map(|word| Share::from_word(word)).collect();
        if shares.iter().any(|share| !may.contains(share)) {
            let why = "the site asks for something that it may not receive";
            return Err(OpenIdError::new(ErrorCode::InvalidScope, why));
        }
        Ok(SiteRequest {
            site,
            address,
            shares,
            challenge: asked.challenge,
            nonce: asked.nonce.clone(),
            offline: asked.offline,
        })
    }
}

/// The scopes of what is passed.
fn scope(shares: &[Share], offline: bool) -> String {
    let mut words = vec!["openid"];
    words.extend(shares.iter().map(|share| share.word()));
    if offline {
        words.push("offline_access");
    }
    words.join(" ")
}

/// The name by which a site knows somebody, opened to be passed.
type SubjectName = Shown<String>;
