//! The table `synthetic_subjects`.

use std::collections::BTreeSet;

use mailkeep_storage::sql::{SqlError, Tx, ValueRef, params};
use mailkeep_types::Timestamp;

use crate::subject::Subject;

pub(super) fn insert(tx: &mut Tx<'_>, subject: Subject, now: Timestamp) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO synthetic_subjects (subject_kind, subject_id, made_at) VALUES ($1, $2, $3)",
        params![subject.kind(), subject.uuid(), now],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, subject: Subject) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM synthetic_subjects WHERE subject_kind = $1 AND subject_id = $2",
        params![subject.kind(), subject.uuid()],
    )?;
    Ok(())
}

pub(super) fn contains(tx: &mut Tx<'_>, subject: Subject) -> Result<bool, SqlError> {
    let found = tx.query_opt(
        "SELECT made_at FROM synthetic_subjects WHERE subject_kind = $1 AND subject_id = $2",
        params![subject.kind(), subject.uuid()],
        |row| row.get::<Timestamp>(0),
    )?;
    Ok(found.is_some())
}

pub(super) fn list(tx: &mut Tx<'_>) -> Result<Vec<(Subject, Timestamp)>, SqlError> {
    let rows = tx.query(
        "SELECT subject_kind, subject_id, made_at FROM synthetic_subjects ORDER BY made_at",
        params![],
        |row| Ok::<_, SqlError>(Subject::from_stored(row.get(0)?, row.get(1)?).zip(Some(row.get(2)?))),
    )?;
    Ok(rows.into_iter().flatten().collect())
}

/// The columns of a table that hold a value that `finds` recognises.
pub(super) fn sightings(
    tx: &mut Tx<'_>,
    table: &str,
    columns: &[String],
    finds: &dyn Fn(&[u8]) -> bool,
) -> Result<BTreeSet<String>, SqlError> {
    let mut found = BTreeSet::new();
    let query = format!("SELECT {} FROM {table}", columns.join(", "));
    tx.for_each(&query, params![], |row| -> Result<(), SqlError> {
        for (at, column) in columns.iter().enumerate() {
            let seen = match row.value(at)? {
                ValueRef::Text(text) => finds(text.as_bytes()),
                ValueRef::Blob(bytes) => finds(bytes),
                ValueRef::Null | ValueRef::Int(_) | ValueRef::Real(_) => false,
            };
            if seen {
                found.insert(column.clone());
            }
        }
        Ok(())
    })?;
    Ok(found)
}
