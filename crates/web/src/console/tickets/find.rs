//! A ticket by its number, or open tickets by what is written in them. Sent as a form: what somebody looks for stands in no address.

use mailkeep_helpdesk::tickets::{DeskKind, TicketError, TicketState};
use serde::Serialize;

use super::{QueueRow, row};
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// Tickets that have what was looked for.
#[derive(Debug, Serialize)]
pub struct FoundPage {
    /// What was typed.
    pub form: Form,
    /// The tickets.
    pub rows: Vec<QueueRow>,
    /// Whether there are more.
    pub more: bool,
}

impl Page for FoundPage {
    const TEMPLATE: &'static str = "console/tickets/found.html";

    fn samples() -> Vec<Self> {
        let page = |q: &str, rows: Vec<QueueRow>| FoundPage {
            form: Form::new().with("q", q),
            more: !rows.is_empty(),
            rows,
        };
        let rows = vec![
            QueueRow::sample("T-7K2M-Q9XA", TicketState::New, "emergency"),
            QueueRow::sample("T-4H8R-WD2E", TicketState::WaitingOnUs, "normal"),
        ];
        let wrong = Form::new().with("q", "the").wrong("q", msg("tickets-find-what"));
        vec![
            page("aardvark bounces", rows),
            page("xylophone", Vec::new()),
            FoundPage { form: wrong, rows: Vec::new(), more: false },
        ]
    }
}

/// `POST /console/tickets/find`
pub async fn submit(ctx: Ctx) -> Answer {
    let (desk, me, now) = (&ctx.state.desk, ctx.who.staff()?.staff, ctx.state.clock.now());
    let typed = ctx.form.get("q").trim();
    match desk.find_number(DeskKind::Support, typed).await {
        Ok(ticket) => return Ok(ctx.redirect(&format!("/console/tickets/{}", ticket.id))),
        Err(TicketError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    let mut form = Form::new().with("q", typed);
    let found = match desk.find_words(me, typed).await {
        Ok(found) => found,
        Err(TicketError::Field { .. }) => {
            form.refuse("q", msg("tickets-find-what"));
            return ctx.page(&FoundPage { form, rows: Vec::new(), more: false });
        }
        Err(error) => return Err(error.into()),
    };
    let ids: Vec<_> = found.tickets.iter().map(|ticket| ticket.id).collect();
    let news = desk.list_news(me, ids.clone()).await?;
    let mut tags = desk.tags_of(ids).await?;
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let rows = found
        .tickets
        .iter()
        .map(|ticket| row(ticket, &names, tags.remove(&ticket.id), news.contains(&ticket.id), now));
    ctx.page(&FoundPage { form, rows: rows.collect(), more: found.more })
}
