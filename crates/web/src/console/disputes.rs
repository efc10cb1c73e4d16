//! Payments that a cardholder disputes: the queue, and the answer to one. Numbers, dates and states; nothing personal is opened.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::disputes::{Dispute, DisputeState};
use mailkeep_commerce::processor::DisputeReply;
use mailkeep_policy::Shown;
use mailkeep_types::{DisputeId, Money, Timestamp};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples::{self, usd};

/// The disputes, those that wait for an answer first.
#[derive(Debug, Serialize)]
pub struct DisputesPage {
    /// The disputes of this page of the list.
    pub disputes: Vec<DisputeRow>,
    /// Where in the list.
    pub paging: Paging,
}

/// A dispute.
#[derive(Debug, Clone, Serialize)]
pub struct DisputeRow {
    /// Its id.
    pub id: String,
    /// The number of the invoice.
    pub invoice: String,
    /// `needs_response`, `under_review`, `won` or `lost`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// The cardholder's reason as the bank's word.
    pub reason: String,
    /// What the bank took back.
    pub amount: Money,
    /// When we learned of it.
    pub opened_at: Timestamp,
    /// Until when it must be answered.
    pub due_at: Option<Timestamp>,
    /// Whether the day is near or past.
    pub urgent: bool,
}

impl DisputeRow {
    fn sample(state: &'static str, urgent: bool) -> Self {
        DisputeRow {
            id: "d".to_owned(),
            invoice: "INV-000118".to_owned(),
            state,
            tone: tone(state),
            reason: "fraudulent".to_owned(),
            amount: usd(24_995),
            opened_at: samples::days_ago(4),
            due_at: Some(samples::days_ago(if urgent { -2 } else { -6 })),
            urgent,
        }
    }
}

impl Page for DisputesPage {
    const TEMPLATE: &'static str = "console/disputes.html";

    fn samples() -> Vec<Self> {
        let disputes = vec![
            DisputeRow::sample("needs_response", true),
            DisputeRow::sample("under_review", false),
            DisputeRow::sample("won", false),
            DisputeRow::sample("lost", false),
        ];
        vec![
            DisputesPage { disputes, paging: Paging { page: 1, size: 25, total: 4 } },
            DisputesPage { disputes: Vec::new(), paging: Paging { page: 1, size: 25, total: 0 } },
        ]
    }
}

/// One dispute with the form that answers it.
#[derive(Debug, Serialize)]
pub struct DisputePage {
    /// The dispute.
    pub dispute: DisputeRow,
    /// Whether it waits for an answer.
    pub answerable: bool,
    /// The customer, as in addresses.
    pub customer: String,
    /// The invoice, as in addresses.
    pub invoice: String,
    /// When our answer was kept.
    pub prepared_at: Option<Timestamp>,
    /// When the processor took it.
    pub answered_at: Option<Timestamp>,
    /// When the bank decided.
    pub closed_at: Option<Timestamp>,
    /// What of the amount lies apart on the invoice.
    pub apart: Money,
    /// What was typed.
    pub form: Form,
}

impl Page for DisputePage {
    const TEMPLATE: &'static str = "console/dispute.html";

    fn samples() -> Vec<Self> {
        let page = |state, form| DisputePage {
            dispute: DisputeRow::sample(state, state == "needs_response"),
            answerable: state == "needs_response",
            customer: "c".to_owned(),
            invoice: "i".to_owned(),
            prepared_at: (state != "needs_response").then(|| samples::days_ago(2)),
            answered_at: (state != "needs_response").then(|| samples::days_ago(2)),
            closed_at: (state == "won").then(|| samples::days_ago(1)),
            apart: usd(24_995),
            form,
        };
        vec![
            page("needs_response", Form::new()),
            page("needs_response", Form::new().wrong("summary", msg("form-required"))),
            page("won", Form::new()),
            DisputePage { prepared_at: Some(samples::days_ago(1)), ..page("needs_response", Form::new()) },
        ]
    }
}

fn tone(state: &str) -> &'static str {
    match state {
        "needs_response" => "warn",
        "won" => "good",
        "lost" => "bad",
        _ => "note",
    }
}

async fn row(ctx: &Ctx, dispute: &Dispute) -> Result<DisputeRow, WebError> {
    let invoice = ctx.state.commerce.find_invoice(dispute.invoice).await?;
    Ok(DisputeRow {
        id: dispute.id.to_string(),
        invoice: invoice.number,
        state: dispute.state.word(),
        tone: tone(dispute.state.word()),
        reason: dispute.reason.clone(),
        amount: dispute.amount,
        opened_at: dispute.opened_at,
        due_at: dispute.due_at,
        urgent: dispute.is_urgent(ctx.state.clock.now()),
    })
}

/// `GET /console/disputes`
pub async fn show(ctx: Ctx) -> Answer {
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let mut disputes = Vec::new();
    for dispute in paging.cut(ctx.state.commerce.list_disputes().await?) {
        disputes.push(row(&ctx, &dispute).await?);
    }
    ctx.page(&DisputesPage { disputes, paging })
}

async fn page(ctx: &Ctx, form: Form) -> Result<DisputePage, WebError> {
    let dispute = ctx.state.commerce.find_dispute(ctx.param("dispute")?).await?;
    Ok(DisputePage {
        answerable: dispute.state == DisputeState::NeedsResponse,
        customer: dispute.customer.to_string(),
        invoice: dispute.invoice.to_string(),
        prepared_at: dispute.prepared_at,
        answered_at: dispute.answered_at,
        closed_at: dispute.closed_at,
        apart: Money::new(dispute.invoice_minor, dispute.amount.currency),
        dispute: row(ctx, &dispute).await?,
        form,
    })
}

/// `GET /console/disputes/{dispute}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

/// `GET /console/disputes/{dispute}/evidence`: the document as it would be sent, without a summary yet.
pub async fn evidence(ctx: Ctx) -> Answer {
    let document = ctx.state.commerce.dispute_document(ctx.param("dispute")?, "").await?;
    ctx.file(&Shown::from(document), "application/pdf", "evidence.pdf")
}

/// `POST /console/disputes/{dispute}/contest`
pub async fn contest(ctx: Ctx) -> Answer {
    let id: DisputeId = ctx.param("dispute")?;
    let mut form = Form::of(&ctx.form);
    let summary = form.required(&ctx.form, "summary").to_owned();
    if !form.good() {
        let page = page(&ctx, form).await?;
        return ctx.refused(&page);
    }
    let document = ctx.state.commerce.dispute_document(id, &summary).await?;
    answer(&ctx, id, DisputeReply::Contest { summary, document }, "dispute-contested").await
}

/// `POST /console/disputes/{dispute}/accept`
pub async fn accept(ctx: Ctx) -> Answer {
    answer(&ctx, ctx.param("dispute")?, DisputeReply::Accept, "dispute-accepted").await
}

async fn answer(ctx: &Ctx, id: DisputeId, reply: DisputeReply, done: &'static str) -> Answer {
    let staff = ctx.who.staff()?.staff;
    let here = format!("/console/disputes/{id}");
    match ctx.state.commerce.answer_dispute(staff, id, reply).await {
        Ok(_) => ctx.done(&here, msg(done)),
        Err(CommerceError::Staff(_)) => ctx.sorry(&here, msg("dispute-late")),
        Err(CommerceError::ProcessorUnknown(_)) => ctx.sorry(&here, msg("dispute-unheard")),
        Err(error) => Err(error.into()),
    }
}
