//! Keys come and go: made at the first need, followed by the next one in time, removed when they are over.

use data_encoding::BASE64URL_NOPAD;
use mailkeep_storage::sql::SqlError;
use mailkeep_types::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

use super::store::{self, KeyRow};
use super::{HOUSE_KEY, KEPT_AFTER, PUBLISHED_BEFORE, PublishedKey, SIGNS_FOR};
use crate::error::IdentityError;
use crate::identity::Identity;

impl Identity {
    /// The keys that sites are to know, also those that do not sign yet or no longer.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn published_site_keys(&self) -> Result<Vec<PublishedKey>, IdentityError> {
        let keys = self.site_keys().await?;
        Ok(keys.iter().filter_map(published).collect())
    }

    /// Makes the next key when its time comes, and removes those that are over. Safe to run at any time, on any node.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn rotate_site_keys(&self) -> Result<(), IdentityError> {
        let keys = self.site_keys().await?;
        let now = self.now();
        if let Some(newest) = keys.first()
            && newest.signs_from.plus(SIGNS_FOR).minus(PUBLISHED_BEFORE) <= now
        {
            let from = newest.signs_from.plus(SIGNS_FOR).max(now.plus(PUBLISHED_BEFORE));
            let (next, known) = (self.new_site_key(from).await?, newest.id);
            self.db()
                .write(move |tx| -> Result<(), SqlError> {
                    // Another node may have been faster.
                    match store::list(tx)?.first() {
                        Some(newest) if newest.id == known => store::insert(tx, &next),
                        _ => Ok(()),
                    }
                })
                .await?;
        }
        let over = |pair: &[KeyRow]| match pair {
            [later, earlier] if later.signs_from.plus(KEPT_AFTER) <= now => Some(earlier.id),
            _ => None,
        };
        for id in keys.windows(2).filter_map(over) {
            self.db().write(move |tx| store::delete(tx, id)).await?;
        }
        Ok(())
    }

    /// Every key, the one that signs last first; the first is made when there is none.
    pub(super) async fn site_keys(&self) -> Result<Vec<KeyRow>, IdentityError> {
        let keys = self.db().read(store::list).await?;
        if !keys.is_empty() {
            return Ok(keys);
        }
        let first = self.new_site_key(self.now()).await?;
        let made = self.db().write(move |tx| -> Result<_, SqlError> {
            if store::list(tx)?.is_empty() {
                store::insert(tx, &first)?;
            }
            store::list(tx)
        });
        Ok(made.await?)
    }

    async fn new_site_key(&self, signs_from: Timestamp) -> Result<KeyRow, IdentityError> {
        let failed = |_| IdentityError::Hash("no key for ID tokens could be made".to_owned());
        let random = SystemRandom::new();
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).map_err(failed)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random)
            .map_err(|_| IdentityError::Hash("the key that was just made cannot be read".to_owned()))?;
        let id = self.new_uuid();
        let private = self.policy().seal_house_value(HOUSE_KEY, id, document.as_ref()).await?;
        Ok(KeyRow { id, public: pair.public_key().as_ref().to_vec(), private, signs_from })
    }
}

/// The point is stored uncompressed (SEC 1 section 2.3.3): a 4, and two parts of 32 bytes.
fn published(row: &KeyRow) -> Option<PublishedKey> {
    let (form, point) = row.public.split_first()?;
    let (x, y) = point.split_at_checked(32)?;
    (*form == 4 && y.len() == 32).then(|| PublishedKey {
        kty: "EC",
        used_for: "sig",
        alg: "ES256",
        crv: "P-256",
        kid: row.id.to_string(),
        x: BASE64URL_NOPAD.encode(x),
        y: BASE64URL_NOPAD.encode(y),
    })
}
