//! Followers with a proven address are told by mail that there is news; once, until they look. No words of the ticket leave the house
//! with it.

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{MessageClass, Notice, Outbound};
use mailkeep_storage::sql::Tx;
use mailkeep_types::StaffId;
use serde_json::json;

use super::store;
use crate::tickets::{DeskKind, Ticket, TicketError};

/// The message that says so.
const NEWS: &str = "helpdesk/staff_news";

/// Tells who follows a ticket of support what happened: `wrote`, when the customer did.
pub(crate) fn tell_all(tx: &mut Tx<'_>, outbound: &Outbound, ticket: &Ticket) -> Result<(), TicketError> {
    for who in store::of_ticket(tx, ticket.id)? {
        tell(tx, outbound, ticket, who, "wrote")?;
    }
    Ok(())
}

/// Tells a follower what happened: `wrote`, `given` or `named`.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    outbound: &Outbound,
    ticket: &Ticket,
    who: StaffId,
    what: &'static str,
) -> Result<(), TicketError> {
    let Some(seen) = store::seen(tx, ticket.id, who)? else { return Ok(()) };
    let subject = Subject::staff(who);
    if ticket.desk() != DeskKind::Support || !outbound.reaches(tx, subject)? {
        return Ok(());
    }
    let notice = Notice {
        class: MessageClass::Account,
        template: NEWS,
        subject,
        topic: None,
        to: None,
        // Once until they look: what they saw last is the same till then.
        unique_key: format!("{NEWS}:{}:{who}:{seen}", ticket.id),
        context: json!({
            "what": what,
            "number": ticket.number,
            "ticket": ticket.id,
            "department": ticket.department,
            "path": format!("/console/tickets/{}", ticket.id),
        }),
    };
    outbound.send(tx, &notice)?;
    Ok(())
}
