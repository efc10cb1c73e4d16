//! A ticket is merged into another.

use mailkeep_storage::sql::Tx;
use mailkeep_types::StaffId;

use super::{MOST_MERGED, Merge, store};
use crate::followers::follow_on;
use crate::hours::Hours;
use crate::tickets::turn::{Change, Log};
use crate::tickets::{Desk, Hand, Seen, Ticket, TicketError, TicketState, read_number, store as tickets};

/// Closes a ticket, which goes on in another; that one waits for us where the ticket did. `left` and `came` are what is said in
/// the history of either.
pub(crate) fn lead_on(
    tx: &mut Tx<'_>,
    hours: &Hours,
    by: StaffId,
    (ticket, left): (&mut Ticket, Change),
    (other, came): (&mut Ticket, impl FnOnce(bool) -> Change),
) -> Result<(), TicketError> {
    let waits = matches!(ticket.state, TicketState::New | TicketState::WaitingOnUs);
    let merge = Merge { ticket: ticket.id, into: other.id, state: ticket.state, staff: by, at: tx.now() };
    ticket.state = TicketState::Closed;
    Log { by: Hand::Staff(by), what: left }.write(tx, hours, ticket)?;
    store::insert(tx, &merge)?;
    if waits && other.state != TicketState::New {
        other.state = TicketState::WaitingOnUs;
    }
    Log { by: Hand::Staff(by), what: came(waits) }.write(tx, hours, other)?;
    follow_on(tx, ticket.id, other)
}

impl Desk {
    /// Merges a ticket into the one of the same owner with this number; gives the other. The ticket is closed by it, and the other
    /// waits for us where the ticket did.
    ///
    /// # Errors
    /// [`TicketError::State`] when there is no such other, when it is somebody else's, when one of the two is over or was merged
    /// already, or when staff could not read there what they can read here; [`TicketError::Changed`] when something happened meanwhile.
    pub async fn merge_ticket(&self, seen: Seen, by: StaffId, number: &str) -> Result<Ticket, TicketError> {
        const NO_OTHER: TicketError = TicketError::State("there is no ticket with this number");
        let number = read_number(number).ok_or(NO_OTHER)?;
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let other = tickets::find_number(tx, &number)?.filter(|other| other.desk() == seen.desk);
            let mut other = other.ok_or(NO_OTHER)?;
            if other.id == ticket.id {
                return Err(TicketError::State("this is the number of the ticket itself"));
            }
            if other.owner != ticket.owner {
                return Err(TicketError::State(
                    "the other ticket is somebody else's; only tickets of one customer are merged",
                ));
            }
            if ticket.is_asked() && !other.is_asked() {
                // Nothing would let staff look at the words any more.
                return Err(TicketError::State(
                    "staff opened the other ticket; merge that one into this, which the customer opened",
                ));
            }
            // Who was merged already is closed by it.
            if ticket.state == TicketState::Closed || other.is_over() {
                return Err(TicketError::State("only open tickets are merged"));
            }
            if !store::within(tx, ticket.id)?.is_empty() {
                return Err(TicketError::State(
                    "other tickets were merged into this one; merge the other ticket into this",
                ));
            }
            if store::within(tx, other.id)?.len() >= MOST_MERGED {
                return Err(TicketError::State("as many tickets as can be were merged into that one"));
            }
            let (left, number) = (Change::Merged(other.number.clone()), ticket.number.clone());
            let came = |waits| Change::Joined { number, waits };
            lead_on(tx, &hours, by, (&mut ticket, left), (&mut other, came))?;
            Ok(other)
        })
        .await
    }
}
