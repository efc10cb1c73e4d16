//! The table `api_tokens`.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{ApiTokenId, PersonId, Timestamp};

use crate::access::Scopes;

pub(super) struct TokenRow {
    pub id: ApiTokenId,
    pub person: PersonId,
    pub name: Vec<u8>,
    pub scopes: Scopes,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

fn token(row: &mailkeep_storage::sql::Row<'_>) -> Result<TokenRow, SqlError> {
    Ok(TokenRow {
        id: row.get(0)?,
        person: row.get(1)?,
        name: row.get(2)?,
        scopes: Scopes::from_stored(&row.get::<String>(3)?),
        created_at: row.get(4)?,
        expires_at: row.get(5)?,
        last_used_at: row.get(6)?,
    })
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: ApiTokenId,
    person: PersonId,
    name: &[u8],
    hash: &[u8; 32],
    scopes: &Scopes,
    expires_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO api_tokens (id, person_id, name, token_hash, scopes, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![id, person, name, hash, &scopes.stored(), tx.now(), expires_at],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<TokenRow>, SqlError> {
    tx.query_opt(
        "SELECT id, person_id, name, scopes, created_at, expires_at, last_used_at FROM api_tokens
         WHERE token_hash = $1 AND expires_at > $2",
        params![hash, tx.now()],
        token,
    )
}

pub(super) fn list(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<TokenRow>, SqlError> {
    tx.query(
        "SELECT id, person_id, name, scopes, created_at, expires_at, last_used_at FROM api_tokens
         WHERE person_id = $1 AND expires_at > $2 ORDER BY created_at DESC, id DESC",
        params![person, tx.now()],
        token,
    )
}

pub(super) fn touch(tx: &mut Tx<'_>, id: ApiTokenId) -> Result<(), SqlError> {
    tx.execute("UPDATE api_tokens SET last_used_at = $2 WHERE id = $1", params![id, tx.now()])?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, person: PersonId, id: ApiTokenId) -> Result<bool, SqlError> {
    let rows = tx.execute("DELETE FROM api_tokens WHERE id = $1 AND person_id = $2", params![id, person])?;
    Ok(rows == 1)
}

/// Removes every token of a person.
pub(crate) fn delete_all(tx: &mut Tx<'_>, person: PersonId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM api_tokens WHERE person_id = $1", params![person])?;
    Ok(())
}

/// Removes tokens that ended.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<u64, SqlError> {
    tx.execute("DELETE FROM api_tokens WHERE expires_at < $1", params![tx.now()])
}
