//! What a ticket was merged with.

use super::{Merges, store};
use crate::tickets::{self, Desk, Seen, TicketError};

impl Desk {
    /// The merges of a ticket.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn list_merges(&self, seen: Seen) -> Result<Merges, TicketError> {
        self.read(move |tx| {
            let ticket = seen.find(tx)?;
            let into = match store::find(tx, ticket.id)? {
                Some(merge) => tickets::store::find(tx, merge.into)?,
                None => None,
            };
            let mut within = Vec::new();
            for id in store::within(tx, ticket.id)? {
                within.extend(tickets::store::find(tx, id)?);
            }
            Ok(Merges { into, within })
        })
        .await
    }
}
