//! Macros are looked up.

use uuid::Uuid;

use super::{Macro, store};
use crate::tickets::{Desk, TicketError};

impl Desk {
    /// The macros of the desk, by title.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_macros(&self) -> Result<Vec<Macro>, TicketError> {
        self.read(|tx| Ok(store::all(tx)?)).await
    }

    /// A macro.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn show_macro(&self, id: Uuid) -> Result<Macro, TicketError> {
        self.read(move |tx| store::find(tx, id)?.ok_or(TicketError::NotFound)).await
    }
}
