//! Which tickets there are.

use mailkeep_types::{CustomerId, StaffId, Timestamp};
use uuid::Uuid;

use super::number::read_number;
use super::{Desk, DeskKind, Ticket, TicketError, store};

/// Which tickets staff look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Those that somebody takes care of.
    Of(StaffId),
    /// Those that nobody takes care of, and that are not over.
    Unassigned,
    /// Those in which we are to do something.
    WaitingOnUs,
    /// Those that are late, or will be before this time; what is due first stands first.
    DueBefore(Timestamp),
    /// Those that somebody follows.
    Followed(StaffId),
    /// All.
    All,
}

impl Queue {
    /// Where the queue goes on behind a ticket of it.
    pub fn behind(self, ticket: &Ticket) -> Row {
        match self {
            Queue::DueBefore(_) => (ticket.due_next().unwrap_or(ticket.changed_at), ticket.id),
            Queue::Of(_) | Queue::Followed(_) | Queue::Unassigned | Queue::WaitingOnUs | Queue::All => {
                (ticket.changed_at, ticket.id)
            }
        }
    }
}

/// How many tickets lie in the queues of somebody; what is over does not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// In their own.
    pub mine: i64,
    /// In that of which nobody takes care.
    pub unassigned: i64,
    /// In that which waits for us.
    pub waiting: i64,
    /// In that which is late or soon will be.
    pub due: i64,
}

/// Where a list goes on: behind this ticket.
pub type Row = (Timestamp, Uuid);

impl Desk {
    /// How many tickets lie in the queues of a member of staff; `due` as in [`Queue::DueBefore`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_queues(&self, staff: StaffId, due: Timestamp) -> Result<Counts, TicketError> {
        self.read(move |tx| Ok(store::counts(tx, staff, due)?)).await
    }

    /// Tickets of a customer, what happened last first; those behind `after`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_tickets(
        &self,
        customer: CustomerId,
        after: Option<Row>,
        limit: i64,
    ) -> Result<Vec<Ticket>, TicketError> {
        self.read(move |tx| Ok(store::of_customer(tx, customer, after, limit)?)).await
    }

    /// Tickets of a customer, the oldest first; those behind `after`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page_tickets(
        &self,
        customer: CustomerId,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<Ticket>, TicketError> {
        self.read(move |tx| Ok(store::page(tx, customer, after, limit)?)).await
    }

    /// The ticket of a desk with a number, as somebody typed or read it out.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn find_number(&self, kind: DeskKind, typed: &str) -> Result<Ticket, TicketError> {
        let number = read_number(typed).ok_or(TicketError::NotFound)?;
        self.read(move |tx| {
            let found = store::find_number(tx, &number)?;
            found.filter(|ticket| ticket.desk() == kind).ok_or(TicketError::NotFound)
        })
        .await
    }
}
