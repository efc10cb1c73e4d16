//! The rows of the register.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use super::{Disclosure, Ground};
use crate::subject::{Actor, Subject};
use crate::vocabulary::CategoryId;

const COLUMNS: &str =
    "id, subject_kind, subject_id, ground, document_hash, authority, scope, opened_by, opened_at,
     agreed_by, sealed_until, revealed_at";

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
    }))
}

pub(super) fn insert(tx: &mut Tx<'_>, disclosure: &Disclosure) -> Result<(), SqlError> {
    let scope: Vec<&str> = disclosure.scope.iter().map(|category| category.id()).collect();
    let scope = scope.join(" ");
    tx.execute(
        "INSERT INTO disclosures (id, subject_kind, subject_id, ground, document_hash, authority, scope, opened_by,
             opened_at, sealed_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
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
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Disclosure>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM disclosures WHERE id = $1");
    Ok(tx.query_opt(&sql, params![id], row)?.flatten())
}

pub(super) fn list(tx: &mut Tx<'_>) -> Result<Vec<Disclosure>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM disclosures ORDER BY opened_at DESC, id");
    Ok(tx.query(&sql, params![], row)?.into_iter().flatten().collect())
}

pub(super) fn agree(tx: &mut Tx<'_>, id: Uuid, staff: StaffId) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE disclosures SET agreed_by = $2, agreed_at = $3 WHERE id = $1 AND agreed_by IS NULL",
        params![id, staff, tx.now()],
    )?;
    Ok(())
}

pub(super) fn due_to_reveal(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Disclosure>, SqlError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM disclosures
         WHERE sealed_until <= $1 AND revealed_at IS NULL AND agreed_by IS NOT NULL ORDER BY sealed_until"
    );
    Ok(tx.query(&sql, params![now], row)?.into_iter().flatten().collect())
}

pub(super) fn mark_revealed(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    tx.execute("UPDATE disclosures SET revealed_at = $2 WHERE id = $1", params![id, tx.now()])?;
    Ok(())
}

/// Whether the disclosure is of this subject's data and was opened by this actor.
pub(crate) fn stands(tx: &mut Tx<'_>, id: Uuid, actor: Actor, subject: Subject) -> Result<bool, SqlError> {
    let Actor::Staff(staff) = actor else { return Ok(false) };
    Ok(find(tx, id)?.is_some_and(|row| row.subject == subject && row.opened_by == staff))
}

/// Whether a second person agreed.
pub(crate) fn is_agreed(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, SqlError> {
    Ok(find(tx, id)?.is_some_and(|row| row.agreed_by.is_some_and(|second| second != row.opened_by)))
}

/// Whether the person may not be told of it yet.
pub(crate) fn is_sealed(tx: &mut Tx<'_>, id: Uuid, now: Timestamp) -> Result<bool, SqlError> {
    Ok(find(tx, id)?.is_some_and(|row| row.sealed_until.is_some_and(|until| now < until)))
}

/// The categories that the disclosure covers.
pub(crate) fn scope(tx: &mut Tx<'_>, id: Uuid) -> Result<Vec<CategoryId>, SqlError> {
    Ok(find(tx, id)?.map(|row| row.scope).unwrap_or_default())
}
