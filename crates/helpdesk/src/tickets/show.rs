//! A ticket is read.

use std::collections::BTreeMap;

use mailkeep_policy::{Act, Actor, Fact, May, Purpose, Sealed, Shown, Subject, Use, category};
use mailkeep_types::{PersonId, StaffId, Timestamp};
use uuid::Uuid;

use super::desk::{Words, subject_place, words_place};
use super::{Desk, EntryKind, Seen, Ticket, TicketError, store};
use crate::attachments::{self, Attachment};
use crate::letters::reply::trim_reply;
use crate::merges;
use crate::splits;
use crate::times::{self, SpentTime, note_place};

/// A ticket with its words.
#[derive(Debug)]
pub struct Thread {
    /// The ticket.
    pub ticket: Ticket,
    /// What it is called.
    pub subject: Shown<String>,
    /// What was written, oldest first.
    pub entries: Vec<Entry>,
    /// For staff, the time that was spent on it, oldest first.
    pub times: Vec<SpentTime>,
}

/// What was written.
#[derive(Debug)]
pub struct Entry {
    /// The entry.
    pub id: Uuid,
    /// Who wrote, and for whom.
    pub kind: EntryKind,
    /// The contact who wrote.
    pub person: Option<PersonId>,
    /// The member of staff who wrote.
    pub staff: Option<StaffId>,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub words: Shown<String>,
    /// The files with them.
    pub files: Vec<Attachment>,
    /// The number of the ticket in which it was written, where that was merged into this one, or this one was split from it.
    pub from: Option<String>,
}

impl Entry {
    /// What somebody newly wrote in a letter, where its words are more than that: quotes and signatures are left out.
    pub fn newly_written(&self) -> Option<Shown<String>> {
        self.words.maybe(|text| {
            let trimmed = trim_reply(text);
            trimmed.hides_something().then(|| trimmed.shown(text))
        })
    }
}

/// Something that happened to a ticket; nothing personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// A move's word, or `opened`, `note`, `assign`, `priority`, `rate`, `tag`, `untag`, `merge`, `unmerge`, `join`,
    /// `join_waiting`, `part`, `split`, `begin`, `begin_answered`, `unsplit`, `back`, `back_waiting`,
    /// `link_related`, `link_whole`, `link_part`, or the same with `unlink`; `follow`, `unfollow`, `department`, `macro`, `rule` or `time`.
    pub what: String,
    /// The state, priority, assignee or rating after it, the tag, who follows, the department, the title of the macro or rule, the minutes, or the number of the other ticket.
    pub value: String,
    /// The contact who did it.
    pub person: Option<PersonId>,
    /// The member of staff who did; nobody when it came with time.
    pub staff: Option<StaffId>,
    /// When.
    pub at: Timestamp,
}

impl Desk {
    /// What happened to a ticket, oldest first.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn show_history(&self, seen: Seen) -> Result<Vec<Event>, TicketError> {
        self.read(move |tx| {
            let ticket = seen.find(tx)?;
            Ok(store::history(tx, ticket.id)?)
        })
        .await
    }

    /// What tickets of one owner are called, in their order, for a contact under their own session.
    ///
    /// # Errors
    /// [`TicketError::Refused`] when the session has ended.
    pub async fn read_subjects<P>(
        &self,
        owner: Subject,
        tickets: &[Ticket],
        actor: Actor,
        fact: Fact,
    ) -> Result<Vec<Shown<String>>, TicketError>
    where
        P: Purpose + May<category::Ticket>,
    {
        let ids: Vec<Uuid> = tickets.iter().map(|ticket| ticket.id).collect();
        let sealed = self
            .read(move |tx| {
                let mut sealed = Vec::with_capacity(ids.len());
                for id in &ids {
                    sealed.push((*id, store::subject(tx, *id)?.ok_or(TicketError::NotFound)?));
                }
                Ok(sealed)
            })
            .await?;
        let asked = Use { actor, subject: owner, act: Act::Read, fields: &["tickets.title"], fact };
        let grant = self.policy().grant::<P>(asked).await?;
        let show =
            |(id, bytes)| Ok(self.policy().show(&grant, subject_place(id), &Words::from_bytes(bytes))?);
        sealed.into_iter().map(show).collect()
    }

    /// What was written in tickets of one owner, but for notes of staff, for a contact under their own session: for each of them, in
    /// their order.
    ///
    /// # Errors
    /// [`TicketError::Refused`] when the session has ended.
    pub async fn read_words<P>(
        &self,
        owner: Subject,
        tickets: &[Ticket],
        actor: Actor,
        fact: Fact,
    ) -> Result<Vec<Vec<Shown<String>>>, TicketError>
    where
        P: Purpose + May<category::Ticket>,
    {
        let ids: Vec<Uuid> = tickets.iter().map(|ticket| ticket.id).collect();
        let read = self.read(move |tx| {
            let mut of_each = Vec::with_capacity(ids.len());
            for id in &ids {
                let written_in = splits::store::written_in(tx, *id)?;
                of_each.push(store::entries(tx, *id, written_in)?);
            }
            Ok(of_each)
        });
        let of_each = read.await?;
        let asked = Use { actor, subject: owner, act: Act::Read, fields: &["ticket_entries.words"], fact };
        let grant = self.policy().grant::<P>(asked).await?;
        let show = |row: store::EntryRow| {
            Ok(self.policy().show(&grant, words_place(row.id), &Words::from_bytes(row.words))?)
        };
        let shown = |rows: Vec<store::EntryRow>| {
            rows.into_iter().filter(|row| row.kind != EntryKind::Note).map(show).collect()
        };
        of_each.into_iter().map(shown).collect()
    }

    /// A ticket without its words.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn look_at(&self, seen: Seen) -> Result<Ticket, TicketError> {
        self.read(move |tx| seen.find(tx)).await
    }

    /// A ticket with its words: for contacts of its customer under their own session and without the notes of staff; for staff
    /// under the fact that it is open.
    ///
    /// # Errors
    /// [`TicketError::Refused`] when the fact does not hold.
    pub async fn read_thread<P>(&self, seen: Seen, actor: Actor, fact: Fact) -> Result<Thread, TicketError>
    where
        P: Purpose + May<category::Ticket>,
    {
        let notes = matches!(actor, Actor::Staff(_));
        let (ticket, subject, rows, files, spent) = self
            .read(move |tx| {
                let ticket = seen.find(tx)?;
                let subject = store::subject(tx, ticket.id)?.ok_or(TicketError::NotFound)?;
                let (mut rows, mut files) = (Vec::new(), Vec::new());
                let mut numbers = BTreeMap::new();
                for id in merges::store::shown_in(tx, ticket.id)? {
                    let written_in = splits::store::written_in(tx, id)?;
                    for other in [id, written_in] {
                        let other = store::find(tx, other)?.filter(|other| other.id != ticket.id);
                        numbers.extend(other.map(|other| (other.id, other.number)));
                    }
                    for row in store::entries(tx, id, written_in)? {
                        let from = numbers.get(&row.written_in).cloned();
                        rows.push((row, from));
                    }
                    files.extend(attachments::store::of_ticket(tx, id, written_in)?);
                }
                rows.sort_by_key(|(row, _)| (row.at, row.id));
                let spent = if notes { times::store::of_ticket(tx, ticket.id)? } else { Vec::new() };
                Ok((ticket, subject, rows, files, spent))
            })
            .await?;
        let mut fields = vec!["tickets.title", "ticket_entries.words", "ticket_attachments.name"];
        if spent.iter().any(|time| time.note.is_some()) {
            fields.push("ticket_times.note");
        }
        let asked = Use { actor, subject: ticket.owner, act: Act::Read, fields: &fields, fact };
        let grant = self.policy().grant::<P>(asked).await?;
        let subject = self.policy().show(&grant, subject_place(ticket.id), &Words::from_bytes(subject))?;
        let mut entries = Vec::with_capacity(rows.len());
        for (row, from) in rows.into_iter().filter(|(row, _)| notes || row.kind != EntryKind::Note) {
            let words = self.policy().show(&grant, words_place(row.id), &Words::from_bytes(row.words))?;
            let mut attached = Vec::new();
            for file in files.iter().filter(|file| file.entry == row.id) {
                let name = Sealed::from_bytes(file.name.clone());
                attached.push(Attachment {
                    id: file.id,
                    name: self.policy().show(&grant, attachments::records::place("name", file.id), &name)?,
                    media_type: file.media_type.clone(),
                    size: file.size,
                    refused: file.refused,
                    harmful: file.harmful,
                });
            }
            entries.push(Entry {
                id: row.id,
                kind: row.kind,
                person: row.person,
                staff: row.staff,
                at: row.at,
                words,
                files: attached,
                from,
            });
        }
        let mut times = Vec::with_capacity(spent.len());
        for row in spent {
            let note =
                row.note.map(|note| self.policy().show(&grant, note_place(row.id), &Words::from_bytes(note)));
            let (id, staff, minutes, against, at) = (row.id, row.staff, row.minutes, row.against, row.at);
            times.push(SpentTime { id, staff, minutes, against, at, note: note.transpose()? });
        }
        Ok(Thread { ticket, subject, entries, times })
    }
}
