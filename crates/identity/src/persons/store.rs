//! The table `persons`.

use mailkeep_policy::outbound::Channel;
use mailkeep_policy::{Sealed, category};
use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{EmailAddress, PersonId, RegistrationId, Timestamp};
use uuid::Uuid;

use super::PersonStatus;

/// What is known of a person without opening anything: for lists of staff, and for other crates.
#[derive(Debug, Clone)]
pub struct PersonSummary {
    /// The person.
    pub person: PersonId,
    /// The public number of the profile.
    pub registration_id: RegistrationId,
    /// Where the person stands.
    pub status: PersonStatus,
    /// When the person registered.
    pub created_at: Timestamp,
}

/// The sealed fields of a person.
#[derive(Clone)]
pub(crate) struct SealedPerson {
    pub email: Vec<u8>,
    pub email_lookup: [u8; 32],
    pub name: Vec<u8>,
    pub language: Vec<u8>,
    pub time_zone: Vec<u8>,
}

/// A person's row.
pub(crate) struct PersonRow {
    pub summary: PersonSummary,
    pub email: Vec<u8>,
    pub name: Vec<u8>,
    pub phone: Option<Vec<u8>>,
    pub postal: Option<Vec<u8>>,
    pub language: Vec<u8>,
    pub time_zone: Vec<u8>,
}

/// Reads a stored Registration ID.
pub(crate) fn registration_id(text: &str) -> Result<RegistrationId, SqlError> {
    text.parse().map_err(|error| SqlError::Engine(format!("a stored Registration ID: {error}")))
}

fn summary(row: &mailkeep_storage::sql::Row<'_>) -> Result<PersonSummary, SqlError> {
    Ok(PersonSummary {
        person: row.get(0)?,
        registration_id: registration_id(&row.get::<String>(1)?)?,
        status: PersonStatus::from_stored(&row.get::<String>(2)?),
        created_at: row.get(3)?,
    })
}

/// Writes a new person with a number that nobody has.
pub(crate) fn insert(
    tx: &mut Tx<'_>,
    id: PersonId,
    sealed: &SealedPerson,
) -> Result<RegistrationId, SqlError> {
    loop {
        let number = RegistrationId::random();
        // The number may be taken (one in a billion); the address may be taken too, which is an error.
        let rows = tx.execute(
            "INSERT INTO persons
                 (id, registration_id, status, email_lookup, email, name, language, time_zone, created_at, changed_at)
             VALUES ($1, $2, 'pending', $3, $4, $5, $6, $7, $8, $8)
             ON CONFLICT (registration_id) DO NOTHING",
            params![
                id,
                &number.to_string(),
                &sealed.email_lookup,
                &sealed.email,
                &sealed.name,
                &sealed.language,
                &sealed.time_zone,
                tx.now()
            ],
        )?;
        if rows == 1 {
            return Ok(number);
        }
    }
}

/// Replaces what an unconfirmed person gave.
pub(crate) fn replace_pending(
    tx: &mut Tx<'_>,
    id: PersonId,
    sealed: &SealedPerson,
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE persons SET email = $2, name = $3, language = $4, time_zone = $5, changed_at = $6
         WHERE id = $1 AND status = 'pending'",
        params![id, &sealed.email, &sealed.name, &sealed.language, &sealed.time_zone, tx.now()],
    )?;
    Ok(rows == 1)
}

pub(crate) fn find_by_email(tx: &mut Tx<'_>, lookup: &[u8]) -> Result<Option<PersonSummary>, SqlError> {
    tx.query_opt(
        "SELECT id, registration_id, status, created_at FROM persons WHERE email_lookup = $1",
        params![lookup],
        summary,
    )
}

/// Finds a person by the public number.
pub fn find_by_registration_id(
    tx: &mut Tx<'_>,
    id: RegistrationId,
) -> Result<Option<PersonSummary>, SqlError> {
    tx.query_opt(
        "SELECT id, registration_id, status, created_at FROM persons WHERE registration_id = $1",
        params![&id.to_string()],
        summary,
    )
}

/// What is known of a person without opening anything.
pub fn summarise(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<PersonSummary>, SqlError> {
    tx.query_opt(
        "SELECT id, registration_id, status, created_at FROM persons WHERE id = $1",
        params![id],
        summary,
    )
}

/// The active person with an address, by its keyed hash.
pub fn active_with_email(tx: &mut Tx<'_>, email: &[u8; 32]) -> Result<Option<PersonId>, SqlError> {
    let found = find_by_email(tx, email)?;
    Ok(found.filter(|person| person.status == PersonStatus::Active).map(|person| person.person))
}

pub(crate) fn load(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<PersonRow>, SqlError> {
    tx.query_opt(
        "SELECT id, registration_id, status, created_at, email, name, phone, postal, language, time_zone
         FROM persons WHERE id = $1",
        params![id],
        |row| {
            Ok(PersonRow {
                summary: summary(row)?,
                email: row.get(4)?,
                name: row.get(5)?,
                phone: row.get(6)?,
                postal: row.get(7)?,
                language: row.get(8)?,
                time_zone: row.get(9)?,
            })
        },
    )
}

type EmailAndLanguage = (Sealed<EmailAddress, category::Contact>, Sealed<String, category::Identity>);

pub(crate) fn email(
    tx: &mut Tx<'_>,
    id: PersonId,
) -> Result<Option<Sealed<EmailAddress, category::Contact>>, SqlError> {
    Ok(email_and_language(tx, id)?.map(|(email, _)| email))
}

/// Where a person is written to, and in which language.
pub(crate) fn email_and_language(
    tx: &mut Tx<'_>,
    id: PersonId,
) -> Result<Option<EmailAndLanguage>, SqlError> {
    tx.query_opt(
        "SELECT email, language FROM persons WHERE id = $1 AND status <> 'closed'",
        params![id],
        |row| Ok((Sealed::from_bytes(row.get(0)?), Sealed::from_bytes(row.get(1)?))),
    )
}

/// The keyed hashes of a person's e-mail address, telephone number and postal address.
pub(crate) fn lookups(tx: &mut Tx<'_>, id: PersonId) -> Result<Vec<(Channel, [u8; 32])>, SqlError> {
    let row = tx.query_opt(
        "SELECT email_lookup, phone_lookup, postal_lookup FROM persons WHERE id = $1",
        params![id],
        |row| Ok::<_, SqlError>([row.get(0)?, row.get(1)?, row.get(2)?]),
    )?;
    let hashes: [Option<[u8; 32]>; 3] = row.unwrap_or_default();
    let channels = [Channel::Email, Channel::Telephone, Channel::Post];
    Ok(channels.into_iter().zip(hashes).filter_map(|(channel, hash)| Some((channel, hash?))).collect())
}

/// Active persons after the given one, in the order of their making.
pub fn list_active(tx: &mut Tx<'_>, after: Uuid, limit: i64) -> Result<Vec<PersonId>, SqlError> {
    tx.query(
        "SELECT id FROM persons WHERE status = 'active' AND id > $1 ORDER BY id LIMIT $2",
        params![after, limit],
        |row| row.get(0),
    )
}

/// Confirms the address of a pending person.
pub(crate) fn activate(tx: &mut Tx<'_>, id: PersonId) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE persons SET status = 'active', confirmed_at = $2 WHERE id = $1 AND status = 'pending'",
        params![id, tx.now()],
    )?;
    Ok(rows == 1)
}

pub(crate) fn set_email(tx: &mut Tx<'_>, id: PersonId, sealed: &[u8], lookup: &[u8]) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE persons SET email = $2, email_lookup = $3, changed_at = $4 WHERE id = $1",
        params![id, sealed, lookup, tx.now()],
    )?;
    Ok(())
}

/// The sealed fields that a change of the profile replaces; `Some(None)` empties one.
#[derive(Clone, Default)]
pub(crate) struct SealedChange {
    pub name: Option<Vec<u8>>,
    pub phone: Option<Option<Vec<u8>>>,
    pub postal: Option<Option<Vec<u8>>>,
    pub language: Option<Vec<u8>>,
    pub time_zone: Option<Vec<u8>>,
    pub phone_lookup: Option<[u8; 32]>,
    pub postal_lookup: Option<[u8; 32]>,
}

pub(crate) fn change(tx: &mut Tx<'_>, id: PersonId, change: &SealedChange) -> Result<(), SqlError> {
    if let Some(name) = &change.name {
        tx.execute("UPDATE persons SET name = $2 WHERE id = $1", params![id, name])?;
    }
    if let Some(phone) = &change.phone {
        let lookup = change.phone_lookup.as_ref().map(|hash| hash.as_slice());
        tx.execute(
            "UPDATE persons SET phone = $2, phone_lookup = $3 WHERE id = $1",
            params![id, phone, lookup],
        )?;
    }
    if let Some(postal) = &change.postal {
        let lookup = change.postal_lookup.as_ref().map(|hash| hash.as_slice());
        tx.execute(
            "UPDATE persons SET postal = $2, postal_lookup = $3 WHERE id = $1",
            params![id, postal, lookup],
        )?;
    }
    if let Some(language) = &change.language {
        tx.execute("UPDATE persons SET language = $2 WHERE id = $1", params![id, language])?;
    }
    if let Some(time_zone) = &change.time_zone {
        tx.execute("UPDATE persons SET time_zone = $2 WHERE id = $1", params![id, time_zone])?;
    }
    tx.execute("UPDATE persons SET changed_at = $2 WHERE id = $1", params![id, tx.now()])?;
    Ok(())
}

/// Persons who registered before `before` and never confirmed their address.
pub(crate) fn list_unconfirmed(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<PersonId>, SqlError> {
    tx.query(
        "SELECT id FROM persons WHERE status = 'pending' AND changed_at < $1 LIMIT 200",
        params![before],
        |row| row.get(0),
    )
}

/// Closes a person for good, and forgets the address.
pub(crate) fn close(tx: &mut Tx<'_>, id: PersonId) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE persons SET status = 'closed', email_lookup = NULL, changed_at = $2 WHERE id = $1",
        params![id, tx.now()],
    )?;
    Ok(())
}

/// Closes a pending person and forgets the address, so that it can register anew.
pub(crate) fn close_unconfirmed(tx: &mut Tx<'_>, id: PersonId) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE persons SET status = 'closed', email_lookup = NULL, changed_at = $2 WHERE id = $1 AND status = 'pending'",
        params![id, tx.now()],
    )?;
    Ok(rows == 1)
}

/// Everybody whose address is confirmed and who has not left, in the order of their registration.
pub(super) fn active(tx: &mut Tx<'_>) -> Result<Vec<PersonId>, SqlError> {
    tx.query(
        "SELECT id FROM persons WHERE status = 'active' AND id NOT IN
             (SELECT subject_id FROM synthetic_subjects WHERE subject_kind = 1) ORDER BY created_at, id",
        params![],
        |row| row.get(0),
    )
}

/// Removes a synthetic person and whatever it left; nobody else's rows name it.
pub(super) fn remove_synthetic(tx: &mut Tx<'_>, person: PersonId) -> Result<(), SqlError> {
    for table in [
        "credentials",
        "recovery_codes",
        "one_time_tokens",
        "sign_in_attempts",
        "sessions",
        "security_events",
    ] {
        let sql = format!("DELETE FROM {table} WHERE principal_kind = 1 AND principal_id = $1");
        tx.execute(&sql, params![person])?;
    }
    tx.execute("DELETE FROM recognition_tokens WHERE person_id = $1", params![person])?;
    tx.execute("DELETE FROM persons WHERE id = $1", params![person])?;
    Ok(())
}
