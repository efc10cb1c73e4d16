//! Tags are put on a ticket, and taken from it.

use mailkeep_helpdesk::tags::Tag;

use super::act;
use crate::ctx::Ctx;
use crate::messages::msg;
use crate::routes::Answer;

/// `POST /console/tickets/{ticket}/tags`: puts `tag` on it.
pub async fn add(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::seen(&ctx)?);
    let Some(tag) = Tag::read(ctx.form.get("tag")) else {
        return ctx.sorry(&act::back(seen), msg("ticket-tag-wrong"));
    };
    act::outcome(&ctx, seen, ctx.state.desk.tag_ticket(seen, me, tag).await, "ticket-tagged")
}

/// `POST /console/tickets/{ticket}/tags/remove`: takes `tag` from it.
pub async fn remove(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::seen(&ctx)?);
    let Some(tag) = Tag::read(ctx.form.get("tag")) else {
        return ctx.sorry(&act::back(seen), msg("ticket-tag-wrong"));
    };
    act::outcome(&ctx, seen, ctx.state.desk.untag_ticket(seen, me, tag).await, "ticket-untagged")
}
