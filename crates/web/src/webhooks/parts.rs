//! What the pages about endpoints show: the list, and one endpoint with its log.

use mailkeep_types::Timestamp;
use mailkeep_webhooks::deliveries::{Delivery, DeliveryState};
use mailkeep_webhooks::endpoints::Endpoint;
use mailkeep_webhooks::events::EventKind;
use mailkeep_webhooks::signing;
use serde::Serialize;

use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::samples;

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

impl EventBox {
    /// Every event that can be chosen.
    pub(super) fn all(ticked: &[EventKind]) -> Vec<Self> {
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
