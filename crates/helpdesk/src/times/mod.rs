//! Time that staff spent on tickets: minutes with a note, each written down once. What was wrong is set right by an entry against it, so
//! that the history stays what it was. Notes are about the customer, are sealed as the ticket's words are and open with them; minutes are
//! the desk's own.

mod note;
pub(crate) mod records;
mod report;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_policy::{Place, Shown};
use mailkeep_types::{CustomerId, StaffId, Timestamp};
use uuid::Uuid;

/// So many minutes one entry has at most: a day.
pub const MOST_MINUTES: i64 = 24 * 60;
/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 200;
/// So many tickets a report names at most.
pub const MOST_ROWS: usize = 5_000;

pub(crate) fn note_place(time: Uuid) -> Place {
    Place { table: "ticket_times", column: "note", row: time }
}

/// Time that was spent.
#[derive(Debug, Clone)]
pub struct SpentTime {
    /// The entry.
    pub id: Uuid,
    /// Who spent it.
    pub staff: StaffId,
    /// Minutes; below zero in an entry against another.
    pub minutes: i64,
    /// The entry against which it is.
    pub against: Option<Uuid>,
    /// When it was written down.
    pub at: Timestamp,
    /// What for; nothing where none was written, or where it is sealed.
    pub note: Option<Shown<String>>,
}

/// What was spent on a ticket in some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeOfTicket {
    /// The ticket.
    pub ticket: Uuid,
    /// Its number.
    pub number: String,
    /// Its customer; none for a writer's.
    pub customer: Option<CustomerId>,
    /// Minutes.
    pub minutes: i64,
}
