//! What a ticket was split from, and what from it.

use super::{Splits, store};
use crate::tickets::{self, Desk, Seen, TicketError};

impl Desk {
    /// The splits of a ticket.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn list_splits(&self, seen: Seen) -> Result<Splits, TicketError> {
        self.read(move |tx| {
            let ticket = seen.find(tx)?;
            let from = match store::find(tx, ticket.id)? {
                Some(split) => tickets::store::find(tx, split.from)?,
                None => None,
            };
            let mut parts = Vec::new();
            for id in store::parts(tx, ticket.id)? {
                parts.extend(tickets::store::find(tx, id)?);
            }
            let written = store::written(tx, ticket.id)?;
            Ok(Splits { from, parts, movable: written.iter().map(|written| written.entry).collect() })
        })
        .await
    }
}
