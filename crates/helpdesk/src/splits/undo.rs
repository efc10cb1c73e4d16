//! A split is undone.

use mailkeep_types::StaffId;

use super::store;
use crate::merges::{self, MOST_MERGED};
use crate::tickets::turn::Change;
use crate::tickets::{Desk, Seen, Ticket, TicketError, store as tickets};

impl Desk {
    /// Undoes a split: what was moved is shown where it was written, and the ticket is closed and leads there, with what was written
    /// in it since; gives the other. Where that was merged meanwhile, it is the one that shows its words.
    ///
    /// # Errors
    /// [`TicketError::State`] when it was not split, when one of the two is over, or when others were merged into it;
    /// [`TicketError::Changed`] when something happened meanwhile.
    pub async fn undo_split(&self, seen: Seen, by: StaffId) -> Result<Ticket, TicketError> {
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let split = store::find(tx, ticket.id)?;
            let split = split.ok_or(TicketError::State("the ticket is not split any more"))?;
            let other = merges::store::leads_to(tx, split.from)?;
            let mut other = tickets::find(tx, other)?.ok_or(TicketError::NotFound)?;
            if other.is_over() || ticket.is_over() || other.desk() != ticket.desk() {
                return Err(TicketError::State("one of the two tickets is over or with another desk by now"));
            }
            if !merges::store::within(tx, ticket.id)?.is_empty() {
                return Err(TicketError::State("other tickets were merged into this one; undo that first"));
            }
            if merges::store::within(tx, other.id)?.len() >= MOST_MERGED {
                return Err(TicketError::State("as many tickets as can be were merged into the other"));
            }
            store::delete(tx, ticket.id)?;
            let (left, number) = (Change::Unsplit(other.number.clone()), ticket.number.clone());
            let came = |waits| Change::Back { number, waits };
            merges::lead_on(tx, &hours, by, (&mut ticket, left), (&mut other, came))?;
            Ok(other)
        })
        .await
    }
}
