//! Canned replies: answers that the desk has ready, with variables that stand for what differs from ticket to ticket.
//!
//! Nothing personal is in one. What a variable stands for is filled in when it is put into an answer, and whoever answers reads and
//! changes the text before it goes. To add a variable: [`Variable`], [`Values`], `fill.rs`, and its text in the console.

mod fill;
mod find;
mod keep;
pub(crate) mod records;
pub(crate) mod store;
mod template;
#[cfg(test)]
mod tests;

use mailkeep_types::{StaffId, Timestamp, words};
use uuid::Uuid;

pub use fill::{Filled, Values};
pub use template::{Template, unfilled};

/// So many canned replies the desk has at most.
pub const MOST_CANNED: usize = 1_000;
/// The longest title, in characters.
pub const LONGEST_TITLE: usize = 80;
/// The longest name of a category, in characters.
pub const LONGEST_CATEGORY: usize = 40;
/// The longest text, in characters.
pub const LONGEST_WORDS: usize = 10_000;

words! {
    /// What a canned reply can name; it stands in the text as `{{ ticket_number }}`.
    Variable {
        /// The name of the contact who opened the ticket.
        CustomerName = "customer_name",
        /// The number of the ticket.
        TicketNumber = "ticket_number",
        /// What the ticket is called.
        TicketSubject = "ticket_subject",
        /// The login of whoever answers.
        AgentName = "agent_name",
        /// The name of the provider.
        ProviderName = "provider_name",
    }
}

/// What stands at a canned reply beside its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannedHead {
    /// Its identifier.
    pub id: Uuid,
    /// Its title; no other has the same.
    pub title: String,
    /// The category in which it is listed; empty for none.
    pub category: String,
    /// The department that answers with it; nothing when all do.
    pub department: Option<String>,
    /// The language of its words.
    pub language: String,
    /// Who wrote it last.
    pub by: StaffId,
    /// How often it was written.
    pub version: i64,
    /// When it was written last.
    pub changed_at: Timestamp,
}

impl CannedHead {
    /// Whether a department answers with it.
    pub fn is_for(&self, department: &str) -> bool {
        self.department.as_deref().is_none_or(|own| own == department)
    }
}

/// A canned reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannedReply {
    /// What stands at it.
    pub head: CannedHead,
    /// Its words.
    pub template: Template,
}

/// A canned reply as somebody wrote it.
#[derive(Debug, Clone, Default)]
pub struct CannedDraft {
    /// Its title.
    pub title: String,
    /// Its category; empty for none.
    pub category: String,
    /// Its department; empty for all. That there is such a one, the caller has checked.
    pub department: String,
    /// Its language.
    pub language: String,
    /// Its words.
    pub words: String,
}
