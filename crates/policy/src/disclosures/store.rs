//! The rows of the register.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use super::{Disclosure, DisclosureState, Ground};
use crate::subject::{Actor, Subject};
use crate::vocabulary::CategoryId;

const COLUMNS: &str =
    "id, subject_kind, subject_id, ground, document_hash, authority, scope, opened_by, opened_at,
     agreed_by, sealed_until, revealed_at, agreed_at, period_from, period_until, refused_by, refused_at, produced_at,
     package_hash";

fn row(row: &Row<'_>) -> Result<Option<Disclosure>, SqlError> {
    let subject = Subject::from_stored(row.get(1)?, row.get(2)?);
    let ground = Ground::from_id(&row.get::<String>(3)?);
    let (Some(subject), Some(ground)) = (subject, ground) else { return Ok(None) };
    let scope: String = row.get(6)?;
    Ok(Some(Disclosure {
        id: row.get(0)?,
        subject,
        ground,
        document: row.get(4)?,
        recipient: row.get(5)?,
        scope: scope.split_whitespace().filter_map(CategoryId::from_id).collect(),
        opened_by: row.get(7)?,
        opened_at: row.get(8)?,
        agreed_by: row.get(9)?,
        sealed_until: row.get(10)?,
        revealed_at: row.get(11)?,
        agreed_at: row.get(12)?,
        period_from: row.get(13)?,
        period_until: row.get(14)?,
        refused_by: row.get(15)?,
        refused_at: row.get(16)?,
        produced_at: row.get(17)?,
        package_hash: row.get(18)?,
    }))
}

pub(super) fn insert(tx: &mut Tx<'_>, disclosure: &Disclosure) -> Result<(), SqlError> {
    let scope: Vec<&str> = disclosure.scope.iter().map(|category| category.id()).collect();
    let scope = scope.join(" ");
    tx.execute(
        "INSERT INTO disclosures (id, subject_kind, subject_id, ground, document_hash, authority, scope, opened_by,
             opened_at, sealed_until, period_from, period_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            disclosure.id,
            disclosure.subject.kind(),
            disclosure.subject.uuid(),
            disclosure.ground.id(),
            &disclosure.document,
            &disclosure.recipient,
            &scope,
            disclosure.opened_by,
            disclosure.opened_at,
            disclosure.sealed_until,
            disclosure.period_from,
            disclosure.period_until,
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Disclosure>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM disclosures WHERE id = $1");
    Ok(tx.query_opt(&sql, params![id], row)?.flatten())
}

pub(crate) fn list(tx: &mut Tx<'_>) -> Result<Vec<Disclosure>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM disclosures ORDER BY opened_at DESC, id");
    Ok(tx.query(&sql, params![], row)?.into_iter().flatten().collect())
}

pub(super) fn agree(tx: &mut Tx<'_>, id: Uuid, staff: StaffId, now: Timestamp) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE disclosures SET agreed_by = $2, agreed_at = $3 WHERE id = $1 AND agreed_by IS NULL",
        params![id, staff, now],
    )?;
    Ok(())
}

/// Only while nobody decided.
pub(super) fn set_scope(tx: &mut Tx<'_>, id: Uuid, scope: &[CategoryId]) -> Result<(), SqlError> {
    let scope: Vec<&str> = scope.iter().map(|category| category.id()).collect();
    tx.execute(
        "UPDATE disclosures SET scope = $2 WHERE id = $1 AND agreed_by IS NULL AND refused_at IS NULL",
        params![id, &scope.join(" ")],
    )?;
    Ok(())
}

/// False when it is decided already.
pub(super) fn refuse(tx: &mut Tx<'_>, id: Uuid, staff: StaffId, now: Timestamp) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE disclosures SET refused_by = $2, refused_at = $3
         WHERE id = $1 AND agreed_by IS NULL AND refused_at IS NULL",
        params![id, staff, now],
    )?;
    Ok(rows == 1)
}

pub(super) fn insert_refusal(
    tx: &mut Tx<'_>,
    id: Uuid,
    ground: &str,
    why: &str,
    staff: StaffId,
    now: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO disclosure_refusals (id, ground, why, staff_id, at) VALUES ($1, $2, $3, $4, $5)",
        params![id, ground, why, staff, now],
    )?;
    Ok(())
}

/// How many were refused in a time, by ground.
pub(crate) fn refusals_between(
    tx: &mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Option<Ground>>, SqlError> {
    tx.query(
        "SELECT ground FROM disclosure_refusals WHERE at >= $1 AND at < $2",
        params![from, until],
        |row| Ok(Ground::from_id(&row.get::<String>(0)?)),
    )
}

pub(super) fn insert_document(
    tx: &mut Tx<'_>,
    id: Uuid,
    staff: StaffId,
    media_type: &str,
    content: &[u8],
    now: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO disclosure_documents (disclosure_id, staff_id, media_type, content, at) VALUES ($1, $2, $3, $4, $5)",
        params![id, staff, media_type, content, now],
    )?;
    Ok(())
}

/// Who opened the disclosure, the media type of its document, and the document, sealed.
pub(super) fn document(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<(StaffId, String, Vec<u8>)>, SqlError> {
    tx.query_opt(
        "SELECT staff_id, media_type, content FROM disclosure_documents WHERE disclosure_id = $1",
        params![id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Keeps an archive in place of an earlier one.
pub(super) fn keep_package(
    tx: &mut Tx<'_>,
    id: Uuid,
    content: &[u8],
    hash: [u8; 32],
    now: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO disclosure_packages (disclosure_id, content, made_at) VALUES ($1, $2, $3)
         ON CONFLICT (disclosure_id) DO UPDATE SET content = excluded.content, made_at = excluded.made_at",
        params![id, content, now],
    )?;
    tx.execute(
        "UPDATE disclosures SET produced_at = $2, package_hash = $3 WHERE id = $1",
        params![id, now, &hash],
    )?;
    Ok(())
}

pub(super) fn package(tx: &mut Tx<'_>, id: Uuid, since: Timestamp) -> Result<Option<Vec<u8>>, SqlError> {
    tx.query_opt(
        "SELECT content FROM disclosure_packages WHERE disclosure_id = $1 AND made_at > $2",
        params![id, since],
        |row| row.get(0),
    )
}

pub(super) fn sweep_packages(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, SqlError> {
    tx.execute("DELETE FROM disclosure_packages WHERE made_at <= $1", params![before])
}

/// Whether a colleague's disclosure waits for a second person; the subject is whose document it is.
pub(crate) fn waits(tx: &mut Tx<'_>, id: Uuid, actor: Actor, subject: Subject) -> Result<bool, SqlError> {
    let Actor::Staff(staff) = actor else { return Ok(false) };
    Ok(find(tx, id)?.is_some_and(|row| {
        row.opened_by != staff
            && subject == Subject::Staff(row.opened_by)
            && row.state() == DisclosureState::Waiting
    }))
}

pub(super) fn due_to_reveal(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Disclosure>, SqlError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM disclosures
         WHERE sealed_until <= $1 AND revealed_at IS NULL AND agreed_by IS NOT NULL ORDER BY sealed_until"
    );
    Ok(tx.query(&sql, params![now], row)?.into_iter().flatten().collect())
}

pub(super) fn mark_revealed(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<(), SqlError> {
    tx.execute("UPDATE disclosures SET revealed_at = $2 WHERE id = $1", params![id, now])?;
    Ok(())
}

/// Whether the disclosure is of this subject's data and was opened by this actor.
pub(crate) fn stands(tx: &mut Tx<'_>, id: Uuid, actor: Actor, subject: Subject) -> Result<bool, SqlError> {
    let Actor::Staff(staff) = actor else { return Ok(false) };
    let stands =
        |row: Disclosure| row.subject == subject && row.opened_by == staff && row.refused_at.is_none();
    Ok(find(tx, id)?.is_some_and(stands))
}

/// Whether a second person agreed.
pub(crate) fn is_agreed(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, SqlError> {
    Ok(find(tx, id)?.is_some_and(|row| row.agreed_by.is_some_and(|second| second != row.opened_by)))
}

/// Whether the person may not be told of it yet.
pub(crate) fn is_sealed(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<bool, SqlError> {
    Ok(find(tx, id)?.is_some_and(|row| row.is_sealed(now)))
}

/// The categories that the disclosure covers.
pub(crate) fn scope(tx: &mut Tx<'_>, id: Uuid) -> Result<Vec<CategoryId>, SqlError> {
    Ok(find(tx, id)?.map(|row| row.scope).unwrap_or_default())
}
