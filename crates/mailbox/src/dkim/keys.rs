//! The keys of a domain: those that sign, and what is published of them.

use std::fmt;
use std::sync::Arc;

use mailkeep_policy::MailColumn;
use mailkeep_types::{DomainId, DomainName, Timestamp};
use zeroize::Zeroizing;

use super::{DkimAlgorithm, generate, store};
use crate::domains::{self, DomainState};
use crate::error::{MailError, Result};
use crate::post_office::{OWN_MAILBOX, PostOffice};

/// Keys to sign the mail of a domain with.
pub(crate) type CachedSigners = Arc<Vec<DkimSigningKey>>;

/// A key to sign with.
pub struct DkimSigningKey {
    /// The domain, `d=`.
    pub domain: String,
    /// The selector, `s=`.
    pub selector: String,
    /// How it signs.
    pub algorithm: DkimAlgorithm,
    /// The private key in PKCS #8.
    pub pkcs8: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for DkimSigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DkimSigningKey({}._domainkey.{})", self.selector, self.domain)
    }
}

/// What is published of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DkimPublicKey {
    /// The selector.
    pub selector: String,
    /// How it signs.
    pub algorithm: DkimAlgorithm,
    /// The public key in base64.
    pub public_key: String,
    /// When it was made.
    pub created_at: Timestamp,
}

impl DkimPublicKey {
    /// The name of its record.
    pub fn record_name(&self, domain: &DomainName) -> String {
        format!("{}._domainkey.{domain}", self.selector)
    }

    /// The text of its record.
    pub fn record_text(&self) -> String {
        format!("v=DKIM1; k={}; p={}", self.algorithm.id(), self.public_key)
    }
}

impl PostOffice {
    /// Makes the keys of a domain that has none: `mk1-rsa` and `mk1-ed`.
    ///
    /// # Errors
    /// When the key cannot be made or stored.
    pub async fn ensure_dkim_keys(&self, domain: DomainId) -> Result<()> {
        let there = self.db().read(move |tx| store::list(tx, domain)).await?;
        if !there.is_empty() {
            return Ok(());
        }
        let made = tokio::task::spawn_blocking(|| DkimAlgorithm::ALL.map(generate::generate))
            .await
            .map_err(|error| MailError::Library(error.to_string()))?;
        let keys = self.mail_keys(OWN_MAILBOX).await?;
        let mut rows = Vec::new();
        for key in made {
            let key = key?;
            let id = mailkeep_types::ids::new_uuid(&**self.clock());
            let sealed = keys.cipher.seal(MailColumn::SigningKey, id.as_bytes(), &key.private)?;
            let selector = match key.algorithm {
                DkimAlgorithm::Rsa => "mk1-rsa",
                DkimAlgorithm::Ed25519 => "mk1-ed",
            };
            rows.push(store::NewKeyRow {
                id,
                selector,
                algorithm: key.algorithm,
                public: key.public,
                sealed,
            });
        }
        self.db()
            .write(move |tx| {
                for row in &rows {
                    store::insert(tx, domain, row)?;
                }
                Ok::<_, MailError>(())
            })
            .await
    }

    /// What is to be published of a domain's keys.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn dkim_public_keys(&self, domain: DomainId) -> Result<Vec<DkimPublicKey>> {
        let rows = self.db().read(move |tx| store::list(tx, domain)).await?;
        Ok(rows
            .into_iter()
            .map(|row| DkimPublicKey {
                selector: row.selector,
                algorithm: row.algorithm,
                public_key: row.public,
                created_at: row.created_at,
            })
            .collect())
    }

    /// The keys to sign the mail of a domain with; none for a domain that is not ours or not proven.
    ///
    /// # Errors
    /// When the store or the policy fails; the message must then not go out unsigned.
    pub async fn dkim_signing_keys(&self, domain: &DomainName) -> Result<Arc<Vec<DkimSigningKey>>> {
        let name = domain.as_str().to_owned();
        if let Some(keys) = self.0.signers.lock().get(&name) {
            return Ok(Arc::clone(keys));
        }
        let wanted = name.clone();
        let rows = self
            .db()
            .read(move |tx| match domains::store::by_proven_name(tx, &wanted)? {
                Some(domain) if domain.state == DomainState::Proven => store::list(tx, domain.id),
                _ => Ok(Vec::new()),
            })
            .await?;
        let mut out = Vec::with_capacity(rows.len());
        if !rows.is_empty() {
            let keys = self.mail_keys(OWN_MAILBOX).await?;
            let grant = self.own_grant(&["dkim_keys.private_key"]).await?;
            for row in rows.into_iter().filter(|row| row.active) {
                let pkcs8 =
                    keys.cipher.open(&grant, MailColumn::SigningKey, row.id.as_bytes(), &row.sealed)?;
                out.push(DkimSigningKey {
                    domain: name.clone(),
                    selector: row.selector,
                    algorithm: row.algorithm,
                    pkcs8: pkcs8.into(),
                });
            }
        }
        let out = Arc::new(out);
        self.0.signers.lock().put(name, Arc::clone(&out));
        Ok(out)
    }
}
