//! Tokens are made: the name of the person is opened under what they agreed to, and signed.

use mailkeep_policy::{Act, Actor, Fact, Sealed, Subject, Use, category, purpose, sink};
use mailkeep_protocols::openid::{ErrorCode, OpenIdError};
use serde::Serialize;

use super::store::{self, SignInRow, TokenKind};
use super::{
    ACCESS_LIVES, ACCESS_PREFIX, ID_LIVES, REFRESH_LIVES, REFRESH_PREFIX, SiteTokens, SubjectName, TASK,
    scope,
};
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::secrets::tokens;
use crate::site_keys::ID_TOKEN;
use crate::sites::{Share, Site};

/// What is issued.
#[derive(Clone)]
pub(super) struct Issue {
    pub shares: Vec<Share>,
    pub offline: bool,
    pub nonce: Option<String>,
}

/// What an ID token says (OpenID Connect Core section 2).
#[derive(Serialize)]
struct IdClaims<'a> {
    iss: &'a str,
    sub: SubjectName,
    aud: String,
    iat: i64,
    exp: i64,
    auth_time: i64,
    sid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<String>,
}

impl IdClaims<'_> {
    /// The bytes that are signed: they go to the site, and nowhere else.
    fn written(&self) -> Result<Vec<u8>, IdentityError> {
        let written = serde_json::to_vec(&sink::json(self));
        written.map_err(|error| IdentityError::Hash(format!("an ID token cannot be written: {error}")))
    }
}

impl Identity {
    /// Makes the tokens of a sign-in. The person's name for the site is opened first, and recorded.
    pub(super) async fn issue_site_tokens(
        &self,
        site: &Site,
        row: SignInRow,
        issue: Issue,
        issuer: &str,
    ) -> Result<SiteTokens, IdentityError> {
        if row.numbered && !site.knows_number(self.policy()) {
            let why = "the site may not know people by their Registration ID any more";
            return Err(OpenIdError::new(ErrorCode::InvalidGrant, why).into());
        }
        let may = site.may_receive(self.policy());
        let shares: Vec<Share> = issue
            .shares
            .iter()
            .copied()
            .filter(|share| may.contains(share) && row.shares.contains(share))
            .collect();
        let asked = Use {
            actor: Actor::System(TASK),
            subject: Subject::person(row.person),
            act: Act::Disclose,
            fields: &["site_consents.subject"],
            fact: Fact::SiteConsent(row.consent),
        };
        let grant = self.policy().grant::<purpose::Prefill>(asked).await?;
        let sealed: Sealed<String, category::Identity> = Sealed::from_bytes(row.subject);
        let now = self.now();
        let claims = IdClaims {
            iss: issuer,
            sub: self.policy().show(&grant, fields::site_consent(row.consent), &sealed)?,
            aud: site.id.to_string(),
            iat: now.as_seconds(),
            exp: now.plus(ID_LIVES).as_seconds(),
            auth_time: row.authenticated_at.as_seconds(),
            sid: row.id.to_string(),
            nonce: issue.nonce,
        };
        let id_token = self.sign_for_site(ID_TOKEN, &claims.written()?).await?;
        let access = tokens::make(ACCESS_PREFIX);
        let refresh = issue.offline.then(|| tokens::make(REFRESH_PREFIX));
        let (sign_in, passed) = (row.id, Share::stored(&shares));
        let (access_hash, refresh_hash) = (access.hash, refresh.as_ref().map(|refresh| refresh.hash));
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                // The sign-in may have ended while the token was signed.
                if store::living(tx, sign_in)?.is_none() {
                    let why = "the person signed out meanwhile";
                    return Err(OpenIdError::new(ErrorCode::InvalidGrant, why).into());
                }
                let until = tx.now().plus(ACCESS_LIVES);
                store::insert_token(tx, &access_hash, sign_in, TokenKind::Access, &passed, until)?;
                if let Some(hash) = refresh_hash {
                    let until = tx.now().plus(REFRESH_LIVES);
                    store::insert_token(tx, &hash, sign_in, TokenKind::Refresh, &passed, until)?;
                }
                Ok(())
            })
            .await?;
        Ok(SiteTokens {
            access_token: access.token,
            refresh_token: refresh.map(|refresh| refresh.token),
            id_token,
            expires_in_seconds: ACCESS_LIVES.as_secs(),
            scope: scope(&shares, issue.offline),
        })
    }
}
