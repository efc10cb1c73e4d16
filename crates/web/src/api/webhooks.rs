//! Webhooks: endpoints that are told what happens, and the log of what was sent.

use mailkeep_identity::Scope;
use mailkeep_types::Timestamp;
use mailkeep_webhooks::WebhookError;
use mailkeep_webhooks::deliveries::{Delivery, DeliveryState};
use mailkeep_webhooks::endpoints::{Endpoint, NewEndpoint, Registrar, Whose, WithSecret};
use mailkeep_webhooks::events::EventKind;
use mailkeep_webhooks::signing::message_id;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::describe::{Api, op};
use super::paging::{Page, Part, asked, cut};
use super::value::Instant;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::OWNER;

/// An endpoint.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WebhookEndpoint")]
pub struct EndpointView {
    /// Its identifier.
    pub id: String,
    /// Where it is.
    pub url: String,
    /// The events that it is told; empty means all of them.
    pub events: Vec<String>,
    /// Whether it is told anything.
    pub enabled: bool,
    /// Why it is not: `failing`, `gone` or `asked`.
    pub disabled_why: Option<String>,
    /// Since when it has not answered.
    pub failing_since: Option<Instant>,
    /// When it was registered.
    pub created_at: Instant,
    /// What signs for it; only in the answers that make one.
    pub secret: Option<String>,
}

/// An endpoint to be registered.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointToRegister {
    /// Where it is: an address that begins with `https://`.
    pub url: String,
    /// The events that it is told, e.g. `invoice.issued`; all of them when left out.
    #[serde(default)]
    pub events: Vec<String>,
}

/// What of an endpoint is to change.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointChange {
    /// Where it is; as before when left out.
    #[serde(default)]
    pub url: Option<String>,
    /// The events that it is told, none for all of them; as before when left out.
    #[serde(default)]
    pub events: Option<Vec<String>>,
    /// Whether it is told anything; as before when left out.
    #[serde(default)]
    pub enabled: Option<bool>,
}

/// From when on everything is to be sent again.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayToAsk {
    /// An instant (RFC 3339).
    pub since: String,
}

/// How many events are on their way again.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Replayed {
    /// How many; `null` when the same request was answered before.
    pub events: Option<usize>,
}

/// An event on its way to an endpoint.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WebhookDelivery")]
pub struct DeliveryView {
    /// Its identifier.
    pub id: String,
    /// The event, as `webhook-id` names it.
    pub event: String,
    /// Its kind.
    pub kind: String,
    /// `waiting`, `delivered` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Whether it was asked for again.
    pub replayed: bool,
    /// When it is tried next, while it waits.
    pub next_at: Option<Instant>,
    /// When it was last tried.
    pub tried_at: Option<Instant>,
    /// How long that took, in milliseconds.
    pub took_millis: Option<i64>,
    /// The status of the last answer.
    pub status: Option<i64>,
    /// Why there was none: `name`, `private`, `connection`, `time` or `broken`.
    pub fault: Option<String>,
    /// The first characters of the last answer.
    pub answer: Option<String>,
    /// When it was put on its way.
    pub created_at: Instant,
}

impl From<Endpoint> for EndpointView {
    fn from(endpoint: Endpoint) -> Self {
        EndpointView {
            id: endpoint.id.to_string(),
            events: endpoint.events.iter().map(|kind| kind.word().to_owned()).collect(),
            enabled: endpoint.disabled_at.is_none(),
            disabled_why: endpoint.disabled_why,
            failing_since: endpoint.failing_since.map(Instant::from),
            created_at: endpoint.created_at.into(),
            url: endpoint.url,
            secret: None,
        }
    }
}

impl From<WithSecret> for EndpointView {
    fn from(made: WithSecret) -> Self {
        let secret = Some(made.secret.expose());
        EndpointView { secret, ..made.endpoint.into() }
    }
}

impl From<Delivery> for DeliveryView {
    fn from(delivery: Delivery) -> Self {
        let waits = delivery.state == DeliveryState::Waiting;
        DeliveryView {
            id: delivery.id.to_string(),
            event: message_id(delivery.event),
            state: delivery.state.word().to_owned(),
            attempts: delivery.attempts,
            replayed: delivery.replayed,
            next_at: Some(delivery.next_at).filter(|_| waits).map(Instant::from),
            tried_at: delivery.tried_at.map(Instant::from),
            took_millis: delivery.took_millis,
            status: delivery.status,
            fault: delivery.fault,
            answer: delivery.answer,
            created_at: delivery.created_at.into(),
            kind: delivery.kind,
        }
    }
}

fn whose(ctx: &Ctx) -> Result<Whose, WebError> {
    Ok(Whose::Customer(ctx.customer()?))
}

/// The kinds by their words.
fn kinds(words: &[String]) -> Result<Vec<EventKind>, WebError> {
    let wrong = |word: &str| Form::new().wrong("events", msg("api-event-wrong").with("event", word));
    words
        .iter()
        .map(|word| EventKind::from_word(word).ok_or_else(|| WebError::Fields(Box::new(wrong(word)))))
        .collect()
}

/// A field that does not fit is told by its name.
fn told(error: WebhookError) -> WebError {
    match error {
        WebhookError::Field { field, sentence } => {
            WebError::Fields(Box::new(Form::new().wrong(field, msg("verbatim").with("text", sentence))))
        }
        error => error.into(),
    }
}

async fn list(ctx: Ctx) -> Result<Page<EndpointView>, WebError> {
    let all = ctx.state.webhooks.list_endpoints(whose(&ctx)?).await?;
    Ok(cut(&ctx, all, |endpoint| endpoint.id)?.page(EndpointView::from))
}

async fn show(ctx: Ctx) -> Result<EndpointView, WebError> {
    Ok(ctx.state.webhooks.show_endpoint(whose(&ctx)?, ctx.param("endpoint")?).await?.into())
}

async fn register(ctx: Ctx, wanted: EndpointToRegister) -> Result<(Uuid, EndpointView), WebError> {
    let by = Registrar::Person(ctx.who.person()?.person);
    let new = NewEndpoint { url: wanted.url, events: kinds(&wanted.events)? };
    let made = ctx.state.webhooks.register_endpoint(whose(&ctx)?, by, new).await.map_err(told)?;
    Ok((made.endpoint.id, made.into()))
}

/// For a program that did not hear the answer: the same, with its secret.
async fn registered(ctx: Ctx, id: Uuid) -> Result<EndpointView, WebError> {
    Ok(ctx.state.webhooks.show_secret(whose(&ctx)?, id).await?.into())
}

async fn change(ctx: Ctx, wanted: EndpointChange) -> Result<EndpointView, WebError> {
    let (webhooks, whose, id) = (&ctx.state.webhooks, whose(&ctx)?, ctx.param("endpoint")?);
    if wanted.url.is_some() || wanted.events.is_some() {
        let before = webhooks.show_endpoint(whose, id).await?;
        let events = match &wanted.events {
            Some(words) => kinds(words)?,
            None => before.events,
        };
        let to = NewEndpoint { url: wanted.url.unwrap_or(before.url), events };
        webhooks.change_endpoint(whose, id, to).await.map_err(told)?;
    }
    match wanted.enabled {
        Some(true) => webhooks.enable_endpoint(whose, id).await?,
        Some(false) => webhooks.disable_endpoint(whose, id).await?,
        None => {}
    }
    show(ctx).await
}

async fn remove(ctx: Ctx) -> Result<(), WebError> {
    Ok(ctx.state.webhooks.remove_endpoint(whose(&ctx)?, ctx.param("endpoint")?).await?)
}

async fn rotate(ctx: Ctx) -> Result<EndpointView, WebError> {
    Ok(ctx.state.webhooks.rotate_secret(whose(&ctx)?, ctx.param("endpoint")?).await?.into())
}

async fn rotated(ctx: Ctx) -> Result<EndpointView, WebError> {
    Ok(ctx.state.webhooks.show_secret(whose(&ctx)?, ctx.param("endpoint")?).await?.into())
}

async fn test(ctx: Ctx) -> Result<EndpointView, WebError> {
    ctx.state.webhooks.test_endpoint(whose(&ctx)?, ctx.param("endpoint")?).await?;
    show(ctx).await
}

async fn deliveries(ctx: Ctx) -> Result<Page<DeliveryView>, WebError> {
    let part = asked(&ctx)?;
    let (whose, id) = (whose(&ctx)?, ctx.param("endpoint")?);
    let rows = ctx.state.webhooks.page_deliveries(whose, id, part.after, part.ask()).await?;
    Ok(Part::of(rows, part, |row| row.id).page(DeliveryView::from))
}

async fn delivery(ctx: Ctx) -> Result<DeliveryView, WebError> {
    let (whose, id) = (whose(&ctx)?, ctx.param("endpoint")?);
    Ok(ctx.state.webhooks.show_delivery(whose, id, ctx.param("delivery")?).await?.0.into())
}

async fn replay(ctx: Ctx) -> Result<DeliveryView, WebError> {
    let (whose, id) = (whose(&ctx)?, ctx.param("endpoint")?);
    let again = ctx.state.webhooks.replay(whose, id, ctx.param("delivery")?).await?;
    Ok(ctx.state.webhooks.show_delivery(whose, id, again).await?.0.into())
}

async fn replay_since(ctx: Ctx, wanted: ReplayToAsk) -> Result<Replayed, WebError> {
    let Ok(since) = wanted.since.parse::<jiff::Timestamp>() else {
        return Err(WebError::Fields(Box::new(Form::new().wrong("since", msg("api-instant-wrong")))));
    };
    let since = Timestamp::from_micros(since.as_microsecond());
    let events = ctx.state.webhooks.replay_since(whose(&ctx)?, ctx.param("endpoint")?, since).await?;
    Ok(Replayed { events: Some(events) })
}

async fn replayed(_: Ctx) -> Result<Replayed, WebError> {
    Ok(Replayed { events: None })
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Webhooks");
    let (read, write) = (Scope::WebhooksRead, Scope::WebhooksWrite);
    let (all, one) = ("/api/v1/webhooks", "/api/v1/webhooks/{endpoint}");
    api.list(op(all, "listWebhooks", "The endpoints that are told what happens", read, OWNER), list);
    let new = "Register an endpoint; the answer has the secret that signs for it";
    api.make(op(all, "registerWebhook", new, write, OWNER), all, register, registered);
    api.read(op(one, "showWebhook", "One endpoint", read, OWNER), show);
    let what = "Change an endpoint's address and events, enable or disable it";
    api.change(axum::http::Method::PATCH, op(one, "changeWebhook", what, write, OWNER), change);
    api.remove(op(one, "removeWebhook", "Remove an endpoint with its log", write, OWNER), remove);
    let at = "/api/v1/webhooks/{endpoint}/rotate";
    let what = "Make a new secret; the one before signs beside it for a day";
    api.act(op(at, "rotateWebhookSecret", what, write, OWNER), rotate, rotated);
    let at = "/api/v1/webhooks/{endpoint}/test";
    api.act(op(at, "testWebhook", "Send an event that says nothing", write, OWNER), test, show);
    let at = "/api/v1/webhooks/{endpoint}/replay";
    let what = "Send everything again that happened at a time or later";
    api.carry_out(op(at, "replayWebhooks", what, write, OWNER), replay_since, replayed);
    let at = "/api/v1/webhooks/{endpoint}/deliveries";
    api.list(op(at, "listDeliveries", "What was sent to an endpoint", read, OWNER), deliveries);
    let at = "/api/v1/webhooks/{endpoint}/deliveries/{delivery}";
    api.read(op(at, "showDelivery", "One delivery", read, OWNER), delivery);
    let at = "/api/v1/webhooks/{endpoint}/deliveries/{delivery}/replay";
    api.act(op(at, "replayDelivery", "Send the event of a delivery again", write, OWNER), replay, delivery);
}
