//! Break-glass: a member of staff opens contact data with a reason, where no fact fits.
//!
//! The case lives for an hour, covers one subject and what the rule `break-glass` names; the person is told at once, and
//! another member of staff has to [look at it](look) within a day: they confirm it or dispute it with words, and what is
//! disputed is for a privacy officer to [settle]. What nobody looked at stands in [`unseen`] and turns the promise about
//! staff access to broken.

mod close;
mod list;
mod look;
mod open;
mod settle;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use mailkeep_types::{StaffId, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::error::PolicyError;
use crate::subject::{Place, Subject};

pub use close::close;
pub use list::{alarms, find, of_staff, open_to_look, unseen, waiting};
pub use look::{Words, confirm, look, read_words};
pub use open::open;
pub use settle::settle;

/// How long a case lives.
pub const LIFE: Duration = Duration::from_secs(3600);
/// Within which time a second person has to look.
pub const SECOND_LOOK: Duration = Duration::from_secs(24 * 3600);
/// The shortest reason, in characters: a word is none.
pub const SHORTEST_REASON: usize = 20;
/// The longest.
pub const LONGEST_REASON: usize = 1000;

/// What kind of reason it is; for counting, the words say the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// An account seems to be in a stranger's hands.
    AccountAtRisk,
    /// Somebody is in danger.
    Safety,
    /// Abuse is going on, and its source must be reached.
    Abuse,
    /// A fault that cannot wait until a ticket is opened.
    Fault,
    /// Another one.
    Other,
}

impl Cause {
    /// Every cause.
    pub const ALL: &'static [Cause] =
        &[Cause::AccountAtRisk, Cause::Safety, Cause::Abuse, Cause::Fault, Cause::Other];

    /// Its word.
    pub const fn id(self) -> &'static str {
        match self {
            Cause::AccountAtRisk => "account_at_risk",
            Cause::Safety => "safety",
            Cause::Abuse => "abuse",
            Cause::Fault => "fault",
            Cause::Other => "other",
        }
    }

    /// Finds the cause by its word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.id() == id)
    }
}

/// What the second person found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The reason holds.
    Confirmed,
    /// It does not, or is not understood.
    Disputed,
}

impl Verdict {
    /// Its word.
    pub const fn id(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Disputed => "disputed",
        }
    }

    fn from_id(id: &str) -> Option<Self> {
        [Verdict::Confirmed, Verdict::Disputed].into_iter().find(|verdict| verdict.id() == id)
    }
}

/// A case, without its words.
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
    /// What kind of reason it has.
    pub cause: Cause,
    /// When it was closed before its time.
    pub closed_at: Option<Timestamp>,
    /// Who looked at it.
    pub seen_by: Option<StaffId>,
    /// When.
    pub seen_at: Option<Timestamp>,
    /// What they found.
    pub verdict: Option<Verdict>,
    /// Who settled a dispute.
    pub settled_by: Option<StaffId>,
    /// When.
    pub settled_at: Option<Timestamp>,
}

impl Case {
    /// Whether it waits for somebody: for the second look, or for its dispute to be settled.
    pub fn waits(&self) -> bool {
        self.seen_at.is_none() || self.verdict == Some(Verdict::Disputed) && self.settled_at.is_none()
    }
}

/// Why a case is refused.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BreakGlassError {
    /// Too short to be understood by the person who reads it.
    #[error("say in a sentence why: the person it is about reads it, and a colleague has to agree")]
    ReasonTooShort,
    /// So long that nobody reads it.
    #[error("say it in at most a thousand characters")]
    ReasonTooLong,
    /// A dispute says what is wrong, and so does its settling.
    #[error("say in a sentence what is wrong, or how it was settled")]
    WordsMissing,
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

const fn place(column: &'static str, id: Uuid) -> Place {
    Place { table: "break_glass", column, row: id }
}

/// Words of staff about a case, sealed as its subject's.
fn seal_words(
    policy: &crate::Policy,
    subject: Subject,
    place: Place,
    words: &str,
) -> Result<Vec<u8>, PolicyError> {
    let value: crate::Personal<String, crate::category::UseRecord> = crate::Personal::new(words.to_owned());
    Ok(policy.seal(subject, place, &value)?.into_bytes())
}

/// Text in its bounds, without white space around it.
fn checked_words(words: &str) -> Result<&str, BreakGlassError> {
    let words = words.trim();
    match words.chars().count() {
        ..SHORTEST_REASON => Err(BreakGlassError::WordsMissing),
        SHORTEST_REASON..=LONGEST_REASON => Ok(words),
        _ => Err(BreakGlassError::ReasonTooLong),
    }
}
