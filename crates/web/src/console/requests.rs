//! Objections that wait for an answer: the queue by due date, what the person wrote, and the answer.

use mailkeep_policy::Shown;
use mailkeep_policy::requests::{self, OWN_WORDS, Outcome, RequestRow};
use mailkeep_types::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::site::order::choose::Choice;
use crate::uses::Words;

/// The queue.
#[derive(Debug, Serialize)]
pub struct RequestsPage {
    /// Those that wait, the most urgent first.
    pub waiting: Vec<WaitingRow>,
    /// The newest that were answered.
    pub answered: Vec<WaitingRow>,
}

/// An objection in the queue; nothing personal.
#[derive(Debug, Clone, Serialize)]
pub struct WaitingRow {
    /// Its id.
    pub id: String,
    /// To which use.
    pub purpose: String,
    /// When it was made.
    pub at: Timestamp,
    /// When it is to be answered.
    pub due_at: Timestamp,
    /// `good`, `warn` or `bad`: how much time is left.
    pub tone: &'static str,
    /// `granted`, `refused` or `partly`.
    pub outcome: Option<&'static str>,
}

/// One objection.
#[derive(Debug, Serialize)]
pub struct RequestPage {
    /// What the queue shows.
    pub row: WaitingRow,
    /// What the person wrote, once opened for this look.
    pub reason: Option<Shown<String>>,
    /// The answer as typed.
    pub form: Form,
    /// What can be decided.
    pub outcomes: Vec<Choice>,
}

fn sample(days: i64, outcome: Option<&'static str>) -> WaitingRow {
    WaitingRow {
        id: "018f6a5e-0000-7000-8000-000000000009".to_owned(),
        purpose: "to keep fraud and break-ins away".to_owned(),
        at: samples::days_ago(30 - days),
        due_at: samples::days_ago(-days),
        tone: if days < 3 { "bad" } else { "good" },
        outcome,
    }
}

impl Page for RequestsPage {
    const TEMPLATE: &'static str = "console/requests.html";

    fn samples() -> Vec<Self> {
        vec![
            RequestsPage {
                waiting: vec![sample(1, None), sample(20, None)],
                answered: vec![sample(12, Some("granted")), sample(9, Some("refused"))],
            },
            RequestsPage { waiting: Vec::new(), answered: Vec::new() },
        ]
    }
}

impl Page for RequestPage {
    const TEMPLATE: &'static str = "console/request.html";

    fn samples() -> Vec<Self> {
        let outcomes = vec![
            Choice::new("granted", "The use ends", ""),
            Choice::new("partly", "Part of it ends", ""),
            Choice::new("refused", "It goes on", "Say why"),
        ];
        let page = |reason: Option<&str>, form, outcome| RequestPage {
            row: sample(20, outcome),
            reason: reason.map(Shown::from),
            form,
            outcomes: outcomes.clone(),
        };
        vec![
            page(None, Form::new(), None),
            page(
                Some("I have been a customer for three years."),
                Form::new().wrong("answer", msg("form-required")),
                None,
            ),
            page(None, Form::new(), Some("granted")),
        ]
    }
}

fn row(ctx: &Ctx, request: &RequestRow) -> WaitingRow {
    let words = Words::new(&ctx.state.renderer, &ctx.language);
    let now = ctx.state.clock.now();
    let left = if request.due_at > now { request.due_at.since(now).as_secs() / 86_400 } else { 0 };
    WaitingRow {
        id: request.id.to_string(),
        purpose: request.purpose.map(|purpose| words.purpose(purpose.id())).unwrap_or_default(),
        at: request.at,
        due_at: request.due_at,
        tone: match left {
            0..=2 => "bad",
            3..=9 => "warn",
            _ => "good",
        },
        outcome: request.outcome.map(Outcome::word),
    }
}

/// `GET /console/requests`
pub async fn show(ctx: Ctx) -> Answer {
    let (waiting, answered) = requests::waiting(&ctx.state.policy).await?;
    ctx.page(&RequestsPage {
        waiting: waiting.iter().map(|request| row(&ctx, request)).collect(),
        answered: answered.iter().map(|request| row(&ctx, request)).collect(),
    })
}

async fn page(ctx: &Ctx, reason: Option<Shown<String>>, form: Form) -> Result<RequestPage, WebError> {
    let id: Uuid = ctx.param("request")?;
    let request = requests::find(&ctx.state.policy, id).await?.ok_or(WebError::NotFound)?;
    let outcomes = [Outcome::Granted, Outcome::Partly, Outcome::Refused].map(|outcome| {
        let text = ctx.text(&crate::uses::word("request-outcome", outcome.word()));
        Choice::new(outcome.word(), text, String::new())
    });
    Ok(RequestPage { row: row(ctx, &request), reason, form, outcomes: outcomes.into_iter().collect() })
}

/// `GET /console/requests/{request}`: nothing personal is opened.
pub async fn show_one(ctx: Ctx) -> Answer {
    let page = page(&ctx, None, Form::new()).await?;
    ctx.page(&page)
}

/// `POST /console/requests/{request}/open`: opens what the person wrote. The request justifies it, and the person is told.
pub async fn open(ctx: Ctx) -> Answer {
    let page = page(&ctx, Some(reason(&ctx).await?), Form::new()).await?;
    ctx.page(&page)
}

async fn reason(ctx: &Ctx) -> Result<Shown<String>, WebError> {
    let (staff, id): (_, Uuid) = (ctx.who.staff()?.staff, ctx.param("request")?);
    let opened = requests::open_for_staff(&ctx.state.policy, staff, id).await?;
    Ok(opened.ok_or(WebError::NotFound)?.reason)
}

/// `POST /console/requests/{request}/answer`
pub async fn answer(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let read = |text: &str| Outcome::from_word(text).ok_or(());
    let outcome = form.checked(&ctx.form, "outcome", msg("form-required"), read);
    let words = form.required(&ctx.form, "answer").to_owned();
    if words.chars().count() > OWN_WORDS {
        form.refuse("answer", msg("field-too-long"));
    }
    if let (true, Some(outcome)) = (form.good(), outcome) {
        let (staff, id): (_, Uuid) = (ctx.who.staff()?.staff, ctx.param("request")?);
        return match requests::answer(&ctx.state.policy, staff, id, outcome, &words).await? {
            true => ctx.done("/console/requests", msg("request-answered")),
            false => ctx.sorry("/console/requests", msg("request-answered-before")),
        };
    }
    let page = page(&ctx, Some(reason(&ctx).await?), form).await?;
    ctx.refused(&page)
}
