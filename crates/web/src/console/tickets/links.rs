//! Tickets that have to do with each other are linked, and that is taken away.

use mailkeep_helpdesk::links::LinkKind;
use mailkeep_helpdesk::tickets::{Seen, Ticket, TicketState};
use serde::Serialize;

use super::act;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::Answer;
use crate::tickets::tone;

/// The links of a ticket, as its page shows them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LinksView {
    /// What it is part of.
    pub whole: Option<LinkedRow>,
    /// Its parts.
    pub parts: Vec<LinkedRow>,
    /// What else it has to do with.
    pub related: Vec<LinkedRow>,
    /// How many of its parts are not over.
    pub open_parts: usize,
}

/// A ticket at the other end of a link; nothing personal.
#[derive(Debug, Clone, Serialize)]
pub struct LinkedRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its state.
    pub state: &'static str,
    /// How that looks.
    pub tone: &'static str,
}

impl LinkedRow {
    fn of(ticket: &Ticket) -> Self {
        LinkedRow {
            id: ticket.id.to_string(),
            number: ticket.number.clone(),
            state: ticket.state.word(),
            tone: tone(ticket.state),
        }
    }

    /// A made-up one.
    pub(super) fn sample(number: &str, state: TicketState) -> Self {
        let (id, number) = (number.to_lowercase(), number.to_owned());
        LinkedRow { id, number, state: state.word(), tone: tone(state) }
    }
}

impl LinksView {
    /// Those of a ticket.
    ///
    /// # Errors
    /// When it is not there.
    pub(super) async fn of(ctx: &Ctx, seen: Seen) -> Result<Self, WebError> {
        let links = ctx.state.desk.list_links(seen).await?;
        Ok(LinksView {
            open_parts: links.open_parts(),
            whole: links.whole.as_ref().map(LinkedRow::of),
            parts: links.parts.iter().map(LinkedRow::of).collect(),
            related: links.related.iter().map(LinkedRow::of).collect(),
        })
    }
}

fn kind(ctx: &Ctx) -> Result<LinkKind, WebError> {
    LinkKind::from_word(ctx.form.get("kind")).ok_or(WebError::NotFound)
}

/// `POST /console/tickets/{ticket}/links`: with the ticket whose `number` was typed, as `kind` says.
pub async fn add(ctx: Ctx) -> Answer {
    let (me, seen, kind) = (ctx.who.staff()?.staff, act::seen(&ctx)?, kind(&ctx)?);
    let linked = ctx.state.desk.link_ticket(seen, me, kind, ctx.form.get("number")).await;
    act::outcome(&ctx, seen, linked, "ticket-linked")
}

/// `POST /console/tickets/{ticket}/links/remove`: the link of this `kind` with the ticket `other`.
pub async fn remove(ctx: Ctx) -> Answer {
    let (me, seen, kind) = (ctx.who.staff()?.staff, act::seen(&ctx)?, kind(&ctx)?);
    let other = ctx.form.get("other").parse().map_err(|_| WebError::NotFound)?;
    act::outcome(&ctx, seen, ctx.state.desk.unlink_ticket(seen, me, kind, other).await, "ticket-unlinked")
}
