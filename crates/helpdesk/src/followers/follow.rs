//! Staff follow a ticket, look at it, and follow it no more.

use mailkeep_policy::outbound::Outbound;
use mailkeep_storage::sql::Tx;
use mailkeep_types::StaffId;
use uuid::Uuid;

use super::store;
use super::tell::tell;
use crate::hours::Hours;
use crate::tickets::turn::{Change, Log};
use crate::tickets::{Desk, Hand, Seen, Ticket, TicketError};

/// How somebody comes to follow a ticket.
#[derive(Clone, Copy)]
pub(crate) enum Because {
    /// They want to.
    Own,
    /// A colleague gave it to them.
    Given,
    /// A colleague named them in a note.
    Named,
}

/// Makes somebody follow a ticket, to whom is new what happened after the event `since`, and tells them by mail that a colleague
/// did. Who follows already goes on from where they were.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    (hours, outbound): (&Hours, &Outbound),
    ticket: &mut Ticket,
    (by, who, because): (StaffId, StaffId, Because),
    since: i64,
) -> Result<(), TicketError> {
    if store::insert(tx, ticket.id, who, since)? {
        let what = Change::Followed("follow", who);
        Log { by: Hand::Staff(by), what }.write(tx, hours, ticket)?;
    }
    match because {
        _ if by == who => Ok(()),
        Because::Own => Ok(()),
        Because::Given => tell(tx, outbound, ticket, who, "given"),
        Because::Named => tell(tx, outbound, ticket, who, "named"),
    }
}

/// Whoever follows a ticket follows the other in which it goes on, too: to them is new what happens there from now on.
pub(crate) fn follow_on(tx: &mut Tx<'_>, ticket: Uuid, other: &Ticket) -> Result<(), TicketError> {
    for who in store::of_ticket(tx, ticket)? {
        store::insert(tx, other.id, who, other.version)?;
    }
    Ok(())
}

impl Desk {
    /// A member of staff follows a ticket from now on.
    ///
    /// # Errors
    /// [`TicketError::NotFound`]; [`TicketError::State`] when it was merged into another.
    pub async fn follow_ticket(&self, seen: Seen, who: StaffId) -> Result<Ticket, TicketError> {
        let (hours, outbound) = (self.hours().clone(), self.policy().outbound());
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let since = ticket.version;
            follow(tx, (&hours, &outbound), &mut ticket, (who, who, Because::Own), since)?;
            Ok(ticket)
        })
        .await
    }

    /// A member of staff follows a ticket no more.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn unfollow_ticket(&self, seen: Seen, who: StaffId) -> Result<Ticket, TicketError> {
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            if store::delete(tx, ticket.id, who)? {
                let what = Change::Followed("unfollow", who);
                Log { by: Hand::Staff(who), what }.write(tx, &hours, &mut ticket)?;
            }
            Ok(ticket)
        })
        .await
    }

    /// A member of staff looked at a ticket as it was at `version`: what happened until then is not new to them any more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn saw_ticket(&self, ticket: Uuid, who: StaffId, version: i64) -> Result<(), TicketError> {
        let stale = self.read(move |tx| Ok(store::is_behind(tx, ticket, who, version)?)).await?;
        if stale { self.write(move |tx| Ok(store::saw(tx, ticket, who, version)?)).await } else { Ok(()) }
    }
}
