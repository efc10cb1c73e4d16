//! The rows of uses by staff.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{LedgerEntryId, PersonId, StaffId, Timestamp};
use uuid::Uuid;

use super::StaffUse;
use crate::gate::Use;
use crate::subject::Subject;
use crate::vocabulary::PurposeId;

const COLUMNS: &str =
    "u.id, u.staff_id, u.subject_kind, u.subject_id, u.at, u.purpose, u.act, u.fact, u.fact_id, u.fields,
     u.allowed, e.position FROM staff_uses u LEFT JOIN ledger_entries e ON e.id = u.id";

/// What the gate notes beside an entry.
#[derive(Clone)]
pub(crate) struct NewUse {
    pub entry: LedgerEntryId,
    pub staff: StaffId,
    pub subject: Subject,
    pub at: Timestamp,
    pub purpose: PurposeId,
    pub act: &'static str,
    pub fact: &'static str,
    pub fact_id: Uuid,
    pub fields: String,
    pub allowed: bool,
}

impl NewUse {
    pub(crate) fn of(
        asked: &Use<'_>,
        staff: StaffId,
        purpose: PurposeId,
        entry: LedgerEntryId,
        at: Timestamp,
        allowed: bool,
    ) -> Self {
        NewUse {
            entry,
            staff,
            subject: asked.subject,
            at,
            purpose,
            act: asked.act.id(),
            fact: asked.fact.kind().id(),
            fact_id: asked.fact.uuid(),
            fields: asked.fields.join(" "),
            allowed,
        }
    }
}

pub(crate) fn note(tx: &mut Tx<'_>, new: &NewUse) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO staff_uses (id, staff_id, subject_kind, subject_id, at, purpose, act, fact, fact_id, fields, allowed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            new.entry,
            new.staff,
            new.subject.kind(),
            new.subject.uuid(),
            new.at,
            new.purpose.id(),
            new.act,
            new.fact,
            new.fact_id,
            &new.fields,
            i64::from(new.allowed),
        ],
    )?;
    Ok(())
}

fn row(row: &Row<'_>) -> Result<Option<StaffUse>, SqlError> {
    let Some(subject) = Subject::from_stored(row.get(2)?, row.get(3)?) else { return Ok(None) };
    Ok(Some(StaffUse {
        entry: row.get(0)?,
        staff: row.get(1)?,
        subject,
        at: row.get(4)?,
        purpose: row.get(5)?,
        act: row.get(6)?,
        fact: row.get(7)?,
        fact_id: row.get(8)?,
        fields: row.get::<String>(9)?.split_whitespace().map(str::to_owned).collect(),
        allowed: row.get::<i64>(10)? != 0,
        position: row.get(11)?,
    }))
}

pub(super) fn of_fact(tx: &mut Tx<'_>, fact: Uuid) -> Result<Vec<StaffUse>, SqlError> {
    let sql = format!("SELECT {COLUMNS} WHERE u.fact_id = $1 ORDER BY u.at, e.position");
    Ok(tx.query(&sql, params![fact], row)?.into_iter().flatten().collect())
}

pub(super) fn of_staff(tx: &mut Tx<'_>, staff: StaffId, limit: u16) -> Result<Vec<StaffUse>, SqlError> {
    let sql = format!("SELECT {COLUMNS} WHERE u.staff_id = $1 ORDER BY u.at DESC, u.id LIMIT $2");
    Ok(tx.query(&sql, params![staff, i64::from(limit)], row)?.into_iter().flatten().collect())
}

/// Everything since a time, oldest first.
pub(crate) fn since(tx: &mut Tx<'_>, at: Timestamp) -> Result<Vec<StaffUse>, SqlError> {
    let sql = format!("SELECT {COLUMNS} WHERE u.at >= $1 ORDER BY u.at, u.id");
    Ok(tx.query(&sql, params![at], row)?.into_iter().flatten().collect())
}

pub(super) fn declare_own(
    tx: &mut Tx<'_>,
    staff: StaffId,
    person: PersonId,
    now: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO staff_profiles (staff_id, person_id, declared_at) VALUES ($1, $2, $3)
         ON CONFLICT (staff_id, person_id) DO NOTHING",
        params![staff, person, now],
    )?;
    Ok(())
}

pub(super) fn own_profiles(tx: &mut Tx<'_>, staff: StaffId) -> Result<Vec<PersonId>, SqlError> {
    tx.query(
        "SELECT person_id FROM staff_profiles WHERE staff_id = $1 ORDER BY declared_at",
        params![staff],
        |row| row.get(0),
    )
}

/// Every declared profile with whose it is.
pub(crate) fn all_own_profiles(tx: &mut Tx<'_>) -> Result<Vec<(StaffId, PersonId)>, SqlError> {
    tx.query("SELECT staff_id, person_id FROM staff_profiles", params![], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}
