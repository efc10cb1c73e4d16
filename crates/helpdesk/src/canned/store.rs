//! The table of canned replies.

use mailkeep_storage::sql::{Row as SqlRow, SqlError, Tx, Value, params};
use uuid::Uuid;

use super::{CannedHead, CannedReply, Template};
use crate::tickets::store::wrong;

const HEAD: &str = "id, title, category, department, language, staff_id, version, changed_at";

fn head_row(row: &SqlRow<'_>) -> Result<CannedHead, SqlError> {
    Ok(CannedHead {
        id: row.get(0)?,
        title: row.get(1)?,
        category: row.get(2)?,
        department: row.get(3)?,
        language: row.get(4)?,
        by: row.get(5)?,
        version: row.get(6)?,
        changed_at: row.get(7)?,
    })
}

fn whole_row(row: &SqlRow<'_>) -> Result<CannedReply, SqlError> {
    let (head, words): (_, String) = (head_row(row)?, row.get(8)?);
    let template =
        Template::read(&words).map_err(|_| wrong("a canned reply that says", &head.id.to_string()))?;
    Ok(CannedReply { head, template })
}

pub(super) fn heads(tx: &mut Tx<'_>) -> Result<Vec<CannedHead>, SqlError> {
    tx.query(&format!("SELECT {HEAD} FROM canned_replies ORDER BY category, title"), params![], head_row)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<CannedReply>, SqlError> {
    tx.query_opt(&format!("SELECT {HEAD}, words FROM canned_replies WHERE id = $1"), params![id], whole_row)
}

fn values(canned: &CannedReply) -> [Value<'_>; 9] {
    let CannedReply { head, template } = canned;
    [
        head.id.into(),
        (&head.title).into(),
        (&head.category).into(),
        (&head.department).into(),
        (&head.language).into(),
        head.by.into(),
        head.version.into(),
        head.changed_at.into(),
        template.words().into(),
    ]
}

pub(super) fn insert(tx: &mut Tx<'_>, canned: &CannedReply) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO canned_replies (id, title, category, department, language, staff_id, version, changed_at, words)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &values(canned),
    )?;
    Ok(())
}

/// Writes another text over the version before it; `false` when that is not the newest.
pub(super) fn change(tx: &mut Tx<'_>, canned: &CannedReply) -> Result<bool, SqlError> {
    let sql = "UPDATE canned_replies SET title = $2, category = $3, department = $4, language = $5, staff_id = $6, version = $7,
         changed_at = $8, words = $9 WHERE id = $1 AND version = $7 - 1";
    let changed = tx.execute(sql, &values(canned))?;
    Ok(changed == 1)
}

pub(super) fn delete(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, SqlError> {
    Ok(tx.execute("DELETE FROM canned_replies WHERE id = $1", params![id])? == 1)
}
