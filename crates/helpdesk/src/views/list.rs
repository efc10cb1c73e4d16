//! The tickets of a view.

use super::{Filter, Listed, store};
use crate::tickets::{Desk, Queue, Row, TicketError};

impl Desk {
    /// A page of a queue that is narrowed down; behind `after`. A page of all tickets may have fewer than there is room for, and
    /// still say where the next goes on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_view(
        &self,
        queue: Queue,
        filter: Filter,
        after: Option<Row>,
        limit: usize,
    ) -> Result<Listed, TicketError> {
        self.read(move |tx| Ok(store::list(tx, queue, &filter, after, limit)?)).await
    }
}
