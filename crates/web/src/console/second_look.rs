//! The second look: what waits for another person than the one who did it.

use mailkeep_identity::StaffPermission;
use mailkeep_policy::break_glass::{self, BreakGlassError, Case, Verdict};
use mailkeep_policy::{Shown, disclosures, staff_uses, unusual_uses};
use serde::Serialize;
use uuid::Uuid;

use super::break_glass::{CaseRow, UseRow, about};
use super::disclosures::list::DisclosureRow;
use super::unusual::UnusualRow;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// What waits.
#[derive(Debug, Serialize)]
pub struct SecondLookPage {
    /// Break-glass cases.
    pub cases: Vec<CaseRow>,
    /// Disclosures, for privacy officers.
    pub disclosures: Vec<DisclosureRow>,
    /// Explanations.
    pub unusual: Vec<UnusualRow>,
}

impl Page for SecondLookPage {
    const TEMPLATE: &'static str = "console/second_look.html";

    fn samples() -> Vec<Self> {
        vec![
            SecondLookPage {
                cases: vec![CaseRow::sample("late", "bad"), CaseRow::sample("disputed", "bad")],
                disclosures: vec![DisclosureRow::sample("waiting", "warn")],
                unusual: vec![UnusualRow::sample(true)],
            },
            SecondLookPage { cases: Vec::new(), disclosures: Vec::new(), unusual: Vec::new() },
        ]
    }
}

/// A colleague's case.
#[derive(Debug, Serialize)]
pub struct LookPage {
    /// The case.
    pub case: CaseRow,
    /// Whether it is the reader's own.
    pub own: bool,
    /// Whether it still waits for somebody.
    pub waits: bool,
    /// Whether the reader may settle a dispute.
    pub settles: bool,
    /// The reason, once opened.
    pub reason: Option<Shown<String>>,
    /// What the second person found wrong, once opened.
    pub dispute: Option<Shown<String>>,
    /// What was opened under the case.
    pub uses: Vec<UseRow>,
    /// The words as typed.
    pub form: Form,
}

impl Page for LookPage {
    const TEMPLATE: &'static str = "console/look.html";

    fn samples() -> Vec<Self> {
        let page = |case: CaseRow, reason: Option<&str>, dispute: Option<&str>, form| LookPage {
            own: false,
            waits: case.state != "confirmed",
            settles: true,
            case,
            reason: reason.map(Shown::from),
            dispute: dispute.map(Shown::from),
            uses: vec![UseRow::sample()],
            form,
        };
        let reason = Some("The account sends mail from three countries at once; I must reach its owner.");
        let wrong = Form::new().wrong("words", msg("look-words-missing"));
        vec![
            page(CaseRow::sample("waiting", "note"), None, None, Form::new()),
            page(CaseRow::sample("waiting", "note"), reason, None, wrong),
            page(CaseRow::sample("disputed", "bad"), reason, Some("I find no such mail."), Form::new()),
            page(CaseRow::sample("confirmed", "good"), None, None, Form::new()),
        ]
    }
}

/// `GET /console/second-look`
pub async fn show(ctx: Ctx) -> Answer {
    let staff = ctx.who.staff()?;
    let (policy, now) = (&ctx.state.policy, ctx.state.clock.now());
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let mut cases = Vec::new();
    for case in break_glass::open_to_look(policy, staff.staff).await? {
        cases.push(CaseRow::of(&case, name(case.staff), about(&ctx, case.subject).await?, now));
    }
    let mut rows = Vec::new();
    if staff.may(StaffPermission::Privacy) {
        for row in disclosures::waiting_for(policy, staff.staff).await? {
            rows.push(DisclosureRow::of(&ctx, &row, &names).await?);
        }
    }
    let unusual = unusual_uses::list(policy, false).await?;
    let unusual = unusual
        .iter()
        .filter(|one| one.explained_at.is_some() && one.staff != staff.staff)
        .map(|one| UnusualRow::of(one, name(one.staff), staff))
        .collect();
    ctx.page(&SecondLookPage { cases, disclosures: rows, unusual })
}

async fn found(ctx: &Ctx) -> Result<Case, WebError> {
    let id: Uuid = ctx.param("case")?;
    break_glass::find(&ctx.state.policy, id).await?.ok_or(WebError::NotFound)
}

async fn closed(ctx: &Ctx, case: &Case, form: Form) -> Result<LookPage, WebError> {
    let staff = ctx.who.staff()?;
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let name = names.get(&case.staff).cloned().unwrap_or_default();
    let uses = staff_uses::of_fact(&ctx.state.policy, case.id).await?;
    Ok(LookPage {
        case: CaseRow::of(case, name, about(ctx, case.subject).await?, ctx.state.clock.now()),
        own: case.staff == staff.staff,
        waits: case.waits(),
        settles: staff.may(StaffPermission::Privacy),
        reason: None,
        dispute: None,
        uses: uses.into_iter().filter(|one| one.fact == "break_glass").map(UseRow::from).collect(),
        form,
    })
}

/// `GET /console/second-look/{case}`: what was opened; the words are sealed.
pub async fn show_one(ctx: Ctx) -> Answer {
    let case = found(&ctx).await?;
    let page = closed(&ctx, &case, Form::new()).await?;
    ctx.page(&page)
}

/// `POST /console/second-look/{case}/open`: opens the reason; recorded like every use.
pub async fn open(ctx: Ctx) -> Answer {
    let page = opened(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn opened(ctx: &Ctx, form: Form) -> Result<LookPage, WebError> {
    let case = found(ctx).await?;
    let mut page = closed(ctx, &case, form).await?;
    if page.own || !page.waits {
        return Ok(page);
    }
    let words = break_glass::read_words(&ctx.state.policy, case.id, ctx.who.staff()?.staff).await;
    let words = words.map_err(|error| match error {
        BreakGlassError::Policy(mailkeep_policy::PolicyError::Refused(refusal)) => refusal.into(),
        other => WebError::internal(other),
    })?;
    (page.reason, page.dispute) = (Some(words.reason), words.dispute);
    Ok(page)
}

/// `POST /console/second-look/{case}/confirm`
pub async fn confirm(ctx: Ctx) -> Answer {
    let (id, staff) = (ctx.param("case")?, ctx.who.staff()?.staff);
    let done = break_glass::confirm(&ctx.state.policy, id, staff).await;
    finish(&ctx, done, "look-confirmed").await
}

/// `POST /console/second-look/{case}/dispute`
pub async fn dispute(ctx: Ctx) -> Answer {
    let (id, staff) = (ctx.param("case")?, ctx.who.staff()?.staff);
    let words = ctx.form.get("words");
    let done = break_glass::look(&ctx.state.policy, id, staff, Verdict::Disputed, words).await;
    finish(&ctx, done, "look-disputed").await
}

/// `POST /console/second-look/{case}/settle`
pub async fn settle(ctx: Ctx) -> Answer {
    let (id, staff) = (ctx.param("case")?, ctx.who.staff()?.staff);
    let done = break_glass::settle(&ctx.state.policy, id, staff, ctx.form.get("words")).await;
    finish(&ctx, done, "look-settled").await
}

async fn finish(ctx: &Ctx, done: Result<(), BreakGlassError>, message: &'static str) -> Answer {
    match done {
        Ok(()) => ctx.done("/console/second-look", msg(message)),
        Err(BreakGlassError::NotFound) => ctx.sorry("/console/second-look", msg("look-late")),
        Err(BreakGlassError::SamePerson) => ctx.sorry("/console/second-look", msg("look-own")),
        Err(error @ (BreakGlassError::WordsMissing | BreakGlassError::ReasonTooLong)) => {
            let text = if matches!(error, BreakGlassError::WordsMissing) {
                "look-words-missing"
            } else {
                "break-reason-long"
            };
            let page = opened(ctx, Form::of(&ctx.form).wrong("words", msg(text))).await?;
            ctx.refused(&page)
        }
        Err(error) => Err(WebError::internal(error)),
    }
}
