//! A site changes its code for tokens: once, within a minute, at the address and with the verifier it was asked with.

use mailkeep_protocols::openid::{ErrorCode, OpenIdError, Verifier};
use sha2::{Digest as _, Sha256};

use super::store::{self, SignInRow};
use super::{SiteTokens, tokens::Issue};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::secrets::tokens;
use crate::sites::Site;

/// What a site shows with its code.
#[derive(Debug, Clone, Copy)]
pub struct ShownCode<'a> {
    /// The code.
    pub code: &'a str,
    /// The address to which it was sent.
    pub address: &'a str,
    /// The proof.
    pub verifier: &'a str,
}

/// What was found behind a code.
enum Redeemed {
    Good(SignInRow, Issue),
    Refused(&'static str),
}

impl Identity {
    /// Gives tokens for a code. One that comes a second time ends the sign-in with all its tokens: somebody else may have had it
    /// first (RFC 9700 section 2.1.1).
    ///
    /// # Errors
    /// [`IdentityError::OpenId`] with `invalid_grant`.
    pub async fn exchange_site_code(
        &self,
        site: &Site,
        shown: ShownCode<'_>,
        issuer: &str,
    ) -> Result<SiteTokens, IdentityError> {
        let hash = tokens::hash(shown.code);
        let proof: Option<[u8; 32]> =
            Verifier::parse(shown.verifier).map(|verifier| Sha256::digest(verifier.as_bytes()).into());
        let (site_id, address) = (site.id, shown.address.to_owned());
        let redeemed = self
            .db()
            .write(move |tx| -> Result<Redeemed, IdentityError> {
                let Some(code) = store::find_code(tx, &hash)? else {
                    return Ok(Redeemed::Refused("the code is not known"));
                };
                // Whatever is wrong with it now: the code has been shown, and works no longer.
                if code.used || !store::use_code(tx, &hash)? {
                    store::end_sign_in(tx, code.sign_in)?;
                    return Ok(Redeemed::Refused("the code was used before; everything from it has ended"));
                }
                let fits = code.site == site_id
                    && code.address == address
                    && Some(code.challenge) == proof
                    && code.expires_at > tx.now();
                if !fits {
                    return Ok(Redeemed::Refused(
                        "the code is too old, or was given to another site, address or verifier",
                    ));
                }
                Ok(match store::living(tx, code.sign_in)? {
                    Some(row) => {
                        let issue = Issue { shares: code.shares, offline: code.offline, nonce: code.nonce };
                        Redeemed::Good(row, issue)
                    }
                    None => Redeemed::Refused("the person signed out meanwhile"),
                })
            })
            .await?;
        match redeemed {
            Redeemed::Good(row, issue) => self.issue_site_tokens(site, row, issue, issuer).await,
            Redeemed::Refused(why) => {
                metrics::counter!("identity_site_codes_refused_total").increment(1);
                Err(OpenIdError::new(ErrorCode::InvalidGrant, why).into())
            }
        }
    }
}
