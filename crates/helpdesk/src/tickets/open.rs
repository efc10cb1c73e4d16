//! A ticket is opened.

use mailkeep_policy::Subject;
use mailkeep_types::new_uuid;

use super::desk::{subject_place, words_place};
use super::number::number_of;
use super::turn::{Change, Log};
use super::write::checked;
use super::{About, Desk, EntryKind, Hand, Ticket, TicketError, TicketState, store};
use crate::service_levels::Priority;

/// The longest subject, in characters.
const LONGEST_SUBJECT: usize = 200;

/// A ticket to be opened.
#[derive(Clone)]
pub struct NewTicket {
    /// Whose it is.
    pub owner: Subject,
    /// For which department it is.
    pub department: String,
    /// What it is called.
    pub subject: String,
    /// What it says.
    pub words: String,
    /// How much it hurts.
    pub priority: Priority,
    /// What it is about; the caller has checked that it is the customer's.
    pub about: Option<About>,
}

impl Desk {
    /// Opens a ticket. Only one that a contact of the customer opens lets staff look at something.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `subject` or `words`.
    pub async fn open_ticket(&self, by: Hand, new: NewTicket) -> Result<Ticket, TicketError> {
        let subject = checked("subject", &new.subject, LONGEST_SUBJECT)?;
        let words = checked("words", &new.words, super::write::LONGEST)?;
        let (id, entry) = (new_uuid(&**self.policy().clock()), new_uuid(&**self.policy().clock()));
        // The last bytes of such an identifier are random.
        let [.., a, b, c, d, e] = new_uuid(&**self.policy().clock()).into_bytes();
        let subject = self.seal(new.owner, subject_place(id), subject)?;
        let words = self.seal(new.owner, words_place(entry), words)?;
        let hours = self.hours().clone();
        let (owner, department, priority, about) = (new.owner, new.department, new.priority, new.about);
        self.write(move |tx| {
            let now = tx.now();
            let mut ticket = Ticket {
                id,
                number: number_of([a, b, c, d, e]),
                owner,
                department: department.clone(),
                person: by.person(),
                staff: by.staff(),
                state: TicketState::New,
                priority,
                about,
                assignee: None,
                version: 0,
                opened_at: now,
                changed_at: now,
                first_due: None,
                first_answered_at: None,
                solution_due: None,
                solved_at: None,
                closed_at: None,
                rating: None,
            };
            store::insert(tx, &ticket, &subject)?;
            let kind = if by.staff().is_some() { EntryKind::Agent } else { EntryKind::Customer };
            store::add_entry(tx, entry, id, kind, by, &words)?;
            Log { by, what: Change::Opened }.write(tx, &hours, &mut ticket)?;
            Ok(ticket)
        })
        .await
    }
}
