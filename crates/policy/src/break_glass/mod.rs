//! Break-glass: a member of staff opens contact data with a reason, where no fact fits.
//!
//! The case lives for an hour, covers one subject and what the rule `break-glass` names; the person is told at once, and
//! another member of staff has to [look at it](confirm) within a day. What nobody looked at stands in [`unseen`] and
//! turns the promise about staff access to broken.

mod confirm;
mod open;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use mailkeep_types::{StaffId, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::error::PolicyError;
use crate::subject::{Place, Subject};

pub use confirm::{confirm, read_reason, unseen, waiting};
pub use open::open;

/// How long a case lives.
pub const LIFE: Duration = Duration::from_secs(3600);
/// Within which time a second person has to look.
pub const SECOND_LOOK: Duration = Duration::from_secs(24 * 3600);
/// The shortest reason, in characters: a word is none.
pub const SHORTEST_REASON: usize = 20;

/// A case, without its reason.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// Its identifier; the fact of the grant.
    pub id: Uuid,
    /// Whose data.
    #[serde(skip)]
    pub subject: Subject,
    /// Who opened it.
    pub staff: StaffId,
    /// When.
    pub opened_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Who looked at it.
    pub seen_by: Option<StaffId>,
    /// When.
    pub seen_at: Option<Timestamp>,
}

/// Why a case is refused.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BreakGlassError {
    /// Too short to be understood by the person who reads it.
    #[error("say in a sentence why: the person it is about reads it, and a colleague has to agree")]
    ReasonTooShort,
    /// Not there, or looked at before.
    #[error("there is no such case that waits for a second look")]
    NotFound,
    /// The same person twice.
    #[error("the second look is another person's than the first")]
    SamePerson,
    /// Of the policy core.
    #[error(transparent)]
    Policy(#[from] PolicyError),
}

impl From<mailkeep_storage::sql::SqlError> for BreakGlassError {
    fn from(error: mailkeep_storage::sql::SqlError) -> Self {
        BreakGlassError::Policy(error.into())
    }
}

const fn reason_place(id: Uuid) -> Place {
    Place { table: "break_glass", column: "reason", row: id }
}
