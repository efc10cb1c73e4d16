//! Who follows a ticket, and what is new to whom.

use std::collections::BTreeSet;

use mailkeep_types::StaffId;
use uuid::Uuid;

use super::store;
use crate::tickets::{Desk, TicketError};

impl Desk {
    /// Who follows a ticket, in the order in which they began.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_followers(&self, ticket: Uuid) -> Result<Vec<StaffId>, TicketError> {
        self.read(move |tx| Ok(store::of_ticket(tx, ticket)?)).await
    }

    /// Those among some tickets that a member of staff follows, and in which others wrote since they looked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_news(&self, staff: StaffId, tickets: Vec<Uuid>) -> Result<BTreeSet<Uuid>, TicketError> {
        self.read(move |tx| {
            let mut news = BTreeSet::new();
            for ticket in &tickets {
                if store::has_news(tx, *ticket, staff)? {
                    news.insert(*ticket);
                }
            }
            Ok(news)
        })
        .await
    }

    /// In how many tickets that a member of staff follows others wrote since they looked; what is over does not count.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_news(&self, staff: StaffId) -> Result<i64, TicketError> {
        self.read(move |tx| Ok(store::count_news(tx, staff)?)).await
    }
}
