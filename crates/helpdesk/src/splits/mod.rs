//! Splits: one ticket in which people wrote about two matters. Some of what was written in it is shown in a new ticket of the same
//! owner instead, with where it came from; answers to it go there. Nothing is rewritten, so a split can be undone.
//!
//! What is moved was written in the ticket itself; what came by a merge goes where its ticket goes.

mod list;
pub(crate) mod records;
mod split;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod undo;

use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use crate::tickets::Ticket;

/// So many tickets are split from one at most.
pub const MOST_SPLIT: usize = 20;

/// That a ticket was split from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// The ticket.
    pub ticket: Uuid,
    /// The other, in which its first words were written.
    pub from: Uuid,
    /// Who split them.
    pub staff: StaffId,
    /// When.
    pub at: Timestamp,
}

/// The splits of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splits {
    /// The ticket from which it was split.
    pub from: Option<Ticket>,
    /// Those that were split from it, in that order.
    pub parts: Vec<Ticket>,
    /// What of it can be moved into a new ticket: it was written here and is shown here.
    pub movable: Vec<Uuid>,
}
