//! What staff answer is told to the ticket's owner by mail, as a letter that they can answer.

use std::sync::Arc;

use mailkeep_policy::outbound::{MessageClass, Notice, Outbound, Sent};
use mailkeep_policy::{Act, Actor, Grant, May, Purpose, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_storage::sql::Tx;
use mailkeep_types::StaffId;
use serde_json::json;
use uuid::Uuid;

use super::desk::{Words, subject_place};
use super::{Desk, DeskKind, Ticket, TicketError, store};
use crate::mailroom;
use crate::splits;

/// The message with an answer.
const ANSWERED: &str = "helpdesk/ticket_answered";

/// What a letter with an answer shows.
#[derive(Clone)]
pub(super) struct Telling {
    words: String,
    /// How many files wait with it on the page of the ticket.
    files: usize,
    /// The title, and the identifier of the letter that is answered; nothing of a ticket that justifies no look.
    shown: Arc<Vec<(&'static str, Shown<String>)>>,
}

impl Desk {
    /// Opens what a letter with an answer shows, under the ticket that is answered.
    pub(super) async fn telling(
        &self,
        ticket: &Ticket,
        by: StaffId,
        words: &str,
    ) -> Result<Telling, TicketError> {
        let words = words.to_owned();
        let id = ticket.id;
        if !ticket.is_asked() {
            return Ok(Telling { words, files: 0, shown: Arc::default() });
        }
        let (title, answered) = self
            .read(move |tx| {
                let title = store::subject(tx, id)?.ok_or(TicketError::NotFound)?;
                Ok((title, mailroom::store::newest_message_id(tx, id)?))
            })
            .await?;
        let asked = Use {
            actor: Actor::Staff(by),
            subject: ticket.owner,
            act: Act::Read,
            fields: &["tickets.title", "ticket_letters.message_id"],
            fact: ticket.fact(),
        };
        let sealed = Heads { ticket: id, title, answered };
        let shown = match ticket.desk() {
            DeskKind::Support => {
                sealed.show(self, &self.policy().grant::<purpose::Troubleshoot>(asked).await?)
            }
            DeskKind::Privacy => sealed.show(self, &self.policy().grant::<purpose::Rights>(asked).await?),
        };
        Ok(Telling { words, files: 0, shown: Arc::new(shown?) })
    }
}

/// What is opened for a letter.
struct Heads {
    ticket: Uuid,
    title: Vec<u8>,
    answered: Option<(Uuid, Vec<u8>)>,
}

impl Heads {
    fn show<P>(self, desk: &Desk, grant: &Grant<P>) -> Result<Vec<(&'static str, Shown<String>)>, TicketError>
    where
        P: Purpose + May<category::Ticket>,
    {
        let title = Words::from_bytes(self.title);
        let mut shown = vec![("title", desk.policy().show(grant, subject_place(self.ticket), &title)?)];
        if let Some((letter, sealed)) = self.answered {
            let sealed: Sealed<String, category::Ticket> = Sealed::from_bytes(sealed);
            let place = mailroom::records::id_place(letter);
            shown.push(("answers", desk.policy().show(grant, place, &sealed)?));
        }
        Ok(shown)
    }
}

impl Telling {
    /// The same with files, which are fetched from the page of the ticket.
    pub(super) fn with_files(self, files: usize) -> Self {
        Telling { files, ..self }
    }

    /// Sends it through the outbound gate, in the transaction that writes the answer down.
    pub(super) fn send(
        &self,
        tx: &mut Tx<'_>,
        outbound: &Outbound,
        ticket: &Ticket,
        entry: Uuid,
    ) -> Result<(), TicketError> {
        let mut context = json!({
            "number": ticket.number,
            "ticket": ticket.id,
            "department": ticket.department,
            "title": "",
            "files": self.files,
            "markdown": as_written(&self.words),
        });
        if let (Some(path), Some(context)) = (ticket.path(), context.as_object_mut()) {
            context.insert("path".to_owned(), json!(path));
        }
        let notice = Notice {
            class: MessageClass::Account,
            template: ANSWERED,
            subject: ticket.person.map_or(ticket.owner, Subject::person),
            topic: None,
            to: None,
            unique_key: format!("{ANSWERED}:{entry}"),
            context,
        };
        let shown: Vec<(&str, &Shown<String>)> =
            self.shown.iter().map(|(name, value)| (*name, value)).collect();
        // The letter bears the identifier in its Message-ID, and its answer goes where this entry is shown by then.
        if let Sent::Queued(letter) = outbound.send_showing(tx, &notice, &shown)? {
            splits::store::add_answer(tx, letter.uuid(), ticket.id, entry)?;
        }
        Ok(())
    }
}

/// Staff write plain text: their line breaks stay.
fn as_written(words: &str) -> String {
    words.lines().map(|line| format!("{line}  \n")).collect()
}
