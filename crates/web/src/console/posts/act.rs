//! What is done with a post: it is published, at once or at a time, taken back, thrown away, or told to those who chose the blog.

use mailkeep_outreach::OutreachError;
use mailkeep_types::PostId;

use crate::console::incidents::write::time;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::Answer;

/// Back to the page, which says what was done, or why it was not.
fn done(ctx: &Ctx, id: PostId, outcome: Result<(), OutreachError>, done: &'static str) -> Answer {
    let at = format!("/console/posts/{id}");
    match outcome {
        Ok(()) => ctx.done(&at, msg(done)),
        Err(OutreachError::State(text) | OutreachError::Field { sentence: text, .. }) => {
            ctx.sorry(&at, msg("verbatim").with("text", text))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/posts/{post}/publish`
pub async fn publish(ctx: Ctx) -> Answer {
    let id: PostId = ctx.param("post")?;
    done(&ctx, id, ctx.state.outreach.publish_post(id, None).await, "post-published")
}

/// `POST /console/posts/{post}/schedule`
pub async fn schedule(ctx: Ctx) -> Answer {
    let id: PostId = ctx.param("post")?;
    let Some(at) = time(&ctx, &mut Form::new(), "at") else {
        return ctx.sorry(&format!("/console/posts/{id}"), msg("incident-time-wrong"));
    };
    done(&ctx, id, ctx.state.outreach.publish_post(id, Some(at)).await, "post-scheduled")
}

/// `POST /console/posts/{post}/withdraw`
pub async fn withdraw(ctx: Ctx) -> Answer {
    let id: PostId = ctx.param("post")?;
    done(&ctx, id, ctx.state.outreach.withdraw_post(id).await, "post-withdrawn")
}

/// `POST /console/posts/{post}/discard`
pub async fn discard(ctx: Ctx) -> Answer {
    ctx.state.outreach.discard_post(ctx.param("post")?).await?;
    ctx.done("/console/posts", msg("post-discarded"))
}

/// `POST /console/posts/{post}/announce`: leads to the draft of an announcement, where it is looked at and sent.
pub async fn announce(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param::<PostId>("post")?);
    let post = ctx.state.outreach.post(id).await?;
    let link = format!("{}/blog/{}", ctx.state.config.public_url.trim_end_matches('/'), post.slug);
    let read_on = ctx.state.renderer.text(&post.language, &msg("blog-read-on"));
    match ctx.state.outreach.announce_post(staff, id, &link, &read_on).await {
        Ok(made) => ctx.done(&format!("/console/announcements/{made}"), msg("post-announced")),
        Err(error) => done(&ctx, id, Err(error), "post-announced"),
    }
}
