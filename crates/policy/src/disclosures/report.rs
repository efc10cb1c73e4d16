//! The register for the console, and the counts for the public.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::StaffId;
use serde::Serialize;
use uuid::Uuid;

use super::{Disclosure, Ground, store};
use crate::Policy;

/// What the public reads: counts, sealed ones among them, and nothing about anybody.
#[derive(Debug, Clone, Serialize)]
pub struct TransparencyReport {
    /// The policy in force, 64 hexadecimal digits.
    pub policy_id: String,
    /// By ground.
    pub grounds: Vec<GroundCount>,
    /// Uses that staff justified with a reason instead of a fact.
    pub break_glass: u64,
    /// Of these, how many nobody else has looked at within a day.
    pub break_glass_unseen: u64,
}

/// The disclosures on one ground.
#[derive(Debug, Clone, Serialize)]
pub struct GroundCount {
    /// The ground.
    pub ground: Ground,
    /// How many were agreed to.
    pub disclosed: u64,
    /// How many wait for a second person.
    pub waiting: u64,
    /// How many the person may not be told of yet.
    pub sealed: u64,
}

/// The whole register, newest first: for the privacy officer.
///
/// # Errors
/// When the database fails.
pub async fn list(policy: &Policy) -> Result<Vec<Disclosure>, SqlError> {
    policy.database().read(store::list).await
}

/// One disclosure.
///
/// # Errors
/// When the database fails.
pub async fn find(policy: &Policy, disclosure: Uuid) -> Result<Option<Disclosure>, SqlError> {
    policy.database().read(move |tx| store::find(tx, disclosure)).await
}

/// The disclosures that wait for a second person who is not `staff`, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting_for(policy: &Policy, staff: StaffId) -> Result<Vec<Disclosure>, SqlError> {
    let mut rows = list(policy).await?;
    rows.retain(|row| row.state() == super::DisclosureState::Waiting && row.opened_by != staff);
    rows.reverse();
    Ok(rows)
}

/// Counts disclosures and break-glass cases.
///
/// # Errors
/// When the database fails.
pub async fn transparency_report(policy: &Policy) -> Result<TransparencyReport, SqlError> {
    let now = policy.clock().now();
    let (rows, (break_glass, break_glass_unseen)) = policy
        .database()
        .read(move |tx| Ok::<_, SqlError>((store::list(tx)?, crate::break_glass::store::counts(tx, now)?)))
        .await?;
    let count = |holds: &dyn Fn(&Disclosure) -> bool| rows.iter().filter(|row| holds(row)).count() as u64;
    let grounds = Ground::ALL
        .iter()
        .map(|ground| GroundCount {
            ground: *ground,
            disclosed: count(&|row| row.ground == *ground && row.agreed_by.is_some()),
            waiting: count(&|row| row.ground == *ground && row.state() == super::DisclosureState::Waiting),
            sealed: count(&|row| {
                row.ground == *ground && row.sealed_until.is_some() && row.revealed_at.is_none()
            }),
        })
        .collect();
    Ok(TransparencyReport {
        policy_id: policy.compiled().id_text(),
        grounds,
        break_glass,
        break_glass_unseen,
    })
}
