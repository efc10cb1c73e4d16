//! Staff follow a ticket that others take care of.

use std::collections::BTreeMap;

use mailkeep_helpdesk::tickets::Seen;
use mailkeep_types::StaffId;
use serde::Serialize;

use super::act;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::Answer;

/// Who follows a ticket, as its page shows them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FollowersView {
    /// Their logins.
    pub names: Vec<String>,
    /// Whether the reader is among them.
    pub mine: bool,
}

impl FollowersView {
    /// Those of a ticket.
    ///
    /// # Errors
    /// A failure of the store.
    pub(super) async fn of(
        ctx: &Ctx,
        seen: Seen,
        names: &BTreeMap<StaffId, String>,
    ) -> Result<Self, WebError> {
        let followers = ctx.state.desk.list_followers(seen.ticket).await?;
        Ok(FollowersView {
            mine: followers.contains(&ctx.who.staff()?.staff),
            names: followers.iter().filter_map(|id| names.get(id).cloned()).collect(),
        })
    }
}

/// `POST /console/tickets/{ticket}/follow`. Whatever happened since the page was opened is no reason not to.
pub async fn follow(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::newest(act::seen(&ctx)?));
    act::outcome(&ctx, seen, ctx.state.desk.follow_ticket(seen, me).await, "ticket-followed")
}

/// `POST /console/tickets/{ticket}/unfollow`
pub async fn unfollow(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::newest(act::seen(&ctx)?));
    act::outcome(&ctx, seen, ctx.state.desk.unfollow_ticket(seen, me).await, "ticket-unfollowed")
}
