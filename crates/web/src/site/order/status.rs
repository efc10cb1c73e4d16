//! How an order went, and what the customer can do.

use mailkeep_commerce::catalogue::pricing::{LineKind, Measure};
use mailkeep_commerce::orders::{Order, OrderStatus};
use mailkeep_commerce::payments::{AttemptKind, AttemptStatus};
use mailkeep_policy::{Shown, purpose};
use mailkeep_types::{Money, OrderId, Timestamp};
use serde::Serialize;

use crate::acts::orders;
use crate::bill::{Bill, BillLine, what};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::{Answer, BILLING};
use crate::samples;

/// An order's state.
#[derive(Debug, Serialize)]
pub struct StatusPage {
    /// `awaiting_payment`, `checking`, `active`, `review`, `question`, `refused`, `declined` or `cancelled`.
    pub state: &'static str,
    /// `good`, `note`, `warn` or `bad`.
    pub tone: &'static str,
    /// The icon's name in the sprite.
    pub icon: &'static str,
    /// Whether the page should ask again by itself.
    pub waiting: bool,
    /// What the reviewer asked, while it waits for an answer.
    pub question: Option<Shown<String>>,
    /// Where the answer is sent, for those who may.
    pub answer_href: Option<String>,
    /// The answer as typed.
    pub form: Form,
    /// The number that support asks for.
    pub number: String,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// What it comes to.
    pub bill: Bill,
    /// The payment page, while payment is open.
    pub pay_href: Option<String>,
}

impl StatusPage {
    /// The page for a state.
    pub fn of(state: &'static str, number: String, placed_at: Timestamp, bill: Bill) -> Self {
        let (tone, icon) = match state {
            "active" => ("good", "check"),
            "awaiting_payment" => ("warn", "card"),
            "declined" => ("bad", "card"),
            "refused" | "cancelled" => ("bad", "x"),
            "question" => ("warn", "help"),
            _ => ("note", "clock"),
        };
        let waiting = state == "checking";
        StatusPage {
            state,
            tone,
            icon,
            waiting,
            question: None,
            answer_href: None,
            form: Form::new(),
            number,
            placed_at,
            bill,
            pay_href: None,
        }
    }
}

impl Page for StatusPage {
    const TEMPLATE: &'static str = "site/order_status.html";

    fn samples() -> Vec<Self> {
        let states = [
            "checking",
            "active",
            "review",
            "question",
            "refused",
            "declined",
            "awaiting_payment",
            "cancelled",
        ];
        let page = |state| {
            let mut page =
                StatusPage::of(state, "O-2026-00042".to_owned(), samples::minutes_ago(3), Bill::sample());
            match state {
                "question" => {
                    page.question =
                        Some("Please send us a telephone number at which we can reach you.".into());
                    page.answer_href = Some("/order/sample/answer".to_owned());
                }
                "declined" | "awaiting_payment" => page.pay_href = Some("/sandbox/pay/sample".to_owned()),
                _ => {}
            }
            page
        };
        states.into_iter().map(page).collect()
    }
}

/// `GET /order/{order}`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, form: Form) -> Result<StatusPage, WebError> {
    let customer = ctx.customer()?;
    let id: OrderId = ctx.param("order")?;
    let commerce = &ctx.state.commerce;
    commerce.show_order(customer, id).await?;
    // Whoever comes back from the processor's page need not wait for its notice. While the processor is silent, the job
    // goes on and the page asks again.
    if let Err(error) = commerce.advance_order(id).await {
        tracing::info!(code = error.code(), "an order waits for its processor");
    }
    let order = commerce.show_order(customer, id).await?;
    let attempt = commerce
        .list_payments(customer)
        .await?
        .into_iter()
        .filter(|attempt| attempt.order == Some(id) && attempt.kind == AttemptKind::Authorise)
        .max_by_key(|attempt| attempt.ordinal);
    let state = state_word(&order, attempt.as_ref().map(|attempt| attempt.status));
    let mut page = StatusPage::of(state, order.number.clone(), order.placed_at, bill(ctx, &order).await?);
    page.form = form;
    if state == "question" {
        let person = ctx.who.person()?;
        let (actor, fact) = (person.actor(), person.fact());
        let asked = commerce.open_questions::<purpose::Rights>(actor, fact, customer, id).await?;
        page.question = asked.into_iter().rev().find(|one| one.answer.is_none()).map(|one| one.question);
        page.answer_href = ctx.has_role(BILLING).then(|| format!("/order/{id}/answer"));
    }
    if matches!(state, "awaiting_payment" | "declined") {
        page.pay_href = Some(format!("/order/{id}/pay"));
    }
    Ok(page)
}

/// `POST /order/{order}/answer`: what the applicant answers to the reviewer's question.
pub async fn answer(ctx: Ctx) -> Answer {
    let (customer, id): (_, OrderId) = (ctx.customer()?, ctx.param("order")?);
    let text = ctx.form.get("answer").to_owned();
    match ctx.state.commerce.answer_question(customer, id, text).await {
        Ok(()) => ctx.done(&format!("/order/{id}"), msg("order-answered")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, &["answer"])?;
            let page = page(&ctx, form).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /order/{order}/pay`
pub async fn pay_again(ctx: Ctx) -> Answer {
    let page = orders::payment_page(&ctx, ctx.customer()?, ctx.param("order")?).await?;
    Ok(ctx.redirect(&page))
}

/// The state as pages name it.
pub fn state_word(order: &Order, payment: Option<AttemptStatus>) -> &'static str {
    match order.status {
        OrderStatus::Placed => match payment {
            Some(AttemptStatus::DeclinedHard | AttemptStatus::DeclinedSoft) => "declined",
            Some(AttemptStatus::Pending | AttemptStatus::Unknown) => "checking",
            _ => "awaiting_payment",
        },
        OrderStatus::Authorised | OrderStatus::Capturing => "checking",
        OrderStatus::InReview => "review",
        OrderStatus::MoreAsked => "question",
        OrderStatus::Fulfilled => "active",
        OrderStatus::Releasing | OrderStatus::Refused => "refused",
    }
}

/// What an order comes to.
///
/// # Errors
/// A failure of the database.
pub async fn bill(ctx: &Ctx, order: &Order) -> Result<Bill, WebError> {
    let money = |minor| Money::new(minor, order.currency);
    if let Some(priced) = &order.priced {
        return Ok(Bill::of(ctx, priced, |plan| {
            let line = order.lines.get(plan)?;
            Some((line.domain.to_unicode(), line.interval.word()))
        }));
    }
    let mut lines = Vec::with_capacity(order.lines.len());
    for line in &order.lines {
        let plan = ctx.state.commerce.plan_version(line.plan_version).await?;
        let unit = plan.price(line.interval).map_or(0, |price| price.minor);
        let quantity = line.mailboxes.to_string();
        lines.push(BillLine {
            name: plan.name.into(),
            text: what(ctx, LineKind::Mailboxes, Measure::Mailbox, &quantity).into(),
            amount: money(unit.saturating_mul(i64::from(line.mailboxes))),
        });
    }
    Ok(Bill {
        lines,
        discount: money(0),
        net: money(order.net_minor),
        tax_name: if order.tax_minor == 0 { Shown::default() } else { order.tax_name.clone().into() },
        tax: money(order.tax_minor),
        total: order.total(),
    })
}
