//! What was recorded about promises.

use std::collections::HashMap;

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::report::Known;
use super::{PromiseMark, PromiseReport};

/// A record about a promise.
pub(super) struct PromiseRecord {
    kind: String,
    held: bool,
    who: String,
    words: String,
    at: Timestamp,
    until: Timestamp,
}

impl PromiseRecord {
    /// What it says now.
    pub(super) fn known(&self, now: Timestamp) -> Known {
        match (self.held, self.kind.as_str()) {
            (false, _) => Known::Broken { why: self.words.clone() },
            (true, kind) if now >= self.until => Known::Broken {
                why: format!("what said so ({kind}, by {}) ended on {}", self.who, self.until),
            },
            (true, "attested") => Known::Attested { who: self.who.clone(), until: self.until },
            (true, "probe") => Known::Held { at: self.at },
            (true, _) => Known::Evidenced { at: self.at },
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "one for each column")]
pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    promise: &str,
    kind: &str,
    held: bool,
    who: &str,
    words: &str,
    at: Timestamp,
    until: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO promise_records (id, promise, kind, outcome, who, words, at, until)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![id, promise, kind, if held { "held" } else { "broken" }, who, words, at, until],
    )?;
    Ok(())
}

/// The newest record of each promise and kind.
pub(super) fn newest(tx: &mut Tx<'_>) -> Result<HashMap<(String, String), PromiseRecord>, SqlError> {
    let mut records = HashMap::new();
    tx.for_each(
        "SELECT promise, kind, outcome, who, words, at, until FROM promise_records ORDER BY at, id",
        params![],
        |row| -> Result<(), SqlError> {
            let (promise, kind): (String, String) = (row.get(0)?, row.get(1)?);
            let record = PromiseRecord {
                kind: kind.clone(),
                held: row.get::<String>(2)? == "held",
                who: row.get(3)?,
                words: row.get(4)?,
                at: row.get(5)?,
                until: row.get(6)?,
            };
            records.insert((promise, kind), record);
            Ok(())
        },
    )?;
    Ok(records)
}

/// Of the probes of a promise only the newest is kept: how it stood before is in `promise_marks`.
pub(super) fn forget_probes_before(tx: &mut Tx<'_>, promise: &str, at: Timestamp) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM promise_records WHERE promise = $1 AND kind = 'probe' AND at < $2",
        params![promise, at],
    )?;
    Ok(())
}

pub(super) fn insert_mark(
    tx: &mut Tx<'_>,
    id: Uuid,
    promise: &str,
    mark: &str,
    report: &str,
    at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO promise_marks (id, promise, mark, report, since, looked_at) VALUES ($1, $2, $3, $4, $5, $5)",
        params![id, promise, mark, report, at],
    )?;
    Ok(())
}

pub(super) fn update_mark(tx: &mut Tx<'_>, id: Uuid, report: &str, at: Timestamp) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE promise_marks SET report = $2, looked_at = $3 WHERE id = $1",
        params![id, report, at],
    )?;
    Ok(())
}

fn mark(row: &Row<'_>) -> Result<Option<(Uuid, PromiseMark)>, SqlError> {
    // A report of another build may have another form; what it said is found out anew within the hour.
    let Ok(report) = serde_json::from_str::<PromiseReport>(&row.get::<String>(3)?) else { return Ok(None) };
    let mark = PromiseMark {
        promise: row.get(1)?,
        mark: row.get(2)?,
        report,
        since: row.get(4)?,
        looked_at: row.get(5)?,
    };
    Ok(Some((row.get(0)?, mark)))
}

/// The newest of each promise, by its identifier.
pub(super) fn newest_marks(tx: &mut Tx<'_>) -> Result<HashMap<String, (Uuid, PromiseMark)>, SqlError> {
    let rows = tx.query(
        "SELECT id, promise, mark, report, since, looked_at FROM promise_marks AS one
         WHERE since = (SELECT MAX(since) FROM promise_marks AS other WHERE other.promise = one.promise) ORDER BY id",
        params![],
        mark,
    )?;
    Ok(rows.into_iter().flatten().map(|(id, mark)| (mark.promise.clone(), (id, mark))).collect())
}

pub(super) fn marks(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<PromiseMark>, SqlError> {
    let rows = tx.query(
        "SELECT id, promise, mark, report, since, looked_at FROM promise_marks ORDER BY since DESC, promise LIMIT $1",
        params![limit],
        mark,
    )?;
    Ok(rows.into_iter().flatten().map(|(_, mark)| mark).collect())
}

pub(super) fn count_broken(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM promise_marks AS one WHERE mark = 'BROKEN'
             AND since = (SELECT MAX(since) FROM promise_marks AS other WHERE other.promise = one.promise)",
        params![],
        |row| row.get(0),
    )
}
