//! Webhooks of a customer: where programs are told what happens, with the log of what was sent. The console shows those of the house
//! with the same parts.

use mailkeep_types::Timestamp;
use mailkeep_webhooks::deliveries::{Delivery, DeliveryState};
use mailkeep_webhooks::endpoints::{Endpoint, NewEndpoint, Registrar, Whose, WithSecret};
use mailkeep_webhooks::events::EventKind;
use mailkeep_webhooks::{WebhookError, signing};
use serde::Serialize;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// Deliveries on a page of the log.
const ON_A_PAGE: u32 = 50;

/// The endpoints of a customer.
#[derive(Debug, Serialize)]
pub struct WebhooksPage {
    /// What is on it.
    #[serde(flatten)]
    pub list: EndpointList,
}

/// One endpoint with its log.
#[derive(Debug, Serialize)]
pub struct WebhookPage {
    /// What is on it.
    #[serde(flatten)]
    pub detail: EndpointDetail,
}

/// Endpoints, and the form that registers one.
#[derive(Debug, Clone, Serialize)]
pub struct EndpointList {
    /// Where these pages are.
    pub base: &'static str,
    /// The endpoints.
    pub endpoints: Vec<EndpointRow>,
    /// The form.
    pub form: Form,
    /// The events to choose.
    pub events: Vec<EventBox>,
}

/// An endpoint with its log.
#[derive(Debug, Clone, Serialize)]
pub struct EndpointDetail {
    /// Where these pages are.
    pub base: &'static str,
    /// The endpoint.
    pub endpoint: EndpointRow,
    /// A secret just made, shown this once.
    pub secret: Option<String>,
    /// The form that changes it.
    pub form: Form,
    /// The events to choose.
    pub events: Vec<EventBox>,
    /// The log, the newest first.
    pub deliveries: Vec<DeliveryRow>,
    /// Where older ones begin.
    pub older: Option<String>,
}

/// An endpoint.
#[derive(Debug, Clone, Serialize)]
pub struct EndpointRow {
    /// Its identifier.
    pub id: String,
    /// Where it is.
    pub url: String,
    /// How many kinds of events it is told; none means all.
    pub kinds: i64,
    /// `on`, `failing` or `disabled`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// Since when it is in that state.
    pub since: Timestamp,
    /// Why it is disabled: `failing`, `gone` or `asked`.
    pub why: Option<String>,
    /// Until when the secret before signs too.
    pub both_until: Option<Timestamp>,
}

/// An event to tick.
#[derive(Debug, Clone, Serialize)]
pub struct EventBox {
    /// Its word.
    pub word: &'static str,
    /// What happened.
    pub text: Msg,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// A line of the log.
#[derive(Debug, Clone, Serialize)]
pub struct DeliveryRow {
    /// Its identifier.
    pub id: String,
    /// The kind of event.
    pub kind: String,
    /// The event as `webhook-id` names it.
    pub event: String,
    /// `waiting`, `delivered` or `failed`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next.
    pub next_at: Option<Timestamp>,
    /// When it was put on its way.
    pub created_at: Timestamp,
    /// How long the last try took, in milliseconds.
    pub took: Option<i64>,
    /// The status of the last answer.
    pub status: Option<i64>,
    /// Why there was none.
    pub fault: Option<String>,
    /// Its first characters.
    pub answer: String,
    /// Whether somebody asked for it again.
    pub replayed: bool,
}

/// Where the pages are and whose endpoints they show.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Where.
    pub base: &'static str,
    /// Whose.
    pub whose: Whose,
    /// Who works there.
    pub by: Registrar,
}

fn place(ctx: &Ctx) -> Result<Place, WebError> {
    let by = Registrar::Person(ctx.who.person()?.person);
    Ok(Place { base: "/center/webhooks", whose: Whose::Customer(ctx.customer()?), by })
}

impl EventBox {
    /// Every event that can be chosen.
    fn all(ticked: &[EventKind]) -> Vec<Self> {
        let one = |kind: &EventKind| EventBox {
            word: kind.word(),
            text: Msg {
                id: format!("webhook-event-{}", kind.word().replace('.', "-")).into(),
                ..msg("verbatim")
            },
            ticked: ticked.contains(kind),
        };
        EventKind::ALL.iter().filter(|kind| **kind != EventKind::Test).map(one).collect()
    }
}

impl EndpointRow {
    fn sample(url: &str, state: &'static str, tone: &'static str, why: Option<&str>) -> Self {
        EndpointRow {
            id: "w".to_owned(),
            url: url.to_owned(),
            kinds: if state == "on" { 0 } else { 4 },
            state,
            tone,
            since: samples::days_ago(3),
            why: why.map(str::to_owned),
            both_until: None,
        }
    }
}

impl From<&Endpoint> for EndpointRow {
    fn from(endpoint: &Endpoint) -> Self {
        let (state, tone, since) = match (endpoint.disabled_at, endpoint.failing_since) {
            (Some(at), _) => ("disabled", "bad", at),
            (None, Some(at)) => ("failing", "warn", at),
            (None, None) => ("on", "good", endpoint.created_at),
        };
        EndpointRow {
            id: endpoint.id.to_string(),
            url: endpoint.url.clone(),
            kinds: i64::try_from(endpoint.events.len()).unwrap_or(i64::MAX),
            state,
            tone,
            since,
            why: endpoint.disabled_why.clone(),
            both_until: endpoint.earlier_until,
        }
    }
}

impl From<&Delivery> for DeliveryRow {
    fn from(delivery: &Delivery) -> Self {
        let tone = match delivery.state {
            DeliveryState::Delivered => "good",
            DeliveryState::Waiting => "note",
            DeliveryState::Failed => "bad",
        };
        DeliveryRow {
            id: delivery.id.to_string(),
            kind: delivery.kind.clone(),
            event: signing::message_id(delivery.event),
            state: delivery.state.word(),
            tone,
            attempts: delivery.attempts,
            next_at: Some(delivery.next_at).filter(|_| delivery.state == DeliveryState::Waiting),
            created_at: delivery.created_at,
            took: delivery.took_millis,
            status: delivery.status,
            fault: delivery.fault.clone(),
            answer: delivery.answer.clone().unwrap_or_default(),
            replayed: delivery.replayed,
        }
    }
}

impl EndpointList {
    /// What the pages of endpoints look like.
    pub fn samples(base: &'static str) -> Vec<Self> {
        let row = EndpointRow::sample;
        let endpoints = vec![
            row("https://shop.larkspur-books.example/hooks/mailkeep", "on", "good", None),
            row("https://crm.larkspur-books.example/in", "failing", "warn", None),
            row("https://old.larkspur-books.example/hooks", "disabled", "bad", Some("failing")),
        ];
        let list = |endpoints, form| EndpointList { base, endpoints, form, events: EventBox::all(&[]) };
        vec![list(endpoints, Form::new()), list(Vec::new(), Form::new().wrong("url", msg("form-required")))]
    }
}

impl EndpointDetail {
    /// What the page of an endpoint looks like.
    pub fn samples(base: &'static str) -> Vec<Self> {
        let endpoint =
            EndpointRow::sample("https://shop.larkspur-books.example/hooks/mailkeep", "on", "good", None);
        let old = "https://old.larkspur-books.example/hooks";
        let disabled = EndpointRow::sample(old, "disabled", "bad", Some("failing"));
        let row = |kind: &str, state, tone, status: Option<i64>, fault: Option<&str>| DeliveryRow {
            id: "d".to_owned(),
            kind: kind.to_owned(),
            event: "evt_0197a3c29d5f7e10b3a45c6d7e8f9012".to_owned(),
            state,
            tone,
            attempts: if state == "delivered" { 1 } else { 3 },
            next_at: (state == "waiting").then(|| samples::minutes_ago(-31)),
            created_at: samples::minutes_ago(42),
            took: Some(184),
            status,
            fault: fault.map(str::to_owned),
            answer: if status == Some(500) { "Internal error: queue is full" } else { "ok" }.to_owned(),
            replayed: kind == "payment.succeeded",
        };
        let deliveries = vec![
            row("invoice.issued", "delivered", "good", Some(200), None),
            row("payment.succeeded", "delivered", "good", Some(204), None),
            row("mailbox.created", "waiting", "note", Some(500), None),
            row("subscription.changed", "failed", "bad", None, Some("time")),
        ];
        let form = Form::new().with("url", endpoint.url.clone());
        let ticked = [EventKind::InvoiceIssued, EventKind::PaymentSucceeded];
        let page =
            |endpoint: EndpointRow, secret: Option<&str>, deliveries, older: Option<&str>| EndpointDetail {
                base,
                endpoint,
                secret: secret.map(str::to_owned),
                form: form.clone(),
                events: EventBox::all(&ticked),
                deliveries,
                older: older.map(str::to_owned),
            };
        let turning = EndpointRow { both_until: Some(samples::days_ago(-1)), ..endpoint.clone() };
        vec![
            page(endpoint, None, deliveries.clone(), Some("d")),
            page(turning, Some("whsec_c2FtcGxlIG9mIGEgc2VjcmV0"), Vec::new(), None),
            page(disabled, None, deliveries, None),
        ]
    }
}

impl Page for WebhooksPage {
    const TEMPLATE: &'static str = "center/webhooks.html";

    fn samples() -> Vec<Self> {
        EndpointList::samples("/center/webhooks").into_iter().map(|list| WebhooksPage { list }).collect()
    }
}

impl Page for WebhookPage {
    const TEMPLATE: &'static str = "center/webhook.html";

    fn samples() -> Vec<Self> {
        EndpointDetail::samples("/center/webhooks").into_iter().map(|detail| WebhookPage { detail }).collect()
    }
}

impl From<WebhookError> for WebError {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::NotFound => WebError::NotFound,
            WebhookError::Field { sentence, .. } | WebhookError::State(sentence) => {
                WebError::verbatim(sentence)
            }
            error => WebError::internal(error),
        }
    }
}

/// The endpoints at a place, with what was typed.
pub async fn list(
    ctx: &Ctx,
    place: Place,
    form: Form,
    ticked: &[EventKind],
) -> Result<EndpointList, WebError> {
    let endpoints = ctx.state.webhooks.list_endpoints(place.whose).await?;
    Ok(EndpointList {
        base: place.base,
        endpoints: endpoints.iter().map(EndpointRow::from).collect(),
        form,
        events: EventBox::all(ticked),
    })
}

/// An endpoint at a place, with the part of its log that was asked for.
pub async fn detail(
    ctx: &Ctx,
    place: Place,
    id: Uuid,
    form: Option<(Form, Vec<EventKind>)>,
    secret: Option<String>,
) -> Result<EndpointDetail, WebError> {
    let webhooks = &ctx.state.webhooks;
    let endpoint = webhooks.show_endpoint(place.whose, id).await?;
    let before = ctx.query.get("before").parse().ok();
    let mut deliveries = webhooks.list_deliveries(place.whose, id, before, ON_A_PAGE + 1).await?;
    let more = deliveries.len() > ON_A_PAGE as usize;
    deliveries.truncate(ON_A_PAGE as usize);
    let (form, ticked) =
        form.unwrap_or_else(|| (Form::new().with("url", endpoint.url.clone()), endpoint.events.clone()));
    Ok(EndpointDetail {
        base: place.base,
        endpoint: EndpointRow::from(&endpoint),
        secret,
        form,
        events: EventBox::all(&ticked),
        older: deliveries.last().filter(|_| more).map(|last| last.id.to_string()),
        deliveries: deliveries.iter().map(DeliveryRow::from).collect(),
    })
}

/// What the form says.
pub fn wanted(ctx: &Ctx) -> (Form, NewEndpoint) {
    let mut form = Form::of(&ctx.form);
    let url = form.required(&ctx.form, "url").to_owned();
    let events = ctx.form.all("events").filter_map(EventKind::from_word).collect();
    (form, NewEndpoint { url, events })
}

/// What came of a form: something, or a sentence beside a field.
fn taken<T>(form: &mut Form, done: Result<T, WebhookError>) -> Result<Option<T>, WebError> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(WebhookError::Field { field, sentence }) => {
            form.refuse(field, msg("verbatim").with("text", sentence));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Registers what the form says; without success the form says why.
pub async fn register(
    ctx: &Ctx,
    place: Place,
) -> Result<Result<WithSecret, (Form, Vec<EventKind>)>, WebError> {
    let (mut form, new) = wanted(ctx);
    let ticked = new.events.clone();
    if form.good() {
        let made = ctx.state.webhooks.register_endpoint(place.whose, place.by, new).await;
        if let Some(made) = taken(&mut form, made)? {
            return Ok(Ok(made));
        }
    }
    Ok(Err((form, ticked)))
}

/// Changes what the form says; without success the form says why.
pub async fn change(ctx: &Ctx, place: Place, id: Uuid) -> Result<Option<(Form, Vec<EventKind>)>, WebError> {
    let (mut form, to) = wanted(ctx);
    let ticked = to.events.clone();
    if form.good() {
        let changed = ctx.state.webhooks.change_endpoint(place.whose, id, to).await;
        if taken(&mut form, changed)?.is_some() {
            return Ok(None);
        }
    }
    Ok(Some((form, ticked)))
}

/// The buttons of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// Sends an event that says nothing.
    Test,
    /// Tells it what happens again.
    Enable,
    /// Tells it nothing more.
    Disable,
    /// Forgets it.
    Remove,
    /// Sends everything again from a time on.
    Replay,
}

/// What the buttons of an endpoint do.
pub async fn press(ctx: &Ctx, place: Place, id: Uuid, button: Button) -> Answer {
    let (webhooks, here) = (&ctx.state.webhooks, format!("{}/{id}", place.base));
    match button {
        Button::Test => {
            webhooks.test_endpoint(place.whose, id).await?;
            ctx.done(&here, msg("webhook-tested"))
        }
        Button::Enable => {
            webhooks.enable_endpoint(place.whose, id).await?;
            ctx.done(&here, msg("webhook-enabled"))
        }
        Button::Disable => {
            webhooks.disable_endpoint(place.whose, id).await?;
            ctx.done(&here, msg("webhook-disabled"))
        }
        Button::Remove => {
            webhooks.remove_endpoint(place.whose, id).await?;
            ctx.done(place.base, msg("webhook-removed"))
        }
        Button::Replay => {
            // What is not theirs is not there, whatever was typed.
            webhooks.show_endpoint(place.whose, id).await?;
            let at = ctx.form.get("since");
            let Some(since) = since(at, &ctx.chrome().time_zone) else {
                return ctx.sorry(&here, msg("webhook-since-wrong"));
            };
            let count = webhooks.replay_since(place.whose, id, since).await?;
            ctx.done(&here, msg("webhook-replayed").with("n", i64::try_from(count).unwrap_or(i64::MAX)))
        }
    }
}

/// The begin of a day, or a time of a day, where the reader is.
fn since(text: &str, zone: &str) -> Option<Timestamp> {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let at: jiff::civil::DateTime = match text.parse() {
        Ok(at) => at,
        Err(_) => text.parse::<jiff::civil::Date>().ok()?.at(0, 0, 0, 0),
    };
    let at = at.to_zoned(zone).ok()?;
    Some(Timestamp::from_micros(at.timestamp().as_microsecond()))
}

/// `GET /center/webhooks`
pub async fn show(ctx: Ctx) -> Answer {
    let list = list(&ctx, place(&ctx)?, Form::new(), &[]).await?;
    ctx.page(&WebhooksPage { list })
}

/// `POST /center/webhooks`
pub async fn submit(ctx: Ctx) -> Answer {
    let place = place(&ctx)?;
    match register(&ctx, place).await? {
        // Shown in the answer itself: a secret belongs neither into an address nor into a cookie.
        Ok(made) => {
            let secret = Some(made.secret.expose());
            let detail = detail(&ctx, place, made.endpoint.id, None, secret).await?;
            ctx.page(&WebhookPage { detail })
        }
        Err((form, ticked)) => {
            let list = list(&ctx, place, form, &ticked).await?;
            ctx.refused(&WebhooksPage { list })
        }
    }
}

/// `GET /center/webhooks/{endpoint}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let detail = detail(&ctx, place(&ctx)?, ctx.param("endpoint")?, None, None).await?;
    ctx.page(&WebhookPage { detail })
}

/// `POST /center/webhooks/{endpoint}`
pub async fn submit_one(ctx: Ctx) -> Answer {
    let (place, id): (_, Uuid) = (place(&ctx)?, ctx.param("endpoint")?);
    match change(&ctx, place, id).await? {
        None => ctx.done(&format!("{}/{id}", place.base), msg("webhook-changed")),
        Some(form) => {
            let detail = detail(&ctx, place, id, Some(form), None).await?;
            ctx.refused(&WebhookPage { detail })
        }
    }
}

/// `POST /center/webhooks/{endpoint}/rotate`
pub async fn rotate(ctx: Ctx) -> Answer {
    let (place, id) = (place(&ctx)?, ctx.param("endpoint")?);
    let made = ctx.state.webhooks.rotate_secret(place.whose, id).await?;
    let detail = detail(&ctx, place, id, None, Some(made.secret.expose())).await?;
    ctx.page(&WebhookPage { detail })
}

/// `POST /center/webhooks/{endpoint}/test`, and the other buttons.
pub async fn push(ctx: Ctx, button: Button) -> Answer {
    press(&ctx, place(&ctx)?, ctx.param("endpoint")?, button).await
}

/// `POST /center/webhooks/{endpoint}/deliveries/{delivery}`
pub async fn replay(ctx: Ctx) -> Answer {
    let (place, id): (_, Uuid) = (place(&ctx)?, ctx.param("endpoint")?);
    ctx.state.webhooks.replay(place.whose, id, ctx.param("delivery")?).await?;
    ctx.done(&format!("{}/{id}", place.base), msg("webhook-replayed").with("n", 1))
}
