//! Claims for misused cards: the queue, and one with what the customer tells. One person records the findings, another one
//! decides. Amounts, days and fixed words; nothing personal is opened.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::cover::{Claim, ClaimStatus, RefusedBecause};
use mailkeep_types::{Money, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::center::cover::ClaimRow;
use crate::center::services::start_of;
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// The claims, those that wait for somebody first.
#[derive(Debug, Serialize)]
pub struct ClaimsPage {
    /// The claims of this page of the list.
    pub claims: Vec<ClaimRow>,
    /// Where in the list.
    pub paging: Paging,
}

impl Page for ClaimsPage {
    const TEMPLATE: &'static str = "console/claims.html";

    fn samples() -> Vec<Self> {
        vec![
            ClaimsPage { claims: ClaimRow::samples(), paging: Paging { page: 1, size: 25, total: 4 } },
            ClaimsPage { claims: Vec::new(), paging: Paging { page: 1, size: 25, total: 0 } },
        ]
    }
}

/// One claim.
#[derive(Debug, Serialize)]
pub struct ClaimPage {
    /// The claim.
    pub claim: ClaimRow,
    /// The customer, as in addresses.
    pub customer: String,
    /// The payment.
    pub paid: Money,
    /// The day of the payment.
    pub paid_on: Timestamp,
    /// On which day the bank heard of it.
    pub reported_on: Timestamp,
    /// The most that is covered.
    pub most: Money,
    /// Who recorded the findings, and when.
    pub recorded: Option<(String, Timestamp)>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// What the reader can do: `record`, `decide`, `wait` or nothing.
    pub act: &'static str,
    /// Why a claim is refused.
    pub reasons: Vec<&'static str>,
    /// What was typed.
    pub form: Form,
}

impl Page for ClaimPage {
    const TEMPLATE: &'static str = "console/claim.html";

    fn samples() -> Vec<Self> {
        let page = |at: usize, act, form| {
            let claim = ClaimRow::samples().remove(at);
            ClaimPage {
                customer: "c".to_owned(),
                paid: usd(38_970),
                paid_on: samples::days_ago(30),
                reported_on: samples::days_ago(14),
                most: usd(5000),
                recorded: (at > 0).then(|| ("rosalind".to_owned(), samples::days_ago(5))),
                decided_by: claim.decided_at.map(|_| "grace".to_owned()),
                claim,
                act,
                reasons: reasons(),
                form,
            }
        };
        vec![
            page(0, "record", Form::new()),
            page(1, "decide", Form::new()),
            page(1, "wait", Form::new()),
            page(2, "", Form::new()),
            page(3, "", Form::new()),
            page(0, "record", Form::new().wrong("findings", msg("form-required"))),
        ]
    }
}

fn reasons() -> Vec<&'static str> {
    RefusedBecause::ALL.iter().map(|reason| reason.word()).collect()
}

/// `GET /console/cover`
pub async fn show(ctx: Ctx) -> Answer {
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let claims = paging.cut(ctx.state.commerce.list_cover_claims().await?);
    ctx.page(&ClaimsPage { claims: claims.iter().map(ClaimRow::of).collect(), paging })
}

async fn page(ctx: &Ctx, form: Form) -> Result<ClaimPage, WebError> {
    let (commerce, staff) = (&ctx.state.commerce, ctx.who.staff()?.staff);
    let claim: Claim = commerce.find_cover_claim(ctx.param("claim")?).await?;
    let payments = commerce.list_payments(claim.customer).await?;
    let payment = payments.iter().find(|one| one.id == claim.payment).ok_or(WebError::NotFound)?;
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let name = |staff| names.get(&staff).cloned().unwrap_or_else(|| staff.to_string());
    let zone = ctx.chrome().time_zone;
    Ok(ClaimPage {
        customer: claim.customer.to_string(),
        paid: payment.amount,
        paid_on: start_of(payment.local_day, &zone),
        reported_on: start_of(claim.reported_on, &zone),
        most: commerce.config().payments.cover_limit(claim.amount.currency),
        recorded: claim.recorded_by.map(name).zip(claim.recorded_at),
        decided_by: claim.decided_by.map(name),
        act: match claim.status {
            ClaimStatus::Open => "record",
            ClaimStatus::Recorded if claim.recorded_by == Some(staff) => "wait",
            ClaimStatus::Recorded => "decide",
            ClaimStatus::Granted | ClaimStatus::Refused => "",
        },
        reasons: reasons(),
        claim: ClaimRow::of(&claim),
        form,
    })
}

/// `GET /console/cover/{claim}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

/// `POST /console/cover/{claim}/findings`
pub async fn record(ctx: Ctx) -> Answer {
    let (id, staff): (Uuid, _) = (ctx.param("claim")?, ctx.who.staff()?.staff);
    let mut form = Form::of(&ctx.form);
    let findings = form.required(&ctx.form, "findings").to_owned();
    if form.good() {
        match ctx.state.commerce.record_cover_findings(staff, id, findings).await {
            Ok(()) => return ctx.done(&format!("/console/cover/{id}"), msg("cover-recorded")),
            Err(error) => form.take(error, &["findings"])?,
        }
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}

/// `POST /console/cover/{claim}/grant`
pub async fn grant(ctx: Ctx) -> Answer {
    let (id, staff): (Uuid, _) = (ctx.param("claim")?, ctx.who.staff()?.staff);
    after(&ctx, id, ctx.state.commerce.grant_cover(staff, id).await.map(drop), "cover-granted")
}

/// `POST /console/cover/{claim}/refuse`
pub async fn refuse(ctx: Ctx) -> Answer {
    let (id, staff): (Uuid, _) = (ctx.param("claim")?, ctx.who.staff()?.staff);
    let Some(reason) = RefusedBecause::from_word(ctx.form.get("reason")) else {
        let page = page(&ctx, Form::of(&ctx.form).wrong("reason", msg("form-required"))).await?;
        return ctx.refused(&page);
    };
    after(&ctx, id, ctx.state.commerce.refuse_cover(staff, id, reason).await, "cover-refused")
}

fn after(ctx: &Ctx, id: Uuid, done: Result<(), CommerceError>, said: &'static str) -> Answer {
    let here = format!("/console/cover/{id}");
    match done {
        Ok(()) => ctx.done(&here, msg(said)),
        Err(CommerceError::Staff(why)) => ctx.sorry(&here, msg("verbatim").with("text", sentence(&why))),
        Err(error) => Err(error.into()),
    }
}
