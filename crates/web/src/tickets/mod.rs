//! Tickets as pages show them, to the customer and to staff.

pub mod about;
pub mod attachments;

use mailkeep_helpdesk::mailroom::LetterShape;
use mailkeep_helpdesk::tickets::{DeskKind, Entry, Row, Seen, Ticket, TicketState};
use mailkeep_policy::{Shown, Subject};
use mailkeep_types::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use self::attachments::AttachmentView;
use crate::ctx::Ctx;
use crate::error::WebError;

/// The longest text of an entry, in characters.
pub const LONGEST: usize = 20_000;

/// What was written, as its page shows it. The words are text, never markup: whoever writes to us decides nothing about our
/// pages.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// `customer`, `agent` or `note`.
    pub kind: &'static str,
    /// Whether the reader wrote it.
    pub own: bool,
    /// Who wrote it; nobody who is named to the reader.
    pub who: Option<Shown<String>>,
    /// The page of who wrote it.
    pub href: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub words: Shown<String>,
    /// What of them is new, where they are a letter with quotes or a signature.
    pub brief: Option<Shown<String>>,
    /// The letter that it came in, for staff.
    pub letter: Option<LetterView>,
    /// The files with it.
    pub files: Vec<AttachmentView>,
    /// The number of the ticket in which it was written, where that was merged into this one, or this one was split from it.
    pub from: Option<String>,
}

/// What staff see of a letter beside its words.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// Where it is to be had as it came.
    pub href: String,
    /// Bytes.
    pub size: i64,
    /// `proven`, `unknown` or `failed`: what is known about the address in From.
    pub proof: String,
    /// What staff should know of how it came into the ticket; the id of a text.
    pub because: Option<&'static str>,
    /// Whether a machine wrote it.
    pub machine: bool,
    /// The ticket that it claimed to belong to: its page and its number.
    pub related: Option<(String, String)>,
}

impl LetterView {
    /// A letter in the ticket, or the case, that this page shows.
    pub fn at(page: String, letter: &LetterShape) -> Self {
        LetterView {
            href: format!("{page}/letters/{}", letter.id),
            size: letter.size,
            proof: letter.authenticity.clone(),
            because: match letter.because.as_str() {
                "no_sender" => Some("letter-no-sender"),
                "forged" => Some("letter-forged"),
                "stranger" => Some("letter-stranger"),
                "closed_long_ago" => Some("letter-closed-long-ago"),
                "bounce" => Some("letter-bounce"),
                _ => None,
            },
            machine: letter.sign.is_some(),
            related: letter
                .related
                .as_ref()
                .map(|(id, number)| (format!("/console/tickets/{id}"), number.clone())),
        }
    }
}

impl EntryView {
    /// An entry of the ticket that this page shows, without its writer.
    pub fn of(page: &str, entry: Entry) -> Self {
        let newly = entry.newly_written();
        EntryView {
            kind: entry.kind.word(),
            own: false,
            who: None,
            href: None,
            at: entry.at,
            brief: newly,
            words: entry.words,
            letter: None,
            files: entry.files.into_iter().map(|file| AttachmentView::at(page, file)).collect(),
            from: entry.from,
        }
    }

    /// A made-up one.
    pub fn sample(kind: &'static str, own: bool, who: Option<&str>, minutes: i64, words: &str) -> Self {
        EntryView {
            kind,
            own,
            who: who.map(Shown::from),
            href: None,
            at: crate::samples::minutes_ago(minutes),
            words: words.into(),
            brief: None,
            letter: None,
            files: Vec::new(),
            from: None,
        }
    }
}

/// Until when something is to be done about a ticket.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Due {
    /// `answer` or `solution`.
    pub what: &'static str,
    /// Until when.
    pub at: Timestamp,
    /// Whether that is over.
    pub late: bool,
}

/// What is due next; nothing when it is solved, or the customer is to answer.
pub fn due(ticket: &Ticket, now: Timestamp) -> Option<Due> {
    if matches!(ticket.state, TicketState::Solved | TicketState::Closed) {
        return None;
    }
    let (what, at) = match (ticket.first_answered_at, ticket.first_due) {
        (None, Some(at)) => ("answer", at),
        _ => ("solution", ticket.solution_due?),
    };
    Some(Due { what, at, late: at < now })
}

/// How a state looks.
pub fn tone(state: TicketState) -> &'static str {
    match state {
        TicketState::New | TicketState::Open | TicketState::WaitingOnUs => "note",
        TicketState::WaitingOnCustomer => "warn",
        TicketState::Solved => "good",
        TicketState::Closed => "",
    }
}

/// Where the list behind a row begins, for an address.
pub fn behind((at, id): Row) -> String {
    format!("{}.{id}", at.as_micros())
}

/// Reads it.
pub fn read_behind(text: &str) -> Option<Row> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_micros(at.parse().ok()?), id.parse().ok()?))
}

/// The ticket in the path, as contacts of the customer being worked for may see it.
///
/// # Errors
/// [`WebError::NotFound`].
pub fn own(ctx: &Ctx) -> Result<Seen, WebError> {
    let ticket: Uuid = ctx.param("ticket")?;
    Ok(Seen {
        ticket,
        owner: Some(Subject::customer(ctx.customer()?)),
        version: None,
        desk: DeskKind::Support,
    })
}

#[cfg(test)]
mod tests {
    use mailkeep_types::Timestamp;
    use uuid::Uuid;

    use super::read_behind;

    #[test]
    fn a_place_in_a_list_is_read_or_is_none() {
        let id = Uuid::from_u128(7);
        assert_eq!(read_behind(&format!("12.{id}")), Some((Timestamp::from_micros(12), id)));
        for wrong in ["", "12", "12.", "x.y", "."] {
            assert_eq!(read_behind(wrong), None, "{wrong}");
        }
    }
}
