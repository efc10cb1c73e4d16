//! Macros: several acts on a ticket that staff do with one press, kept under a name. What a macro does somebody could do by hand, and what
//! it would do is shown before it is done. To add an act: [`Acts`], [`Effect`], `effects.rs`, its column, and its text in the console.
//!
//! Nothing personal is in one: an answer comes from a canned reply, which is filled in and read before it goes.

mod apply;
mod effects;
mod keep;
mod list;
pub(crate) mod records;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_types::{StaffId, Timestamp, words};
use uuid::Uuid;

use crate::service_levels::Priority;
use crate::tags::Tag;

pub(crate) use apply::apply;
pub use effects::{Effect, effects};
pub(crate) use keep::{checked, title};

/// So many macros the desk has at most.
pub const MOST_MACROS: usize = 200;
/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 80;
/// So many tags a macro puts on, and so many it takes away.
pub const MOST_TAGS: usize = 10;

words! {
    /// How an answer of a macro is given, or that the ticket is moved on without one.
    Ending {
        /// The answer goes to the customer, and work goes on.
        Answer = "answer",
        /// It goes to the customer, who is to do something now.
        Ask = "ask",
        /// It goes to the customer, and with it the ticket is solved.
        AnswerSolve = "answer_solve",
        /// It is a note for staff.
        Note = "note",
        /// Without a word the ticket is solved.
        Solve = "solve",
        /// Without a word it is closed.
        Close = "close",
    }
}

impl Ending {
    /// Whether it comes with words.
    pub const fn speaks(self) -> bool {
        matches!(self, Ending::Answer | Ending::Ask | Ending::AnswerSolve | Ending::Note)
    }
}

/// To whom a ticket is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GiveTo {
    /// To whoever uses the macro.
    Me,
    /// To nobody.
    Nobody,
    /// To a colleague.
    Staff(StaffId),
}

impl GiveTo {
    /// As it is stored: `me`, `nobody`, or an identifier.
    pub fn text(self) -> String {
        match self {
            GiveTo::Me => "me".to_owned(),
            GiveTo::Nobody => "nobody".to_owned(),
            GiveTo::Staff(id) => id.to_string(),
        }
    }

    /// Reads it.
    pub fn read(text: &str) -> Option<Self> {
        match text {
            "me" => Some(GiveTo::Me),
            "nobody" => Some(GiveTo::Nobody),
            id => id.parse().ok().map(GiveTo::Staff),
        }
    }
}

/// What is done with a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acts {
    /// To which department it goes.
    pub department: Option<String>,
    /// How much it hurts.
    pub priority: Option<Priority>,
    /// The tags that are put on it.
    pub tags: Vec<Tag>,
    /// The tags that are taken from it.
    pub untags: Vec<Tag>,
    /// To whom it is given.
    pub give: Option<GiveTo>,
    /// How it ends, and for those that speak the canned reply.
    pub ending: Option<Ending>,
    /// The canned reply.
    pub canned: Option<Uuid>,
}

impl Acts {
    /// Whether nothing is done.
    pub fn is_empty(&self) -> bool {
        *self == Acts::default()
    }
}

/// A macro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Macro {
    /// Its identifier.
    pub id: Uuid,
    /// Its title; no other has the same.
    pub title: String,
    /// The department that uses it; nothing when all do.
    pub department: Option<String>,
    /// What it does.
    pub acts: Acts,
    /// Who wrote it last.
    pub by: StaffId,
    /// How often it was written.
    pub version: i64,
    /// When it was written last.
    pub changed_at: Timestamp,
}

impl Macro {
    /// Whether a department uses it.
    pub fn is_for(&self, department: &str) -> bool {
        self.department.as_deref().is_none_or(|own| own == department)
    }
}

/// A macro as somebody wrote it. That there are such departments and colleagues, the caller has checked.
#[derive(Debug, Clone, Default)]
pub struct MacroDraft {
    /// Its title.
    pub title: String,
    /// Its department; empty for all.
    pub department: String,
    /// What it does.
    pub acts: Acts,
}
