//! Tickets: what the customer asked of support, and what was written about it.

use mailkeep_helpdesk::attachments::Attachment;
use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_helpdesk::tickets::{About, AboutKind, DeskKind, Entry, Hand, NewTicket, Ticket, TicketError};
use mailkeep_policy::{Shown, Subject, purpose};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::describe::{Api, op};
use super::paging::{Page, Part, asked};
use super::value::Instant;
use crate::center::tickets::new::SUPPORT;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::routes::{ANY_ROLE, WRITING};
use crate::tickets::{about, attachments, own};

/// A ticket.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Ticket")]
pub struct TicketView {
    /// Its identifier.
    pub id: String,
    /// By which people name it.
    pub number: String,
    /// What it is called.
    #[schemars(with = "String")]
    pub subject: Shown<String>,
    /// `new`, `open`, `waiting_on_customer`, `waiting_on_us`, `solved` or `closed`.
    pub state: String,
    /// `low`, `normal`, `high` or `emergency`.
    pub priority: String,
    /// What it is about.
    pub about: Option<AboutThing>,
    /// When it was opened.
    pub opened_at: Instant,
    /// When something happened to it.
    pub changed_at: Instant,
    /// Until when a person is to answer first.
    pub first_answer_due_at: Option<Instant>,
    /// Until when it is to be solved; `null` while you are to answer.
    pub solution_due_at: Option<Instant>,
    /// How content you were, from 1 to 5.
    pub rating: Option<i64>,
    /// What was written, the oldest first; only where one ticket is asked for.
    pub entries: Option<Vec<EntryView>>,
}

/// What a ticket is about.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AboutThing {
    /// `domain`, `mailbox`, `subscription` or `invoice`.
    pub kind: String,
    /// Its identifier.
    pub id: String,
}

/// What was written in a ticket.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TicketEntry")]
pub struct EntryView {
    /// `customer` or `agent`.
    pub by: String,
    /// The words.
    #[schemars(with = "String")]
    pub words: Shown<String>,
    /// When.
    pub at: Instant,
    /// The files with it.
    pub files: Vec<FileView>,
}

/// A file in a ticket.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TicketFile")]
pub struct FileView {
    /// Its identifier.
    pub id: String,
    /// Its name.
    #[schemars(with = "String")]
    pub name: Shown<String>,
    /// What it is, as its bytes say.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Whether it can be fetched; what would run at a click cannot.
    pub offered: bool,
}

/// A ticket to be opened.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketToOpen {
    /// What it is called.
    pub subject: String,
    /// What happens.
    pub words: String,
    /// `low`, `normal`, `high` or `emergency`; `normal` when left out.
    #[serde(default)]
    pub priority: Option<String>,
    /// What it is about.
    #[serde(default)]
    pub about: Option<AboutThing>,
}

/// Words to be written in a ticket.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsToWrite {
    /// The words.
    pub words: String,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        let file = |file: Attachment| FileView {
            id: file.id.to_string(),
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            offered: !file.refused,
        };
        EntryView {
            by: entry.kind.word().to_owned(),
            words: entry.words,
            at: entry.at.into(),
            files: entry.files.into_iter().map(file).collect(),
        }
    }
}

fn view(ticket: Ticket, subject: Shown<String>, entries: Option<Vec<EntryView>>) -> TicketView {
    let thing = |about: About| AboutThing { kind: about.kind.word().to_owned(), id: about.id.to_string() };
    TicketView {
        id: ticket.id.to_string(),
        subject,
        state: ticket.state.word().to_owned(),
        priority: ticket.priority.word().to_owned(),
        about: ticket.about.map(thing),
        opened_at: ticket.opened_at.into(),
        changed_at: ticket.changed_at.into(),
        first_answer_due_at: ticket.first_due.map(Instant::from),
        solution_due_at: ticket.solution_due.map(Instant::from),
        rating: ticket.rating,
        number: ticket.number,
        entries,
    }
}

fn wrong(field: &str, text: Msg) -> WebError {
    WebError::Fields(Box::new(Form::new().wrong(field, text)))
}

/// A field that does not fit is told by its name.
fn told(error: TicketError) -> WebError {
    let mut form = Form::new();
    match form.take(error, &["subject", "words"]) {
        Ok(()) => WebError::Fields(Box::new(form)),
        Err(error) => error,
    }
}

async fn list(ctx: Ctx) -> Result<Page<TicketView>, WebError> {
    let (part, customer, desk) = (asked(&ctx)?, ctx.customer()?, &ctx.state.desk);
    let tickets = desk.page_tickets(customer, part.after, part.ask()).await?;
    let part = Part::of(tickets, part, |ticket| ticket.id);
    let person = ctx.who.person()?;
    let (owner, actor, fact) = (Subject::customer(customer), person.actor(), person.fact());
    let subjects = desk.read_subjects::<purpose::Rights>(owner, &part.rows, actor, fact).await?;
    let mut subjects = subjects.into_iter();
    Ok(part.page(|ticket| view(ticket, subjects.next().unwrap_or_default(), None)))
}

async fn show(ctx: Ctx) -> Result<TicketView, WebError> {
    let id = ctx.param("ticket")?;
    opened(ctx, id).await
}

async fn opened(ctx: Ctx, ticket: Uuid) -> Result<TicketView, WebError> {
    let person = ctx.who.person()?;
    let seen = mailkeep_helpdesk::tickets::Seen {
        ticket,
        owner: Some(Subject::customer(ctx.customer()?)),
        version: None,
        desk: DeskKind::Support,
    };
    let (actor, fact) = (person.actor(), person.fact());
    let thread = ctx.state.desk.read_thread::<purpose::Rights>(seen, actor, fact).await?;
    let entries = thread.entries.into_iter().map(EntryView::from).collect();
    Ok(view(thread.ticket, thread.subject, Some(entries)))
}

async fn open(ctx: Ctx, wanted: TicketToOpen) -> Result<(Uuid, TicketView), WebError> {
    let word = wanted.priority.as_deref().unwrap_or(Priority::Normal.word());
    let priority = Priority::from_word(word).ok_or_else(|| wrong("priority", msg("api-priority-wrong")))?;
    let about = match wanted.about {
        None => None,
        Some(thing) => {
            let about = AboutKind::from_word(&thing.kind).zip(thing.id.parse().ok());
            let about = about.map(|(kind, id)| About { kind, id });
            match about {
                Some(about) if about::is_of(&ctx, ctx.customer()?, about).await? => Some(about),
                _ => return Err(wrong("about", msg("ticket-about-gone"))),
            }
        }
    };
    let new = NewTicket {
        owner: Subject::customer(ctx.customer()?),
        department: SUPPORT.to_owned(),
        subject: wanted.subject,
        words: wanted.words,
        priority,
        about,
    };
    let by = Hand::Person(ctx.who.person()?.person);
    let ticket = ctx.state.desk.open_ticket(by, new).await.map_err(told)?;
    Ok((ticket.id, opened(ctx, ticket.id).await?))
}

async fn write(ctx: Ctx, wanted: WordsToWrite) -> Result<TicketView, WebError> {
    let by = ctx.who.person()?.person;
    ctx.state.desk.write_as_customer(own(&ctx)?, by, &*wanted.words).await.map_err(told)?;
    show(ctx).await
}

pub(super) fn declare(api: &mut Api<'_>) {
    use mailkeep_identity::Scope;
    api.tag("Tickets");
    let (read, write_scope) = (Scope::TicketsRead, Scope::TicketsWrite);
    let (all, one) = ("/api/v1/tickets", "/api/v1/tickets/{ticket}");
    api.list(op(all, "listTickets", "What was asked of support", read, ANY_ROLE), list);
    let what = "Ask support; its words let support look at what it needs until the ticket is closed";
    api.make(op(all, "openTicket", what, write_scope, WRITING), all, open, opened);
    api.read(op(one, "showTicket", "One ticket with what was written", read, ANY_ROLE), show);
    let file = "/api/v1/tickets/{ticket}/attachments/{attachment}";
    let what = "A file of a ticket, as it was sent";
    let file = op(file, "downloadTicketFile", what, read, ANY_ROLE);
    api.file(file, "application/octet-stream", attachments::own);
    let at = "/api/v1/tickets/{ticket}/entries";
    let what = "Write in a ticket; a solved one is open again";
    api.carry_out(op(at, "writeInTicket", what, write_scope, WRITING), write, show);
}
