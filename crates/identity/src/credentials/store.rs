//! The tables `credentials` and `recovery_codes`.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::Timestamp;

use crate::principal::Principal;

/// What proves a principal, sealed.
#[derive(Default)]
pub(crate) struct CredentialRow {
    pub password: Option<Vec<u8>>,
    pub totp_pending: Option<Vec<u8>>,
    pub totp_secret: Option<Vec<u8>>,
    pub totp_since: Option<Timestamp>,
}

pub(crate) fn load(tx: &mut Tx<'_>, principal: Principal) -> Result<CredentialRow, SqlError> {
    let row = tx.query_opt(
        "SELECT password, totp_pending, totp_secret, totp_since FROM credentials
         WHERE principal_kind = $1 AND principal_id = $2",
        params![principal.kind(), principal.uuid()],
        |row| {
            Ok::<_, SqlError>(CredentialRow {
                password: row.get(0)?,
                totp_pending: row.get(1)?,
                totp_secret: row.get(2)?,
                totp_since: row.get(3)?,
            })
        },
    )?;
    Ok(row.unwrap_or_default())
}

pub(crate) fn set_password(tx: &mut Tx<'_>, principal: Principal, password: &[u8]) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO credentials (principal_kind, principal_id, password, password_changed_at, totp_step)
         VALUES ($1, $2, $3, $4, 0)
         ON CONFLICT (principal_kind, principal_id) DO UPDATE SET
             password = EXCLUDED.password, password_changed_at = EXCLUDED.password_changed_at",
        params![principal.kind(), principal.uuid(), password, tx.now()],
    )?;
    Ok(())
}

/// Replaces the check of an unchanged password, unless another took its place meanwhile.
pub(super) fn renew_password(
    tx: &mut Tx<'_>,
    principal: Principal,
    stored: &[u8],
    renewed: &[u8],
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE credentials SET password = $4 WHERE principal_kind = $1 AND principal_id = $2 AND password = $3",
        params![principal.kind(), principal.uuid(), stored, renewed],
    )?;
    Ok(())
}

pub(crate) fn set_pending_totp(tx: &mut Tx<'_>, principal: Principal, secret: &[u8]) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE credentials SET totp_pending = $3 WHERE principal_kind = $1 AND principal_id = $2",
        params![principal.kind(), principal.uuid(), secret],
    )?;
    Ok(())
}

/// Puts a confirmed secret in force; `step` is the one that confirmed it and counts as used.
pub(crate) fn confirm_totp(
    tx: &mut Tx<'_>,
    principal: Principal,
    pending: &[u8],
    secret: &[u8],
    step: i64,
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE credentials SET totp_secret = $4, totp_pending = NULL, totp_since = $5, totp_step = $6
         WHERE principal_kind = $1 AND principal_id = $2 AND totp_pending = $3",
        params![principal.kind(), principal.uuid(), pending, secret, tx.now(), step],
    )?;
    Ok(rows == 1)
}

/// Uses a time step; false when it or a later one was used before.
pub(crate) fn use_step(tx: &mut Tx<'_>, principal: Principal, step: i64) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE credentials SET totp_step = $3
         WHERE principal_kind = $1 AND principal_id = $2 AND totp_step < $3 AND totp_since IS NOT NULL",
        params![principal.kind(), principal.uuid(), step],
    )?;
    Ok(rows == 1)
}

/// Removes the second factor with its recovery codes.
pub(crate) fn remove_totp(tx: &mut Tx<'_>, principal: Principal) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE credentials SET totp_secret = NULL, totp_pending = NULL, totp_since = NULL
         WHERE principal_kind = $1 AND principal_id = $2 AND totp_since IS NOT NULL",
        params![principal.kind(), principal.uuid()],
    )?;
    delete_codes(tx, principal)?;
    Ok(rows == 1)
}

/// Removes everything that proves a principal.
pub(crate) fn remove(tx: &mut Tx<'_>, principal: Principal) -> Result<(), SqlError> {
    delete_codes(tx, principal)?;
    tx.execute(
        "DELETE FROM credentials WHERE principal_kind = $1 AND principal_id = $2",
        params![principal.kind(), principal.uuid()],
    )?;
    Ok(())
}

fn delete_codes(tx: &mut Tx<'_>, principal: Principal) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM recovery_codes WHERE principal_kind = $1 AND principal_id = $2",
        params![principal.kind(), principal.uuid()],
    )?;
    Ok(())
}

/// Replaces the recovery codes.
pub(crate) fn replace_codes(
    tx: &mut Tx<'_>,
    principal: Principal,
    hashes: &[[u8; 32]],
) -> Result<(), SqlError> {
    delete_codes(tx, principal)?;
    for hash in hashes {
        tx.execute(
            "INSERT INTO recovery_codes (code_hash, principal_kind, principal_id, created_at) VALUES ($1, $2, $3, $4)",
            params![hash, principal.kind(), principal.uuid(), tx.now()],
        )?;
    }
    Ok(())
}

/// Uses a recovery code; false when it is not one or was used before.
pub(crate) fn use_code(tx: &mut Tx<'_>, principal: Principal, hash: &[u8; 32]) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE recovery_codes SET used_at = $4
         WHERE code_hash = $1 AND principal_kind = $2 AND principal_id = $3 AND used_at IS NULL",
        params![hash, principal.kind(), principal.uuid(), tx.now()],
    )?;
    Ok(rows == 1)
}

/// How many recovery codes are left.
pub(crate) fn codes_left(tx: &mut Tx<'_>, principal: Principal) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM recovery_codes
         WHERE principal_kind = $1 AND principal_id = $2 AND used_at IS NULL",
        params![principal.kind(), principal.uuid()],
        |row| row.get(0),
    )
}
