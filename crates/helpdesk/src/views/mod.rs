//! Views of the desk: a queue, narrowed down and in an order, that staff keep under a name for themselves or for all of support.
//!
//! A view is as quick as its queue. What is not over is little of all tickets; in what is over, a page looks through a bounded number
//! of tickets and says where the next goes on.

mod keep;
mod list;
pub(crate) mod records;
mod store;
#[cfg(test)]
mod tests;

use mailkeep_types::{StaffId, Timestamp, words};
use uuid::Uuid;

use crate::service_levels::Priority;
use crate::tags::Tag;
use crate::tickets::{Row, Ticket};

/// So many views somebody keeps for themselves, and so many all of support share.
pub const MOST_VIEWS: usize = 30;
/// The longest name of a view, in characters.
pub const LONGEST_NAME: usize = 60;
/// So many tickets a page of all of them looks through.
pub const LOOKED_THROUGH: i64 = 10_000;

words! {
    /// A queue, whoever looks at it.
    QueueKind {
        /// Those that the reader takes care of.
        Mine = "mine",
        /// Those that nobody takes care of.
        Unassigned = "unassigned",
        /// Those in which we are to do something.
        Waiting = "waiting",
        /// Those that are late or soon will be.
        Due = "due",
        /// Those that the reader follows.
        Followed = "followed",
        /// All.
        All = "all",
    }
}

words! {
    /// In which order a view shows its tickets. The queue of what is due stands by what is due first, whatever is chosen.
    Order {
        /// What happened last first.
        Newest = "newest",
        /// What waited longest first.
        Oldest = "oldest",
    }
}

/// What narrows a queue down, and its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Those of a department.
    pub department: Option<String>,
    /// Those that hurt so much.
    pub priority: Option<Priority>,
    /// Those with a tag.
    pub tag: Option<Tag>,
    /// Those that somebody takes care of.
    pub assignee: Option<StaffId>,
    /// The order.
    pub order: Order,
}

impl Default for Filter {
    fn default() -> Self {
        Filter { department: None, priority: None, tag: None, assignee: None, order: Order::Newest }
    }
}

/// A page of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its tickets.
    pub tickets: Vec<Ticket>,
    /// Where the next page goes on; nothing when there is none.
    pub next: Option<Row>,
}

/// A view that somebody kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    /// Its identifier.
    pub id: Uuid,
    /// Who kept it.
    pub staff: StaffId,
    /// Whether all of support see it.
    pub shared: bool,
    /// Its name.
    pub name: String,
    /// Its queue.
    pub queue: QueueKind,
    /// What narrows it down.
    pub filter: Filter,
    /// When it was kept.
    pub at: Timestamp,
}
