//! A tag is put on a ticket, or taken from it.

use mailkeep_storage::sql::Tx;
use mailkeep_types::StaffId;

use super::{MOST_OF_DESK, MOST_OF_TICKET, Tag, store};
use crate::tickets::turn::{Change, Log};
use crate::tickets::{Desk, Hand, Seen, Ticket, TicketError};

/// Makes sure that the desk has the tag.
fn know(tx: &mut Tx<'_>, tag: &Tag) -> Result<(), TicketError> {
    if store::is_known(tx, tag)? {
        return Ok(());
    }
    if store::count_known(tx)? >= MOST_OF_DESK {
        store::forget_unused(tx)?;
        if store::count_known(tx)? >= MOST_OF_DESK {
            return Err(TicketError::State("the desk has all the tags that it can have; use one of them"));
        }
    }
    Ok(store::make_known(tx, tag)?)
}

/// Puts a tag on a ticket that has it not; its history is the caller's.
pub(crate) fn attach(tx: &mut Tx<'_>, ticket: &Ticket, tag: &Tag) -> Result<(), TicketError> {
    know(tx, tag)?;
    Ok(store::add(tx, ticket, tag)?)
}

impl Desk {
    /// Puts a tag on a ticket.
    ///
    /// # Errors
    /// [`TicketError::State`] when the ticket has it, or has as many as it can; [`TicketError::Changed`] when something happened
    /// meanwhile.
    pub async fn tag_ticket(&self, seen: Seen, by: StaffId, tag: Tag) -> Result<Ticket, TicketError> {
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let tags = store::of_ticket(tx, ticket.id)?;
            if tags.contains(&tag) {
                return Err(TicketError::State("the ticket has this tag already"));
            }
            if tags.len() >= MOST_OF_TICKET {
                return Err(TicketError::State("the ticket has as many tags as it can; take one away first"));
            }
            attach(tx, &ticket, &tag)?;
            let what = Change::Tagged(tag.clone());
            Log { by: Hand::Staff(by), what }.write(tx, &hours, &mut ticket)?;
            Ok(ticket)
        })
        .await
    }

    /// Takes a tag from a ticket.
    ///
    /// # Errors
    /// [`TicketError::State`] when the ticket has it not; [`TicketError::Changed`] when something happened meanwhile.
    pub async fn untag_ticket(&self, seen: Seen, by: StaffId, tag: Tag) -> Result<Ticket, TicketError> {
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            if !store::remove(tx, ticket.id, &tag)? {
                return Err(TicketError::State("the ticket does not have this tag any more"));
            }
            let what = Change::Untagged(tag.clone());
            Log { by: Hand::Staff(by), what }.write(tx, &hours, &mut ticket)?;
            Ok(ticket)
        })
        .await
    }
}
