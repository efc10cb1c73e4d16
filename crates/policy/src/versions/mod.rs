//! Every policy that was ever in force, and the notice that a wider one needs.
//!
//! The servers [enter](enter) the policy that is configured when they start: the first is taken as it is; a later one that
//! widens anything enters only after people were [told](announce) and the day that they were told has come. Receipts and
//! ledger entries keep the identifier of the policy under which they were made; [`list`] says what each identifier stood
//! for.

mod announce;
mod enter;
mod list;
mod store;
#[cfg(test)]
mod tests;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::file::diff::Change;
use crate::outbound::OutboundError;

pub use announce::{Told, announce};
pub use enter::{Entered, enter, not_in_force, weigh_consents};
pub use list::{announced_at, announcements, changes, find, list, tampered};

/// A policy that came into force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Counts from 1.
    pub sequence: i64,
    /// The policy id.
    #[serde(serialize_with = "crate::hexadecimal")]
    pub policy_id: [u8; 32],
    /// As the file names itself.
    pub version: String,
    /// The file.
    #[serde(skip)]
    pub text: String,
    /// From when it was in force; until the next one was.
    pub from: Timestamp,
}

/// A policy that people were told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Announcement {
    /// Its identifier.
    pub id: Uuid,
    /// The policy id.
    #[serde(serialize_with = "crate::hexadecimal")]
    pub policy_id: [u8; 32],
    /// As the file names itself.
    pub version: String,
    /// The file.
    #[serde(skip)]
    pub text: String,
    /// When people were told.
    pub announced_at: Timestamp,
    /// From when it may be in force.
    pub from: Timestamp,
    /// How many persons the notice was sent to.
    pub told: i64,
}

/// Why a policy does not come into force, or cannot be announced.
#[derive(Debug, thiserror::Error)]
pub enum VersionError {
    /// Nobody was told.
    #[error(
        "the policy that is configured is wider than the one in force: {}{}. Tell people first: \
         `mailkeep policy announce --from DATE`; until then, run with the former file",
        .0[0].what,
        more(.0.len())
    )]
    NeedsNotice(Vec<Change>),
    /// People were told of a later day.
    #[error("people were told that this policy is in force from {0}; until then, run with the former file")]
    NotYet(Timestamp),
    /// The day is over.
    #[error("{0} lies in the past; people are told before a policy is in force")]
    InThePast(Timestamp),
    /// It is in force already.
    #[error("this policy is in force")]
    InForce,
    /// The notice cannot be sent.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// The database.
    #[error(transparent)]
    Sql(#[from] SqlError),
}

fn more(count: usize) -> String {
    match count.saturating_sub(1) {
        0 => String::new(),
        1 => ", and in one more way".to_owned(),
        more => format!(", and in {more} more ways"),
    }
}
