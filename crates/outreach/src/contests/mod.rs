//! Contests: who may enter does so once, under rules of a version that is kept with the entry, and the draw can be done again by
//! anybody.
//!
//! When a contest is made, the house draws a seed, seals it, and publishes its hash with the contest. When nobody can enter any more the
//! entry numbers are sorted and the hash of that list is published, then the seed and who won: see [`proof`] and decision 0065.

mod draw;
mod enter;
mod freeze;
pub mod proof;
mod publish;
mod show;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod write;

use mailkeep_policy::{LookupKind, Place, Policy};
use mailkeep_types::{ContestId, StaffId, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Outreach, OutreachError};

pub use enter::{Entered, Entering};
pub use show::Shown;
pub use write::ContestDraft;

/// The topic of those who want to hear of contests.
pub const TOPIC: &str = "events_and_contests";
/// The template of the message to those who won.
pub const WON: &str = "outreach/contest_won";
/// The template of the message with the link by which somebody without an account enters.
pub const ENTER: &str = "outreach/contest_enter";
/// The house key under which seeds are sealed.
const SEEDS: &str = "contest seeds";

/// Who may enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Eligibility {
    /// Contacts of customers who have something that runs.
    Customers,
    /// Whoever chose to hear of events and contests.
    Subscribers,
}

impl Eligibility {
    /// Its word, as stored.
    pub const fn word(self) -> &'static str {
        match self {
            Eligibility::Customers => "customers",
            Eligibility::Subscribers => "subscribers",
        }
    }

    /// That of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Eligibility::Customers, Eligibility::Subscribers].into_iter().find(|one| one.word() == word)
    }
}

/// Where a contest stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContestState {
    /// Being written.
    Draft,
    /// One can enter from its time on.
    Scheduled,
    /// One can enter.
    Open,
    /// Nobody can enter any more; the list is about to be sorted.
    Closed,
    /// The list and its hash are published.
    Frozen,
    /// It is known who won.
    Drawn,
    /// It does not take place.
    CalledOff,
}

impl ContestState {
    /// Its word, as in texts.
    pub const fn word(self) -> &'static str {
        match self {
            ContestState::Draft => "draft",
            ContestState::Scheduled => "scheduled",
            ContestState::Open => "open",
            ContestState::Closed => "closed",
            ContestState::Frozen => "frozen",
            ContestState::Drawn => "drawn",
            ContestState::CalledOff => "called_off",
        }
    }
}

/// A contest.
#[derive(Debug, Clone)]
pub struct Contest {
    /// Its number.
    pub id: ContestId,
    /// Its address.
    pub slug: String,
    /// Its language.
    pub language: String,
    /// Its title.
    pub title: String,
    /// What it is about and what there is to win, in Markdown.
    pub introduction: String,
    /// Who may enter.
    pub eligibility: Eligibility,
    /// How old one must be; 0 for any age.
    pub minimum_age: i64,
    /// How many win.
    pub places: i64,
    /// From when on one enters.
    pub opens_at: Timestamp,
    /// Until when.
    pub closes_at: Timestamp,
    /// The version of its rules that is in force.
    pub rules_version: i64,
    /// The rules, in Markdown.
    pub rules: String,
    /// The SHA-256 of the seed.
    pub commitment: [u8; 32],
    /// The SHA-256 of the sorted list; there once nobody can enter any more.
    pub list_hash: Option<[u8; 32]>,
    /// The seed; there once it was drawn.
    pub seed: Option<[u8; 32]>,
    /// When it was drawn.
    pub drawn_at: Option<Timestamp>,
    /// When it was called off.
    pub called_off_at: Option<Timestamp>,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// Who wrote it.
    pub written_by: StaffId,
    /// Whether visitors see it.
    published: bool,
}

impl Contest {
    /// Where it stands at a time.
    pub fn state(&self, now: Timestamp) -> ContestState {
        if self.called_off_at.is_some() {
            return ContestState::CalledOff;
        }
        if self.drawn_at.is_some() {
            return ContestState::Drawn;
        }
        if self.list_hash.is_some() {
            return ContestState::Frozen;
        }
        if !self.published {
            return ContestState::Draft;
        }
        if self.closes_at <= now {
            return ContestState::Closed;
        }
        if self.opens_at > now { ContestState::Scheduled } else { ContestState::Open }
    }
}

pub(crate) const fn number_place(id: Uuid) -> Place {
    Place { table: "contest_entries", column: "number", row: id }
}

/// The keyed hash by which the entry with a number is found, and by nobody who has the database alone.
fn number_hash(policy: &Policy, contest: ContestId, number: &str) -> [u8; 32] {
    policy.lookup_hash(LookupKind::Other, &format!("contest:{contest}:{number}"))
}

impl Outreach {
    /// The contests, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_contests(&self) -> Result<Vec<Contest>, OutreachError> {
        Ok(self.db().read(store::newest).await?)
    }

    /// One contest.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`].
    pub async fn contest(&self, id: ContestId) -> Result<Contest, OutreachError> {
        self.db().read(move |tx| store::find(tx, id)).await?.ok_or(OutreachError::NotFound)
    }
}
