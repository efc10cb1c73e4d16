//! The customer says how content they are, once.

use mailkeep_types::PersonId;

use super::turn::Change;
use super::{Desk, Hand, Seen, Ticket, TicketError, TicketState};

impl Desk {
    /// Notes how content the customer is, from 1 to 5.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `rating`; [`TicketError::State`] before it is solved, or the second time.
    pub async fn rate_ticket(&self, seen: Seen, by: PersonId, rating: i64) -> Result<Ticket, TicketError> {
        if !(1..=5).contains(&rating) {
            return Err(TicketError::field("rating", "choose from 1 to 5"));
        }
        self.change(seen, Hand::Person(by), move |ticket| {
            if !matches!(ticket.state, TicketState::Solved | TicketState::Closed) {
                return Err(TicketError::State("a ticket is rated when it is solved"));
            }
            if ticket.rating.is_some() {
                return Err(TicketError::State("this ticket was rated already"));
            }
            ticket.rating = Some(rating);
            Ok(Change::Rated)
        })
        .await
    }
}
