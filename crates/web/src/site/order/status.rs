//! How an order went, and what the customer can do.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::catalogue::pricing::{LineKind, Measure};
use mailkeep_commerce::orders::appeal::OpenAppeal;
use mailkeep_commerce::orders::documents::LARGEST_DOCUMENT;
use mailkeep_commerce::orders::{Order, OrderStatus};
use mailkeep_commerce::payments::{AttemptKind, AttemptStatus};
use mailkeep_commerce::screening::Method;
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

/// A document and the rest of its form.
pub const MAX_FORM_BYTES: usize = LARGEST_DOCUMENT + 64 * 1024;

/// An order's state.
#[derive(Debug, Serialize)]
pub struct StatusPage {
    /// `awaiting_payment`, `checking`, `active`, `trial`, `verify`, `review`, `question`, `refused`, `declined` or `cancelled`.
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
    /// Whether a document may be sent with it, and how many were.
    pub documents: Option<usize>,
    /// How the applicant shows who they are, while that is asked.
    pub verification: Option<VerificationPart>,
    /// What was written against a refusal, and what was answered.
    pub appeals: Vec<AppealPart>,
    /// Where an appeal is sent, for those who may.
    pub appeal_href: Option<String>,
    /// What was typed.
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

/// How the applicant shows who they are.
#[derive(Debug, Serialize)]
pub struct VerificationPart {
    /// The order's own path.
    pub href: String,
    /// The ways: `mail`, `phone`.
    pub methods: Vec<&'static str>,
    /// Where a code went that waits.
    pub waiting: Option<&'static str>,
    /// How many wrong codes are left.
    pub tries_left: u32,
}

/// An appeal.
#[derive(Debug, Serialize)]
pub struct AppealPart {
    /// What was written.
    pub appeal: Shown<String>,
    /// What was answered.
    pub answer: Option<Shown<String>>,
    /// When it was made.
    pub at: Timestamp,
}

impl StatusPage {
    /// The page for a state.
    pub fn of(state: &'static str, number: String, placed_at: Timestamp, bill: Bill) -> Self {
        let (tone, icon) = match state {
            "active" | "trial" => ("good", "check"),
            "awaiting_payment" => ("warn", "card"),
            "declined" => ("bad", "card"),
            "refused" | "cancelled" => ("bad", "x"),
            "question" => ("warn", "help"),
            "verify" => ("note", "shield"),
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
            documents: None,
            verification: None,
            appeals: Vec::new(),
            appeal_href: None,
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
            "trial",
            "verify",
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
                    page.documents = Some(1);
                }
                "verify" => {
                    page.verification = Some(VerificationPart {
                        href: "/order/sample".to_owned(),
                        methods: vec!["mail", "phone"],
                        waiting: Some("mail"),
                        tries_left: 9,
                    });
                }
                "refused" => page.appeal_href = Some("/order/sample/appeal".to_owned()),
                "declined" | "awaiting_payment" => page.pay_href = Some("/sandbox/pay/sample".to_owned()),
                _ => {}
            }
            page
        };
        let mut pages: Vec<StatusPage> = states.into_iter().map(page).collect();
        let mut first = page("verify");
        first.verification = first.verification.map(|part| VerificationPart { waiting: None, ..part });
        let mut appealed = page("refused");
        appealed.appeal_href = None;
        appealed.appeals = vec![AppealPart {
            appeal: "The postal code is right: we moved last week.".into(),
            answer: Some("Thank you, it is. Please pay again.".into()),
            at: samples::minutes_ago(90),
        }];
        pages.extend([first, appealed]);
        pages
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
        page.documents = Some(commerce.list_documents(id).await?.len());
    }
    if state == "verify" && ctx.has_role(BILLING) {
        let found = commerce.verification_state(customer, id).await?;
        page.verification = Some(VerificationPart {
            href: format!("/order/{id}"),
            methods: found.methods.iter().map(|method| method.word()).collect(),
            waiting: found.waiting.map(Method::word),
            tries_left: found.tries_left,
        });
    }
    if state == "refused" {
        let person = ctx.who.person()?;
        let (actor, fact) = (person.actor(), person.fact());
        let appeals = commerce.open_appeals::<purpose::Rights>(actor, fact, customer, id).await?;
        let may = state == "refused" && appeals.is_empty() && ctx.has_role(BILLING);
        page.appeal_href = may.then(|| format!("/order/{id}/appeal"));
        let part = |one: OpenAppeal| AppealPart { appeal: one.appeal, answer: one.answer, at: one.made_at };
        page.appeals = appeals.into_iter().map(part).collect();
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

/// `POST /order/{order}/document`: shows who the applicant is, beside or instead of an answer.
pub async fn document(ctx: Ctx) -> Answer {
    let (customer, id): (_, OrderId) = (ctx.customer()?, ctx.param("order")?);
    let bytes = ctx.files.first().map(|file| file.bytes.to_vec()).unwrap_or_default();
    let done = ctx.state.commerce.add_document(customer, id, bytes).await;
    after(&ctx, id, done, &["document"], "order-document-kept").await
}

/// `POST /order/{order}/code/send`
pub async fn send_code(ctx: Ctx) -> Answer {
    let (customer, id): (_, OrderId) = (ctx.customer()?, ctx.param("order")?);
    let method = Method::from_word(ctx.form.get("method")).unwrap_or(Method::Mail);
    let done = ctx.state.commerce.send_code(customer, id, method).await;
    after(&ctx, id, done, &["method"], "order-code-sent").await
}

/// `POST /order/{order}/code`: the code that came.
pub async fn give_code(ctx: Ctx) -> Answer {
    let (customer, id): (_, OrderId) = (ctx.customer()?, ctx.param("order")?);
    let done = ctx.state.commerce.give_code(customer, id, ctx.form.get("code")).await.map(|_| ());
    after(&ctx, id, done, &["code"], "order-code-right").await
}

/// `POST /order/{order}/person`: the applicant would rather deal with a person.
pub async fn ask_for_a_person(ctx: Ctx) -> Answer {
    let (customer, id): (_, OrderId) = (ctx.customer()?, ctx.param("order")?);
    let done = ctx.state.commerce.ask_for_a_person(customer, id).await;
    after(&ctx, id, done, &[], "order-person-asked").await
}

/// `POST /order/{order}/appeal`
pub async fn appeal(ctx: Ctx) -> Answer {
    let (customer, id): (_, OrderId) = (ctx.customer()?, ctx.param("order")?);
    let done = ctx.state.commerce.appeal(customer, id, ctx.form.get("appeal").to_owned()).await;
    after(&ctx, id, done, &["appeal"], "order-appealed").await
}

/// Back to the page of the order, with a word of what was done, or with what was typed and what is wrong with it.
async fn after(
    ctx: &Ctx,
    id: OrderId,
    done: Result<(), CommerceError>,
    fields: &[&str],
    word: &'static str,
) -> Answer {
    match done {
        Ok(()) => ctx.done(&format!("/order/{id}"), msg(word)),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, fields)?;
            let page = page(ctx, form).await?;
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
        OrderStatus::Verifying => "verify",
        OrderStatus::InReview => "review",
        OrderStatus::MoreAsked => "question",
        OrderStatus::Fulfilled if order.trial_days > 0 => "trial",
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
