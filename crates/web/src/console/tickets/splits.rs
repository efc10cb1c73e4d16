//! Some of what was written in a ticket becomes a ticket of its own, and that is undone.

use mailkeep_helpdesk::tickets::{EntryKind, Seen, Ticket};
use mailkeep_policy::Shown;
use mailkeep_types::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::act;
use super::merges::MergedRow;
use super::show::opened;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// The splits of a ticket, as its page shows them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SplitsView {
    /// The ticket from which it was split.
    pub from: Option<MergedRow>,
    /// Those that were split from it.
    pub parts: Vec<MergedRow>,
    /// Whether something of it can be moved into a new one.
    pub may: bool,
    /// Whether its own split can be undone here.
    pub undoes: bool,
}

impl SplitsView {
    /// Those of a ticket.
    ///
    /// # Errors
    /// When it is not there.
    pub(super) async fn of(ctx: &Ctx, seen: Seen, ticket: &Ticket) -> Result<Self, WebError> {
        let splits = ctx.state.desk.list_splits(seen).await?;
        Ok(SplitsView {
            may: ticket.is_asked() && !ticket.is_over() && splits.movable.len() > 1,
            undoes: !ticket.is_over() && splits.from.as_ref().is_some_and(|from| !from.is_over()),
            from: splits.from.as_ref().map(MergedRow::of),
            parts: splits.parts.iter().map(MergedRow::of).collect(),
        })
    }
}

/// The page on which is chosen what goes into the new ticket.
#[derive(Debug, Serialize)]
pub struct SplitPage {
    /// The ticket.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its version, for the form.
    pub version: i64,
    /// What was written in it, oldest first.
    pub rows: Vec<MovableRow>,
    /// Why the words are not open.
    pub sealed: Option<Msg>,
    /// What was typed.
    pub form: Form,
}

/// An entry that can be moved.
#[derive(Debug, Clone, Serialize)]
pub struct MovableRow {
    /// Its id.
    pub id: String,
    /// `customer`, `agent` or `note`.
    pub kind: &'static str,
    /// The login of a member of staff who wrote it.
    pub login: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub words: Shown<String>,
    /// How many files came with it.
    pub files: usize,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Page for SplitPage {
    const TEMPLATE: &'static str = "console/tickets/split.html";

    fn samples() -> Vec<Self> {
        let row = |kind, login: Option<&str>, minutes, words: &str, chosen| MovableRow {
            id: words.len().to_string(),
            kind,
            login: login.map(str::to_owned),
            at: samples::minutes_ago(minutes),
            words: words.into(),
            files: usize::from(chosen),
            chosen,
        };
        let rows = vec![
            row(
                "customer",
                None,
                300,
                "Since this morning our letters to hartwell.example come back.",
                false,
            ),
            row("agent", Some("rosalind"), 280, "We are looking at it.", false),
            row(
                "customer",
                None,
                240,
                "It works again, thank you. And while I am at it:\nthe last invoice has two lines for the same domain.",
                true,
            ),
            row("note", Some("tove"), 230, "The second line is the domain that they gave up in May.", true),
        ];
        let page = |sealed, rows: Vec<MovableRow>, form| SplitPage {
            id: "t".to_owned(),
            number: "T-7K2M-Q9XA".to_owned(),
            version: 4,
            rows,
            sealed,
            form,
        };
        let wrong = Form::new().wrong("subject", msg("form-required"));
        let wrong =
            wrong.wrong("entries", msg("verbatim").with("text", "Choose what goes into the new ticket."));
        vec![
            page(None, rows.clone(), Form::new().with("subject", "Two lines on the invoice")),
            page(None, rows, wrong),
            page(Some(msg("ticket-sealed-closed")), Vec::new(), Form::new()),
        ]
    }
}

async fn page(ctx: &Ctx, form: Form) -> Result<SplitPage, WebError> {
    let ticket = opened(ctx).await?;
    let movable = ctx.state.desk.list_splits(ticket.seen).await?.movable;
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let chosen = chosen(ctx);
    let (entries, sealed) = match ticket.thread {
        Ok(thread) => (thread.entries, None),
        Err(why) => (Vec::new(), Some(why)),
    };
    let rows = entries.into_iter().filter(|entry| movable.contains(&entry.id)).map(|entry| MovableRow {
        id: entry.id.to_string(),
        kind: entry.kind.word(),
        login: entry
            .staff
            .filter(|_| entry.kind != EntryKind::Customer)
            .and_then(|id| names.get(&id).cloned()),
        at: entry.at,
        words: entry.newly_written().unwrap_or_else(|| entry.words.clone()),
        files: entry.files.len(),
        chosen: chosen.contains(&entry.id),
    });
    Ok(SplitPage {
        id: ticket.ticket.id.to_string(),
        number: ticket.ticket.number,
        version: ticket.ticket.version,
        rows: rows.collect(),
        sealed,
        form,
    })
}

fn chosen(ctx: &Ctx) -> Vec<Uuid> {
    ctx.form.all("entry").filter_map(|id| id.parse().ok()).collect()
}

/// `GET /console/tickets/{ticket}/split`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

/// `POST /console/tickets/{ticket}/split`: each `entry` goes into a new ticket called `subject`; leads there.
pub async fn split(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::seen(&ctx)?);
    let mut form = Form::of(&ctx.form);
    let subject = form.required(&ctx.form, "subject").to_owned();
    if form.good() {
        match ctx.state.desk.split_ticket(seen, me, chosen(&ctx), &subject).await {
            Ok(part) => return ctx.done(&format!("/console/tickets/{}", part.id), msg("ticket-was-split")),
            Err(mailkeep_helpdesk::tickets::TicketError::Changed) => form.refuse_all(msg("ticket-changed")),
            Err(error) => form.take(error, &["subject", "entries"])?,
        }
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}

/// `POST /console/tickets/{ticket}/unsplit`: what was moved is shown where it was written; leads there.
pub async fn undo(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::seen(&ctx)?);
    match ctx.state.desk.undo_split(seen, me).await {
        Ok(other) => ctx.done(&format!("/console/tickets/{}", other.id), msg("ticket-unsplit")),
        other => act::outcome(&ctx, seen, other, "ticket-unsplit"),
    }
}
