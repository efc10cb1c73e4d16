//! The table `one_time_tokens`.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::{LinkKind, NewLink};
use crate::principal::Principal;
use crate::secrets::tokens;

/// A link that was found by its token and has not ended.
#[derive(Clone)]
pub(crate) struct LinkRow {
    pub id: Uuid,
    pub principal: Principal,
    pub used: bool,
    pub email: Option<Vec<u8>>,
    pub email_lookup: Option<Vec<u8>>,
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    link: &NewLink,
    principal: Principal,
    expires_at: Timestamp,
) -> Result<(), SqlError> {
    let (email, lookup) = link
        .email
        .as_ref()
        .map_or((None, None), |(sealed, lookup)| (Some(sealed.as_slice()), Some(lookup.as_slice())));
    tx.execute(
        "INSERT INTO one_time_tokens
             (id, token_hash, kind, principal_kind, principal_id, email, email_lookup, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            link.id,
            &link.hash,
            link.kind.stored(),
            principal.kind(),
            principal.uuid(),
            email,
            lookup,
            tx.now(),
            expires_at
        ],
    )?;
    Ok(())
}

pub(super) fn delete_unused(tx: &mut Tx<'_>, principal: Principal, kind: &str) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM one_time_tokens
         WHERE principal_kind = $1 AND principal_id = $2 AND kind = $3 AND used_at IS NULL",
        params![principal.kind(), principal.uuid(), kind],
    )?;
    Ok(())
}

/// Removes every link of a kind, used or not.
pub(crate) fn delete_all(tx: &mut Tx<'_>, principal: Principal, kind: LinkKind) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM one_time_tokens WHERE principal_kind = $1 AND principal_id = $2 AND kind = $3",
        params![principal.kind(), principal.uuid(), kind.stored()],
    )?;
    Ok(())
}

/// Removes every link of a principal.
pub(crate) fn delete_all_of(tx: &mut Tx<'_>, principal: Principal) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM one_time_tokens WHERE principal_kind = $1 AND principal_id = $2",
        params![principal.kind(), principal.uuid()],
    )?;
    Ok(())
}

/// Finds a link by its token, also one that was used; not one that ended.
pub(crate) fn find(tx: &mut Tx<'_>, kind: LinkKind, token: &str) -> Result<Option<LinkRow>, SqlError> {
    tx.query_opt(
        "SELECT id, principal_kind, principal_id, used_at, email, email_lookup FROM one_time_tokens
         WHERE token_hash = $1 AND kind = $2 AND expires_at > $3",
        params![&tokens::hash(token), kind.stored(), tx.now()],
        |row| {
            Ok(LinkRow {
                id: row.get(0)?,
                principal: Principal::from_stored(row.get(1)?, row.get(2)?),
                used: row.get::<Option<Timestamp>>(3)?.is_some(),
                email: row.get(4)?,
                email_lookup: row.get(5)?,
            })
        },
    )
}

/// Uses a link; false when it was used meanwhile.
pub(crate) fn mark_used(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE one_time_tokens SET used_at = $2, email = NULL, email_lookup = NULL WHERE id = $1 AND used_at IS NULL",
        params![id, tx.now()],
    )?;
    Ok(rows == 1)
}

/// Removes links that ended.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<u64, SqlError> {
    tx.execute("DELETE FROM one_time_tokens WHERE expires_at < $1", params![tx.now()])
}
