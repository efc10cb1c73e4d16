//! A program begins a request that it may have to repeat.

use mailkeep_policy::LookupKind;
use mailkeep_storage::sql::SqlError;
use sha2::{Digest, Sha256};

use super::{ApiRequest, Begun, KEPT, LONGEST_KEY, store};
use crate::access::Access;
use crate::error::IdentityError;
use crate::identity::Identity;

impl Identity {
    /// Begins a request under the name `key`; `request` is everything that makes it this request: path and body.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for a `key` that is empty or too long; when nobody is signed in.
    pub async fn begin_api_request(
        &self,
        access: &Access,
        key: &str,
        request: &[u8],
    ) -> Result<Begun, IdentityError> {
        let who = access.principal().ok_or(IdentityError::SignInNeeded)?;
        if key.is_empty() || key.chars().count() > LONGEST_KEY {
            let sentence = format!("An Idempotency-Key has 1 to {LONGEST_KEY} characters.");
            return Err(IdentityError::field("idempotency_key", "idempotency_key_invalid", sentence));
        }
        let key_hash =
            self.policy().lookup_hash(LookupKind::Other, &format!("api request/{}/{key}", who.uuid()));
        // The body may carry a password, so its hash is keyed as well.
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(request));
        let request_hash = self.policy().lookup_hash(LookupKind::Other, &format!("api body/{digest}"));
        self.db()
            .write(move |tx| -> Result<Begun, SqlError> {
                let kept_since = tx.now().minus(KEPT);
                match store::find(tx, who, &key_hash)? {
                    Some(row) if row.created_at >= kept_since => Ok(match row.made {
                        _ if row.request_hash != request_hash => Begun::Different,
                        Some(made) => Begun::Done(made),
                        None => Begun::Running,
                    }),
                    stale => {
                        if stale.is_some() {
                            store::delete(tx, who, &key_hash)?;
                        }
                        let first = store::insert(tx, who, &key_hash, &request_hash)?;
                        let begun = || Begun::First(ApiRequest { who, key_hash });
                        Ok(if first { begun() } else { Begun::Running })
                    }
                }
            })
            .await
            .map_err(IdentityError::from)
    }
}
