//! What became of a message, in plain words: the same search for the administrators of a customer's domains and, under a ticket, for
//! support. What is typed is looked up as a hash and stands in no address of a page.

use mailkeep_mailbox::traces::{MOST_FOUND, Step, StepKind, Trace, TraceQuery, Way};
use mailkeep_policy::{CategoryId, Shown};
use mailkeep_types::{CustomerId, EmailAddress, MailboxId, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::samples;

/// A search and what it found.
#[derive(Debug, Clone, Serialize)]
pub struct Search {
    /// What is looked for.
    pub form: Form,
    /// What was found; nothing before the search.
    pub found: Option<Vec<TracedMessage>>,
    /// There may be more than is shown.
    pub is_full: bool,
    /// For so many days what became of messages is kept.
    pub days: u32,
}

/// A message.
#[derive(Debug, Clone, Serialize)]
pub struct TracedMessage {
    /// `out` or `in`.
    pub way: &'static str,
    /// When it was handed in or arrived.
    pub at: Timestamp,
    /// Length in bytes.
    pub bytes: i64,
    /// The mailbox of the customer.
    pub mailbox: String,
    /// Its address, for those who may see it.
    pub address: Option<Shown<String>>,
    /// What became of it for each recipient.
    pub recipients: Vec<TracedRecipient>,
}

/// A recipient.
#[derive(Debug, Clone, Serialize)]
pub struct TracedRecipient {
    /// The domain that it went to; empty for what came in.
    pub domain: String,
    /// What happened, in its order.
    pub steps: Vec<TracedStep>,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize)]
pub struct TracedStep {
    /// When.
    pub at: Timestamp,
    /// How it looks.
    pub tone: &'static str,
    /// What, in a sentence.
    pub text: Msg,
    /// Why, in a sentence; only where another server or the mailbox refused.
    pub why: Option<Msg>,
    /// The rule that holds it.
    pub held: Option<String>,
}

impl Search {
    /// Before anything was asked.
    pub(crate) fn empty(ctx: &Ctx) -> Self {
        let terms = ctx.state.office.policy().compiled().terms(CategoryId::MailTrace);
        Search { form: Form::new(), found: None, is_full: false, days: terms.keep_days }
    }

    fn sample(form: Form, found: Option<Vec<TracedMessage>>) -> Self {
        Search { form, is_full: found.as_ref().is_some_and(|found| !found.is_empty()), found, days: 30 }
    }

    pub(crate) fn samples() -> Vec<Self> {
        let at = samples::minutes_ago;
        let step = |kind, minutes, code, status: Option<&str>, word: Option<&str>| Step {
            kind,
            at: at(minutes),
            code,
            status: status.map(str::to_owned),
            word: word.map(str::to_owned),
        };
        let trace = |id: u128, position, way, domain: &str, steps| Trace {
            id: Uuid::from_u128(id),
            position,
            mailbox: MailboxId::from_uuid(Uuid::nil()),
            way,
            domain: domain.to_owned(),
            size: 4_800,
            at: at(90),
            steps,
        };
        let sent = vec![
            step(StepKind::Held, 90, None, None, Some("campaign")),
            step(StepKind::Released, 80, None, None, None),
            step(StepKind::Deferred, 79, Some(451), Some("4.7.1"), None),
            step(StepKind::Delivered, 60, Some(250), None, None),
        ];
        let failed = vec![
            step(StepKind::Queued, 90, None, None, None),
            step(StepKind::Deferred, 89, None, None, None),
            step(StepKind::Paused, 80, None, None, None),
            step(StepKind::Stopped, 60, None, None, None),
            step(StepKind::Failed, 30, Some(550), Some("5.1.1"), None),
        ];
        let came = vec![step(StepKind::Delivered, 90, None, None, Some("junk"))];
        let full = vec![step(StepKind::Full, 90, None, None, None)];
        let found = grouped(vec![
            trace(1, 0, Way::Out, "larkspur.example", sent),
            trace(1, 1, Way::Out, "far.example", failed),
            trace(2, 0, Way::In, "", came),
            trace(3, 0, Way::In, "", full),
        ]);
        let form = Form::new().with("recipient", "grace@larkspur.example");
        vec![
            Search::sample(Form::new(), None),
            Search::sample(form.clone(), Some(found)),
            Search::sample(form.clone(), Some(Vec::new())),
            Search::sample(form.wrong("sender", msg("trace-wrong-address")), None),
        ]
    }
}

/// Searches among the messages of a customer's mailboxes, as the form asks.
///
/// # Errors
/// When the store fails.
pub(crate) async fn search(ctx: &Ctx, customer: CustomerId) -> Result<Search, WebError> {
    let (mut form, zone) = (Form::of(&ctx.form), ctx.chrome().time_zone);
    let query = TraceQuery {
        sender: address(ctx, &mut form, "sender"),
        recipient: address(ctx, &mut form, "recipient"),
        message_id: Some(ctx.form.get("message").to_owned()).filter(|id| !id.is_empty()),
        since: form.day(&ctx.form, "since", &zone, false),
        until: form.day(&ctx.form, "until", &zone, true),
    };
    if !form.good() {
        return Ok(Search { form, ..Search::empty(ctx) });
    }
    let found = ctx.state.office.find_traces(customer, query).await?;
    let is_full = found.len() >= MOST_FOUND;
    Ok(Search { form, found: Some(grouped(found)), is_full, ..Search::empty(ctx) })
}

fn address(ctx: &Ctx, form: &mut Form, field: &str) -> Option<EmailAddress> {
    let typed = ctx.form.get(field);
    if typed.is_empty() {
        return None;
    }
    let address = EmailAddress::parse(typed).ok();
    if address.is_none() {
        form.refuse(field, msg("trace-wrong-address"));
    }
    address
}

/// The recipients of one message stand together; they come in a row.
fn grouped(found: Vec<Trace>) -> Vec<TracedMessage> {
    let mut messages: Vec<(Uuid, TracedMessage)> = Vec::new();
    for trace in found {
        let steps = trace.steps.iter().map(|step| told(step, trace.way)).collect();
        let recipient = TracedRecipient { domain: trace.domain, steps };
        match messages.last_mut() {
            Some((id, message)) if *id == trace.id => message.recipients.push(recipient),
            _ => messages.push((
                trace.id,
                TracedMessage {
                    way: trace.way.word(),
                    at: trace.at,
                    bytes: trace.size,
                    mailbox: trace.mailbox.to_string(),
                    address: None,
                    recipients: vec![recipient],
                },
            )),
        }
    }
    messages.into_iter().map(|(_, message)| message).collect()
}

fn told(step: &Step, way: Way) -> TracedStep {
    let text = match (step.kind, way) {
        (StepKind::Queued, _) => msg("trace-queued"),
        (StepKind::Held, _) => msg("trace-held"),
        (StepKind::Released, _) => msg("trace-released"),
        (StepKind::Deferred, _) => msg("trace-deferred"),
        (StepKind::Stopped, _) => msg("trace-stopped"),
        (StepKind::Paused, _) => msg("trace-paused"),
        (StepKind::Failed, _) => msg("trace-failed"),
        (StepKind::Removed, _) => msg("trace-removed"),
        (StepKind::Full, _) => msg("trace-full"),
        (StepKind::Delivered, Way::Out) => msg("trace-delivered"),
        (StepKind::Delivered, Way::In) if step.word.as_deref() == Some("junk") => msg("trace-junk"),
        (StepKind::Delivered, Way::In) => msg("trace-inbox"),
    };
    let tone = match step.kind {
        StepKind::Delivered => "good",
        StepKind::Failed | StepKind::Removed | StepKind::Full => "bad",
        StepKind::Held | StepKind::Deferred | StepKind::Stopped | StepKind::Paused => "warn",
        StepKind::Queued | StepKind::Released => "note",
    };
    let why = match step.kind {
        StepKind::Deferred | StepKind::Failed => Some(why(step)),
        StepKind::Stopped => Some(msg("trace-why-stopped")),
        StepKind::Paused => Some(msg("trace-why-paused")),
        _ => None,
    };
    TracedStep {
        at: step.at,
        tone,
        text,
        why,
        held: step.word.clone().filter(|_| step.kind == StepKind::Held),
    }
}

/// What the codes of the answer mean (RFC 3463), with the codes as they came.
fn why(step: &Step) -> Msg {
    let answer = match (step.code, step.status.as_deref()) {
        (None, None) => return msg("trace-why-unreachable"),
        (Some(code), None) => code.to_string(),
        (None, Some(status)) => status.to_owned(),
        (Some(code), Some(status)) => format!("{code} {status}"),
    };
    let mut detail = step.status.as_deref().unwrap_or_default().split('.').skip(1);
    let id = match (detail.next(), detail.next()) {
        (Some("1"), _) => "trace-why-address",
        (Some("2"), Some("2")) => "trace-why-full",
        (Some("2"), Some("3")) | (Some("3"), Some("4")) => "trace-why-size",
        (Some("2"), _) => "trace-why-mailbox",
        (Some("4"), _) => "trace-why-unreachable-answer",
        (Some("7"), _) => "trace-why-policy",
        _ => "trace-why-other",
    };
    msg(id).with("answer", answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_in_words() {
        let why = |code, status: Option<&str>| {
            let status = status.map(str::to_owned);
            let step = Step { kind: StepKind::Failed, at: Timestamp::EPOCH, code, status, word: None };
            why(&step)
        };
        assert_eq!(why(Some(550), Some("5.1.1")), msg("trace-why-address").with("answer", "550 5.1.1"));
        assert_eq!(why(Some(452), Some("4.2.2")), msg("trace-why-full").with("answer", "452 4.2.2"));
        assert_eq!(why(Some(554), None), msg("trace-why-other").with("answer", "554"));
        assert_eq!(why(None, None), msg("trace-why-unreachable"));
    }
}
