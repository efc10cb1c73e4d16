//! What was recorded about promises.

use std::collections::HashMap;

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::report::Known;

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
