//! Signing, and reading again what was signed here.

use mailkeep_protocols::openid::compact::{self, Compact};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::json;

use super::{HOUSE_KEY, ID_TOKEN};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::secrets::Secret;

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
    typ: String,
}

impl Identity {
    /// A signed token of a type that says `claims`, which are JSON.
    pub(crate) async fn sign_for_site(&self, kind: &str, claims: &[u8]) -> Result<Secret, IdentityError> {
        let failed = |what: &str| IdentityError::Hash(format!("an ID token cannot be signed: {what}"));
        let now = self.now();
        let keys = self.site_keys().await?;
        let row = keys.iter().find(|key| key.signs_from <= now).ok_or_else(|| failed("no key signs yet"))?;
        let private = self.policy().open_house_value(HOUSE_KEY, row.id, &row.private).await?;
        let private = private.ok_or_else(|| failed("its key was changed or moved"))?;
        let random = SystemRandom::new();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &private, &random)
            .map_err(|_| failed("its key cannot be read"))?;
        let header = json!({ "alg": "ES256", "typ": kind, "kid": row.id.to_string() });
        let parts = compact::to_sign(header.to_string().as_bytes(), claims);
        let signature =
            pair.sign(&random, parts.as_bytes()).map_err(|_| failed("the system gives no random bytes"))?;
        Ok(Secret::new(compact::signed(&parts, signature.as_ref())))
    }

    /// What an ID token says that was signed here, however long ago; `None` for any other. Whether it is over, and for whom it
    /// is, is for the caller to look at.
    pub(crate) async fn read_own_token(&self, token: &str) -> Result<Option<Vec<u8>>, IdentityError> {
        let Some(read) = Compact::parse(token) else { return Ok(None) };
        let Ok(header) = serde_json::from_slice::<Header>(&read.header) else { return Ok(None) };
        // Sites hold logout tokens too; they say nothing of who is signed in (Back-Channel Logout section 4).
        if header.alg != "ES256" || header.typ != ID_TOKEN {
            return Ok(None);
        }
        let keys = self.site_keys().await?;
        let Some(key) = keys.iter().find(|key| key.id.to_string() == header.kid) else { return Ok(None) };
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &key.public);
        let right = public.verify(read.signed.as_bytes(), &read.signature).is_ok();
        Ok(right.then_some(read.claims))
    }
}
