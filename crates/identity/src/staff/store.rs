//! The table `staff`.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::StaffId;

use super::{StaffAddress, StaffMember, StaffStatus};
use crate::access::StaffRole;

fn member(row: &Row<'_>) -> Result<StaffMember, SqlError> {
    Ok(StaffMember {
        staff: row.get(0)?,
        login: row.get(1)?,
        roles: StaffRole::from_stored(&row.get::<String>(2)?),
        status: StaffStatus::from_stored(&row.get::<String>(3)?),
        created_at: row.get(4)?,
    })
}

/// False when the login name is taken.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: StaffId,
    login: &str,
    roles: &[StaffRole],
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "INSERT INTO staff (id, login, roles, status, created_at, changed_at) VALUES ($1, $2, $3, 'invited', $4, $4)
         ON CONFLICT (login) DO NOTHING",
        params![id, login, &StaffRole::stored(roles), tx.now()],
    )?;
    Ok(rows == 1)
}

/// A member of staff of a probe: active, and without a password nobody signs in.
pub(crate) fn insert_synthetic(
    tx: &mut Tx<'_>,
    id: StaffId,
    login: &str,
    roles: &[StaffRole],
) -> Result<(), SqlError> {
    // The second factor stands first: at no time somebody is active without.
    tx.execute(
        "INSERT INTO credentials (principal_kind, principal_id, password_changed_at, totp_since, totp_step)
         VALUES (2, $1, $2, $2, 0)",
        params![id, tx.now()],
    )?;
    tx.execute(
        "INSERT INTO staff (id, login, roles, status, created_at, changed_at) VALUES ($1, $2, $3, 'active', $4, $4)",
        params![id, login, &StaffRole::stored(roles), tx.now()],
    )?;
    Ok(())
}

/// Removes one of a probe.
pub(crate) fn remove_synthetic(tx: &mut Tx<'_>, id: StaffId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM staff WHERE id = $1", params![id])?;
    tx.execute("DELETE FROM credentials WHERE principal_kind = 2 AND principal_id = $1", params![id])?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: StaffId) -> Result<Option<StaffMember>, SqlError> {
    tx.query_opt("SELECT id, login, roles, status, created_at FROM staff WHERE id = $1", params![id], member)
}

pub(crate) fn find_by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<StaffMember>, SqlError> {
    tx.query_opt(
        "SELECT id, login, roles, status, created_at FROM staff WHERE login = $1",
        params![login],
        member,
    )
}

pub(super) fn list(tx: &mut Tx<'_>) -> Result<Vec<StaffMember>, SqlError> {
    tx.query("SELECT id, login, roles, status, created_at FROM staff ORDER BY login", params![], member)
}

pub(super) fn set_status(tx: &mut Tx<'_>, id: StaffId, status: StaffStatus) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE staff SET status = $2, changed_at = $3 WHERE id = $1",
        params![id, status.word(), tx.now()],
    )?;
    Ok(())
}

pub(super) fn set_roles(tx: &mut Tx<'_>, id: StaffId, roles: &[StaffRole]) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE staff SET roles = $2, changed_at = $3 WHERE id = $1",
        params![id, &StaffRole::stored(roles), tx.now()],
    )?;
    Ok(())
}

/// How many active members of staff have no second factor.
pub(crate) fn without_second_factor(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM staff s WHERE s.status = 'active' AND NOT EXISTS (SELECT 1 FROM credentials c
         WHERE c.principal_kind = 2 AND c.principal_id = s.id AND c.totp_since IS NOT NULL)",
        params![],
        |row| row.get(0),
    )
}

/// The address of a member of staff without what is sealed.
pub(super) fn address(tx: &mut Tx<'_>, staff: StaffId) -> Result<Option<StaffAddress>, SqlError> {
    tx.query_opt("SELECT domain, proven_at FROM staff_addresses WHERE staff_id = $1", params![staff], |row| {
        Ok(StaffAddress { domain: row.get(0)?, proven_at: row.get(1)? })
    })
}

/// Notes an address that is to be proven.
pub(super) fn set_address(
    tx: &mut Tx<'_>,
    staff: StaffId,
    email: &[u8],
    lookup: &[u8],
    domain: &str,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO staff_addresses (staff_id, email, email_lookup, domain, proven_at, set_at) VALUES ($1, $2, $3, $4, NULL, $5)
         ON CONFLICT (staff_id) DO UPDATE SET email = $2, email_lookup = $3, domain = $4, proven_at = NULL, set_at = $5",
        params![staff, email, lookup, domain, now],
    )
    .map(drop)
}

/// Puts the address in force; false when there is none, or a colleague proved the same.
pub(super) fn prove_address(tx: &mut Tx<'_>, staff: StaffId) -> Result<bool, SqlError> {
    let now = tx.now();
    let rows = tx.execute(
        "UPDATE staff_addresses SET proven_at = $2 WHERE staff_id = $1 AND NOT EXISTS (SELECT 1 FROM staff_addresses o
         WHERE o.email_lookup = staff_addresses.email_lookup AND o.staff_id <> $1 AND o.proven_at IS NOT NULL)",
        params![staff, now],
    )?;
    Ok(rows == 1)
}

pub(super) fn remove_address(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM staff_addresses WHERE staff_id = $1", params![staff]).map(drop)
}

/// Who proved that they have an address.
pub(super) fn with_address(tx: &mut Tx<'_>, lookup: &[u8]) -> Result<Option<StaffId>, SqlError> {
    let sql = "SELECT staff_id FROM staff_addresses WHERE email_lookup = $1 AND proven_at IS NOT NULL";
    tx.query_opt(sql, params![lookup], |row| row.get(0))
}

/// A proven address, sealed.
pub(super) fn proven_address(tx: &mut Tx<'_>, staff: StaffId) -> Result<Option<Vec<u8>>, SqlError> {
    let sql = "SELECT email FROM staff_addresses WHERE staff_id = $1 AND proven_at IS NOT NULL";
    tx.query_opt(sql, params![staff], |row| row.get(0))
}
