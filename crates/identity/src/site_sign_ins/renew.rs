//! A site changes a refresh token for new tokens. Each works once; one that comes again ends the sign-in (RFC 9700 section
//! 4.14.2).

use mailkeep_protocols::openid::{ErrorCode, OpenIdError};

use super::store::{self, SignInRow, TokenKind};
use super::{SiteTokens, tokens::Issue};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::secrets::tokens;
use crate::sites::Site;

enum Renewed {
    Good(SignInRow, Issue),
    Refused(&'static str),
}

impl Identity {
    /// Gives new tokens for a refresh token.
    ///
    /// # Errors
    /// [`IdentityError::OpenId`] with `invalid_grant`.
    pub async fn renew_site_tokens(
        &self,
        site: &Site,
        refresh_token: &str,
        issuer: &str,
    ) -> Result<SiteTokens, IdentityError> {
        let (hash, site_id) = (tokens::hash(refresh_token), site.id);
        let renewed = self
            .db()
            .write(move |tx| -> Result<Renewed, IdentityError> {
                let unknown = Renewed::Refused("the refresh token is not known, too old, or another site's");
                let Some(token) = store::find_token(tx, &hash, TokenKind::Refresh)? else {
                    return Ok(unknown);
                };
                // Another site that shows it has not got it from us: it is in wrong hands.
                if token.used || token.site != site_id || !store::use_token(tx, &hash)? {
                    store::end_sign_in(tx, token.sign_in)?;
                    return Ok(unknown);
                }
                Ok(match store::living(tx, token.sign_in)? {
                    Some(row) => {
                        Renewed::Good(row, Issue { shares: token.shares, offline: true, nonce: None })
                    }
                    None => Renewed::Refused("the person signed out meanwhile"),
                })
            })
            .await?;
        match renewed {
            Renewed::Good(row, issue) => self.issue_site_tokens(site, row, issue, issuer).await,
            Renewed::Refused(why) => Err(OpenIdError::new(ErrorCode::InvalidGrant, why).into()),
        }
    }
}
