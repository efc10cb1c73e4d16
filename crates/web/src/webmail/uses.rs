//! Who used the mailbox: the record of uses for whoever holds it.

use mailkeep_policy::ledger::{self, UseFilter};
use mailkeep_policy::{Act, Actor, Fact, Subject, Use, purpose};
use serde::Serialize;

use super::side;
use super::view::{Side, sample_side};
use crate::center::privacy::uses::{Day, by_day, sample_lines};
use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;
use crate::uses::Words;

/// Uses on a page.
const ON_A_PAGE: usize = 60;

/// The record of uses of a mailbox.
#[derive(Debug, Serialize)]
pub struct UsesPage {
    /// The side.
    pub side: Side,
    /// The uses, by day.
    pub days: Vec<Day>,
    /// Where the next page begins.
    pub next: Option<i64>,
}

impl Page for UsesPage {
    const TEMPLATE: &'static str = "webmail/uses.html";

    fn samples() -> Vec<Self> {
        let page = |lines, next| UsesPage { side: sample_side(None), days: by_day(lines, "UTC"), next };
        vec![page(sample_lines(), Some(7)), page(Vec::new(), None)]
    }
}

/// `GET /mail/uses?before=…`
pub async fn show(ctx: Ctx) -> Answer {
    let visit = ctx.visit()?;
    let mailbox = visit.session.mailbox();
    let (policy, subject) = (&ctx.state.policy, Subject::mailbox(mailbox));
    let asked = Use {
        actor: Actor::Mailbox(mailbox),
        subject,
        act: Act::Read,
        fields: &["ledger_entries.payload"],
        fact: Fact::OwnMailbox(mailbox),
    };
    let grant = policy.grant::<purpose::Audit>(asked).await?;
    let before = ctx.query.get("before").parse().ok();
    let found =
        ledger::find_uses(policy, &[grant], subject, &UseFilter::default(), before, ON_A_PAGE).await?;
    let words = Words::new(&ctx.state.renderer, &ctx.language);
    let lines = found.uses.iter().map(|found| words.line(found, subject, |_| None)).collect();
    let (side, _) = side::load(&ctx, visit, None).await?;
    ctx.page(&UsesPage { side, days: by_day(lines, &ctx.chrome().time_zone), next: found.next })
}
