//! Tickets: what customers ask of support, until it is solved.
//!
//! A ticket belongs to a customer, or to a writer: somebody who wrote to us by mail and of whom we know nothing else. What is
//! written in it is sealed as the owner's; one that a contact of the customer, or the writer, opened is the fact
//! `open_ticket`, by which support may look while it is not closed. One that staff opened justifies nothing, and only its
//! owner's side opens a closed one again: so staff cannot make the fact.
//!
//! To add a state or a move: [`TicketState`], [`Move`] and the table in their test.

mod close;
mod desk;
mod error;
mod list;
mod number;
mod open;
mod probe;
mod rate;
mod records;
mod show;
mod states;
pub(crate) mod store;
mod tell;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod turn;
pub(crate) mod write;

use mailkeep_policy::{Fact, Subject};
use mailkeep_types::{CustomerId, PersonId, StaffId, SubscriberId, Timestamp};
use uuid::Uuid;

use crate::service_levels::Priority;

pub use close::{CLOSES_AFTER, register};
pub use desk::Desk;
pub use error::TicketError;
pub use list::{Counts, Queue, Row};
pub(crate) use number::read_number;
pub use open::NewTicket;
pub(crate) use open::{Heading, LONGEST_TITLE, Opening};
pub use show::{Entry, Event, Thread};
pub use states::{AboutKind, EntryKind, Move, TicketState};
pub use turn::Seen;
pub(crate) use write::LONGEST;
pub use write::{Reply, Said};

/// The department of the privacy desk. Its address is the one that the privacy policy names.
pub const PRIVACY: &str = "privacy";

/// Who of staff a ticket is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskKind {
    /// Support, of whatever department.
    Support,
    /// Privacy officers.
    Privacy,
}

/// Who does something with a ticket. That a person is a contact of its customer, the caller has checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// A contact of the customer.
    Person(PersonId),
    /// The writer whose ticket it is.
    Writer(SubscriberId),
    /// A member of staff.
    Staff(StaffId),
    /// The program itself, for what comes with time.
    Program,
}

impl Hand {
    const fn person(self) -> Option<PersonId> {
        match self {
            Hand::Person(id) => Some(id),
            Hand::Writer(_) | Hand::Staff(_) | Hand::Program => None,
        }
    }

    pub(crate) const fn staff(self) -> Option<StaffId> {
        match self {
            Hand::Staff(id) => Some(id),
            Hand::Person(_) | Hand::Writer(_) | Hand::Program => None,
        }
    }
}

/// What a ticket is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// What kind of thing.
    pub kind: AboutKind,
    /// Which.
    pub id: Uuid,
}

/// A ticket without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Its identifier.
    pub id: Uuid,
    /// By which people name it, e.g. `T-7K2M-Q9XA`.
    pub number: String,
    /// Whose it is: a customer, or a writer.
    pub owner: Subject,
    /// To which department it came.
    pub department: String,
    /// The contact who opened it; nobody when the writer or staff did.
    pub person: Option<PersonId>,
    /// The member of staff who opened it.
    pub staff: Option<StaffId>,
    /// Where it stands.
    pub state: TicketState,
    /// How much it hurts.
    pub priority: Priority,
    /// What it is about.
    pub about: Option<About>,
    /// Who takes care of it.
    pub assignee: Option<StaffId>,
    /// How much happened to it.
    pub version: i64,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When something happened to it.
    pub changed_at: Timestamp,
    /// Until when a person is to answer first.
    pub first_due: Option<Timestamp>,
    /// When a person did.
    pub first_answered_at: Option<Timestamp>,
    /// Until when it is to be solved; nothing while the customer is to answer.
    pub solution_due: Option<Timestamp>,
    /// When it was solved.
    pub solved_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// How content the customer was, from 1 to 5.
    pub rating: Option<i64>,
}

impl Ticket {
    /// The customer whose it is; none for a writer's.
    pub const fn customer(&self) -> Option<CustomerId> {
        match self.owner {
            Subject::Customer(id) => Some(id),
            _ => None,
        }
    }

    /// For whom of staff it is.
    pub fn desk(&self) -> DeskKind {
        if self.department == PRIVACY { DeskKind::Privacy } else { DeskKind::Support }
    }

    /// What lets the staff for whom it is look: for support that it is open, for privacy officers the case.
    pub fn fact(&self) -> Fact {
        match self.desk() {
            DeskKind::Support => Fact::OpenTicket(self.id),
            DeskKind::Privacy => Fact::OpenCase(self.id),
        }
    }

    /// Its page in the Customer Center; none for a writer's.
    pub(crate) fn path(&self) -> Option<String> {
        match self.owner {
            Subject::Customer(_) => Some(format!("/center/tickets/{}", self.id)),
            Subject::Person(_) => Some(format!("/center/privacy/cases/{}", self.id)),
            _ => None,
        }
    }

    /// Whether the owner's side opened it, and not staff.
    pub const fn is_asked(&self) -> bool {
        self.staff.is_none()
    }

    /// Whether it is solved or closed.
    pub const fn is_over(&self) -> bool {
        matches!(self.state, TicketState::Solved | TicketState::Closed)
    }

    /// Until when something is to be done next: an answer while there was none, then the solution.
    pub fn due_next(&self) -> Option<Timestamp> {
        match self.first_answered_at {
            None => self.first_due.or(self.solution_due),
            Some(_) => self.solution_due,
        }
    }

    /// Whether support is, or was, later than its service level allows.
    pub fn is_late(&self, now: Timestamp) -> bool {
        let first = self.first_due.is_some_and(|due| self.first_answered_at.unwrap_or(now) > due);
        first || self.solution_due.is_some_and(|due| now > due)
    }
}
