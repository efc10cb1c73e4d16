//! The tables `sign_in_attempts`, `sessions` and `recognition_tokens`.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{CustomerId, PersonId, RegistrationId, SessionId, StaffId, Timestamp};
use uuid::Uuid;

use crate::access::{ContactRoles, Membership};
use crate::persons::store::registration_id;
use crate::principal::Principal;
use crate::site_sign_ins;

// ---- attempts -------------------------------------------------------------------------------------------------------

pub(crate) fn insert_attempt(
    tx: &mut Tx<'_>,
    id: Uuid,
    principal: Principal,
    expires_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO sign_in_attempts (id, principal_kind, principal_id, state, created_at, expires_at)
         VALUES ($1, $2, $3, 'open', $4, $5)",
        params![id, principal.kind(), principal.uuid(), tx.now(), expires_at],
    )?;
    Ok(())
}

/// Whom an unfinished attempt is for.
pub(crate) fn open_attempt(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Principal>, SqlError> {
    tx.query_opt(
        "SELECT principal_kind, principal_id FROM sign_in_attempts
         WHERE id = $1 AND expires_at > $2 AND state IN ('open', 'second_factor')",
        params![id, tx.now()],
        |row| Ok(Principal::from_stored(row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn finish_attempt(tx: &mut Tx<'_>, id: Uuid, state: &'static str) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE sign_in_attempts SET state = $2, pending_hash = NULL
         WHERE id = $1 AND state IN ('open', 'second_factor')",
        params![id, state],
    )?;
    Ok(rows == 1)
}

pub(super) fn await_second_factor(
    tx: &mut Tx<'_>,
    id: Uuid,
    pending_hash: &[u8; 32],
    expires_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE sign_in_attempts SET state = 'second_factor', pending_hash = $2, expires_at = $3 WHERE id = $1",
        params![id, pending_hash, expires_at],
    )?;
    Ok(())
}

pub(super) fn find_pending(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<(Uuid, Principal)>, SqlError> {
    tx.query_opt(
        "SELECT id, principal_kind, principal_id FROM sign_in_attempts
         WHERE pending_hash = $1 AND state = 'second_factor' AND expires_at > $2",
        params![hash, tx.now()],
        |row| Ok((row.get(0)?, Principal::from_stored(row.get(1)?, row.get(2)?))),
    )
}

pub(crate) fn delete_attempts(tx: &mut Tx<'_>, principal: Principal) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM sign_in_attempts WHERE principal_kind = $1 AND principal_id = $2",
        params![principal.kind(), principal.uuid()],
    )?;
    Ok(())
}

// ---- sessions -------------------------------------------------------------------------------------------------------

pub(super) struct NewSessionRow {
    pub session: SessionId,
    pub token_hash: [u8; 32],
    pub principal: Principal,
    pub network: Vec<u8>,
    pub device: Vec<u8>,
    pub second_factor: bool,
    pub idle_until: Timestamp,
    pub expires_at: Timestamp,
}

pub(super) fn insert(tx: &mut Tx<'_>, row: &NewSessionRow) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO sessions (id, token_hash, principal_kind, principal_id, network, device, second_factor,
                               authenticated_at, created_at, last_seen_at, idle_until, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8, $9, $10)",
        params![
            row.session,
            &row.token_hash,
            row.principal.kind(),
            row.principal.uuid(),
            &row.network,
            &row.device,
            row.second_factor,
            tx.now(),
            row.idle_until,
            row.expires_at
        ],
    )?;
    Ok(())
}

/// A living session and who holds it.
pub(super) struct LivingSession {
    pub session: SessionId,
    pub principal: Principal,
    pub second_factor: bool,
    pub authenticated_at: Timestamp,
    pub last_seen_at: Timestamp,
}

pub(super) fn find_living(tx: &mut Tx<'_>, token_hash: &[u8; 32]) -> Result<Option<LivingSession>, SqlError> {
    tx.query_opt(
        "SELECT id, principal_kind, principal_id, second_factor, authenticated_at, last_seen_at FROM sessions
         WHERE token_hash = $1 AND idle_until > $2 AND expires_at > $2",
        params![token_hash, tx.now()],
        |row| {
            Ok(LivingSession {
                session: row.get(0)?,
                principal: Principal::from_stored(row.get(1)?, row.get(2)?),
                second_factor: row.get(3)?,
                authenticated_at: row.get(4)?,
                last_seen_at: row.get(5)?,
            })
        },
    )
}

/// Who holds a living session, or the API token that the identifier stands for.
pub fn living_holder(tx: &mut Tx<'_>, session: SessionId) -> Result<Option<Principal>, SqlError> {
    let holder = tx.query_opt(
        "SELECT principal_kind, principal_id FROM sessions WHERE id = $1 AND idle_until > $2 AND expires_at > $2",
        params![session, tx.now()],
        |row| Ok::<_, SqlError>(Principal::from_stored(row.get(0)?, row.get(1)?)),
    )?;
    if holder.is_some() {
        return Ok(holder);
    }
    tx.query_opt(
        "SELECT person_id FROM api_tokens WHERE id = $1 AND expires_at > $2",
        params![session, tx.now()],
        |row| Ok(Principal::Person(row.get(0)?)),
    )
}

/// What the access of a person is made of.
pub(crate) struct HolderRow {
    pub registration_id: RegistrationId,
    pub changed_at: Timestamp,
    pub customers: Vec<Membership>,
}

/// The person and their customers; `None` unless the person is active.
pub(crate) fn load_holder(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<HolderRow>, SqlError> {
    let found = tx.query_opt(
        "SELECT registration_id, changed_at FROM persons WHERE id = $1 AND status = 'active'",
        params![person],
        |row| Ok::<_, SqlError>((registration_id(&row.get::<String>(0)?)?, row.get(1)?)),
    )?;
    let Some((registration_id, changed_at)) = found else { return Ok(None) };
    let customers = tx.query(
        "SELECT customer_id, roles FROM contacts WHERE person_id = $1 ORDER BY created_at, id",
        params![person],
        |row| {
            let (customer, roles): (CustomerId, i64) = (row.get(0)?, row.get(1)?);
            Ok::<_, SqlError>(Membership { customer, roles: ContactRoles::from_stored(roles) })
        },
    )?;
    Ok(Some(HolderRow { registration_id, changed_at, customers }))
}

/// Notes that a session is in use.
pub(super) fn touch(
    tx: &mut Tx<'_>,
    session: SessionId,
    idle_until: Timestamp,
    network: &[u8],
    device: &[u8],
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE sessions SET last_seen_at = $2, idle_until = $3, network = $4, device = $5 WHERE id = $1",
        params![session, tx.now(), idle_until, network, device],
    )?;
    Ok(())
}

pub(super) fn set_authenticated(tx: &mut Tx<'_>, session: SessionId) -> Result<(), SqlError> {
    tx.execute("UPDATE sessions SET authenticated_at = $2 WHERE id = $1", params![session, tx.now()])?;
    Ok(())
}

pub(crate) fn set_second_factor(tx: &mut Tx<'_>, session: SessionId) -> Result<(), SqlError> {
    tx.execute("UPDATE sessions SET second_factor = 1 WHERE id = $1", params![session])?;
    Ok(())
}

/// A session of a list, sealed.
pub(crate) struct SessionRow {
    pub session: SessionId,
    pub network: Vec<u8>,
    pub device: Vec<u8>,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
}

pub(crate) fn list(tx: &mut Tx<'_>, principal: Principal) -> Result<Vec<SessionRow>, SqlError> {
    tx.query(
        "SELECT id, network, device, created_at, last_seen_at, expires_at FROM sessions
         WHERE principal_kind = $1 AND principal_id = $2 AND idle_until > $3 AND expires_at > $3
         ORDER BY last_seen_at DESC, id DESC",
        params![principal.kind(), principal.uuid(), tx.now()],
        |row| {
            Ok(SessionRow {
                session: row.get(0)?,
                network: row.get(1)?,
                device: row.get(2)?,
                created_at: row.get(3)?,
                last_seen_at: row.get(4)?,
                expires_at: row.get(5)?,
            })
        },
    )
}

/// Ends one session of the principal.
pub(crate) fn delete(tx: &mut Tx<'_>, principal: Principal, session: SessionId) -> Result<bool, SqlError> {
    let held = tx.query_opt(
        "SELECT 1 FROM sessions WHERE id = $1 AND principal_kind = $2 AND principal_id = $3",
        params![session, principal.kind(), principal.uuid()],
        |row| row.get::<i64>(0),
    )?;
    if held.is_none() {
        return Ok(false);
    }
    site_sign_ins::store::tell_of_session(tx, session)?;
    Ok(tx.execute("DELETE FROM sessions WHERE id = $1", params![session])? == 1)
}

/// Ends every session of the principal but `keep`, and every sign-in that waits for its second factor.
pub(crate) fn delete_all(
    tx: &mut Tx<'_>,
    principal: Principal,
    keep: Option<SessionId>,
) -> Result<u64, SqlError> {
    delete_attempts(tx, principal)?;
    if let Principal::Person(person) = principal {
        site_sign_ins::store::tell_of_person(tx, person, keep)?;
    }
    let keep = keep.map_or(Uuid::nil(), SessionId::uuid);
    tx.execute(
        "DELETE FROM sessions WHERE principal_kind = $1 AND principal_id = $2 AND id <> $3",
        params![principal.kind(), principal.uuid(), keep],
    )
}

// ---- recognition ----------------------------------------------------------------------------------------------------

pub(super) fn insert_recognition(
    tx: &mut Tx<'_>,
    id: Uuid,
    hash: &[u8; 32],
    person: PersonId,
    expires_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO recognition_tokens (id, token_hash, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        params![id, hash, person, tx.now(), expires_at],
    )?;
    Ok(())
}

pub(super) fn recognised(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<RegistrationId>, SqlError> {
    tx.query_opt(
        "SELECT p.registration_id FROM recognition_tokens r JOIN persons p ON p.id = r.person_id
         WHERE r.token_hash = $1 AND r.expires_at > $2 AND p.status = 'active'",
        params![hash, tx.now()],
        |row| registration_id(&row.get::<String>(0)?),
    )
}

pub(super) fn forget_recognition(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<(), SqlError> {
    tx.execute("DELETE FROM recognition_tokens WHERE token_hash = $1", params![hash])?;
    Ok(())
}

pub(crate) fn delete_recognitions(tx: &mut Tx<'_>, person: PersonId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM recognition_tokens WHERE person_id = $1", params![person])?;
    Ok(())
}

/// Removes what has ended: sessions, attempts, recognitions.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<u64, SqlError> {
    let now = tx.now();
    site_sign_ins::store::tell_of_over(tx)?;
    let mut rows =
        tx.execute("DELETE FROM sessions WHERE expires_at < $1 OR idle_until < $1", params![now])?;
    rows += tx.execute("DELETE FROM sign_in_attempts WHERE expires_at < $1", params![now])?;
    rows += tx.execute("DELETE FROM recognition_tokens WHERE expires_at < $1", params![now])?;
    Ok(rows)
}

/// A member of staff as a session needs it; `None` unless active.
pub(crate) fn load_staff(tx: &mut Tx<'_>, staff: StaffId) -> Result<Option<(String, String)>, SqlError> {
    tx.query_opt(
        "SELECT login, roles FROM staff WHERE id = $1 AND status = 'active'",
        params![staff],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
