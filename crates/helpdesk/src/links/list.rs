//! With what a ticket is linked.

use mailkeep_storage::sql::{SqlError, Tx};
use uuid::Uuid;

use super::{LinkKind, Links, store};
use crate::tickets::{Desk, DeskKind, Seen, Ticket, TicketError, store as tickets};

/// The tickets of support among some; what went to the privacy desk is not seen by others.
fn seen_by_support(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Vec<Ticket>, SqlError> {
    let mut found = Vec::new();
    for id in ids {
        found.extend(tickets::find(tx, *id)?.filter(|ticket| ticket.desk() == DeskKind::Support));
    }
    Ok(found)
}

pub(super) fn links_of(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Links, SqlError> {
    let (mut whole, mut parts, mut related) = (Vec::new(), Vec::new(), Vec::new());
    for link in store::of_ticket(tx, ticket)? {
        match link.kind {
            LinkKind::Related if link.ticket == ticket => related.push(link.other),
            LinkKind::Related => related.push(link.ticket),
            LinkKind::PartOf if link.ticket == ticket => whole.push(link.other),
            LinkKind::PartOf => parts.push(link.ticket),
        }
    }
    Ok(Links {
        whole: seen_by_support(tx, &whole)?.pop(),
        parts: seen_by_support(tx, &parts)?,
        related: seen_by_support(tx, &related)?,
    })
}

impl Desk {
    /// The links of a ticket.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn list_links(&self, seen: Seen) -> Result<Links, TicketError> {
        self.read(move |tx| {
            let ticket = seen.find(tx)?;
            Ok(links_of(tx, ticket.id)?)
        })
        .await
    }
}
