//! Merges: two tickets of one owner that are one matter. What was written in the one is shown in the other, in order of time and with
//! where it came from; letters to its number go to the other. Nothing is rewritten, so a merge can be undone.
//!
//! Merges are one deep: a ticket into which others were merged is not merged itself, so a number leads on in one step.

mod list;
mod merge;
pub(crate) mod records;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod undo;

use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use crate::tickets::{Ticket, TicketState};

pub(crate) use merge::lead_on;

/// So many tickets are merged into one at most.
pub const MOST_MERGED: usize = 20;

/// That a ticket was merged into another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The ticket.
    pub ticket: Uuid,
    /// The other, which shows what was written in both.
    pub into: Uuid,
    /// Where the ticket stood before.
    pub state: TicketState,
    /// Who merged them.
    pub staff: StaffId,
    /// When.
    pub at: Timestamp,
}

/// The merges of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merges {
    /// The ticket into which it was merged.
    pub into: Option<Ticket>,
    /// Those that were merged into it, in that order.
    pub within: Vec<Ticket>,
}
