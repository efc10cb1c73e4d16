//! A case is answered: what came of it, and the words.

use mailkeep_types::{PersonId, StaffId};
use uuid::Uuid;

use super::{CaseKind, CaseOutcome, CaseStage, find_open, seen, store};
use crate::tickets::turn::{Change, Log};
use crate::tickets::write::Told;
use crate::tickets::{Desk, Hand, Move, TicketError};

impl Desk {
    /// Writes to whoever asks, without settling the case.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `words`; [`TicketError::Changed`].
    pub async fn write_in_case(
        &self,
        ticket: Uuid,
        version: i64,
        by: StaffId,
        words: &str,
        asks: bool,
    ) -> Result<(), TicketError> {
        let told = Told::of(self, seen(ticket, Some(version)), by, words).await?;
        let (hours, outbound) = (self.hours().clone(), self.policy().outbound());
        self.write(move |tx| {
            let (mut ticket, mut case) = find_open(tx, ticket, version)?;
            let now = tx.now();
            case.acknowledged_at.get_or_insert(now);
            store::update(tx, &case)?;
            let acts: &[Move] = if asks { &[Move::Ask] } else { &[Move::Answer] };
            told.write(tx, &hours, &outbound, &mut ticket, acts)
        })
        .await
    }

    /// Answers a case. Whoever asked may write again; it is closed a week later.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `words`; [`TicketError::State`] before it is said what it is, or when it was settled;
    /// [`TicketError::Changed`].
    pub async fn settle_case(
        &self,
        ticket: Uuid,
        version: i64,
        by: StaffId,
        outcome: CaseOutcome,
        words: &str,
    ) -> Result<(), TicketError> {
        let told = Told::of(self, seen(ticket, Some(version)), by, words).await?;
        let (hours, outbound) = (self.hours().clone(), self.policy().outbound());
        self.write(move |tx| {
            let (mut ticket, mut case) = find_open(tx, ticket, version)?;
            let now = tx.now();
            if case.stage() == CaseStage::Unread {
                return Err(TicketError::State("say first what is asked"));
            }
            case.acknowledged_at.get_or_insert(now);
            case.outcome = Some(outcome);
            case.settled_at = Some(now);
            case.settled_by = Some(by);
            store::update(tx, &case)?;
            told.write(tx, &hours, &outbound, &mut ticket, &[Move::Answer, Move::Solve])?;
            Log { by: Hand::Staff(by), what: Change::Case("settle", outcome.word()) }.write(
                tx,
                &hours,
                &mut ticket,
            )
        })
        .await
    }

    /// Notes what was begun under a case with the data of the person who showed that they ask: the kind of the request.
    ///
    /// # Errors
    /// [`TicketError::State`] when nobody showed it, or the case is settled; [`TicketError::Changed`].
    pub async fn act_on_case(
        &self,
        ticket: Uuid,
        version: i64,
        by: StaffId,
        kind: CaseKind,
    ) -> Result<PersonId, TicketError> {
        let hours = self.hours().clone();
        self.write(move |tx| {
            let (mut ticket, case) = find_open(tx, ticket, version)?;
            let person = case.confirmed_person();
            let person = person.ok_or(TicketError::State(
                "nothing is done with anybody's data before they showed that they ask",
            ))?;
            Log { by: Hand::Staff(by), what: Change::Case("act", kind.word()) }.write(
                tx,
                &hours,
                &mut ticket,
            )?;
            Ok(person)
        })
        .await
    }
}
