//! Unusual access: what a careful colleague would ask about, computed from [`staff_uses`](crate::staff_uses) without opening
//! anything personal.
//!
//! A job [looks](look) every few minutes. What it finds stands in a queue until whoever did it [explained](explain) it and
//! somebody else [agreed](agree). Where the lines run is configuration: [`Lines`].

mod explain;
mod list;
mod look;
mod signs;
mod store;
#[cfg(test)]
mod tests;

use mailkeep_types::{StaffId, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::PolicyError;
use crate::subject::Place;

pub use explain::{agree, explain, read_explanation};
pub use list::{list, open_count};
pub use look::look;
pub(crate) use store::{counts, waits};

/// Where the usual ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lines {
    /// More different persons and customers than this in an hour by one member of staff.
    pub subjects_an_hour: u32,
    /// More refusals than this in an hour.
    pub refusals_an_hour: u32,
    /// The same person or customer looked at by more members of staff than this in a day.
    pub staff_a_day: u32,
    /// From how many earlier uses on somebody's usual hours are known.
    pub uses_to_know_hours: u32,
    /// An hour of the day in which less than this many percent of somebody's earlier uses fell is not a usual one.
    pub usual_percent: u32,
}

impl Default for Lines {
    fn default() -> Self {
        Lines {
            subjects_an_hour: 20,
            refusals_an_hour: 5,
            staff_a_day: 4,
            uses_to_know_hours: 40,
            usual_percent: 2,
        }
    }
}

/// What is unusual about an access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Many different persons in an hour.
    ManySubjects,
    /// Outside of the hours in which this member of staff works.
    UnusualHour,
    /// Refused again and again.
    ManyRefusals,
    /// One person, looked at by many members of staff.
    ManyStaff,
    /// A colleague's data.
    Colleague,
    /// One's own profile as a customer.
    OwnProfile,
    /// A break-glass case that nobody looked at in time, or whose dispute is not settled.
    OpenCase,
}

impl Sign {
    /// Every sign.
    pub const ALL: &'static [Sign] = &[
        Sign::ManySubjects,
        Sign::UnusualHour,
        Sign::ManyRefusals,
        Sign::ManyStaff,
        Sign::Colleague,
        Sign::OwnProfile,
        Sign::OpenCase,
    ];

    /// Its word.
    pub const fn id(self) -> &'static str {
        match self {
            Sign::ManySubjects => "many_subjects",
            Sign::UnusualHour => "unusual_hour",
            Sign::ManyRefusals => "many_refusals",
            Sign::ManyStaff => "many_staff",
            Sign::Colleague => "colleague",
            Sign::OwnProfile => "own_profile",
            Sign::OpenCase => "open_case",
        }
    }

    /// Finds the sign by its word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|sign| sign.id() == id)
    }
}

/// Something unusual, without anything personal.
#[derive(Debug, Clone, Serialize)]
pub struct UnusualUse {
    /// Its identifier; the fact under which the explanation is read.
    pub id: Uuid,
    /// What is unusual.
    pub sign: Sign,
    /// Who did it; where several did, the one who crossed the line.
    pub staff: StaffId,
    /// How many were counted.
    pub seen: i64,
    /// Where the line runs.
    pub threshold: i64,
    /// The first of the uses.
    pub since: Timestamp,
    /// The last of them.
    pub until: Timestamp,
    /// When it was found.
    pub found_at: Timestamp,
    /// When it was explained.
    pub explained_at: Option<Timestamp>,
    /// Who agreed with the explanation.
    pub agreed_by: Option<StaffId>,
    /// When.
    pub agreed_at: Option<Timestamp>,
}

/// The shortest explanation, in characters.
pub const SHORTEST_EXPLANATION: usize = 20;
/// The longest.
pub const LONGEST_EXPLANATION: usize = 2000;

/// Why a step is refused.
#[derive(Debug, Clone, thiserror::Error)]
pub enum UnusualError {
    /// Not there, or done already.
    #[error("there is no such access that waits for this")]
    NotFound,
    /// Somebody else's to explain.
    #[error("whoever did it explains it")]
    NotYours,
    /// The same person twice.
    #[error("another person agrees than the one who explained")]
    SamePerson,
    /// Too short to be understood, or too long to be read.
    #[error("explain it in a sentence or two")]
    Length,
    /// Of the policy core.
    #[error(transparent)]
    Policy(#[from] PolicyError),
}

impl From<mailkeep_storage::sql::SqlError> for UnusualError {
    fn from(error: mailkeep_storage::sql::SqlError) -> Self {
        UnusualError::Policy(error.into())
    }
}

const fn explanation_place(id: Uuid) -> Place {
    Place { table: "unusual_uses", column: "explanation", row: id }
}
