//! The abuse desk decides: on messages, on clusters of them, and on whom is trusted.

use std::collections::BTreeSet;

use mailkeep_mailbox::queue::{Held, Which};
use mailkeep_outbound_guard::holds::{Cause, HoldsError};
use mailkeep_outbound_guard::sending::GuardError;
use mailkeep_types::{CustomerId, MailboxId, QueueId};

use super::{read_cluster, sender};
use crate::chrome::Tone;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::held::as_message;
use crate::messages::msg;
use crate::routes::Answer;

/// More messages are not decided on in one press; those that wait longest come first.
const MOST: usize = 500;
/// More are not ticked at once.
const TICKED: usize = 100;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    /// They go out.
    Release,
    /// They go out, and their customers are trusted.
    Trust,
    /// They go out, and so do the campaigns of their mailboxes for some time.
    Except,
    /// They are gone, and their senders are told.
    Drop,
}

impl Act {
    fn read(word: &str) -> Option<Self> {
        match word {
            "release" => Some(Act::Release),
            "trust" => Some(Act::Trust),
            "except" => Some(Act::Except),
            "drop" => Some(Act::Drop),
            _ => None,
        }
    }
}

/// `POST /console/held`: decides on each `cluster` that is ticked.
pub async fn on_clusters(ctx: Ctx) -> Answer {
    let ticked: Vec<_> = ctx.form.all("cluster").filter_map(read_cluster).take(TICKED).collect();
    let mut held = Vec::new();
    for (customer, code) in ticked {
        let room = MOST.saturating_sub(held.len());
        held.extend(ctx.state.office.list_held(Which::Cluster(customer, code), room).await?);
    }
    decide(&ctx, "/console/held", held).await
}

/// `POST /console/held/{customer}`: decides on each `held` message of the customer that is ticked.
pub async fn on_messages(ctx: Ctx) -> Answer {
    let customer = sender(&ctx).await?;
    let ticked: Vec<QueueId> = ctx.form.all("held").filter_map(|id| id.parse().ok()).take(TICKED).collect();
    let mut held = ctx.state.office.list_held(Which::Customer(customer), MOST).await?;
    held.retain(|one| ticked.contains(&one.id));
    decide(&ctx, &format!("/console/held/{customer}"), held).await
}

async fn decide(ctx: &Ctx, back: &str, held: Vec<Held>) -> Answer {
    let (Some(act), false) = (Act::read(ctx.form.get("act")), held.is_empty()) else {
        return ctx.sorry(back, msg("held-none-ticked"));
    };
    let Some(why) = read_cause(ctx) else { return ctx.sorry(back, msg("held-no-reason")) };
    let (holds, by) = (&ctx.state.holds, ctx.who.staff()?.staff);
    // Trust comes first: what is sent meanwhile is not held again.
    let customers: BTreeSet<CustomerId> = held.iter().map(|one| one.customer).collect();
    let mailboxes: BTreeSet<(CustomerId, MailboxId)> =
        held.iter().map(|one| (one.customer, one.mailbox)).collect();
    match act {
        Act::Trust => {
            for customer in customers {
                holds.guard().trust(customer, why, by).await?;
            }
        }
        Act::Except => {
            for (customer, mailbox) in mailboxes {
                holds.guard().except(customer, mailbox, why, by).await?;
            }
        }
        Act::Release | Act::Drop => {}
    }
    let (mut done, mut left) = (0_i64, 0_i64);
    for one in &held {
        let decided = match act {
            Act::Drop => holds.drop_held(as_message(one), why, by).await?,
            _ => holds.release(as_message(one), why, by).await?,
        };
        if decided { done += 1 } else { left += 1 }
    }
    let id = if act == Act::Drop { "held-dropped" } else { "held-released" };
    let tone = if left == 0 { Tone::Good } else { Tone::Note };
    Ok(ctx.redirect_saying(back, tone, msg(id).with("n", done)))
}

fn read_cause(ctx: &Ctx) -> Option<Cause> {
    Cause::from_word(ctx.form.get("why")).filter(|cause| Cause::OF_STAFF.contains(cause))
}

/// `POST /console/held/{customer}/trust`
pub async fn trust(ctx: Ctx) -> Answer {
    let (customer, back) = customer(&ctx).await?;
    let Some(why) = read_cause(&ctx) else { return ctx.sorry(&back, msg("held-no-reason")) };
    ctx.state.holds.guard().trust(customer, why, ctx.who.staff()?.staff).await?;
    ctx.done(&back, msg("held-trusted"))
}

/// `POST /console/held/{customer}/untrust`
pub async fn untrust(ctx: Ctx) -> Answer {
    let (customer, back) = customer(&ctx).await?;
    let Some(why) = read_cause(&ctx) else { return ctx.sorry(&back, msg("held-no-reason")) };
    ctx.state.holds.guard().untrust(customer, why, ctx.who.staff()?.staff).await?;
    ctx.done(&back, msg("held-untrusted"))
}

/// The customer of the path, and the page to go back to.
async fn customer(ctx: &Ctx) -> Result<(CustomerId, String), WebError> {
    let customer = sender(ctx).await?;
    Ok((customer, format!("/console/held/{customer}")))
}

impl From<GuardError> for WebError {
    fn from(error: GuardError) -> Self {
        WebError::internal(error)
    }
}

impl From<HoldsError> for WebError {
    fn from(error: HoldsError) -> Self {
        WebError::internal(error)
    }
}
