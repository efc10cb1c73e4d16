//! Copies of their data that people take along: asked for in the Customer Center, made by a job, stored sealed under the
//! person's key, and gone after [`KEPT_FOR`].
//!
//! The policy core gathers what the registry knows ([`gather`]); the web crate makes a file of it that people and programs
//! can read; [`store_content`] seals that file and says that it is ready. What is small stands in the row, what is large
//! among the blobs.

mod ask;
mod content;
mod gather;
mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use mailkeep_types::{PersonId, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::subject::Place;

pub use ask::{ask, find, list, remove};
pub use content::{fail, open_content, store_content, sweep};
pub use gather::{Gathered, gather};
pub(crate) use store::expire_all;

/// The kind of the job that makes a copy; its payload is [`MakeExport`].
pub const MAKE_EXPORT: &str = "policy.make_export";

/// The kind of the job that removes copies whose time is over.
pub const SWEEP_EXPORTS: &str = "policy.sweep_exports";

/// How long a copy can be fetched.
pub const KEPT_FOR: Duration = Duration::from_secs(72 * 3600);

/// The payload of the job [`MAKE_EXPORT`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct MakeExport {
    /// The copy.
    pub export_id: Uuid,
}

/// Where a copy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// It will be made.
    Waiting,
    /// It is being made.
    Working,
    /// It can be fetched.
    Ready,
    /// It could not be made; the person can ask again.
    Failed,
}

impl ExportState {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            ExportState::Waiting => "waiting",
            ExportState::Working => "working",
            ExportState::Ready => "ready",
            ExportState::Failed => "failed",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "waiting" => ExportState::Waiting,
            "working" => ExportState::Working,
            "ready" => ExportState::Ready,
            _ => ExportState::Failed,
        }
    }
}

/// A copy, without what is in it.
#[derive(Debug, Clone)]
pub struct ExportRow {
    /// The copy.
    pub id: Uuid,
    /// Whose it is.
    pub person: PersonId,
    /// Where it stands.
    pub state: ExportState,
    /// How many parts were gathered.
    pub done: i64,
    /// How many parts there are.
    pub total: i64,
    /// How large the file is, in bytes.
    pub size: i64,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it became ready.
    pub ready_at: Option<Timestamp>,
    /// When it goes.
    pub expires_at: Timestamp,
}

const fn place(id: Uuid) -> Place {
    Place { table: "exports", column: "content", row: id }
}
