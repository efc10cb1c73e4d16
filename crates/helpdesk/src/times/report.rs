//! How much time was spent, by ticket.

use mailkeep_types::Timestamp;

use super::{TimeOfTicket, store};
use crate::tickets::{Desk, TicketError};

impl Desk {
    /// What was spent on each ticket of support from one time until before another, the most first; at most [`super::MOST_ROWS`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sum_times(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<TimeOfTicket>, TicketError> {
        self.read(move |tx| Ok(store::sums(tx, from, until)?)).await
    }
}
