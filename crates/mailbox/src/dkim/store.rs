//! SQL of DKIM keys.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{DomainId, Timestamp};
use uuid::Uuid;

use super::DkimAlgorithm;

/// A key to be written.
pub(super) struct NewKeyRow {
    pub id: Uuid,
    pub selector: &'static str,
    pub algorithm: DkimAlgorithm,
    pub public: String,
    pub sealed: Vec<u8>,
}

/// A key as stored.
pub(super) struct KeyRow {
    pub id: Uuid,
    pub selector: String,
    pub algorithm: DkimAlgorithm,
    pub public: String,
    pub sealed: Vec<u8>,
    pub active: bool,
    pub created_at: Timestamp,
}

/// Keys of a domain, RSA first.
pub(super) fn list(tx: &mut Tx<'_>, domain: DomainId) -> Result<Vec<KeyRow>, SqlError> {
    tx.query(
        "SELECT id, selector, algorithm, public_key, private_key, active, created_at FROM dkim_keys \
         WHERE domain_id = $1 ORDER BY algorithm DESC, created_at",
        params![domain],
        |row| {
            Ok(KeyRow {
                id: row.get(0)?,
                selector: row.get(1)?,
                algorithm: DkimAlgorithm::from_id(&row.get::<String>(2)?).unwrap_or(DkimAlgorithm::Rsa),
                public: row.get(3)?,
                sealed: row.get(4)?,
                active: row.get(5)?,
                created_at: row.get(6)?,
            })
        },
    )
}

/// Writes a key unless the domain has one with this selector.
pub(super) fn insert(tx: &mut Tx<'_>, domain: DomainId, key: &NewKeyRow) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO dkim_keys (id, domain_id, selector, algorithm, public_key, private_key, active, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7) ON CONFLICT DO NOTHING",
        params![key.id, domain, key.selector, key.algorithm.id(), key.public.as_str(), key.sealed.as_slice(), now],
    )
    .map(drop)
}
