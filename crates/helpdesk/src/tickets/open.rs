//! A ticket is opened.

use mailkeep_policy::Subject;
use mailkeep_storage::sql::Tx;
use mailkeep_types::new_uuid;
use uuid::Uuid;

use super::desk::subject_place;
use super::number::number_of;
use super::turn::{Change, Log};
use super::write::{Written, checked};
use super::{About, Desk, EntryKind, Hand, Ticket, TicketError, TicketState, store};
use crate::attachments::NewAttachment;
use crate::hours::Hours;
use crate::rules::{self, Coming, When};
use crate::service_levels::Priority;
use crate::words::{self, Mark};

/// The longest subject, in characters.
pub(crate) const LONGEST_TITLE: usize = 200;

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

/// A ticket that is sealed and not written down yet.
#[derive(Clone)]
pub(crate) struct Opening {
    heading: Heading,
    owner: Subject,
    department: String,
    priority: Priority,
    about: Option<About>,
    words: Written,
}

/// By what a ticket is known that is not written down yet; its title is sealed.
#[derive(Clone)]
pub(crate) struct Heading {
    pub(crate) id: Uuid,
    pub(crate) number: String,
    title: Vec<u8>,
    marks: Vec<Mark>,
}

impl Heading {
    /// Writes a ticket down, as yet without its history.
    pub(crate) fn insert(&self, tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(), TicketError> {
        store::insert(tx, ticket, &self.title)?;
        words::add(tx, ticket, &self.marks)
    }
}

impl Opening {
    /// Its identifier.
    pub(crate) const fn id(&self) -> Uuid {
        self.heading.id
    }

    /// Writes it down.
    pub(crate) fn insert(&self, tx: &mut Tx<'_>, hours: &Hours, by: Hand) -> Result<Ticket, TicketError> {
        let now = tx.now();
        let mut ticket = Ticket {
            id: self.heading.id,
            number: self.heading.number.clone(),
            owner: self.owner,
            department: self.department.clone(),
            person: by.person(),
            staff: by.staff(),
            state: TicketState::New,
            priority: self.priority,
            about: self.about,
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
        self.heading.insert(tx, &ticket)?;
        let kind = if by.staff().is_some() { EntryKind::Agent } else { EntryKind::Customer };
        self.words.insert(tx, &ticket, kind, by)?;
        Log { by, what: Change::Opened }.write(tx, hours, &mut ticket)?;
        Ok(ticket)
    }
}

impl Desk {
    /// Opens a ticket. Only one that its owner's side opens lets staff look at something.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `subject` or `words`.
    pub async fn open_ticket(&self, by: Hand, new: NewTicket) -> Result<Ticket, TicketError> {
        self.open_ticket_with(by, new, Vec::new()).await
    }

    /// Opens a ticket with files. Only one that its owner's side opens lets staff look at something.
    ///
    /// # Errors
    /// As [`Desk::open_ticket`]; [`TicketError::Attachment`] for a file.
    pub async fn open_ticket_with(
        &self,
        by: Hand,
        new: NewTicket,
        files: Vec<NewAttachment>,
    ) -> Result<Ticket, TicketError> {
        let mut opening = self.seal_opening(&new, new_uuid(&**self.policy().clock()))?;
        opening.words = opening.words.with(self.seal_attachments(new.owner, files).await?);
        let hours = self.hours().clone();
        let (plans, subject) = (self.plans(), new.subject);
        self.write(move |tx| {
            let mut ticket = opening.insert(tx, &hours, by)?;
            // What staff open does not come from outside.
            if by.staff().is_none() {
                let arrived = Coming { when: When::Opened, subject: Some(&subject), plans: plans.as_ref() };
                rules::run(tx, &hours, &mut ticket, arrived)?;
            }
            Ok(ticket)
        })
        .await
    }

    /// Seals a ticket, the words of which are the entry `entry`.
    pub(crate) fn seal_opening(&self, new: &NewTicket, entry: Uuid) -> Result<Opening, TicketError> {
        let heading = self.seal_heading(new.owner, &new.subject)?;
        let words = checked("words", &new.words, super::write::LONGEST)?;
        Ok(Opening {
            heading,
            owner: new.owner,
            department: new.department.clone(),
            priority: new.priority,
            about: new.about,
            words: self.seal_words(new.owner, entry, words)?,
        })
    }

    /// Seals what a new ticket is called, and makes up its number.
    pub(crate) fn seal_heading(&self, owner: Subject, subject: &str) -> Result<Heading, TicketError> {
        let title = checked("subject", subject, LONGEST_TITLE)?;
        let id = new_uuid(&**self.policy().clock());
        // The last bytes of such an identifier are random.
        let [.., a, b, c, d, e] = new_uuid(&**self.policy().clock()).into_bytes();
        let (marks, title) = (self.marks(&title), self.seal(owner, subject_place(id), title)?);
        Ok(Heading { id, number: number_of([a, b, c, d, e]), title, marks })
    }
}
