//! All SQL of counts.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::SubscriptionId;

use super::{Count, CountedDomain, Stage};
use crate::error::CommerceError;

const COLUMNS: &str = "subscription_id, invoice_on, stage, domains, counted_on";

/// Writes a count; false when there is one, which stays.
pub fn insert(tx: &mut Tx<'_>, count: &Count) -> Result<bool, CommerceError> {
    let domains = serde_json::to_string(&count.domains).map_err(|_| CommerceError::Stored("count"))?;
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO mailbox_counts (subscription_id, invoice_on, stage, open_mailboxes, closed_mailboxes, used_bytes, \
         domains, counted_on, counted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         ON CONFLICT (subscription_id, invoice_on, stage) DO NOTHING",
        params![
            count.subscription,
            &count.invoice_on.to_string(),
            count.stage.word(),
            count.open(),
            count.closed(),
            i64::try_from(count.used_bytes()).unwrap_or(i64::MAX),
            &domains,
            &count.counted_on.to_string(),
            now
        ],
    )?;
    Ok(written == 1)
}

fn count(row: &Row<'_>) -> Result<Count, CommerceError> {
    let (invoice_on, stage, domains, counted_on): (String, String, String, String) =
        (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
    let date = |text: &str| text.parse().map_err(|_| CommerceError::Stored("date"));
    Ok(Count {
        subscription: row.get(0)?,
        invoice_on: date(&invoice_on)?,
        stage: Stage::from_word(&stage).ok_or(CommerceError::Stored("stage of a count"))?,
        domains: serde_json::from_str::<Vec<CountedDomain>>(&domains)
            .map_err(|_| CommerceError::Stored("count"))?,
        counted_on: date(&counted_on)?,
    })
}

/// One count.
pub fn find(
    tx: &mut Tx<'_>,
    subscription: SubscriptionId,
    invoice_on: Date,
    stage: Stage,
) -> Result<Option<Count>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM mailbox_counts WHERE subscription_id = $1 AND invoice_on = $2 AND stage = $3"
    );
    tx.query_opt(&sql, params![subscription, &invoice_on.to_string(), stage.word()], count)
}

/// The newest final count for an invoice day before one.
pub fn last_final_before(
    tx: &mut Tx<'_>,
    subscription: SubscriptionId,
    invoice_on: Date,
) -> Result<Option<Count>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM mailbox_counts WHERE subscription_id = $1 AND invoice_on < $2 AND stage = 'final' \
         ORDER BY invoice_on DESC LIMIT 1"
    );
    tx.query_opt(&sql, params![subscription, &invoice_on.to_string()], count)
}

/// The newest count of all, of either stage.
pub fn newest(tx: &mut Tx<'_>, subscription: SubscriptionId) -> Result<Option<Count>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM mailbox_counts WHERE subscription_id = $1 ORDER BY counted_at DESC LIMIT 1"
    );
    tx.query_opt(&sql, params![subscription], count)
}

/// How many were counted for an invoice day, by stage.
pub fn progress(tx: &mut Tx<'_>, invoice_on: Date, stage: Stage) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM mailbox_counts WHERE invoice_on = $1 AND stage = $2",
        params![&invoice_on.to_string(), stage.word()],
        |row| row.get(0),
    )
}
