//! A merge is undone.

use mailkeep_types::StaffId;

use super::store;
use crate::splits;
use crate::tickets::turn::{Change, Log};
use crate::tickets::{Desk, Hand, Seen, Ticket, TicketError, TicketState, store as tickets};

impl Desk {
    /// Undoes the merge of a ticket, which stands then where it stood before; gives it. What was written since stays where it was
    /// written. Once the other ticket is closed a merge is not undone: staff would open by it what they may not open.
    ///
    /// # Errors
    /// [`TicketError::State`] when it was not merged, or the other is closed or with another desk by now; [`TicketError::Changed`]
    /// when something happened meanwhile.
    pub async fn undo_merge(&self, seen: Seen, by: StaffId) -> Result<Ticket, TicketError> {
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let merge = store::find(tx, ticket.id)?;
            let merge = merge.ok_or(TicketError::State("the ticket is not merged any more"))?;
            let mut other = tickets::find(tx, merge.into)?.ok_or(TicketError::NotFound)?;
            if other.state == TicketState::Closed || other.desk() != ticket.desk() {
                return Err(TicketError::State("the other ticket is closed or with another desk by now"));
            }
            if !splits::store::has_words(tx, ticket.id)? {
                // It would be open with nothing in it.
                return Err(TicketError::State("nothing was written in it since its split was undone"));
            }
            store::delete(tx, ticket.id)?;
            ticket.state = merge.state;
            let what = Change::Unmerged(other.number.clone());
            Log { by: Hand::Staff(by), what }.write(tx, &hours, &mut ticket)?;
            let what = Change::Parted(ticket.number.clone());
            Log { by: Hand::Staff(by), what }.write(tx, &hours, &mut other)?;
            Ok(ticket)
        })
        .await
    }
}
