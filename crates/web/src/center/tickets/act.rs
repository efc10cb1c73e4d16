//! What a customer does with their ticket: write again, say that it is solved, open it again, rate it.

use mailkeep_helpdesk::tickets::{Hand, Move, Said, TicketError};

use super::thread;
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::form::Form;
use crate::messages::msg;
use crate::routes::Answer;
use crate::tickets::{self as view, attachments};

fn back(ctx: &Ctx) -> Result<String, WebError> {
    Ok(format!("/center/tickets/{}", view::own(ctx)?.ticket))
}

/// Leads back to the ticket and says what became of the act.
fn outcome<T>(ctx: &Ctx, done: Result<T, TicketError>, said: &'static str) -> Answer {
    match done {
        Ok(_) => ctx.done(&back(ctx)?, msg(said)),
        Err(error @ (TicketError::State(_) | TicketError::Field { .. })) => {
            let text = sentence(&error.to_string());
            ctx.sorry(&back(ctx)?, msg("verbatim").with("text", text))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /center/tickets/{ticket}/reply`
pub async fn reply(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let words = form.required(&ctx.form, "words").to_owned();
    if form.good() {
        let (seen, by) = (view::own(&ctx)?, ctx.who.person()?.person);
        let said = Said { words, files: attachments::sent(&ctx), mentions: Vec::new() };
        match ctx.state.desk.write_as_customer(seen, by, said).await {
            Ok(_) => return ctx.done(&format!("{}#newest", back(&ctx)?), msg("ticket-written")),
            Err(error) => attachments::refuse(&ctx, &mut form, error, &["words"])?,
        }
    }
    attachments::told_again(&ctx, &mut form);
    let page = thread::page(&ctx, form).await?;
    ctx.refused(&page)
}

async fn moved(ctx: Ctx, act: Move, said: &'static str) -> Answer {
    let by = Hand::Person(ctx.who.person()?.person);
    let done = ctx.state.desk.move_ticket(view::own(&ctx)?, by, act).await;
    outcome(&ctx, done, said)
}

/// `POST /center/tickets/{ticket}/solve`
pub async fn solve(ctx: Ctx) -> Answer {
    moved(ctx, Move::Solve, "ticket-solved").await
}

/// `POST /center/tickets/{ticket}/reopen`
pub async fn reopen(ctx: Ctx) -> Answer {
    moved(ctx, Move::Reopen, "ticket-reopened").await
}

/// `POST /center/tickets/{ticket}/rate`
pub async fn rate(ctx: Ctx) -> Answer {
    let by = ctx.who.person()?.person;
    // A ticket of somebody else is not there, whatever is sent for it.
    ctx.state.desk.look_at(view::own(&ctx)?).await?;
    let rating = ctx.form.get("rating").parse().unwrap_or_default();
    let done = ctx.state.desk.rate_ticket(view::own(&ctx)?, by, rating).await;
    outcome(&ctx, done, "ticket-rated")
}
