//! All SQL of the steps of a month.

use jiff::civil::Date;
use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::SubscriptionId;

use super::{Failure, StepState};

/// Notes that so many more are done in a step.
pub fn advance(tx: &mut Tx<'_>, invoice_on: Date, step: &str, more: usize) -> Result<(), SqlError> {
    if more == 0 {
        return Ok(());
    }
    let (now, more) = (tx.now(), i64::try_from(more).unwrap_or(i64::MAX));
    tx.execute(
        "INSERT INTO month_steps (invoice_on, step, done, begun_at, moved_at) VALUES ($1, $2, $3, $4, $4) \
         ON CONFLICT (invoice_on, step) DO UPDATE SET done = month_steps.done + $3, moved_at = $4",
        params![&invoice_on.to_string(), step, more, now],
    )?;
    Ok(())
}

/// The steps of a month that were begun.
pub fn steps(tx: &mut Tx<'_>, invoice_on: Date) -> Result<Vec<StepState>, SqlError> {
    tx.query(
        "SELECT step, done, begun_at, moved_at FROM month_steps WHERE invoice_on = $1 ORDER BY begun_at",
        params![&invoice_on.to_string()],
        |row| {
            Ok(StepState {
                step: row.get(0)?,
                done: row.get(1)?,
                begun_at: row.get(2)?,
                moved_at: row.get(3)?,
            })
        },
    )
}

/// Notes a failure; the newest stands.
pub fn put_failure(
    tx: &mut Tx<'_>,
    id: SubscriptionId,
    invoice_on: Date,
    step: &str,
    code: &str,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO month_failures (subscription_id, invoice_on, step, code, failed_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (subscription_id) DO UPDATE SET invoice_on = $2, step = $3, code = $4, failed_at = $5",
        params![id, &invoice_on.to_string(), step, code, now],
    )?;
    Ok(())
}

/// Forgets a failure: it succeeded.
pub fn clear_failure(tx: &mut Tx<'_>, id: SubscriptionId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM month_failures WHERE subscription_id = $1", params![id])?;
    Ok(())
}

/// What waits for being tried again, the newest first.
pub fn failures(tx: &mut Tx<'_>) -> Result<Vec<Failure>, SqlError> {
    tx.query(
        "SELECT subscription_id, step, code, failed_at FROM month_failures ORDER BY failed_at DESC LIMIT 100",
        params![],
        |row| {
            Ok(Failure {
                subscription: row.get(0)?,
                step: row.get(1)?,
                code: row.get(2)?,
                failed_at: row.get(3)?,
            })
        },
    )
}
