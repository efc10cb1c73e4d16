//! What is done with an announcement: a test, somebody else's approval, a time, sending, and steering that.

use mailkeep_outreach::OutreachError;
use mailkeep_types::{AnnouncementId, Timestamp};

use super::one::house;
use crate::console::incidents::write::time;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::offers;
use crate::routes::Answer;

/// `POST /console/announcements/{announcement}/discard`
pub async fn discard(ctx: Ctx) -> Answer {
    ctx.state.outreach.discard_announcement(ctx.param("announcement")?).await?;
    ctx.done("/console/announcements", msg("announcement-discarded"))
}

/// Back to the page, which says what was done, or why it was not.
async fn steered(ctx: &Ctx, outcome: Result<(), OutreachError>, done: &'static str) -> Answer {
    let id: AnnouncementId = ctx.param("announcement")?;
    let at = format!("/console/announcements/{id}");
    match outcome {
        Ok(()) => ctx.done(&at, msg(done)),
        Err(OutreachError::State(text) | OutreachError::Field { sentence: text, .. }) => {
            ctx.sorry(&at, msg("verbatim").with("text", text))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/announcements/{announcement}/test`
pub async fn test(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param("announcement")?);
    let house = house(&ctx).ok_or_else(|| WebError::internal("web.support_email is no address"))?;
    let found = ctx.state.outreach.announcement(id).await?;
    let offer = match found.offer {
        Some(offer) => offers::words(&ctx, offer.coupon, &found.language).await?,
        None => None,
    };
    let offer = offer.map(serde_json::to_value).transpose().map_err(WebError::internal)?;
    let outcome = ctx.state.outreach.try_announcement(staff, id, ctx.form.get("to"), &house, offer).await;
    steered(&ctx, outcome, "announcement-tested").await
}

/// `POST /console/announcements/{announcement}/ask`
pub async fn ask(ctx: Ctx) -> Answer {
    let outcome = ctx.state.outreach.ask_for_approval(ctx.param("announcement")?).await;
    steered(&ctx, outcome, "announcement-asked").await
}

/// `POST /console/announcements/{announcement}/approve`
pub async fn approve(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param("announcement")?);
    // What is no time is not when it was changed.
    let seen = ctx.form.get("seen").parse().map(Timestamp::from_jiff).unwrap_or(Timestamp::EPOCH);
    let outcome = ctx.state.outreach.approve_announcement(staff, id, seen).await;
    steered(&ctx, outcome, "announcement-approved").await
}

/// `POST /console/announcements/{announcement}/schedule`
pub async fn schedule(ctx: Ctx) -> Answer {
    let id: AnnouncementId = ctx.param("announcement")?;
    let Some(at) = time(&ctx, &mut Form::new(), "send_at") else {
        return ctx.sorry(&format!("/console/announcements/{id}"), msg("incident-time-wrong"));
    };
    let outcome = ctx.state.outreach.schedule_announcement(id, at).await;
    steered(&ctx, outcome, "announcement-scheduled").await
}

/// `POST /console/announcements/{announcement}/unschedule`
pub async fn unschedule(ctx: Ctx) -> Answer {
    let outcome = ctx.state.outreach.unschedule_announcement(ctx.param("announcement")?).await;
    steered(&ctx, outcome, "announcement-unscheduled").await
}

/// `POST /console/announcements/{announcement}/send`
pub async fn send(ctx: Ctx) -> Answer {
    let outcome = ctx.state.outreach.begin_announcement(ctx.param("announcement")?).await;
    steered(&ctx, outcome, "announcement-started").await
}

/// `POST /console/announcements/{announcement}/pause`
pub async fn pause(ctx: Ctx) -> Answer {
    let outcome = ctx.state.outreach.pause_announcement(ctx.param("announcement")?).await;
    steered(&ctx, outcome, "announcement-paused").await
}

/// `POST /console/announcements/{announcement}/resume`
pub async fn resume(ctx: Ctx) -> Answer {
    let outcome = ctx.state.outreach.resume_announcement(ctx.param("announcement")?).await;
    steered(&ctx, outcome, "announcement-resumed").await
}

/// `POST /console/announcements/{announcement}/list`: shows what was sent on the site, or takes it from there.
pub async fn list(ctx: Ctx) -> Answer {
    let listed = ctx.form.ticked("listed");
    let outcome = ctx.state.outreach.list_announcement(ctx.param("announcement")?, listed).await;
    steered(&ctx, outcome, if listed { "announcement-listed-done" } else { "announcement-unlisted-done" })
        .await
}

/// `POST /console/announcements/{announcement}/cancel`
pub async fn cancel(ctx: Ctx) -> Answer {
    let outcome = ctx.state.outreach.cancel_announcement(ctx.param("announcement")?).await;
    steered(&ctx, outcome, "announcement-cancelled").await
}
