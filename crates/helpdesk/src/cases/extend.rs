//! An answer is put off, once, and whoever asks is told why.

use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{find_open, seen, store};
use crate::tickets::turn::{Change, Log};
use crate::tickets::write::Told;
use crate::tickets::{Desk, Hand, Move, TicketError};

impl Desk {
    /// Puts the answer off to the longer term of its law; `words` say why, and go to whoever asks.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `words`; [`TicketError::State`] when its law knows no longer term, it was put off before, its term is
    /// over, or it is settled; [`TicketError::Changed`].
    pub async fn extend_case(
        &self,
        ticket: Uuid,
        version: i64,
        by: StaffId,
        words: &str,
    ) -> Result<(), TicketError> {
        let told = Told::of(self, seen(ticket, Some(version)), by, words).await?;
        let (hours, outbound) = (self.hours().clone(), self.policy().outbound());
        self.write(move |tx| {
            let (mut ticket, mut case) = find_open(tx, ticket, version)?;
            let now = tx.now();
            if case.extended_at.is_some() {
                return Err(TicketError::State("the answer was put off already, and only once can it be"));
            }
            if case.answer_due < now {
                return Err(TicketError::State("the term is over; it can be put off before its end only"));
            }
            let longer = case.jurisdiction.extended_to(case.received_at, hours.zone());
            case.answer_due =
                longer.ok_or(TicketError::State("this law gives no more time; the answer is due"))?;
            case.extended_at = Some(now);
            case.acknowledged_at.get_or_insert(now);
            store::update(tx, &case)?;
            told.write(tx, &hours, &outbound, &mut ticket, &[Move::Answer])?;
            Log { by: Hand::Staff(by), what: Change::Case("extend", "") }.write(tx, &hours, &mut ticket)
        })
        .await
    }
}
