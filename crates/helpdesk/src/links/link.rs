//! Two tickets are linked, and the link is taken away.

use mailkeep_storage::sql::Tx;
use mailkeep_types::StaffId;
use uuid::Uuid;

use super::store::LinkRow;
use super::{LinkKind, MOST_LINKS, store};
use crate::hours::Hours;
use crate::tickets::turn::{Change, Log};
use crate::tickets::{Desk, Hand, Seen, Ticket, TicketError, read_number, store as tickets};

/// What the history of either ticket says: of the first, and of the second.
const fn words(kind: LinkKind, made: bool) -> (&'static str, &'static str) {
    match (kind, made) {
        (LinkKind::Related, true) => ("link_related", "link_related"),
        (LinkKind::Related, false) => ("unlink_related", "unlink_related"),
        (LinkKind::PartOf, true) => ("link_whole", "link_part"),
        (LinkKind::PartOf, false) => ("unlink_whole", "unlink_part"),
    }
}

/// Writes into the history of both.
fn log(
    tx: &mut Tx<'_>,
    hours: &Hours,
    by: StaffId,
    (kind, made): (LinkKind, bool),
    (ticket, other): (&mut Ticket, &mut Ticket),
) -> Result<(), TicketError> {
    let (first, second) = words(kind, made);
    let by = Hand::Staff(by);
    Log { by, what: Change::Linked(first, other.number.clone()) }.write(tx, hours, ticket)?;
    Log { by, what: Change::Linked(second, ticket.number.clone()) }.write(tx, hours, other)
}

/// # Errors
/// [`TicketError::State`] when `whole` is, over however many steps, a part of `part`, or `part` is already a part of something.
fn may_be_part(tx: &mut Tx<'_>, part: Uuid, whole: Uuid) -> Result<(), TicketError> {
    if store::whole_of(tx, part)?.is_some() {
        return Err(TicketError::State("it is part of another ticket already; take that link away first"));
    }
    // There are no circles yet, so the way up ends.
    let mut above = Some(whole);
    while let Some(ticket) = above {
        if ticket == part {
            return Err(TicketError::State("that ticket is itself a part of this one"));
        }
        above = store::whole_of(tx, ticket)?;
    }
    Ok(())
}

impl Desk {
    /// Links a ticket with the one of support that has this number; gives the ticket.
    ///
    /// # Errors
    /// [`TicketError::State`] when there is no such other, when they are linked so already, when a ticket would become part of itself
    /// or of two, or has as many links as it can; [`TicketError::Changed`] when something happened meanwhile.
    pub async fn link_ticket(
        &self,
        seen: Seen,
        by: StaffId,
        kind: LinkKind,
        number: &str,
    ) -> Result<Ticket, TicketError> {
        const NO_OTHER: TicketError = TicketError::State("there is no ticket with this number");
        let number = read_number(number).ok_or(NO_OTHER)?;
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let other = tickets::find_number(tx, &number)?.filter(|other| other.desk() == seen.desk);
            let mut other = other.ok_or(NO_OTHER)?;
            if other.id == ticket.id {
                return Err(TicketError::State("this is the number of the ticket itself"));
            }
            if kind == LinkKind::PartOf {
                may_be_part(tx, ticket.id, other.id)?;
            }
            let link = LinkRow::of(kind, ticket.id, other.id);
            for end in [ticket.id, other.id] {
                let links = store::of_ticket(tx, end)?;
                if links.contains(&link) {
                    return Err(TicketError::State("the two tickets are linked already"));
                }
                if links.len() >= MOST_LINKS {
                    return Err(TicketError::State("one of the two tickets has as many links as it can"));
                }
            }
            log(tx, &hours, by, (kind, true), (&mut ticket, &mut other))?;
            store::insert(tx, &link, by)?;
            Ok(ticket)
        })
        .await
    }

    /// Takes the link of a kind between a ticket and another away, whichever is the part; gives the ticket.
    ///
    /// # Errors
    /// [`TicketError::State`] when there is none any more; [`TicketError::Changed`] when something happened meanwhile.
    pub async fn unlink_ticket(
        &self,
        seen: Seen,
        by: StaffId,
        kind: LinkKind,
        other: Uuid,
    ) -> Result<Ticket, TicketError> {
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let mut other = tickets::find(tx, other)?.ok_or(TicketError::NotFound)?;
            let (own, theirs) =
                (LinkRow::of(kind, ticket.id, other.id), LinkRow::of(kind, other.id, ticket.id));
            if store::delete(tx, &own)? {
                log(tx, &hours, by, (kind, false), (&mut ticket, &mut other))?;
            } else if store::delete(tx, &theirs)? {
                log(tx, &hours, by, (kind, false), (&mut other, &mut ticket))?;
            } else {
                return Err(TicketError::State("the two tickets are not linked any more"));
            }
            Ok(ticket)
        })
        .await
    }
}
