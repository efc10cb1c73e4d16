//! All SQL of endings.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, SubscriptionId};

use super::Ending;
use crate::error::CommerceError;

const COLUMNS: &str = "e.subscription_id, e.asked_at, e.asked_by, e.ends_on, e.paused_on, e.delete_on, e.deleted_on, \
                       e.restore_until, e.purged_on";

fn ending(row: &Row<'_>) -> Result<Ending, CommerceError> {
    let date = |text: String| text.parse::<Date>().map_err(|_| CommerceError::Stored("date"));
    let day = |column: usize| -> Result<Option<Date>, CommerceError> {
        row.get::<Option<String>>(column)?.map(date).transpose()
    };
    Ok(Ending {
        subscription: row.get(0)?,
        asked_at: row.get(1)?,
        asked_by: row.get(2)?,
        ends_on: date(row.get(3)?)?,
        paused_on: day(4)?,
        delete_on: day(5)?,
        deleted_on: day(6)?,
        restore_until: day(7)?,
        purged_on: day(8)?,
    })
}

/// The ending of a subscription.
pub fn find(tx: &mut Tx<'_>, id: SubscriptionId) -> Result<Option<Ending>, CommerceError> {
    tx.query_opt(
        &format!("SELECT {COLUMNS} FROM endings e WHERE e.subscription_id = $1"),
        params![id],
        ending,
    )
}

/// The endings of a customer's subscriptions.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Ending>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM endings e JOIN subscriptions s ON s.id = e.subscription_id WHERE s.customer_id = $1 \
         ORDER BY e.asked_at DESC"
    );
    tx.query(&sql, params![customer], ending)
}

/// Endings of a zone of which a day has come or will, with nothing purged yet.
pub fn open(tx: &mut Tx<'_>, zone: &str, today: Date) -> Result<Vec<Ending>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM endings e JOIN subscriptions s ON s.id = e.subscription_id \
         WHERE e.purged_on IS NULL AND e.ends_on <= $2 AND s.time_zone = $1 ORDER BY e.ends_on, e.subscription_id"
    );
    tx.query(&sql, params![zone, &today.to_string()], ending)
}

/// The time zones in which something ends.
pub fn zones(tx: &mut Tx<'_>) -> Result<Vec<String>, SqlError> {
    tx.query(
        "SELECT DISTINCT s.time_zone FROM endings e JOIN subscriptions s ON s.id = e.subscription_id \
         WHERE e.purged_on IS NULL ORDER BY s.time_zone",
        params![],
        |row| row.get(0),
    )
}

/// Notes the wish; a newer one takes the place of one that has not come true.
pub fn put(tx: &mut Tx<'_>, id: SubscriptionId, asked_by: &str, ends_on: Date) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO endings (subscription_id, asked_at, asked_by, ends_on) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (subscription_id) DO UPDATE SET asked_at = $2, asked_by = $3, ends_on = $4 \
         WHERE endings.paused_on IS NULL",
        params![id, now, asked_by, &ends_on.to_string()],
    )?;
    Ok(())
}

/// Forgets it: undone or restored.
pub fn delete(tx: &mut Tx<'_>, id: SubscriptionId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM endings WHERE subscription_id = $1", params![id])?;
    Ok(())
}

/// The pause came; false when it had before.
pub fn pause(tx: &mut Tx<'_>, id: SubscriptionId, on: Date, delete_on: Date) -> Result<bool, SqlError> {
    let changed = tx.execute(
        "UPDATE endings SET paused_on = $2, delete_on = $3 WHERE subscription_id = $1 AND paused_on IS NULL",
        params![id, &on.to_string(), &delete_on.to_string()],
    )?;
    Ok(changed == 1)
}

/// The deletion came; false when it had before.
pub fn mark_deleted(
    tx: &mut Tx<'_>,
    id: SubscriptionId,
    on: Date,
    restore_until: Date,
) -> Result<bool, SqlError> {
    let changed = tx.execute(
        "UPDATE endings SET deleted_on = $2, restore_until = $3 WHERE subscription_id = $1 AND deleted_on IS NULL",
        params![id, &on.to_string(), &restore_until.to_string()],
    )?;
    Ok(changed == 1)
}

/// Nothing can be restored any more.
pub fn mark_purged(tx: &mut Tx<'_>, id: SubscriptionId, on: Date) -> Result<bool, SqlError> {
    let changed = tx.execute(
        "UPDATE endings SET purged_on = $2 WHERE subscription_id = $1 AND purged_on IS NULL",
        params![id, &on.to_string()],
    )?;
    Ok(changed == 1)
}
