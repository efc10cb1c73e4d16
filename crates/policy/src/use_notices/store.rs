//! The rows of notices.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::LedgerEntryId;

use super::UseNotice;
use crate::subject::Subject;

pub(crate) fn insert(tx: &mut Tx<'_>, entry: LedgerEntryId, subject: Subject) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO use_notices (entry_id, subject_kind, subject_id, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (entry_id) DO NOTHING",
        params![entry, subject.kind(), subject.uuid(), now],
    )?;
    Ok(())
}

pub(super) fn unseen(tx: &mut Tx<'_>, subject: Subject) -> Result<Vec<UseNotice>, SqlError> {
    tx.query(
        "SELECT entry_id, at FROM use_notices
         WHERE subject_kind = $1 AND subject_id = $2 AND seen_at IS NULL ORDER BY at DESC LIMIT 50",
        params![subject.kind(), subject.uuid()],
        |row| Ok(UseNotice { entry: row.get(0)?, subject, at: row.get(1)? }),
    )
}

pub(super) fn mark_seen(tx: &mut Tx<'_>, subject: Subject) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE use_notices SET seen_at = $3 WHERE subject_kind = $1 AND subject_id = $2 AND seen_at IS NULL",
        params![subject.kind(), subject.uuid(), now],
    )?;
    Ok(())
}
