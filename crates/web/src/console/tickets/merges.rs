//! A ticket is merged into another of the same customer, and that is undone.

use mailkeep_helpdesk::tickets::{Seen, Ticket, TicketState};
use serde::Serialize;

use super::act;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::routes::Answer;

/// The merges of a ticket, as its page shows them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MergesView {
    /// The ticket into which it was merged.
    pub into: Option<MergedRow>,
    /// Those that were merged into it.
    pub within: Vec<MergedRow>,
    /// Whether it can be merged into another.
    pub may: bool,
    /// Whether merges can be undone here.
    pub undoes: bool,
}

/// A ticket of a merge; nothing personal.
#[derive(Debug, Clone, Serialize)]
pub struct MergedRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its version, for the form.
    pub version: i64,
}

impl MergedRow {
    pub(super) fn of(ticket: &Ticket) -> Self {
        MergedRow { id: ticket.id.to_string(), number: ticket.number.clone(), version: ticket.version }
    }

    /// A made-up one.
    pub(super) fn sample(number: &str) -> Self {
        MergedRow { id: "u".to_owned(), number: number.to_owned(), version: 3 }
    }
}

impl MergesView {
    /// Those of a ticket.
    ///
    /// # Errors
    /// When it is not there.
    pub(super) async fn of(ctx: &Ctx, seen: Seen, ticket: &Ticket) -> Result<Self, WebError> {
        let merges = ctx.state.desk.list_merges(seen).await?;
        let shows = merges.into.as_ref().unwrap_or(ticket);
        Ok(MergesView {
            may: ticket.state != TicketState::Closed && merges.within.is_empty(),
            undoes: shows.state != TicketState::Closed,
            into: merges.into.as_ref().map(MergedRow::of),
            within: merges.within.iter().map(MergedRow::of).collect(),
        })
    }
}

/// `POST /console/tickets/{ticket}/merge`: into the one of the same customer whose `number` was typed, and leads there.
pub async fn merge(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::seen(&ctx)?);
    match ctx.state.desk.merge_ticket(seen, me, ctx.form.get("number")).await {
        Ok(into) => ctx.done(&format!("/console/tickets/{}", into.id), msg("ticket-merged")),
        other => act::outcome(&ctx, seen, other, "ticket-merged"),
    }
}

/// `POST /console/tickets/{ticket}/unmerge`: the ticket stands again where it stood.
pub async fn undo(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::seen(&ctx)?);
    act::outcome(&ctx, seen, ctx.state.desk.undo_merge(seen, me).await, "ticket-unmerged")
}
