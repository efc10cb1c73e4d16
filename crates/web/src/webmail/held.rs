//! Messages of one's own that the outbound guard holds: why, until when, and what the owner says of them.

use mailkeep_mailbox::queue::{Held, Hold, Which};
use mailkeep_outbound_guard::holds::HELD_FOR;
use mailkeep_types::{CustomerId, MailboxId, QueueId, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use super::service::mail_error;
use super::side;
use super::view::{Side, sample_side};
use crate::chrome::Tone;
use crate::ctx::Ctx;
use crate::held::{self, StrangeSignIn, as_message, reason};
use crate::ladder::{self, StepNotice};
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// So many stand on the page, and are decided on at once.
const MOST: usize = 200;

/// What is held.
#[derive(Debug, Serialize)]
pub struct OwnHeldPage {
    /// Folders and the like.
    pub side: Side,
    /// A sign-in that the owner is asked about.
    pub strange: Option<StrangeSignIn>,
    /// What is limited or stopped.
    pub limits: Vec<StepNotice>,
    /// The messages, the oldest first.
    pub messages: Vec<OwnHeldRow>,
}

/// A message that is held.
#[derive(Debug, Clone, Serialize)]
pub struct OwnHeldRow {
    /// The message.
    pub id: String,
    /// Why, in a sentence.
    pub reason: Msg,
    /// How many recipients it has.
    pub recipients: i64,
    /// How long it is, in bytes.
    pub bytes: i64,
    /// When it was sent.
    pub since: Timestamp,
    /// When it comes back.
    pub ends_at: Timestamp,
    /// Whether the owner said that it is theirs.
    pub confirmed: bool,
}

impl OwnHeldRow {
    fn of(held: &Held) -> Self {
        OwnHeldRow {
            id: held.id.to_string(),
            reason: reason(&held.hold.code, held.hold.value, held.hold.limit),
            recipients: held.recipients,
            bytes: i64::try_from(held.size).unwrap_or(i64::MAX),
            since: held.since,
            ends_at: held.since.plus(HELD_FOR),
            confirmed: held.confirmed_at.is_some(),
        }
    }
}

impl Page for OwnHeldPage {
    const TEMPLATE: &'static str = "webmail/held.html";

    fn samples() -> Vec<Self> {
        let row = |number: u128, confirmed: bool| {
            OwnHeldRow::of(&Held {
                id: QueueId::from_uuid(Uuid::from_u128(number)),
                mailbox: MailboxId::from_uuid(Uuid::nil()),
                customer: CustomerId::from_uuid(Uuid::nil()),
                hold: Hold {
                    code: "campaign".to_owned(),
                    value: 23,
                    limit: 20,
                    sentence: String::new(),
                    number: None,
                    score: None,
                },
                recipients: 3,
                size: 5_120,
                since: samples::minutes_ago(90),
                confirmed_at: confirmed.then(|| samples::minutes_ago(5)),
            })
        };
        let page = |strange, messages| OwnHeldPage {
            side: sample_side(None),
            strange,
            limits: Vec::new(),
            messages,
        };
        vec![
            OwnHeldPage { limits: StepNotice::samples(), ..page(None, Vec::new()) },
            page(None, vec![row(1, false), row(2, true)]),
            page(None, Vec::new()),
            page(Some(StrangeSignIn::sample(true)), vec![row(1, false)]),
            page(Some(StrangeSignIn::sample(false)), Vec::new()),
        ]
    }
}

/// `GET /mail/held`
pub async fn show(ctx: Ctx) -> Answer {
    let visit = ctx.visit()?;
    let mailbox = visit.session.mailbox();
    let held = ctx.state.office.list_held(Which::Mailbox(mailbox), MOST).await.map_err(mail_error)?;
    let guard = ctx.state.holds.guard();
    let strange = match guard.suspicion(mailbox).await? {
        Some(suspicion) => {
            Some(StrangeSignIn::of(&suspicion, guard.is_at_home(mailbox, ctx.network()).await?))
        }
        None => None,
    };
    let (side, _) = side::load(&ctx, visit, None).await?;
    let domain = ctx.state.office.mailbox_facts(mailbox).await.map_err(mail_error)?.domain;
    let limits = ladder::of_mailbox(&ctx, mailbox, domain).await?;
    ctx.page(&OwnHeldPage { side, strange, limits, messages: held.iter().map(OwnHeldRow::of).collect() })
}

/// `POST /mail/held`: the owner says that all of them are theirs, takes back those that are ticked, or answers whether it was them
/// who signed in from a strange place. Whoever is in a strange place themselves vouches for nothing.
pub async fn decide(ctx: Ctx) -> Answer {
    let mailbox = ctx.visit()?.session.mailbox();
    let which = Which::Mailbox(mailbox);
    let held = ctx.state.office.list_held(which, MOST).await.map_err(mail_error)?;
    let holds = &ctx.state.holds;
    let at_home = holds.guard().is_at_home(mailbox, ctx.network()).await?;
    match ctx.form.get("do") {
        "known" if at_home => {
            held::know_place(&ctx, mailbox).await?;
            return ctx.done("/mail/held", msg("strange-known-done"));
        }
        "known" => return ctx.sorry("/mail/held", msg("strange-not-from-here")),
        "stolen" => {
            held::report_theft(&ctx, mailbox).await?;
            return ctx.done("/mail/sign-in", msg("strange-stolen-done"));
        }
        _ => {}
    }
    if ctx.form.get("do") == "confirm" {
        let all: Vec<_> = held.iter().map(as_message).collect();
        let (gone, waiting) = holds.confirm(&all, at_home).await?;
        let (id, tone) = match (gone, waiting) {
            (0, 0) => return ctx.sorry("/mail/held", msg("held-own-decided")),
            (_, 0) => ("held-own-gone", Tone::Good),
            _ => ("held-own-known", Tone::Note),
        };
        return Ok(ctx.redirect_saying("/mail/held", tone, msg(id)));
    }
    let ticked: Vec<QueueId> = ctx.form.all("held").filter_map(|id| id.parse().ok()).take(MOST).collect();
    let mut back = 0_i64;
    for one in held.iter().filter(|one| ticked.contains(&one.id)) {
        back += i64::from(holds.withdraw(as_message(one)).await?);
    }
    match back {
        0 => ctx.sorry("/mail/held", msg("held-none-ticked")),
        _ => ctx.done("/mail/held", msg("held-own-back").with("n", back)),
    }
}
