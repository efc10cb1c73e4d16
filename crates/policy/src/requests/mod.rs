//! Requests about one's own data, each a fact under which the program, or a privacy officer, answers.
//!
//! People who cannot sign in write; somebody verifies who they are, and the request is [recorded](record): the command line
//! exports or erases under it. People who are signed in ask by themselves for a [copy](crate::exports), an
//! [erasure](crate::erasures), or [object](object()) to a use; an objection waits for a privacy officer's answer.

mod answer;
mod object;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_types::{SessionId, StaffId, Timestamp, new_uuid};
use serde::Serialize;
use uuid::Uuid;

use crate::Policy;
use crate::error::PolicyError;
use crate::subject::{Fact, Place, Subject};
use crate::vocabulary::{Act, PurposeId};

pub use answer::{Opened, answer, find, open_for_staff, waiting};
pub use object::{Asked, MOST_WAITING, OWN_WORDS, Objection, list_own, object};

/// For how long a recorded request can be answered.
pub(crate) const OPEN_FOR: std::time::Duration = std::time::Duration::from_secs(31 * 86_400);

/// Notes that a request was answered.
///
/// # Errors
/// When the database fails.
pub async fn finish(policy: &Policy, request: Fact) -> Result<(), PolicyError> {
    let (id, now) = (request.uuid(), policy.clock().now());
    policy.database().write(move |tx| store::finish(tx, id, now)).await?;
    Ok(())
}

/// How a request is verified that a signed-in person made.
pub(crate) const SIGNED_IN: &str = "the person, signed in";

/// How a request is verified that a person made in a privacy case.
const CONFIRMED: &str = "the person, by their address on file";

/// How it is known that the person asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// They are signed in.
    Session(SessionId),
    /// They confirmed this privacy case through their address on file.
    Case(Uuid),
}

impl Proof {
    pub(crate) const fn verified_by(self) -> &'static str {
        match self {
            Proof::Session(_) => SIGNED_IN,
            Proof::Case(_) => CONFIRMED,
        }
    }

    pub(crate) fn text(self) -> String {
        match self {
            Proof::Session(session) => format!("session {session}"),
            Proof::Case(case) => format!("privacy case {case}"),
        }
    }
}

/// What an objection is stored as, where copies and erasures name their act.
pub(crate) const OBJECT: &str = "object";

/// What was decided about an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The use has ended.
    Granted,
    /// It goes on, for the reason in the answer.
    Refused,
    /// Part of it has ended.
    Partly,
}

impl Outcome {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Outcome::Granted => "granted",
            Outcome::Refused => "refused",
            Outcome::Partly => "partly",
        }
    }

    /// Finds the outcome by its word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Outcome::Granted, Outcome::Refused, Outcome::Partly]
            .into_iter()
            .find(|outcome| outcome.word() == word)
    }
}

/// An objection as it is listed: nothing personal is opened for it.
#[derive(Debug, Clone)]
pub struct RequestRow {
    /// The request.
    pub id: Uuid,
    /// Whose it is.
    pub subject: Subject,
    /// To which use.
    pub purpose: Option<PurposeId>,
    /// When it was made.
    pub at: Timestamp,
    /// When it is to be answered.
    pub due_at: Timestamp,
    /// When it was answered.
    pub done_at: Option<Timestamp>,
    /// What was decided.
    pub outcome: Option<Outcome>,
    /// Who answered.
    pub answered_by: Option<StaffId>,
}

pub(crate) const fn place(column: &'static str, id: Uuid) -> Place {
    Place { table: "subject_requests", column, row: id }
}

/// Records a request. `verified_by` names who verified it and `proof` how, e.g. the number of a letter; neither may hold
/// anything about the person.
///
/// # Errors
/// When the database fails.
pub async fn record(
    policy: &Policy,
    subject: Subject,
    act: Act,
    verified_by: &str,
    proof: &str,
) -> Result<Fact, PolicyError> {
    let id = new_uuid(&**policy.clock());
    let (who, proof, now) = (verified_by.to_owned(), proof.to_owned(), policy.clock().now());
    policy.database().write(move |tx| store::insert(tx, id, subject, act, &who, &proof, None, now)).await?;
    Ok(Fact::Request(id))
}
