//! Links between tickets: two that have to do with each other, and one that is part of another, e.g. each customer's word of an outage
//! and the ticket in which it is mended. They may be of different owners, so they say no more than numbers and states, and customers do
//! not see them.

mod link;
mod list;
pub(crate) mod records;
mod store;
#[cfg(test)]
mod tests;

use mailkeep_types::words;

use crate::tickets::Ticket;

/// So many links a ticket has at most, of either kind and direction.
pub const MOST_LINKS: usize = 100;

words! {
    /// How two tickets are linked.
    LinkKind {
        /// They have to do with each other.
        Related = "related",
        /// The first is part of the second.
        PartOf = "part_of",
    }
}

/// The links of a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// What it is part of.
    pub whole: Option<Ticket>,
    /// Its parts, in the order in which they were linked.
    pub parts: Vec<Ticket>,
    /// What else it has to do with.
    pub related: Vec<Ticket>,
}

impl Links {
    /// How many of its parts are not over.
    pub fn open_parts(&self) -> usize {
        self.parts.iter().filter(|part| !part.is_over()).count()
    }
}
