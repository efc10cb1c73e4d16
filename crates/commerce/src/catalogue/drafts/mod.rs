//! Drafts: what staff change about a plan before it is published, with whom the change would affect.
//!
//! A draft holds the plan as the configuration would write it, so that one check finds its mistakes and one function
//! makes a version of it. Publishing makes the version the one in force for new orders; what becomes of those who have an
//! older one is a price change of its own ([`crate::price_changes`]), or nothing.

pub mod preview;
pub mod publish;
pub mod store;
#[cfg(test)]
mod tests;
pub mod write;

use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use super::config::PlanConfig;

/// A draft of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDraft {
    /// Its identifier.
    pub id: Uuid,
    /// The plan as it is to be.
    pub plan: PlanConfig,
    /// The version it was begun from; `None` for a new plan.
    pub base: Option<Uuid>,
    /// Who wrote it last.
    pub by: StaffId,
    /// When it was written last.
    pub at: Timestamp,
}

/// A published version, as the history lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedVersion {
    /// The version.
    pub plan: super::PlanVersion,
    /// When it came into force.
    pub at: Timestamp,
    /// Who published it; `None` when it came from the configuration.
    pub by: Option<StaffId>,
    /// How many subscriptions have it.
    pub subscriptions: u32,
}
