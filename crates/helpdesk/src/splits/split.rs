//! Some of what was written in a ticket becomes a ticket of its own.

use mailkeep_storage::sql::Tx;
use mailkeep_types::StaffId;
use uuid::Uuid;

use super::store::WrittenRow;
use super::{MOST_SPLIT, Split, store};
use crate::tickets::turn::{Change, Log};
use crate::tickets::{Desk, EntryKind, Hand, Heading, Seen, Ticket, TicketError, TicketState};

/// What goes, when both tickets have something that the customer reads.
fn chosen(written: Vec<WrittenRow>, entries: &[Uuid]) -> Result<Vec<WrittenRow>, TicketError> {
    let wrong = |sentence: &str| Err(TicketError::field("entries", sentence));
    let is_read = |row: &WrittenRow| row.kind != EntryKind::Note;
    if entries.iter().any(|entry| !written.iter().any(|row| row.entry == *entry)) {
        return wrong("something of this is not here any more; choose again");
    }
    let (goes, stays): (Vec<_>, Vec<_>) = written.into_iter().partition(|row| entries.contains(&row.entry));
    if !goes.iter().any(is_read) {
        return wrong("choose what goes into the new ticket; a note alone is none");
    }
    if !stays.iter().any(is_read) {
        return wrong("leave something in this ticket, or answer all of it here");
    }
    Ok(goes)
}

/// Where the new ticket stands: as what goes would have left it.
fn state_of(goes: &[WrittenRow]) -> TicketState {
    let last = goes.iter().rev().find(|row| row.kind != EntryKind::Note);
    match last.map(|row| row.kind) {
        Some(EntryKind::Agent) => TicketState::Open,
        _ if is_answered(goes) => TicketState::WaitingOnUs,
        _ => TicketState::New,
    }
}

fn is_answered(goes: &[WrittenRow]) -> bool {
    goes.iter().any(|row| row.kind == EntryKind::Agent)
}

/// The new ticket: of the same owner and opener, so that it justifies what the other does. Its clock runs since its first words.
fn part_of(ticket: &Ticket, heading: &Heading, goes: &[WrittenRow]) -> Ticket {
    let opened_at = goes.first().map_or(ticket.opened_at, |first| first.at);
    Ticket {
        id: heading.id,
        number: heading.number.clone(),
        state: state_of(goes),
        version: 0,
        opened_at,
        first_due: None,
        first_answered_at: None,
        solution_due: None,
        rating: None,
        ..ticket.clone()
    }
}

fn may_be_split(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(), TicketError> {
    if ticket.is_over() {
        return Err(TicketError::State("only open tickets are split"));
    }
    if !ticket.is_asked() {
        // Nobody reads what would be moved.
        return Err(TicketError::State("staff opened this ticket; only what the customer opened is split"));
    }
    if store::parts(tx, ticket.id)?.len() >= MOST_SPLIT {
        return Err(TicketError::State("as many tickets as can be were split from this one"));
    }
    Ok(())
}

impl Desk {
    /// Splits a ticket: `entries` of what was written in it are shown in a new one, called `subject`; gives the new one.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `subject`, and for `entries` when nothing is chosen or nothing is left; [`TicketError::State`] when
    /// the ticket is over, was merged, or staff opened it; [`TicketError::Changed`] when something happened meanwhile.
    pub async fn split_ticket(
        &self,
        seen: Seen,
        by: StaffId,
        entries: Vec<Uuid>,
        subject: &str,
    ) -> Result<Ticket, TicketError> {
        let owner = self.read(move |tx| Ok(seen.find(tx)?.owner)).await?;
        let heading = self.seal_heading(owner, subject)?;
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            may_be_split(tx, &ticket)?;
            let goes = chosen(store::written(tx, ticket.id)?, &entries)?;
            let mut part = part_of(&ticket, &heading, &goes);
            let hand = Hand::Staff(by);
            let what = Change::Split(part.number.clone());
            Log { by: hand, what }.write(tx, &hours, &mut ticket)?;
            heading.insert(tx, &part)?;
            let what = Change::Began { number: ticket.number, answered: is_answered(&goes) };
            Log { by: hand, what }.write(tx, &hours, &mut part)?;
            let split = Split { ticket: part.id, from: ticket.id, staff: by, at: tx.now() };
            store::insert(tx, &split)?;
            for row in &goes {
                store::move_entry(tx, row.entry, &split)?;
            }
            Ok(part)
        })
        .await
    }
}
