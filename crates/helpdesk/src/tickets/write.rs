//! Somebody writes in a ticket.

use mailkeep_types::new_uuid;
use uuid::Uuid;

use super::desk::words_place;
use super::turn::{Change, Log, Seen, turned};
use super::{Desk, EntryKind, Hand, Move, Ticket, TicketError, store};

/// The longest text, in characters.
pub(super) const LONGEST: usize = 20_000;

/// How staff write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// To the customer, and work goes on.
    Answer,
    /// To the customer, who is to do something now.
    Ask,
    /// To staff alone.
    Note,
}

/// A text without the spaces around it.
///
/// # Errors
/// [`TicketError::Field`] for an empty one, or one that is too long.
pub(super) fn checked(field: &'static str, text: &str, longest: usize) -> Result<String, TicketError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TicketError::field(field, "write something here"));
    }
    if text.chars().count() > longest {
        return Err(TicketError::field(field, format!("write at most {longest} characters")));
    }
    Ok(text.to_owned())
}

impl Desk {
    /// A contact of the ticket's customer writes; a solved ticket waits for us again.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `words`; [`TicketError::State`] when it is closed.
    pub async fn write_as_customer(
        &self,
        seen: Seen,
        by: mailkeep_types::PersonId,
        words: &str,
    ) -> Result<Ticket, TicketError> {
        self.add(seen, Hand::Person(by), EntryKind::Customer, Some(Move::Write), words).await
    }

    /// Staff write: to the customer, or among themselves.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `words`; [`TicketError::State`] when it is solved or closed;
    /// [`TicketError::Changed`] when somebody else wrote meanwhile.
    pub async fn write_as_staff(
        &self,
        seen: Seen,
        by: mailkeep_types::StaffId,
        reply: Reply,
        words: &str,
    ) -> Result<Ticket, TicketError> {
        let (kind, act) = match reply {
            Reply::Answer => (EntryKind::Agent, Some(Move::Answer)),
            Reply::Ask => (EntryKind::Agent, Some(Move::Ask)),
            Reply::Note => (EntryKind::Note, None),
        };
        self.add(seen, Hand::Staff(by), kind, act, words).await
    }

    async fn add(
        &self,
        seen: Seen,
        by: Hand,
        kind: EntryKind,
        act: Option<Move>,
        words: &str,
    ) -> Result<Ticket, TicketError> {
        let words = checked("words", words, LONGEST)?;
        let owner = self.read(move |tx| seen.find(tx)).await?.owner;
        let entry: Uuid = new_uuid(&**self.policy().clock());
        let words = self.seal(owner, words_place(entry), words)?;
        let hours = self.hours().clone();
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            let what = match act {
                Some(act) => turned(&mut ticket, act, by)?,
                None => Change::Noted,
            };
            store::add_entry(tx, entry, ticket.id, kind, by, &words)?;
            Log { by, what }.write(tx, &hours, &mut ticket)?;
            Ok(ticket)
        })
        .await
    }
}
