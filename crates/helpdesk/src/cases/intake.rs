//! A case begins: with a letter, with the form, or with a ticket that support passes on.

use jiff::tz::TimeZone;
use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{MessageClass, Notice, Outbound};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::PersonId;
use serde_json::json;

use super::clock::ACKNOWLEDGE_WITHIN;
use super::{Case, CaseKind, Identity, Jurisdiction, store};
use crate::letters::Letter;
use crate::letters::privacy::{Intake, hint, intake};
use crate::tickets::{Ticket, TicketError};

/// The message that says that a case is open, and until when it is answered.
const RECEIVED: &str = "helpdesk/case_received";

/// What is known about a case when it comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Arriving {
    pub(crate) kind: Option<CaseKind>,
    pub(crate) hint: Option<CaseKind>,
    pub(crate) certain: bool,
    /// The person who asks, and whether they were signed in.
    pub(crate) person: Option<(PersonId, bool)>,
}

impl Arriving {
    /// What a letter to the privacy desk is.
    pub(crate) fn of(letter: &Letter, person: Option<PersonId>) -> Self {
        Arriving {
            kind: None,
            hint: hint(letter).map(CaseKind::from),
            certain: intake(&letter.subject) == Intake::Certain,
            person: person.map(|person| (person, false)),
        }
    }

    /// Writes the case of a ticket down.
    pub(crate) fn insert(
        self,
        tx: &mut Tx<'_>,
        ticket: &Ticket,
        zone: &TimeZone,
        acknowledged: bool,
    ) -> Result<Case, SqlError> {
        let (now, received_at) = (tx.now(), ticket.opened_at);
        let jurisdiction = Jurisdiction::Usual;
        let signed_in = self.person.is_some_and(|(_, signed_in)| signed_in);
        let case = Case {
            ticket: ticket.id,
            kind: self.kind,
            hint: self.hint,
            certain: self.certain,
            jurisdiction,
            received_at,
            acknowledge_due: received_at.plus(ACKNOWLEDGE_WITHIN),
            acknowledged_at: acknowledged.then_some(now),
            answer_due: jurisdiction.answer_by(received_at, zone),
            extended_at: None,
            identity: if signed_in { Identity::Shown } else { Identity::Unasked },
            person: self.person.map(|(person, _)| person),
            shown_at: signed_in.then_some(now),
            outcome: None,
            settled_at: None,
            settled_by: None,
            escalated_at: None,
        };
        store::insert(tx, &case)?;
        Ok(case)
    }
}

/// Tells whoever asks that their case is open and until when it is answered, in the transaction that opens it.
pub(crate) fn say_received(
    tx: &mut Tx<'_>,
    outbound: &Outbound,
    ticket: &Ticket,
    case: &Case,
    zone: &TimeZone,
    path: &str,
) -> Result<(), TicketError> {
    let notice = Notice {
        class: MessageClass::Account,
        template: RECEIVED,
        subject: ticket.owner,
        topic: None,
        to: None,
        unique_key: format!("{RECEIVED}:{}", ticket.id),
        context: json!({
            "number": ticket.number,
            "ticket": ticket.id,
            "department": ticket.department,
            "answer_by": last_day(case.answer_due, zone),
            "path": path,
        }),
    };
    outbound.send(tx, &notice)?;
    Ok(())
}

/// The last day of a term that ends at a midnight, as it is written the same everywhere.
pub(crate) fn last_day(end: mailkeep_types::Timestamp, zone: &TimeZone) -> String {
    let last = end.minus(std::time::Duration::from_secs(1)).to_jiff();
    last.to_zoned(zone.clone()).date().to_string()
}

/// The page on which a case is followed: in the Customer Center, or by a link for whoever has no account.
pub(crate) fn path(ticket: &Ticket, token: &str) -> String {
    match ticket.owner {
        Subject::Person(_) => format!("/center/privacy/cases/{}", ticket.id),
        _ => format!("/privacy/cases/{}/{token}", ticket.id),
    }
}
