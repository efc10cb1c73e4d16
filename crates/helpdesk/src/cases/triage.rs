//! Somebody read a case and says what it is; support and the privacy desk pass on what is the other's.

use mailkeep_types::StaffId;

use super::intake::Arriving;
use super::{CaseKind, Jurisdiction, find_open, store};
use crate::tickets::turn::{Change, Log};
use crate::tickets::{self, Desk, DeskKind, Hand, PRIVACY, Seen, Ticket, TicketError, TicketState};

impl Desk {
    /// Says what a case is and under which law it is answered. Its terms are counted anew from the day it came.
    ///
    /// # Errors
    /// [`TicketError::State`] when it is settled; [`TicketError::Changed`] when something happened meanwhile.
    pub async fn triage_case(
        &self,
        ticket: uuid::Uuid,
        version: i64,
        by: StaffId,
        kind: CaseKind,
        jurisdiction: Jurisdiction,
    ) -> Result<(), TicketError> {
        let hours = self.hours().clone();
        self.write(move |tx| {
            let (mut ticket, mut case) = find_open(tx, ticket, version)?;
            case.kind = Some(kind);
            case.jurisdiction = jurisdiction;
            let longer =
                case.extended_at.and_then(|_| jurisdiction.extended_to(case.received_at, hours.zone()));
            case.answer_due =
                longer.unwrap_or_else(|| jurisdiction.answer_by(case.received_at, hours.zone()));
            store::update(tx, &case)?;
            Log { by: Hand::Staff(by), what: Change::Case("case", kind.word()) }.write(
                tx,
                &hours,
                &mut ticket,
            )
        })
        .await
    }

    /// Passes what is no matter of privacy on to support, which sees it from now on.
    ///
    /// # Errors
    /// [`TicketError::State`] when it was a case from the beginning, or is settled; [`TicketError::Changed`].
    pub async fn pass_to_support(
        &self,
        ticket: uuid::Uuid,
        version: i64,
        by: StaffId,
        department: &str,
    ) -> Result<(), TicketError> {
        let (hours, department) = (self.hours().clone(), department.to_owned());
        self.write(move |tx| {
            let (mut ticket, case) = find_open(tx, ticket, version)?;
            if case.certain {
                return Err(TicketError::State("a case is answered here"));
            }
            store::remove(tx, ticket.id)?;
            pass(tx, &hours, &mut ticket, by, &department, "support")
        })
        .await
    }

    /// Passes a ticket of support on to the privacy desk: its terms count from the day on which it was opened.
    ///
    /// # Errors
    /// [`TicketError::State`] when it is closed, or staff opened it; [`TicketError::Changed`].
    pub async fn pass_to_privacy(&self, seen: Seen, by: StaffId) -> Result<(), TicketError> {
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            if ticket.desk() == DeskKind::Privacy || ticket.state == TicketState::Closed || !ticket.is_asked()
            {
                return Err(TicketError::State("this cannot become a case"));
            }
            let person = ticket.person.map(|person| (person, false));
            let heard = ticket.first_answered_at.is_some();
            pass(tx, &hours, &mut ticket, by, PRIVACY, "privacy")?;
            Arriving { person, ..Arriving::default() }.insert(tx, &ticket, hours.zone(), heard)?;
            Ok(())
        })
        .await
    }
}

fn pass(
    tx: &mut mailkeep_storage::sql::Tx<'_>,
    hours: &crate::hours::Hours,
    ticket: &mut Ticket,
    by: StaffId,
    department: &str,
    to: &'static str,
) -> Result<(), TicketError> {
    department.clone_into(&mut ticket.department);
    ticket.assignee = None;
    tickets::store::set_department(tx, ticket)?;
    Log { by: Hand::Staff(by), what: Change::Case("pass", to) }.write(tx, hours, ticket)
}
