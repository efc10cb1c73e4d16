//! The rows of versions and announcements.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::Timestamp;

use super::{Announcement, Version};

const COLUMNS: &str = "sequence, policy_id, version, text, from_at";

fn version(row: &Row<'_>) -> Result<Version, SqlError> {
    Ok(Version {
        sequence: row.get(0)?,
        policy_id: row.get(1)?,
        version: row.get(2)?,
        text: row.get(3)?,
        from: row.get(4)?,
    })
}

pub(super) fn insert(tx: &mut Tx<'_>, version: &Version) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO policy_versions (sequence, policy_id, version, text, from_at) VALUES ($1, $2, $3, $4, $5)",
        params![version.sequence, &version.policy_id, &version.version, &version.text, version.from],
    )?;
    Ok(())
}

pub(super) fn newest(tx: &mut Tx<'_>) -> Result<Option<Version>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM policy_versions ORDER BY sequence DESC LIMIT 1");
    tx.query_opt(&sql, params![], version)
}

pub(super) fn list(tx: &mut Tx<'_>) -> Result<Vec<Version>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM policy_versions ORDER BY sequence DESC");
    tx.query(&sql, params![], version)
}

/// The text that an identifier stood for when it was in force last, else as it was announced.
pub(super) fn text_of(tx: &mut Tx<'_>, id: &[u8; 32]) -> Result<Option<String>, SqlError> {
    let stood = tx.query_opt(
        "SELECT text FROM policy_versions WHERE policy_id = $1 ORDER BY sequence DESC LIMIT 1",
        params![id],
        |row| row.get(0),
    )?;
    if stood.is_some() {
        return Ok(stood);
    }
    tx.query_opt(
        "SELECT text FROM policy_announcements WHERE policy_id = $1 ORDER BY announced_at DESC LIMIT 1",
        params![id],
        |row| row.get(0),
    )
}

pub(super) fn insert_announcement(tx: &mut Tx<'_>, announced: &Announcement) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO policy_announcements (id, policy_id, version, text, announced_at, from_at, told)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            announced.id,
            &announced.policy_id,
            &announced.version,
            &announced.text,
            announced.announced_at,
            announced.from,
            announced.told,
        ],
    )?;
    Ok(())
}

pub(super) fn announcements(tx: &mut Tx<'_>) -> Result<Vec<Announcement>, SqlError> {
    tx.query(
        "SELECT id, policy_id, version, text, announced_at, from_at, told FROM policy_announcements
         ORDER BY from_at, announced_at",
        params![],
        |row| {
            Ok::<_, SqlError>(Announcement {
                id: row.get(0)?,
                policy_id: row.get(1)?,
                version: row.get(2)?,
                text: row.get(3)?,
                announced_at: row.get(4)?,
                from: row.get(5)?,
                told: row.get(6)?,
            })
        },
    )
}

/// From when the policy may be in force, as people were told.
pub(super) fn earliest_announced(tx: &mut Tx<'_>, id: &[u8; 32]) -> Result<Option<Timestamp>, SqlError> {
    let from: Option<i64> = tx.query_one(
        "SELECT MIN(from_at) FROM policy_announcements WHERE policy_id = $1",
        params![id],
        |row| row.get(0),
    )?;
    Ok(from.map(Timestamp::from_micros))
}
