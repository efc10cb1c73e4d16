//! Rules: what the program does by itself with tickets that customers open or write in, by conditions that staff keep, in their order.
//!
//! Rules run on what comes from outside, never on what rules or staff do: so they end, whatever they say. What one did stands in the history
//! with its title. They do what staff could do without a word; they answer nobody, solve and close nothing.
//!
//! To add a condition: [`Conditions`], `holds.rs`, its column, its field in the console.

mod holds;
mod keep;
mod list;
pub(crate) mod records;
mod run;
mod store;
#[cfg(test)]
mod tests;
mod try_out;

use std::sync::Arc;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, StaffId, Timestamp, words};
use uuid::Uuid;

use crate::macros::Acts;
use crate::service_levels::Priority;
use crate::tags::Tag;

pub(crate) use run::{Coming, run};
pub use try_out::{LOOKED_AT, Tried, TryOut};

/// So many rules the desk has at most.
pub const MOST_RULES: usize = 50;
/// So many words one looks for, and the longest of them, in characters.
pub const MOST_WORDS: usize = 20;
/// The longest word, in characters.
pub const LONGEST_WORD: usize = 60;

/// By which plans a customer is served, as commerce knows them.
pub type Plans = Arc<dyn Fn(&mut Tx<'_>, CustomerId) -> Result<Vec<String>, SqlError> + Send + Sync>;

words! {
    /// On what a rule runs.
    When {
        /// A ticket is opened.
        Opened = "opened",
        /// The customer writes again.
        Written = "written",
    }
}

words! {
    /// Whose a ticket is.
    From {
        /// A customer's.
        Customer = "customer",
        /// That of somebody who is none.
        Writer = "writer",
    }
}

/// What must hold, all of it; what is empty asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conditions {
    /// It came to this department.
    pub department: Option<String>,
    /// It hurts so much.
    pub priority: Option<Priority>,
    /// It has the tag.
    pub tag: Option<Tag>,
    /// Its subject has one of these words, or parts of words, in it; folded.
    pub words: Vec<String>,
    /// It is from such a one.
    pub from: Option<From>,
    /// Its customer has this plan.
    pub plan: Option<String>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its identifier.
    pub id: Uuid,
    /// Its title; no other has the same.
    pub title: String,
    /// On what it runs.
    pub when: When,
    /// What must hold.
    pub conditions: Conditions,
    /// What is done.
    pub acts: Acts,
    /// Whether it runs.
    pub active: bool,
    /// Its place in the order.
    pub place: i64,
    /// Who wrote it last.
    pub by: StaffId,
    /// How often it was written.
    pub version: i64,
    /// When it was written last.
    pub changed_at: Timestamp,
}

/// A rule as somebody wrote it. That there are such departments, plans and colleagues, the caller has checked.
#[derive(Debug, Clone)]
pub struct RuleDraft {
    /// Its title.
    pub title: String,
    /// On what it runs.
    pub when: When,
    /// What must hold.
    pub conditions: Conditions,
    /// What is done.
    pub acts: Acts,
    /// Whether it runs.
    pub active: bool,
}
