//! What the self-checks found, kept: the page shows it beside each promise without looking again, and the console shows
//! how it was before.

use std::collections::HashMap;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{Timestamp, new_uuid};
use serde::{Deserialize, Serialize};

use super::store;
use super::{Known, PromiseReport};
use crate::Policy;

/// How a promise stood for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseMark {
    /// `P1` to `P50`.
    pub promise: String,
    /// One word: the strongest way in which it was known.
    pub mark: String,
    /// The newest report of that time.
    pub report: PromiseReport,
    /// Since when it stood so.
    pub since: Timestamp,
    /// When it was last looked at.
    pub looked_at: Timestamp,
}

/// Keeps what a check found. A promise that stands as it did before keeps its row.
///
/// # Errors
/// When the database fails.
pub async fn record_marks(policy: &Policy, reports: &[PromiseReport]) -> Result<(), SqlError> {
    let (clock, reports) = (std::sync::Arc::clone(policy.clock()), reports.to_vec());
    policy
        .database()
        .write(move |tx| {
            let before = store::newest_marks(tx)?;
            for report in &reports {
                let text = serde_json::to_string(report).unwrap_or_default();
                match before.get(&report.promise) {
                    Some((id, mark)) if same(&mark.report, report) => {
                        store::update_mark(tx, *id, &text, clock.now())?;
                    }
                    _ => store::insert_mark(
                        tx,
                        new_uuid(&*clock),
                        &report.promise,
                        report.word(),
                        &text,
                        clock.now(),
                    )?,
                }
            }
            Ok(())
        })
        .await
}

/// The same marks for the same reasons; only the times moved on.
fn same(before: &PromiseReport, now: &PromiseReport) -> bool {
    let reasons = |report: &PromiseReport| -> Vec<String> {
        let one = |known: &Known| match known {
            Known::Proven => "proven".to_owned(),
            Known::Held { .. } => "held".to_owned(),
            Known::Evidenced { .. } => "evidenced".to_owned(),
            Known::Attested { who, .. } => format!("attested {who}"),
            Known::Broken { why } => format!("broken {why}"),
        };
        report.known.iter().map(one).collect()
    };
    before.word() == now.word() && before.missing == now.missing && reasons(before) == reasons(now)
}

/// How each promise stands, by its identifier; empty before the first self-check.
///
/// # Errors
/// When the database fails.
pub async fn newest_marks(policy: &Policy) -> Result<HashMap<String, PromiseMark>, SqlError> {
    let marks = policy.database().read(store::newest_marks).await?;
    Ok(marks.into_iter().map(|(promise, (_, mark))| (promise, mark)).collect())
}

/// How many promises did not hold when they were last looked at.
///
/// # Errors
/// When the database fails.
pub async fn count_broken(policy: &Policy) -> Result<i64, SqlError> {
    policy.database().read(store::count_broken).await
}

/// How the promises stood before, newest first: the last `limit` times for all promises together.
///
/// # Errors
/// When the database fails.
pub async fn mark_history(policy: &Policy, limit: u32) -> Result<Vec<PromiseMark>, SqlError> {
    policy.database().read(move |tx| store::marks(tx, i64::from(limit))).await
}

/// Records the outcome of a probe of the running servers, which counts until a time.
///
/// # Errors
/// When the database fails.
pub async fn record_probe(
    policy: &Policy,
    check: &str,
    outcome: &Result<(), String>,
    until: Timestamp,
) -> Result<(), SqlError> {
    let promises: Vec<String> = policy
        .compiled()
        .kept_promises()
        .filter(|promise| promise.check == check && promise.proof.iter().any(|proof| proof == "probe"))
        .map(|promise| promise.id.get_ref().clone())
        .collect();
    let (outcome, clock) = (outcome.clone(), std::sync::Arc::clone(policy.clock()));
    policy
        .database()
        .write(move |tx| {
            let now = clock.now();
            let words = outcome.as_ref().err().map_or("", String::as_str);
            for promise in &promises {
                let id = new_uuid(&*clock);
                store::insert(
                    tx,
                    id,
                    promise,
                    "probe",
                    outcome.is_ok(),
                    "the live probe",
                    words,
                    now,
                    until,
                )?;
                store::forget_probes_before(tx, promise, now)?;
            }
            Ok(())
        })
        .await
}
