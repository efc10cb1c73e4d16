//! Canned replies are looked up.

use uuid::Uuid;

use super::{CannedHead, CannedReply, store};
use crate::tickets::{Desk, TicketError};

impl Desk {
    /// The canned replies of the desk without their words, by category and title.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_canned(&self) -> Result<Vec<CannedHead>, TicketError> {
        self.read(|tx| Ok(store::heads(tx)?)).await
    }

    /// A canned reply.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn show_canned(&self, id: Uuid) -> Result<CannedReply, TicketError> {
        self.read(move |tx| store::find(tx, id)?.ok_or(TicketError::NotFound)).await
    }

    /// The canned reply that a department means by what somebody typed: its title, or a part that only one of them has in title or
    /// category.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `canned` when there is none, or more than one.
    pub async fn choose_canned(&self, department: &str, typed: &str) -> Result<CannedReply, TicketError> {
        let heads = self.list_canned().await?;
        let mut theirs = heads.iter().filter(|head| head.is_for(department));
        let id = chosen(&mut theirs, typed)?;
        self.show_canned(id).await
    }
}

fn chosen(heads: &mut dyn Iterator<Item = &CannedHead>, typed: &str) -> Result<Uuid, TicketError> {
    let typed = typed.trim().to_lowercase();
    let none = || TicketError::field("canned", "no canned reply has this in its title; look at the list");
    if typed.is_empty() {
        return Err(none());
    }
    let mut part = Vec::new();
    for head in heads {
        let title = head.title.to_lowercase();
        if title == typed {
            return Ok(head.id);
        }
        if title.contains(&typed) || head.category.to_lowercase().contains(&typed) {
            part.push(head.id);
        }
    }
    match part.as_slice() {
        [] => Err(none()),
        [one] => Ok(*one),
        _ => Err(TicketError::field(
            "canned",
            "several canned replies have this in their title; write more of it",
        )),
    }
}
