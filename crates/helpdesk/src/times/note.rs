//! Time is written down, and set right.

use mailkeep_policy::{Personal, category};
use mailkeep_types::{StaffId, new_uuid};
use uuid::Uuid;

use super::store::TimeRow;
use super::{LONGEST_NOTE, MOST_MINUTES, note_place, store};
use crate::tickets::turn::{Change, Log};
use crate::tickets::{Desk, Hand, Seen, Ticket, TicketError};

impl Desk {
    /// Writes down time that a member of staff spent on a ticket.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `minutes` and `note`; [`TicketError::State`] when the ticket was merged into another.
    pub async fn note_time(
        &self,
        seen: Seen,
        by: StaffId,
        minutes: i64,
        note: &str,
    ) -> Result<Ticket, TicketError> {
        if !(1..=MOST_MINUTES).contains(&minutes) {
            return Err(TicketError::field("minutes", format!("write minutes from 1 to {MOST_MINUTES}")));
        }
        let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
        if note.chars().count() > LONGEST_NOTE {
            return Err(TicketError::field("note", format!("write at most {LONGEST_NOTE} characters")));
        }
        let owner = self.read(move |tx| Ok(seen.find(tx)?.owner)).await?;
        let id = new_uuid(&**self.policy().clock());
        let note = if note.is_empty() {
            None
        } else {
            let note: Personal<_, category::Ticket> = Personal::new(note);
            Some(self.policy().seal(owner, note_place(id), &note)?.into_bytes())
        };
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let row = TimeRow { id, staff: by, minutes, against: None, note: note.clone(), at: tx.now() };
            store::insert(tx, ticket.id, &row)?;
            let what = Change::Timed(minutes);
            Log { by: Hand::Staff(by), what }.write(tx, &hours, &mut ticket)?;
            Ok(ticket)
        })
        .await
    }

    /// Writes an entry against one of the same member of staff, which takes its minutes back. Both stay.
    ///
    /// # Errors
    /// [`TicketError::NotFound`] when it is not there or somebody else's; [`TicketError::State`] when it was taken back already.
    pub async fn take_time_back(&self, seen: Seen, by: StaffId, entry: Uuid) -> Result<Ticket, TicketError> {
        let (hours, id) = (self.hours().clone(), new_uuid(&**self.policy().clock()));
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let all = store::of_ticket(tx, ticket.id)?;
            let found = all.iter().find(|row| row.id == entry && row.staff == by && row.against.is_none());
            let minutes = found.ok_or(TicketError::NotFound)?.minutes;
            if all.iter().any(|row| row.against == Some(entry)) {
                return Err(TicketError::State("this time was taken back already"));
            }
            let row =
                TimeRow { id, staff: by, minutes: -minutes, against: Some(entry), note: None, at: tx.now() };
            store::insert(tx, ticket.id, &row)?;
            let what = Change::Timed(-minutes);
            Log { by: Hand::Staff(by), what }.write(tx, &hours, &mut ticket)?;
            Ok(ticket)
        })
        .await
    }
}
