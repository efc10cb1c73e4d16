//! A person signs in to a site: the site gets a code, and changes it for tokens.

use mailkeep_protocols::openid::{ErrorCode, OpenIdError};
use mailkeep_types::{SiteConsentId, SiteSignInId};

use super::{CODE_LIVES, SiteRequest, store};
use crate::access::Access;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::secrets::{Secret, tokens};

impl Identity {
    /// Begins a sign-in under what the person agreed to, and gives the code for the site.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`]; `consent_required` when the agreement is not the person's or was taken back meanwhile.
    pub async fn begin_site_sign_in(
        &self,
        access: &Access,
        request: &SiteRequest,
        consent: SiteConsentId,
    ) -> Result<Secret, IdentityError> {
        let me = access.person_in_browser()?;
        let (person, site, session, authenticated_at) =
            (me.person, request.site.id, me.session, me.authenticated_at);
        let (id, made) = (SiteSignInId::new(&**self.clock()), tokens::make(""));
        let (request, hash) = (request.clone(), made.hash);
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                let stands = store::consent_in_force(tx, person, site)?.filter(|row| row.id == consent);
                if stands.is_none() {
                    let why = "the agreement was taken back";
                    return Err(OpenIdError::new(ErrorCode::ConsentRequired, why).into());
                }
                store::insert_sign_in(tx, id, consent, session, authenticated_at)?;
                let expires_at = tx.now().plus(CODE_LIVES);
                store::insert_code(tx, &hash, id, &request, expires_at)?;
                Ok(store::touch_consent(tx, consent)?)
            })
            .await?;
        metrics::counter!("identity_site_sign_ins_total").increment(1);
        Ok(made.token)
    }
}
