//! Sign-ins to sites end: by the person, by the site, or with the session.

use mailkeep_types::{SiteConsentId, SiteId, SiteSignInId};
use serde::Deserialize;

use super::store::{self, TokenKind};
use super::{REFRESH_PREFIX, SiteHint};
use crate::access::Access;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::secrets::tokens;
use crate::sites::Site;

/// What is read again of an ID token.
#[derive(Deserialize)]
struct ReadAgain {
    aud: SiteId,
    sid: SiteSignInId,
}

impl Identity {
    /// The person takes back what they agreed to pass to a site: every sign-in to it ends with its tokens, and the person is
    /// asked again the next time.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`] for an agreement that is not the person's or was taken back.
    pub async fn withdraw_site_consent(
        &self,
        access: &Access,
        consent: SiteConsentId,
    ) -> Result<(), IdentityError> {
        let person = access.person_in_browser()?.person;
        self.db()
            .write(move |tx| {
                if !store::withdraw(tx, person, consent)? {
                    return Err(IdentityError::NotFound);
                }
                Ok(store::end_all_of_consent(tx, consent)?)
            })
            .await
    }

    /// Whose sign-in an ID token speaks of, however old it is; `None` for one that we did not sign.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn read_site_hint(&self, id_token: &str) -> Result<Option<SiteHint>, IdentityError> {
        let Some(claims) = self.read_own_token(id_token).await? else { return Ok(None) };
        let Ok(ReadAgain { aud, sid }) = serde_json::from_slice(&claims) else { return Ok(None) };
        let hint = self.db().read(move |tx| store::hint(tx, sid)).await?;
        Ok(hint.filter(|hint| hint.site == aud))
    }

    /// Ends one sign-in with its tokens, because its site says so.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn end_site_sign_in(&self, sign_in: SiteSignInId) -> Result<(), IdentityError> {
        Ok(self.db().write(move |tx| store::end_by_site(tx, sign_in)).await?)
    }

    /// The site gives a token back (RFC 7009): a refresh token ends the sign-in, an access token only itself. What is not known
    /// is given back too.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn revoke_site_token(&self, site: &Site, token: &str) -> Result<(), IdentityError> {
        let (hash, id) = (tokens::hash(token), site.id);
        let kind = if token.starts_with(REFRESH_PREFIX) { TokenKind::Refresh } else { TokenKind::Access };
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                match store::find_token(tx, &hash, kind)? {
                    Some(token) if token.site == id && kind == TokenKind::Refresh => {
                        store::end_by_site(tx, token.sign_in)?;
                    }
                    Some(token) if token.site == id => store::delete_token(tx, &hash)?,
                    _ => {}
                }
                Ok(())
            })
            .await
    }
}
