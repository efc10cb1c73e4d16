//! Which tags there are.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Tag, store};
use crate::tickets::{Desk, TicketError};

impl Desk {
    /// The tags of the desk, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_tags(&self) -> Result<Vec<Tag>, TicketError> {
        self.read(|tx| Ok(store::known(tx)?)).await
    }

    /// The tags of some tickets; those that have none are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tags_of(&self, tickets: Vec<Uuid>) -> Result<BTreeMap<Uuid, Vec<Tag>>, TicketError> {
        self.read(move |tx| {
            let mut found = BTreeMap::new();
            for ticket in &tickets {
                let tags = store::of_ticket(tx, *ticket)?;
                if !tags.is_empty() {
                    found.insert(*ticket, tags);
                }
            }
            Ok(found)
        })
        .await
    }
}
