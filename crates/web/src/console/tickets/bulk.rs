//! Something is done with several tickets of a queue at once.

use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_helpdesk::tags::Tag;
use mailkeep_helpdesk::tickets::{DeskKind, Hand, Move, Seen, TicketError};
use mailkeep_types::StaffId;

use super::narrow::Looked;
use crate::chrome::Tone;
use crate::ctx::Ctx;
use crate::messages::msg;
use crate::routes::Answer;

/// More are not done at once.
const MOST: usize = 100;

enum Act {
    Take,
    Weigh(Priority),
    Move(Move),
    Tag(Tag),
    Untag(Tag),
}

/// `POST /console/tickets`: does `act` with each `ticket` that is ticked. What cannot be done with one is left as it is, and
/// the reader is told of how many.
pub async fn submit(ctx: Ctx) -> Answer {
    let back = Looked::of_form(&ctx.form).href();
    let act = match ctx.form.get("act") {
        "take" => Some(Act::Take),
        "weigh" => Priority::from_word(ctx.form.get("priority")).map(Act::Weigh),
        "solve" => Some(Act::Move(Move::Solve)),
        "close" => Some(Act::Move(Move::Close)),
        "tag" => Tag::read(ctx.form.get("tag")).map(Act::Tag),
        "untag" => Tag::read(ctx.form.get("tag")).map(Act::Untag),
        _ => None,
    };
    let ticked: Vec<_> = ctx.form.all("ticket").filter_map(|id| id.parse().ok()).take(MOST).collect();
    let Some(act) = act.filter(|_| !ticked.is_empty()) else {
        return ctx.sorry(&back, msg("tickets-bulk-none"));
    };
    let (mut done, mut left) = (0_i64, 0_i64);
    for ticket in ticked {
        let seen = Seen { ticket, owner: None, version: None, desk: DeskKind::Support };
        match one(&ctx, seen, ctx.who.staff()?.staff, &act).await {
            Ok(()) => done += 1,
            Err(TicketError::State(_) | TicketError::NotFound) => left += 1,
            Err(error) => return Err(error.into()),
        }
    }
    let (tone, id) =
        if left == 0 { (Tone::Good, "tickets-bulk-done") } else { (Tone::Note, "tickets-bulk-left") };
    Ok(ctx.redirect_saying(&back, tone, msg(id).with("n", done).with("left", left)))
}

async fn one(ctx: &Ctx, seen: Seen, me: StaffId, act: &Act) -> Result<(), TicketError> {
    let desk = &ctx.state.desk;
    match act {
        Act::Take => super::act::take(desk, seen, me).await,
        Act::Weigh(priority) => desk.weigh_ticket(seen, me, *priority).await.map(drop),
        // A ticket with open parts is closed on its own page, which says so.
        Act::Move(Move::Close) if desk.list_links(seen).await?.open_parts() > 0 => {
            Err(TicketError::State("some of its parts are still open"))
        }
        Act::Move(act) => desk.move_ticket(seen, Hand::Staff(me), *act).await.map(drop),
        Act::Tag(tag) => desk.tag_ticket(seen, me, tag.clone()).await.map(drop),
        Act::Untag(tag) => desk.untag_ticket(seen, me, tag.clone()).await.map(drop),
    }
}
