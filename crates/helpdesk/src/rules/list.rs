//! Rules are looked up.

use uuid::Uuid;

use super::{Rule, store};
use crate::tickets::{Desk, TicketError};

impl Desk {
    /// The rules of the desk, in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_rules(&self) -> Result<Vec<Rule>, TicketError> {
        self.read(|tx| Ok(store::all(tx)?)).await
    }

    /// A rule.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn show_rule(&self, id: Uuid) -> Result<Rule, TicketError> {
        let all = self.list_rules().await?;
        all.into_iter().find(|rule| rule.id == id).ok_or(TicketError::NotFound)
    }
}
