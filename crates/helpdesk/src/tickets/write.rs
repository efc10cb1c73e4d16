//! Somebody writes in a ticket.

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::Outbound;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{StaffId, new_uuid};
use uuid::Uuid;

use super::desk::words_place;
use super::tell::Telling;
use super::turn::{Change, Log, Seen, turned};
use super::{Desk, DeskKind, EntryKind, Hand, Move, Ticket, TicketError, store};
use crate::attachments::store::AttachmentRow;
use crate::attachments::{self, NewAttachment};
use crate::cases;
use crate::followers::{self, Because, follow};
use crate::hours::Hours;
use crate::rules::{self, Coming, When};
use crate::words::{self, Mark};

/// The longest text, in characters.
pub(crate) const LONGEST: usize = 20_000;

/// How staff write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// To the customer, and work goes on.
    Answer,
    /// To the customer, who is to do something now.
    Ask,
    /// To the customer, and with it the ticket is solved.
    Solve,
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

/// What somebody writes: words, and files with them.
#[derive(Debug, Clone)]
pub struct Said {
    /// The words.
    pub words: String,
    /// The files.
    pub files: Vec<NewAttachment>,
    /// The colleagues whom a note names; they follow the ticket from then on.
    pub mentions: Vec<StaffId>,
}

impl From<&str> for Said {
    fn from(words: &str) -> Self {
        Said { words: words.to_owned(), files: Vec::new(), mentions: Vec::new() }
    }
}

/// Words that are sealed and not written down yet, with their files.
#[derive(Clone)]
pub(crate) struct Written {
    entry: Uuid,
    words: Vec<u8>,
    files: Vec<AttachmentRow>,
    marks: Vec<Mark>,
}

impl Written {
    /// The same with files.
    pub(crate) fn with(self, files: Vec<AttachmentRow>) -> Self {
        Written { files, ..self }
    }

    pub(super) fn insert(
        &self,
        tx: &mut Tx<'_>,
        ticket: &Ticket,
        kind: EntryKind,
        by: Hand,
    ) -> Result<(), TicketError> {
        store::add_entry(tx, self.entry, ticket.id, kind, by, &self.words)?;
        words::add(tx, ticket, &self.marks)?;
        Ok(attachments::store::insert_all(tx, ticket.id, self.entry, &self.files)?)
    }

    /// Writes them into a ticket, with the moves that they make.
    pub(crate) fn add(
        &self,
        tx: &mut Tx<'_>,
        hours: &Hours,
        ticket: &mut Ticket,
        kind: EntryKind,
        acts: &[Move],
        by: Hand,
    ) -> Result<(), TicketError> {
        self.insert(tx, ticket, kind, by)?;
        if kind == EntryKind::Customer && ticket.desk() == DeskKind::Privacy {
            cases::store::written_again(tx, ticket.id, hours.zone())?;
        }
        if acts.is_empty() {
            return Log { by, what: Change::Noted }.write(tx, hours, ticket);
        }
        for act in acts {
            let what = turned(ticket, *act, by)?;
            Log { by, what }.write(tx, hours, ticket)?;
        }
        Ok(())
    }
}

/// An answer of staff with the letter that brings it, sealed and not written down yet.
#[derive(Clone)]
pub(crate) struct Told {
    by: StaffId,
    written: Written,
    telling: Telling,
}

impl Told {
    /// Seals an answer.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `words`; [`TicketError::Refused`] when nothing justifies to look at what is answered.
    pub(crate) async fn of(desk: &Desk, seen: Seen, by: StaffId, words: &str) -> Result<Self, TicketError> {
        let words = checked("words", words, LONGEST)?;
        let ticket = desk.read(move |tx| seen.find(tx)).await?;
        let telling = desk.telling(&ticket, by, &words).await?;
        let written = desk.seal_words(ticket.owner, new_uuid(&**desk.policy().clock()), words)?;
        Ok(Told { by, written, telling })
    }

    /// Writes it down, with the moves that it makes, and sends it.
    pub(crate) fn write(
        &self,
        tx: &mut Tx<'_>,
        hours: &Hours,
        outbound: &Outbound,
        ticket: &mut Ticket,
        acts: &[Move],
    ) -> Result<(), TicketError> {
        self.written.add(tx, hours, ticket, EntryKind::Agent, acts, Hand::Staff(self.by))?;
        self.telling.send(tx, outbound, ticket, self.written.entry)
    }
}

/// What somebody writes, sealed and not written down yet, with the letter that brings it.
#[derive(Clone)]
pub(crate) struct Prepared {
    by: Hand,
    kind: EntryKind,
    acts: &'static [Move],
    written: Written,
    telling: Option<Telling>,
    mentions: Vec<StaffId>,
}

impl Prepared {
    /// Writes it down, with the moves that it makes, and sends it.
    pub(crate) fn write(
        &self,
        tx: &mut Tx<'_>,
        hours: &Hours,
        outbound: &Outbound,
        ticket: &mut Ticket,
    ) -> Result<(), TicketError> {
        let before = ticket.version;
        self.written.add(tx, hours, ticket, self.kind, self.acts, self.by)?;
        if let Hand::Staff(by) = self.by {
            for who in &self.mentions {
                follow(tx, (hours, outbound), ticket, (by, *who, Because::Named), before)?;
            }
        }
        match &self.telling {
            Some(telling) => telling.send(tx, outbound, ticket, self.written.entry),
            None => Ok(()),
        }
    }
}

impl Desk {
    /// Seals the words of an entry.
    pub(crate) fn seal_words(
        &self,
        owner: Subject,
        entry: Uuid,
        words: String,
    ) -> Result<Written, TicketError> {
        let (marks, words) = (self.marks(&words), self.seal(owner, words_place(entry), words)?);
        Ok(Written { entry, words, files: Vec::new(), marks })
    }

    /// A contact of the ticket's customer writes; a solved ticket waits for us again.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `words`; [`TicketError::Attachment`] for a file; [`TicketError::State`] when it is closed.
    pub async fn write_as_customer(
        &self,
        seen: Seen,
        by: mailkeep_types::PersonId,
        said: impl Into<Said>,
    ) -> Result<Ticket, TicketError> {
        let prepared = self
            .prepare_entry(seen, Hand::Person(by), EntryKind::Customer, &[Move::Write], said.into())
            .await?;
        self.write_prepared(seen, prepared).await
    }

    /// Staff write: to the customer, or among themselves.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `words`, and for `files` when who asked has no page to fetch them from;
    /// [`TicketError::Attachment`] for a file; [`TicketError::State`] when it is solved or closed; [`TicketError::Changed`] when
    /// somebody else wrote meanwhile.
    pub async fn write_as_staff(
        &self,
        seen: Seen,
        by: StaffId,
        reply: Reply,
        said: impl Into<Said>,
    ) -> Result<Ticket, TicketError> {
        let prepared = self.prepare(seen, by, reply, said.into()).await?;
        self.write_prepared(seen, prepared).await
    }

    /// Seals what staff write, and opens what its letter shows; nothing is written down yet.
    ///
    /// # Errors
    /// As [`Desk::write_as_staff`].
    pub(crate) async fn prepare(
        &self,
        seen: Seen,
        by: StaffId,
        reply: Reply,
        said: Said,
    ) -> Result<Prepared, TicketError> {
        let (kind, acts) = match reply {
            Reply::Answer => (EntryKind::Agent, &[Move::Answer][..]),
            Reply::Ask => (EntryKind::Agent, &[Move::Ask][..]),
            Reply::Solve => (EntryKind::Agent, &[Move::Answer, Move::Solve][..]),
            Reply::Note => (EntryKind::Note, &[][..]),
        };
        self.prepare_entry(seen, Hand::Staff(by), kind, acts, said).await
    }

    async fn prepare_entry(
        &self,
        seen: Seen,
        by: Hand,
        kind: EntryKind,
        acts: &'static [Move],
        said: Said,
    ) -> Result<Prepared, TicketError> {
        let words = checked("words", &said.words, LONGEST)?;
        let ticket = self.read(move |tx| seen.find(tx)).await?;
        if kind == EntryKind::Agent && ticket.path().is_none() && !said.files.is_empty() {
            let sentence = "who asked has no account, and gets your words by mail without files";
            return Err(TicketError::field("files", sentence));
        }
        let telling = match (kind, by) {
            (EntryKind::Agent, Hand::Staff(staff)) => {
                Some(self.telling(&ticket, staff, &words).await?.with_files(said.files.len()))
            }
            _ => None,
        };
        let entry: Uuid = new_uuid(&**self.policy().clock());
        let files = self.seal_attachments(ticket.owner, said.files).await?;
        let written = self.seal_words(ticket.owner, entry, words)?.with(files);
        let mentions = if kind == EntryKind::Note { said.mentions } else { Vec::new() };
        Ok(Prepared { by, kind, acts, written, telling, mentions })
    }

    async fn write_prepared(&self, seen: Seen, prepared: Prepared) -> Result<Ticket, TicketError> {
        let (hours, outbound, plans) = (self.hours().clone(), self.policy().outbound(), self.plans());
        self.write(move |tx| {
            let mut ticket = seen.find(tx)?;
            prepared.write(tx, &hours, &outbound, &mut ticket)?;
            if prepared.kind == EntryKind::Customer {
                followers::tell_all(tx, &outbound, &ticket)?;
                let arrived = Coming { when: When::Written, subject: None, plans: plans.as_ref() };
                rules::run(tx, &hours, &mut ticket, arrived)?;
            }
            Ok(ticket)
        })
        .await
    }
}
