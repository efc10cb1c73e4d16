//! All SQL of drafts, and of the history of plans.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{StaffId, SubscriptionId, Timestamp};
use uuid::Uuid;

use super::{PlanDraft, PublishedVersion};
use crate::catalogue;
use crate::error::CommerceError;

const COLUMNS: &str = "id, content, base_version_id, written_by, written_at";

fn draft(row: &Row<'_>) -> Result<PlanDraft, CommerceError> {
    let content: String = row.get(1)?;
    Ok(PlanDraft {
        id: row.get(0)?,
        plan: serde_json::from_str(&content).map_err(|_| CommerceError::Stored("draft of a plan"))?,
        base: row.get(2)?,
        by: row.get(3)?,
        at: row.get(4)?,
    })
}

/// The open draft of a plan.
pub fn of_plan(tx: &mut Tx<'_>, key: &str) -> Result<Option<PlanDraft>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM plan_drafts WHERE plan_key = $1"), params![key], draft)
}

/// Every open draft.
pub fn open(tx: &mut Tx<'_>) -> Result<Vec<PlanDraft>, CommerceError> {
    tx.query(&format!("SELECT {COLUMNS} FROM plan_drafts ORDER BY plan_key"), params![], draft)
}

/// Writes the draft of a plan over the one before.
pub fn put(tx: &mut Tx<'_>, draft: &PlanDraft) -> Result<(), CommerceError> {
    let content = serde_json::to_string(&draft.plan).map_err(|_| CommerceError::Stored("draft of a plan"))?;
    tx.execute(
        "INSERT INTO plan_drafts (id, plan_key, content, base_version_id, written_by, written_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (plan_key) DO UPDATE SET content = $3, base_version_id = $4, \
         written_by = $5, written_at = $6",
        params![draft.id, &draft.plan.key, &content, draft.base, draft.by, draft.at],
    )?;
    Ok(())
}

/// Throws the draft of a plan away; false when there is none.
pub fn delete(tx: &mut Tx<'_>, key: &str) -> Result<bool, SqlError> {
    Ok(tx.execute("DELETE FROM plan_drafts WHERE plan_key = $1", params![key])? == 1)
}

/// Every version of a plan, newest first.
pub fn history(tx: &mut Tx<'_>, key: &str) -> Result<Vec<PublishedVersion>, CommerceError> {
    let rows: Vec<(Uuid, Timestamp, Option<StaffId>, u32)> = tx.query(
        "SELECT v.id, v.created_at, v.published_by, (SELECT COUNT(*) FROM subscriptions s \
         WHERE s.plan_version_id = v.id AND s.status = 'active') FROM plan_versions v WHERE v.plan_key = $1 \
         ORDER BY v.version DESC LIMIT 200",
        params![key],
        |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    rows.into_iter()
        .map(|(id, at, by, subscriptions)| {
            Ok(PublishedVersion { plan: catalogue::store::by_id(tx, id)?, at, by, subscriptions })
        })
        .collect()
}

/// The mailboxes that were counted for the newest period of a subscription.
pub fn counted_last(tx: &mut Tx<'_>, id: SubscriptionId) -> Result<Option<u32>, SqlError> {
    tx.query_opt(
        "SELECT mailboxes FROM billed_periods WHERE subscription_id = $1 ORDER BY period_start DESC LIMIT 1",
        params![id],
        |row| row.get(0),
    )
}
