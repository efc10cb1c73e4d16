//! All SQL of price changes.

use jiff::civil::Date;
use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::SubscriptionId;
use uuid::Uuid;

use super::{NoticeMode, PriceChange};
use crate::error::CommerceError;

/// Writes a price change.
pub fn insert(tx: &mut Tx<'_>, change: &PriceChange) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO price_changes (id, plan_key, plan_version_id, notice, ordered_by, ordered_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![change.id, &change.plan_key, change.plan_version, change.mode.word(), change.by, change.at],
    )?;
    Ok(())
}

/// A price change.
pub fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<PriceChange>, CommerceError> {
    tx.query_opt(
        "SELECT id, plan_key, plan_version_id, notice, ordered_by, ordered_at FROM price_changes WHERE id = $1",
        params![id],
        |row| {
            let notice: String = row.get(3)?;
            Ok(PriceChange {
                id: row.get(0)?,
                plan_key: row.get(1)?,
                plan_version: row.get(2)?,
                mode: NoticeMode::from_word(&notice).ok_or(CommerceError::Stored("notice of a price change"))?,
                by: row.get(4)?,
                at: row.get(5)?,
            })
        },
    )
}

/// Notes that a subscription is told; false when it was before.
pub fn insert_notice(
    tx: &mut Tx<'_>,
    change: Uuid,
    subscription: SubscriptionId,
    on: Date,
    old_minor: i64,
    new_minor: i64,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO price_change_notices (price_change_id, subscription_id, effective_on, old_minor, new_minor, told_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (price_change_id, subscription_id) DO NOTHING",
        params![change, subscription, &on.to_string(), old_minor, new_minor, now],
    )?;
    Ok(written == 1)
}

/// The version of the newest change that a subscription was told of and whose day has come.
pub fn newest_for(tx: &mut Tx<'_>, subscription: SubscriptionId, on: Date) -> Result<Option<Uuid>, SqlError> {
    // Of its own plan, and newer than what it has: it may have changed the plan meanwhile.
    tx.query_opt(
        "SELECT v.id FROM price_change_notices n JOIN price_changes c ON c.id = n.price_change_id \
         JOIN plan_versions v ON v.id = c.plan_version_id JOIN subscriptions s ON s.id = n.subscription_id \
         JOIN plan_versions o ON o.id = s.plan_version_id \
         WHERE n.subscription_id = $1 AND n.effective_on <= $2 AND n.applied_at IS NULL \
         AND v.plan_key = o.plan_key AND v.version > o.version ORDER BY v.version DESC LIMIT 1",
        params![subscription, &on.to_string()],
        |row| row.get(0),
    )
}

/// Notes that a subscription came to a version: changes that were ordered before it are done with too.
pub fn set_applied(tx: &mut Tx<'_>, subscription: SubscriptionId, version: Uuid) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE price_change_notices SET applied_at = $3 WHERE subscription_id = $1 AND applied_at IS NULL \
         AND price_change_id IN (SELECT c.id FROM price_changes c WHERE c.ordered_at <= \
         (SELECT MAX(n.ordered_at) FROM price_changes n WHERE n.plan_version_id = $2))",
        params![subscription, version, now],
    )?;
    Ok(())
}

/// What a subscription will cost from when, if it was told of a change that has not come yet: day, old and new amount.
pub fn coming(tx: &mut Tx<'_>, subscription: SubscriptionId) -> Result<Option<(String, i64, i64)>, SqlError> {
    tx.query_opt(
        "SELECT n.effective_on, n.old_minor, n.new_minor FROM price_change_notices n \
         JOIN price_changes c ON c.id = n.price_change_id JOIN plan_versions v ON v.id = c.plan_version_id \
         JOIN subscriptions s ON s.id = n.subscription_id JOIN plan_versions o ON o.id = s.plan_version_id \
         WHERE n.subscription_id = $1 AND n.applied_at IS NULL AND v.plan_key = o.plan_key AND v.version > o.version \
         ORDER BY n.effective_on, v.version DESC LIMIT 1",
        params![subscription],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// How many subscriptions of a plan were told, and how many came to the new version: of the newest change.
pub fn progress(tx: &mut Tx<'_>, plan_key: &str) -> Result<Option<(i64, i64)>, SqlError> {
    let change: Option<Uuid> = tx.query_opt(
        "SELECT id FROM price_changes WHERE plan_key = $1 ORDER BY ordered_at DESC, id DESC LIMIT 1",
        params![plan_key],
        |row| row.get(0),
    )?;
    let Some(change) = change else { return Ok(None) };
    tx.query_opt(
        "SELECT COUNT(*), COUNT(applied_at) FROM price_change_notices WHERE price_change_id = $1",
        params![change],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
