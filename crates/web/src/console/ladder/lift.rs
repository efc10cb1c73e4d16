//! A step is taken back or confirmed, and paused destinations are tried again.

use mailkeep_mailbox::queue::Waiting;
use mailkeep_outbound_guard::ladder::{About, EndCause, LadderError, Step};

use crate::console::held::sender;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::routes::Answer;

/// `POST /console/held/{customer}/steps/{step}/lift`
pub async fn lift(ctx: Ctx) -> Answer {
    let (customer, number) = (sender(&ctx).await?, ctx.param("step")?);
    let back = format!("/console/held/{customer}");
    let why = EndCause::from_word(ctx.form.get("why")).filter(|why| EndCause::OF_STAFF.contains(why));
    let Some(why) = why else { return ctx.sorry(&back, msg("held-no-reason")) };
    let staff = ctx.who.staff()?.staff;
    match ctx.state.holds.guard().lift_step(customer, number, why, staff).await {
        Ok(step) => {
            let_go(&ctx, &step).await?;
            ctx.done(&back, msg(if step.waits_for_second() { "ladder-wish-back" } else { "ladder-lifted" }))
        }
        Err(LadderError::Ended) => ctx.sorry(&back, msg("ladder-ended-before")),
        Err(error) => Err(error.into()),
    }
}

/// What waited for a step goes out.
async fn let_go(ctx: &Ctx, step: &Step) -> Result<(), WebError> {
    if step.stops() {
        let which = match step.about {
            About::Mailbox(mailbox) => Waiting::OfMailbox(mailbox),
            About::Customer | About::Domain(_) => Waiting::OfCustomer(step.customer),
        };
        ctx.state.office.make_due(which).await?;
    }
    Ok(())
}

/// `POST /console/held/{customer}/steps/{step}/confirm`
pub async fn confirm(ctx: Ctx) -> Answer {
    let (customer, number) = (sender(&ctx).await?, ctx.param("step")?);
    let back = format!("/console/held/{customer}");
    let staff = ctx.who.staff()?.staff;
    match ctx.state.holds.guard().confirm_termination(customer, number, staff).await {
        Ok(()) => ctx.done(&back, msg("ladder-confirmed")),
        Err(LadderError::OwnWish) => ctx.sorry(&back, msg("ladder-own-wish")),
        Err(LadderError::Ended) => ctx.sorry(&back, msg("ladder-ended-before")),
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/held/{customer}/pauses/lift`
pub async fn try_again(ctx: Ctx) -> Answer {
    let customer = sender(&ctx).await?;
    let mut tried = 0_i64;
    for domain in ctx.state.holds.guard().end_pauses_of(customer).await? {
        let which = Waiting::OfCustomerFor(customer, domain);
        ctx.state.office.make_due(which).await?;
        tried += 1;
    }
    ctx.done(&format!("/console/held/{customer}"), msg("ladder-tried-again").with("n", tried))
}
