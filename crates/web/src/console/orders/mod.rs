//! The review of first orders: the queue and the page of one. What a reviewer does with it is in [`decide`].

pub mod decide;

use mailkeep_commerce::orders::appeal::OpenAppeal;
use mailkeep_commerce::orders::documents;
use mailkeep_commerce::orders::questions::OpenQuestion;
use mailkeep_commerce::orders::review::ReviewFile;
use mailkeep_commerce::orders::{BillingDetails, OrderStatus};
use mailkeep_commerce::screening::Reason;
use mailkeep_commerce::screening::blocks::{BlockKind, BlockReason};
use mailkeep_policy::{self as policy, Actor, Shown, purpose};
use mailkeep_types::{Money, OrderId, Timestamp};
use serde::Serialize;

use crate::bill::{Bill, BillLine};
use crate::center::overview::state_tone;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples::{self, usd};
use crate::site::order::status;

/// Orders that wait for a decision.
#[derive(Debug, Serialize)]
pub struct OrdersPage {
    /// The orders of this page of the list.
    pub orders: Vec<ReviewRow>,
    /// Where in the list.
    pub paging: Paging,
}

/// An order in the list; no personal data.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// When it was placed.
    pub at: Timestamp,
    /// What was ordered.
    pub plan: Shown<String>,
    /// The score of the screening.
    pub score: i32,
    /// How the score looks.
    pub tone: &'static str,
    /// The heaviest reason.
    pub first_reason: String,
    /// Whether the applicant was asked something.
    pub asked: bool,
    /// What it comes to.
    pub total: Money,
}

impl Page for OrdersPage {
    const TEMPLATE: &'static str = "console/orders.html";

    fn samples() -> Vec<Self> {
        let row = |number: &str, score, asked| ReviewRow {
            id: number.to_owned(),
            number: number.to_owned(),
            at: samples::minutes_ago(i64::from(score)),
            plan: "Business, 5 mailboxes".into(),
            score,
            tone: score_tone(score),
            first_reason: "The mail domain has no mail exchanger".to_owned(),
            asked,
            total: usd(38_970),
        };
        vec![
            OrdersPage {
                orders: vec![row("O-2026-00042", 35, false), row("O-2026-00041", 70, true)],
                paging: Paging { page: 1, size: 25, total: 2 },
            },
            OrdersPage { orders: Vec::new(), paging: Paging { page: 1, size: 25, total: 0 } },
        ]
    }
}

/// How a score looks.
pub fn score_tone(score: i32) -> &'static str {
    match score {
        ..=24 => "good",
        25..=49 => "warn",
        _ => "bad",
    }
}

/// One order with what the screening found.
#[derive(Debug, Serialize)]
pub struct OrderPage {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its state.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Whether it waits for a decision.
    pub decidable: bool,
    /// Whether the file was opened for this look.
    pub opened: bool,
    /// The score.
    pub score: i32,
    /// How the score looks.
    pub score_tone: &'static str,
    /// The findings, heaviest first.
    pub reasons: Vec<Shown<ReasonRow>>,
    /// What is not known.
    pub missing: Vec<Shown<String>>,
    /// The applicant, once opened for this review.
    pub facts: Vec<Fact>,
    /// What the applicant was asked, and what they answered.
    pub questions: Vec<QuestionRow>,
    /// What the applicant sent to show who they are.
    pub documents: Vec<DocumentRow>,
    /// What was written against a refusal.
    pub appeals: Vec<AppealRow>,
    /// Whether an appeal waits for an answer.
    pub appealed: bool,
    /// A refusal with a block that waits for a second person.
    pub proposal: Option<ProposalRow>,
    /// What can be blocked, and why.
    pub kinds: Vec<&'static str>,
    /// The reasons for a block.
    pub causes: Vec<&'static str>,
    /// What it comes to.
    pub bill: Bill,
    /// Question and reason as typed.
    pub form: Form,
}

/// A document.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentRow {
    /// Its id.
    pub id: String,
    /// What kind of file it is.
    pub kind: &'static str,
    /// When it came.
    pub at: Timestamp,
}

/// An appeal.
#[derive(Debug, Clone, Serialize)]
pub struct AppealRow {
    /// What was written.
    pub appeal: Shown<String>,
    /// What was answered.
    pub answer: Option<Shown<String>>,
    /// When it was made.
    pub at: Timestamp,
}

/// A refusal with a block, proposed by somebody.
#[derive(Debug, Clone, Serialize)]
pub struct ProposalRow {
    /// What is to be blocked.
    pub kinds: Vec<&'static str>,
    /// Why.
    pub cause: &'static str,
    /// What the colleague notes, once opened.
    pub note: Option<Shown<String>>,
    /// When.
    pub at: Timestamp,
    /// Whether whoever looks proposed it themselves.
    pub own: bool,
}

/// A finding.
#[derive(Debug, Clone, Serialize)]
pub struct ReasonRow {
    /// Its stable name.
    pub code: String,
    /// The date of the list that says so.
    pub list_date: Option<String>,
    /// What it adds to the score.
    pub weight: i32,
    /// What was found, in words.
    pub sentence: String,
    /// The value that was found.
    pub value: String,
}

/// A question to the applicant.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionRow {
    /// What was asked.
    pub question: Shown<String>,
    /// What was answered.
    pub answer: Option<Shown<String>>,
    /// When it was asked.
    pub at: Timestamp,
}

/// Something known about the applicant.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// Names its text.
    pub id: &'static str,
    /// The value.
    pub value: Shown<String>,
}

impl ReasonRow {
    fn of(reason: &Reason) -> Self {
        let (sentence, value) = (reason.sentence.clone(), reason.value.clone());
        let (code, list_date) = (reason.code.clone(), reason.list_date.clone());
        ReasonRow { code, list_date, weight: reason.weight, sentence, value }
    }
}

impl Page for OrderPage {
    const TEMPLATE: &'static str = "console/order.html";

    fn samples() -> Vec<Self> {
        let reason = |code: &str, weight, sentence: &str, value: &str| {
            let (sentence, value) = (sentence.to_owned(), value.to_owned());
            let list_date = code.ends_with("domain").then(|| "2026-11-01".to_owned());
            Shown::from(ReasonRow { code: code.to_owned(), list_date, weight, sentence, value })
        };
        let page = |state, tone, decidable, facts: Vec<Fact>, form| OrderPage {
            id: "o".to_owned(),
            number: "O-2026-00042".to_owned(),
            state,
            tone,
            placed_at: samples::minutes_ago(35),
            decidable,
            opened: !facts.is_empty(),
            questions: match facts.is_empty() {
                true => Vec::new(),
                false => vec![QuestionRow {
                    question: "At which number can we reach you?".into(),
                    answer: Some("+1 217 555 0100, in the mornings.".into()),
                    at: samples::minutes_ago(20),
                }],
            },
            score: 45,
            score_tone: score_tone(45),
            reasons: vec![
                reason("card_postal_code_wrong", 22, "The card's bank knows another postal code.", ""),
                reason(
                    "free_mail_domain",
                    5,
                    "The mail domain gives an address to anybody.",
                    "freemail.example",
                ),
                reason("name_repeated", 18, "4 other customers gave the same name within a week.", "4"),
            ],
            missing: vec!["country of the card".into()],
            facts,
            documents: Vec::new(),
            appeals: Vec::new(),
            appealed: false,
            proposal: None,
            kinds: BlockKind::ALL.map(BlockKind::word).to_vec(),
            causes: BlockReason::ALL.map(BlockReason::word).to_vec(),
            bill: Bill::sample(),
            form,
        };
        let facts = vec![
            Fact { id: "name", value: "Ada Example".into() },
            Fact { id: "email", value: "ada@freemail.example".into() },
            Fact { id: "address", value: "12 Larkspur Lane, Springfield 12345, US".into() },
        ];
        let mut proposed = page("review", "note", true, facts.clone(), Form::new());
        proposed.documents =
            vec![DocumentRow { id: "d".to_owned(), kind: "pdf", at: samples::minutes_ago(10) }];
        proposed.proposal = Some(ProposalRow {
            kinds: vec!["mail_address", "card"],
            cause: "card_testing",
            note: Some("The third order with this name today.".into()),
            at: samples::minutes_ago(5),
            own: false,
        });
        let mut appealed = page("refused", "bad", false, facts.clone(), Form::new());
        appealed.appealed = true;
        appealed.appeals = vec![AppealRow {
            appeal: "The postal code is right: we moved last week.".into(),
            answer: None,
            at: samples::minutes_ago(90),
        }];
        vec![
            page("review", "note", true, Vec::new(), Form::new()),
            page("review", "note", true, facts, Form::new().wrong("question", msg("form-required"))),
            page("active", "good", false, Vec::new(), Form::new()),
            proposed,
            appealed,
        ]
    }
}

/// `GET /console/orders`
pub async fn show(ctx: Ctx) -> Answer {
    let commerce = &ctx.state.commerce;
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let mut rows = Vec::new();
    for order in paging.cut(commerce.list_orders_in_review().await?) {
        let score = commerce.screening_outcome(order.id).await?.map_or(0, |(_, score, _)| score);
        let score = i32::try_from(score).unwrap_or(i32::MAX);
        let bill = status::bill(&ctx, &order).await?;
        rows.push(ReviewRow {
            id: order.id.to_string(),
            number: order.number.clone(),
            at: order.placed_at,
            plan: bill.lines.first().map(BillLine::in_one).unwrap_or_default(),
            score,
            tone: score_tone(score),
            first_reason: String::new(),
            asked: order.status == OrderStatus::MoreAsked,
            total: order.total(),
        });
    }
    ctx.page(&OrdersPage { orders: rows, paging })
}

/// `GET /console/orders/{order}`: number, score and sums; nothing personal is opened.
pub async fn show_one(ctx: Ctx) -> Answer {
    let page = closed(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn closed(ctx: &Ctx, form: Form) -> Result<OrderPage, WebError> {
    let commerce = &ctx.state.commerce;
    let id: OrderId = ctx.param("order")?;
    let order = commerce.find_order(id).await?;
    let score = commerce.screening_outcome(id).await?.map_or(0, |(_, score, _)| score);
    let score = i32::try_from(score).unwrap_or(i32::MAX);
    let state = status::state_word(&order, None);
    let staff = ctx.who.staff()?.staff;
    let documents = commerce.list_documents(id).await?;
    let proposal = commerce.waiting_proposal(id).await?;
    Ok(OrderPage {
        id: id.to_string(),
        number: order.number.clone(),
        state,
        tone: state_tone(state),
        placed_at: order.placed_at,
        decidable: matches!(order.status, OrderStatus::InReview | OrderStatus::MoreAsked),
        opened: false,
        score,
        score_tone: score_tone(score),
        reasons: Vec::new(),
        missing: Vec::new(),
        facts: Vec::new(),
        questions: Vec::new(),
        documents: documents.into_iter().map(DocumentRow::of).collect(),
        appeals: Vec::new(),
        appealed: order.status == OrderStatus::Refused
            && commerce.list_orders_in_review().await?.iter().any(|waiting| waiting.id == id),
        proposal: proposal.map(|one| ProposalRow {
            kinds: one.kinds.iter().map(|kind| kind.word()).collect(),
            cause: one.reason.word(),
            note: None,
            at: one.at,
            own: one.by == staff,
        }),
        kinds: BlockKind::ALL.map(BlockKind::word).to_vec(),
        causes: BlockReason::ALL.map(BlockReason::word).to_vec(),
        bill: status::bill(ctx, &order).await?,
        form,
    })
}

impl DocumentRow {
    fn of(one: documents::DocumentRow) -> Self {
        let kind = match one.media_type.as_str() {
            "application/pdf" => "pdf",
            "image/png" => "png",
            _ => "jpeg",
        };
        DocumentRow { id: one.id.to_string(), kind, at: one.uploaded_at }
    }
}

/// `POST /console/orders/{order}/open`: opens the file for this review. The ledger shows it to the applicant.
pub async fn open(ctx: Ctx) -> Answer {
    let page = opened(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn opened(ctx: &Ctx, form: Form) -> Result<OrderPage, WebError> {
    let mut page = closed(ctx, form).await?;
    let staff = ctx.who.staff()?.staff;
    let file = ctx.state.commerce.open_review_file(staff, ctx.param("order")?).await?;
    page.reasons = file.assessment.each(|assessment| assessment.reasons.iter().map(ReasonRow::of).collect());
    page.missing = file.assessment.each(|assessment| assessment.missing.clone());
    page.facts = facts(&file);
    let (order, actor): (OrderId, _) = (ctx.param("order")?, Actor::Staff(staff));
    let customer = ctx.state.commerce.find_order(order).await?.customer;
    let fact = policy::Fact::OrderInReview(order);
    let questions =
        ctx.state.commerce.open_questions::<purpose::Protect>(actor, fact, customer, order).await?;
    let row =
        |one: OpenQuestion| QuestionRow { question: one.question, answer: one.answer, at: one.asked_at };
    page.questions = questions.into_iter().map(row).collect();
    let commerce = &ctx.state.commerce;
    let appeals = commerce.open_appeals::<purpose::Protect>(actor, fact, customer, order).await?;
    let row = |one: OpenAppeal| AppealRow { appeal: one.appeal, answer: one.answer, at: one.made_at };
    page.appeals = appeals.into_iter().map(row).collect();
    if let (Some(proposal), Some(row)) = (commerce.waiting_proposal(order).await?, &mut page.proposal) {
        row.note = commerce.open_proposal_note(staff, order, &proposal).await?;
    }
    page.opened = true;
    Ok(page)
}

fn facts(file: &ReviewFile) -> Vec<Fact> {
    let (billing, applicant, known) = (&file.billing, &file.applicant, &file.facts);
    let rows = [
        ("name", Some(billing.reshape(|billing| billing.name.clone()))),
        ("address", Some(billing.reshape(address))),
        ("email", Some(applicant.reshape(|applicant| applicant.email.clone()))),
        ("phone", applicant.maybe(|applicant| applicant.phone.clone())),
        ("card_country", known.maybe(|known| known.card_country.clone())),
        ("orders_from_network", known.maybe(|known| Some(known.orders_from_network?.to_string()))),
        ("served_orders", known.maybe(|known| Some(known.served_orders?.to_string()))),
        ("refused_orders", known.maybe(|known| Some(known.refused_orders?.to_string()))),
    ];
    let filled = |(id, value): (_, Option<Shown<String>>)| {
        value.filter(|value| !value.is_blank()).map(|value| Fact { id, value })
    };
    rows.into_iter().filter_map(filled).collect()
}

/// The address of the invoice in one line.
fn address(billing: &BillingDetails) -> String {
    let place = [&billing.postal_code, &billing.city, &billing.region, &billing.country];
    let parts: Vec<&str> =
        billing.street.iter().chain(place).map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
