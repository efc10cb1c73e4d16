//! What is done with a contest: its rules are changed, it is published, called off, drawn, or thrown away.

use mailkeep_outreach::OutreachError;
use mailkeep_types::ContestId;

use crate::ctx::Ctx;
use crate::messages::{Msg, msg};
use crate::routes::Answer;

/// Back to the page, which says what was done, or why it was not.
fn steered(ctx: &Ctx, id: ContestId, outcome: Result<Msg, OutreachError>) -> Answer {
    let at = format!("/console/contests/{id}");
    match outcome {
        Ok(done) => ctx.done(&at, done),
        Err(OutreachError::State(text) | OutreachError::Field { sentence: text, .. }) => {
            ctx.sorry(&at, msg("verbatim").with("text", text))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/contests/{contest}/rules`
pub async fn change_rules(ctx: Ctx) -> Answer {
    let id = ctx.param("contest")?;
    let rules = ctx.form.lines("rules");
    let changed = ctx.state.outreach.change_rules(id, rules).await;
    steered(&ctx, id, changed.map(|version| msg("contest-rules-changed").with("version", version)))
}

/// `POST /console/contests/{contest}/publish`
pub async fn publish(ctx: Ctx) -> Answer {
    let id = ctx.param("contest")?;
    let published = ctx.state.outreach.publish_contest(id).await;
    steered(&ctx, id, published.map(|()| msg("contest-published")))
}

/// `POST /console/contests/{contest}/call-off`
pub async fn call_off(ctx: Ctx) -> Answer {
    let id = ctx.param("contest")?;
    let called_off = ctx.state.outreach.call_contest_off(id).await;
    steered(&ctx, id, called_off.map(|()| msg("contest-was-called-off")))
}

/// `POST /console/contests/{contest}/draw`
pub async fn draw(ctx: Ctx) -> Answer {
    let id = ctx.param("contest")?;
    let drawn = ctx.state.outreach.draw_contest(id).await;
    let count = |winners: usize| i64::try_from(winners).unwrap_or(i64::MAX);
    steered(&ctx, id, drawn.map(|winners| msg("contest-was-drawn").with("n", count(winners))))
}

/// `POST /console/contests/{contest}/discard`
pub async fn discard(ctx: Ctx) -> Answer {
    let id = ctx.param("contest")?;
    match ctx.state.outreach.discard_contest(id).await {
        Ok(()) => ctx.done("/console/contests", msg("contest-discarded")),
        Err(error) => steered(&ctx, id, Err(error)),
    }
}
