//! What staff do with a ticket. Every form carries the version of the ticket that its page showed: when something happened
//! since, nothing is done, what is new is shown, and the words that were typed are kept.

use mailkeep_helpdesk::canned;
use mailkeep_helpdesk::followers::mentioned;
use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_helpdesk::tickets::{Desk, DeskKind, Hand, Move, Reply, Said, Seen, TicketError, TicketState};
use mailkeep_types::StaffId;

use super::show;
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::form::Form;
use crate::messages::msg;
use crate::routes::Answer;
use crate::tickets::attachments;

/// The ticket as the form's page showed it.
pub(super) fn seen(ctx: &Ctx) -> Result<Seen, WebError> {
    let version = ctx.form.get("version").parse().ok();
    let version = version.ok_or_else(|| WebError::Bad(msg("ticket-changed")))?;
    Ok(Seen { ticket: ctx.param("ticket")?, owner: None, version: Some(version), desk: DeskKind::Support })
}

/// The same ticket as it is by now.
pub(super) fn newest(seen: Seen) -> Seen {
    Seen { version: None, ..seen }
}

pub(super) fn back(seen: Seen) -> String {
    format!("/console/tickets/{}", seen.ticket)
}

/// Leads back to the ticket and says what became of the act.
pub(super) fn outcome<T>(ctx: &Ctx, seen: Seen, done: Result<T, TicketError>, said: &'static str) -> Answer {
    let to = back(seen);
    match done {
        Ok(_) => ctx.done(&to, msg(said)),
        Err(TicketError::Changed) => ctx.sorry(&to, msg("ticket-changed")),
        Err(TicketError::State(text)) => ctx.sorry(&to, msg("verbatim").with("text", sentence(text))),
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/tickets/{ticket}/reply`: `how` is `answer`, `ask`, `solve` or `note`.
pub async fn reply(ctx: Ctx) -> Answer {
    let (desk, me) = (&ctx.state.desk, ctx.who.staff()?.staff);
    let (seen, mut form) = (seen(&ctx)?, Form::of(&ctx.form));
    let reply = match ctx.form.get("how") {
        "ask" => Reply::Ask,
        "note" => Reply::Note,
        "solve" => Reply::Solve,
        _ => Reply::Answer,
    };
    let words = form.required(&ctx.form, "words").to_owned();
    if let Some(variable) = canned::unfilled(&words).filter(|_| reply != Reply::Note) {
        form.refuse("words", msg("canned-unfilled").with("name", variable.word()));
    }
    if form.good() {
        let mentions = mentioned(&words, &show::colleagues(&ctx).await?);
        let said = Said { words, files: attachments::sent(&ctx), mentions };
        match desk.write_as_staff(seen, me, reply, said).await {
            Ok(_) => {
                let said = if reply == Reply::Note { "ticket-noted" } else { "ticket-answered" };
                return ctx.done(&format!("{}#newest", back(seen)), msg(said));
            }
            Err(TicketError::Changed) => form.refuse_all(msg("ticket-changed")),
            Err(error) => attachments::refuse(&ctx, &mut form, error, &["words", "files"])?,
        }
    }
    attachments::told_again(&ctx, &mut form);
    let page = show::page(&ctx, form).await?;
    ctx.refused(&page)
}

/// Gives a ticket to whoever takes it; a new one is begun by it.
///
/// # Errors
/// As [`Desk::assign_ticket`].
pub(super) async fn take(desk: &Desk, seen: Seen, me: StaffId) -> Result<(), TicketError> {
    let ticket = desk.assign_ticket(seen, me, Some(me)).await?;
    if ticket.state == TicketState::New {
        let seen = Seen { version: Some(ticket.version), ..seen };
        desk.move_ticket(seen, Hand::Staff(me), Move::Take).await?;
    }
    Ok(())
}

/// `POST /console/tickets/{ticket}/assign`: to the one whom `to` names; to whoever asks with `me`, to nobody when it is empty.
pub async fn assign(ctx: Ctx) -> Answer {
    let (desk, me, seen) = (&ctx.state.desk, ctx.who.staff()?.staff, seen(&ctx)?);
    match ctx.form.get("to") {
        "me" => outcome(&ctx, seen, take(desk, seen, me).await, "ticket-taken"),
        "" => outcome(&ctx, seen, desk.assign_ticket(seen, me, None).await, "ticket-given"),
        other => {
            let to = other.parse().map_err(|_| WebError::NotFound)?;
            if !show::colleagues(&ctx).await?.contains_key(&to) {
                return Err(WebError::NotFound);
            }
            outcome(&ctx, seen, desk.assign_ticket(seen, me, Some(to)).await, "ticket-given")
        }
    }
}

/// `POST /console/tickets/{ticket}/priority`
pub async fn weigh(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, seen(&ctx)?);
    let priority = Priority::from_word(ctx.form.get("priority")).ok_or(WebError::NotFound)?;
    outcome(&ctx, seen, ctx.state.desk.weigh_ticket(seen, me, priority).await, "ticket-weighed")
}

async fn moved(ctx: Ctx, act: Move, said: &'static str) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, seen(&ctx)?);
    outcome(&ctx, seen, ctx.state.desk.move_ticket(seen, Hand::Staff(me), act).await, said)
}

/// `POST /console/tickets/{ticket}/solve`
pub async fn solve(ctx: Ctx) -> Answer {
    moved(ctx, Move::Solve, "ticket-solved").await
}

/// `POST /console/tickets/{ticket}/close`
pub async fn close(ctx: Ctx) -> Answer {
    moved(ctx, Move::Close, "ticket-closed").await
}
