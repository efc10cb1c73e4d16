//! The tables of contests.

use std::collections::HashMap;

use mailkeep_policy::Subject;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{ContestId, StaffId};
use uuid::Uuid;

use super::write::ContestDraft;
use super::{Contest, Eligibility};

const COLUMNS: &str = "c.id, c.slug, c.language, c.title, c.introduction, c.eligibility, c.minimum_age, c.places, c.state, \
                       c.opens_at, c.closes_at, c.rules_version, r.rules, c.commitment, c.list_hash, c.seed, c.drawn_at, \
                       c.called_off_at, c.changed_at, c.written_by";
const TABLES: &str = "contests c JOIN contest_rules r ON r.contest_id = c.id AND r.version = c.rules_version";

fn row(row: &Row<'_>) -> Result<Contest, SqlError> {
    let eligibility = row.get::<String>(5)?;
    Ok(Contest {
        id: row.get(0)?,
        slug: row.get(1)?,
        language: row.get(2)?,
        title: row.get(3)?,
        introduction: row.get(4)?,
        eligibility: Eligibility::from_word(&eligibility)
            .ok_or_else(|| SqlError::Engine(format!("a contest for {eligibility}")))?,
        minimum_age: row.get(6)?,
        places: row.get(7)?,
        published: row.get::<String>(8)? == "published",
        opens_at: row.get(9)?,
        closes_at: row.get(10)?,
        rules_version: row.get(11)?,
        rules: row.get(12)?,
        commitment: row.get(13)?,
        list_hash: row.get(14)?,
        seed: row.get(15)?,
        drawn_at: row.get(16)?,
        called_off_at: row.get(17)?,
        changed_at: row.get(18)?,
        written_by: row.get(19)?,
    })
}

pub(super) fn find(tx: &mut Tx<'_>, id: ContestId) -> Result<Option<Contest>, SqlError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM {TABLES} WHERE c.id = $1"), params![id], row)
}

pub(super) fn find_by_slug(tx: &mut Tx<'_>, slug: &str) -> Result<Option<Contest>, SqlError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM {TABLES} WHERE c.slug = $1"), params![slug], row)
}

pub(super) fn newest(tx: &mut Tx<'_>) -> Result<Vec<Contest>, SqlError> {
    tx.query(&format!("SELECT {COLUMNS} FROM {TABLES} ORDER BY c.created_at DESC LIMIT 200"), params![], row)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: ContestId,
    draft: &ContestDraft,
    sealed_seed: &[u8],
    commitment: &[u8; 32],
    staff: StaffId,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO contests (id, slug, language, title, introduction, eligibility, minimum_age, places, state, opens_at,
             closes_at, rules_version, sealed_seed, commitment, written_by, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', $9, $10, 1, $11, $12, $13, $14, $14)",
        params![
            id,
            &draft.slug,
            &draft.language,
            &draft.title,
            &draft.introduction,
            draft.eligibility.word(),
            draft.minimum_age,
            draft.places,
            draft.opens_at,
            draft.closes_at,
            sealed_seed,
            commitment,
            staff,
            tx.now(),
        ],
    )?;
    insert_rules(tx, id, 1, &draft.rules)
}

fn insert_rules(tx: &mut Tx<'_>, id: ContestId, version: i64, rules: &str) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO contest_rules (contest_id, version, rules, at) VALUES ($1, $2, $3, $4)",
        params![id, version, rules, tx.now()],
    )?;
    Ok(())
}

pub(super) fn change(tx: &mut Tx<'_>, id: ContestId, draft: &ContestDraft) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE contests SET slug = $2, language = $3, title = $4, introduction = $5, eligibility = $6, minimum_age = $7,
             places = $8, opens_at = $9, closes_at = $10, changed_at = $11
         WHERE id = $1",
        params![
            id,
            &draft.slug,
            &draft.language,
            &draft.title,
            &draft.introduction,
            draft.eligibility.word(),
            draft.minimum_age,
            draft.places,
            draft.opens_at,
            draft.closes_at,
            tx.now(),
        ],
    )?;
    Ok(())
}

/// Changes rules that nobody has accepted.
pub(super) fn set_rules(tx: &mut Tx<'_>, id: ContestId, version: i64, rules: &str) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE contest_rules SET rules = $3, at = $4 WHERE contest_id = $1 AND version = $2",
        params![id, version, rules, tx.now()],
    )?;
    Ok(())
}

/// A new version of the rules, in force from now on.
pub(super) fn add_rules(tx: &mut Tx<'_>, id: ContestId, version: i64, rules: &str) -> Result<(), SqlError> {
    insert_rules(tx, id, version, rules)?;
    tx.execute(
        "UPDATE contests SET rules_version = $2, changed_at = $3 WHERE id = $1",
        params![id, version, tx.now()],
    )?;
    Ok(())
}

pub(super) fn rules(tx: &mut Tx<'_>, id: ContestId, version: i64) -> Result<Option<String>, SqlError> {
    tx.query_opt(
        "SELECT rules FROM contest_rules WHERE contest_id = $1 AND version = $2",
        params![id, version],
        |row| row.get(0),
    )
}

pub(super) fn publish(tx: &mut Tx<'_>, id: ContestId) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE contests SET state = 'published', changed_at = $2 WHERE id = $1",
        params![id, tx.now()],
    )?;
    Ok(())
}

pub(super) fn call_off(tx: &mut Tx<'_>, id: ContestId) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE contests SET called_off_at = $2, changed_at = $2 WHERE id = $1",
        params![id, tx.now()],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, id: ContestId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM contest_rules WHERE contest_id = $1", params![id])?;
    tx.execute("DELETE FROM contests WHERE id = $1", params![id])?;
    Ok(())
}

pub(super) fn freeze(tx: &mut Tx<'_>, id: ContestId, list_hash: &[u8; 32]) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE contests SET list_hash = $2, frozen_at = $3 WHERE id = $1 AND list_hash IS NULL",
        params![id, list_hash, tx.now()],
    )?;
    Ok(())
}

pub(super) fn sealed_seed(tx: &mut Tx<'_>, id: ContestId) -> Result<Option<Vec<u8>>, SqlError> {
    tx.query_opt("SELECT sealed_seed FROM contests WHERE id = $1", params![id], |row| row.get(0))
}

pub(super) fn set_drawn(tx: &mut Tx<'_>, id: ContestId, seed: &[u8; 32]) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE contests SET seed = $2, drawn_at = $3, changed_at = $3 WHERE id = $1",
        params![id, seed, tx.now()],
    )?;
    Ok(())
}

pub(super) fn set_place(tx: &mut Tx<'_>, id: ContestId, number: &str, place: i64) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE contest_numbers SET place = $3 WHERE contest_id = $1 AND number = $2",
        params![id, number, place],
    )?;
    Ok(())
}

/// The entry numbers in the order of their bytes, which both engines are told by themselves otherwise.
pub(super) fn numbers(tx: &mut Tx<'_>, id: ContestId) -> Result<Vec<String>, SqlError> {
    let mut numbers: Vec<String> =
        tx.query("SELECT number FROM contest_numbers WHERE contest_id = $1", params![id], |row| row.get(0))?;
    numbers.sort_unstable();
    Ok(numbers)
}

pub(super) fn winners(tx: &mut Tx<'_>, id: ContestId) -> Result<Vec<String>, SqlError> {
    tx.query(
        "SELECT number FROM contest_numbers WHERE contest_id = $1 AND place IS NOT NULL ORDER BY place",
        params![id],
        |row| row.get(0),
    )
}

pub(super) fn count(tx: &mut Tx<'_>, id: ContestId) -> Result<i64, SqlError> {
    tx.query_one("SELECT COUNT(*) FROM contest_numbers WHERE contest_id = $1", params![id], |row| row.get(0))
}

/// How many entered each contest that somebody entered.
pub(super) fn counts(tx: &mut Tx<'_>) -> Result<HashMap<ContestId, i64>, SqlError> {
    let counted =
        tx.query("SELECT contest_id, COUNT(*) FROM contest_numbers GROUP BY contest_id", params![], |row| {
            Ok::<_, SqlError>((row.get(0)?, row.get(1)?))
        })?;
    Ok(counted.into_iter().collect())
}

pub(super) fn add_number(tx: &mut Tx<'_>, id: ContestId, number: &str) -> Result<(), SqlError> {
    tx.execute("INSERT INTO contest_numbers (contest_id, number) VALUES ($1, $2)", params![id, number])?;
    Ok(())
}

/// An entry.
pub(super) struct EntryRow {
    pub id: Uuid,
    pub contest: ContestId,
    pub subject: Subject,
    pub address: [u8; 32],
    pub number: Vec<u8>,
    pub number_lookup: [u8; 32],
    pub rules_version: i64,
    pub age_stated: bool,
    pub language: String,
}

pub(super) fn insert_entry(tx: &mut Tx<'_>, entry: &EntryRow) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO contest_entries (id, contest_id, subject_kind, subject_id, address, number, number_lookup, rules_version,
             age_stated, language, entered_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            entry.id,
            entry.contest,
            entry.subject.kind(),
            entry.subject.uuid(),
            &entry.address,
            &entry.number,
            &entry.number_lookup,
            entry.rules_version,
            i64::from(entry.age_stated),
            &entry.language,
            tx.now(),
        ],
    )?;
    Ok(())
}

pub(super) fn has_entered(tx: &mut Tx<'_>, id: ContestId, subject: Subject) -> Result<bool, SqlError> {
    let found = tx.query_opt(
        "SELECT rules_version FROM contest_entries WHERE contest_id = $1 AND subject_kind = $2 AND subject_id = $3",
        params![id, subject.kind(), subject.uuid()],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

pub(super) fn has_address(tx: &mut Tx<'_>, id: ContestId, address: &[u8; 32]) -> Result<bool, SqlError> {
    let found = tx.query_opt(
        "SELECT rules_version FROM contest_entries WHERE contest_id = $1 AND address = $2",
        params![id, address],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Whose entry it is, and the language in which they are written to.
pub(super) fn holder_of(tx: &mut Tx<'_>, number: &[u8; 32]) -> Result<Option<(Subject, String)>, SqlError> {
    let found = tx.query_opt(
        "SELECT subject_kind, subject_id, language FROM contest_entries WHERE number_lookup = $1",
        params![number],
        |row| Ok::<_, SqlError>((row.get::<i64>(0)?, row.get::<Uuid>(1)?, row.get::<String>(2)?)),
    )?;
    Ok(found.and_then(|(kind, id, language)| Some((Subject::from_stored(kind, id)?, language))))
}
