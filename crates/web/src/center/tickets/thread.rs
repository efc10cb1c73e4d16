//! One ticket with all that was written, as its customer reads it.

use std::collections::HashMap;

use mailkeep_helpdesk::tickets::{EntryKind, Ticket, TicketState};
use mailkeep_policy::{Shown, purpose};
use mailkeep_types::{PersonId, Timestamp};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::{Answer, WRITING};
use crate::samples;
use crate::tickets::about::{self, AboutView};
use crate::tickets::attachments::{AttachmentView, Limits};
use crate::tickets::{self as view, Due, EntryView};

/// A ticket.
#[derive(Debug, Serialize)]
pub struct ThreadPage {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What it is called.
    pub subject: Shown<String>,
    /// Its state.
    pub state: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// How much it hurts.
    pub priority: &'static str,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// What support owes next.
    pub due: Option<Due>,
    /// What it is about.
    pub about: Option<AboutView>,
    /// What was written.
    pub entries: Vec<EntryView>,
    /// An answer as typed.
    pub form: Form,
    /// Whether the one who asks may write to support.
    pub may_write: bool,
    /// How content the customer is.
    pub rating: Option<i64>,
    /// Whether it can be rated now.
    pub can_rate: bool,
    /// How much may be sent with an answer.
    pub limits: Limits,
    /// The ticket in which its first words were written: its id and its number.
    pub began_in: Option<(String, String)>,
    /// Those into which some of it went.
    pub parts: Vec<(String, String)>,
}

impl Page for ThreadPage {
    const TEMPLATE: &'static str = "center/tickets/thread.html";

    fn samples() -> Vec<Self> {
        let mut entries = vec![
            EntryView::sample(
                "customer",
                true,
                None,
                1_500,
                "Since this morning our letters to hartwell.example come back.\n\n550 5.7.1 rejected by policy",
            ),
            EntryView::sample(
                "agent",
                false,
                None,
                1_380,
                "Your SPF record does not name our servers any more. Please put include:_spf.mailkeep.example back before ~all; see <b>Domains</b> for the whole record.",
            ),
            EntryView::sample(
                "customer",
                false,
                Some("Grace Sample"),
                1_300,
                "Done. It works again, thank you!",
            ),
        ];
        if let Some(first) = entries.first_mut() {
            first.files = vec![
                AttachmentView::sample("bounce.eml.txt", "text", 4_210, true),
                AttachmentView::sample("What the supplier sees.png", "picture", 812_000, true),
            ];
        }
        if let Some(last) = entries.last_mut() {
            last.from = Some("T-2F4H-77QX".to_owned());
        }
        let page = |state: TicketState, entries: Vec<EntryView>, due, rating, can_rate| ThreadPage {
            id: "t".to_owned(),
            number: "T-7K2M-Q9XA".to_owned(),
            subject: "Mail to our suppliers bounces".into(),
            state: state.word(),
            tone: view::tone(state),
            priority: "high",
            opened_at: samples::minutes_ago(1_500),
            due,
            about: Some(AboutView {
                kind: "domain",
                label: "larkspur-books.example".into(),
                href: "/center/domains/d".to_owned(),
            }),
            entries,
            form: Form::new(),
            may_write: true,
            rating,
            can_rate,
            limits: Limits::sample(),
            began_in: rating.map(|_| ("u".to_owned(), "T-2F4H-77QX".to_owned())),
            parts: rating.map(|_| ("v".to_owned(), "T-9B3C-55NM".to_owned())).into_iter().collect(),
        };
        let solved = page(TicketState::Solved, entries.clone(), None, None, true);
        let closed = page(TicketState::Closed, entries.clone(), None, Some(5), false);
        entries.truncate(2);
        let asked = page(TicketState::WaitingOnCustomer, entries.clone(), None, None, false);
        entries.truncate(1);
        let due = Due { what: "answer", at: samples::minutes_ago(-150), late: false };
        let late = Due { what: "answer", at: samples::minutes_ago(30), late: true };
        vec![
            page(TicketState::New, entries.clone(), Some(due), None, false),
            asked,
            solved,
            closed,
            ThreadPage {
                may_write: false,
                ..page(TicketState::New, entries.clone(), Some(late), None, false)
            },
            ThreadPage {
                form: Form::new().wrong("words", msg("form-required")),
                ..page(TicketState::Open, entries, Some(due), None, false)
            },
        ]
    }
}

/// The page, with an answer as typed.
///
/// # Errors
/// When it is not there, or what the gate says.
pub async fn page(ctx: &Ctx, form: Form) -> Result<ThreadPage, WebError> {
    let (seen, person, customer) = (view::own(ctx)?, ctx.who.person()?, ctx.customer()?);
    let (actor, fact) = (person.actor(), person.fact());
    let thread = ctx.state.desk.read_thread::<purpose::Rights>(seen, actor, fact).await?;
    let others = thread.entries.iter().any(|entry| entry.person.is_some_and(|one| one != person.person));
    let names: HashMap<PersonId, Shown<String>> = if others {
        let (contacts, _) = ctx.state.identity.list_contacts(ctx.access(), customer).await?;
        contacts.into_iter().map(|contact| (contact.person, contact.name)).collect()
    } else {
        HashMap::new()
    };
    let ticket = thread.ticket;
    let at = format!("/center/tickets/{}", ticket.id);
    let entries = thread
        .entries
        .into_iter()
        .map(|entry| {
            let writer = entry.person.filter(|_| entry.kind == EntryKind::Customer);
            EntryView {
                own: writer == Some(person.person),
                who: writer.and_then(|writer| names.get(&writer)).cloned(),
                ..EntryView::of(&at, entry)
            }
        })
        .collect();
    let over = matches!(ticket.state, TicketState::Solved | TicketState::Closed);
    let may_write = ctx.has_role(WRITING);
    let splits = ctx.state.desk.list_splits(seen).await?;
    let row = |ticket: Ticket| (ticket.id.to_string(), ticket.number);
    Ok(ThreadPage {
        id: ticket.id.to_string(),
        subject: thread.subject,
        state: ticket.state.word(),
        tone: view::tone(ticket.state),
        priority: ticket.priority.word(),
        opened_at: ticket.opened_at,
        due: view::due(&ticket, ctx.state.clock.now()),
        about: match ticket.about {
            Some(about) => about::view(ctx, about).await?,
            None => None,
        },
        entries,
        form,
        may_write,
        rating: ticket.rating,
        can_rate: may_write && over && ticket.rating.is_none(),
        number: ticket.number,
        limits: Limits::of(&ctx.state.desk.attachments()),
        began_in: splits.from.map(row),
        parts: splits.parts.into_iter().map(row).collect(),
    })
}

/// `GET /center/tickets/{ticket}`: a ticket that was merged into another leads to that one.
pub async fn show(ctx: Ctx) -> Answer {
    if let Some(into) = ctx.state.desk.list_merges(view::own(&ctx)?).await?.into {
        return Ok(ctx.redirect(&format!("/center/tickets/{}", into.id)));
    }
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}
