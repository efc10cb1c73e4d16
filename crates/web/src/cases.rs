//! Privacy cases as pages show them, to whoever asked and to privacy officers.

use mailkeep_helpdesk::cases::{Case, CaseKind, CaseStage};
use mailkeep_helpdesk::tickets::{Ticket, TicketState};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::messages::Msg;
use crate::samples;
use crate::site::order::choose::Choice;
use crate::uses::word;

/// A case; nothing personal.
#[derive(Debug, Clone, Serialize)]
pub struct CaseView {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What is asked; `None` before somebody read it.
    pub kind: Option<&'static str>,
    /// `unread`, `open`, `waiting` or `settled`.
    pub stage: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// When it came.
    pub received_at: Timestamp,
    /// Until when it is to be answered.
    pub due_at: Timestamp,
    /// Whether a term of it is over.
    pub late: bool,
    /// Whether the answer was put off.
    pub extended: bool,
    /// `unasked`, `asked`, `shown` or `denied`: whether it is known who asks.
    pub identity: &'static str,
    /// What came of it.
    pub outcome: Option<&'static str>,
    /// When it was answered.
    pub settled_at: Option<Timestamp>,
}

impl CaseView {
    /// A case as it stands.
    pub fn of(ticket: &Ticket, case: &Case, now: Timestamp) -> Self {
        let stage = match case.stage() {
            CaseStage::Settled => "settled",
            CaseStage::Unread => "unread",
            CaseStage::Open if ticket.state == TicketState::WaitingOnCustomer => "waiting",
            CaseStage::Open => "open",
        };
        let late = case.is_late(now);
        CaseView {
            id: ticket.id.to_string(),
            number: ticket.number.clone(),
            kind: case.kind.map(CaseKind::word),
            stage,
            tone: tone(stage, late),
            received_at: case.received_at,
            // A term ends at a midnight; its last day is the one before.
            due_at: case.answer_due.minus(std::time::Duration::from_secs(1)),
            late,
            extended: case.extended_at.is_some(),
            identity: case.identity.word(),
            outcome: case.outcome.map(|outcome| outcome.word()),
            settled_at: case.settled_at,
        }
    }

    /// A made-up one.
    pub fn sample(number: &str, kind: Option<&'static str>, stage: &'static str, days: i64) -> Self {
        let settled = stage == "settled";
        CaseView {
            id: number.to_lowercase(),
            number: number.to_owned(),
            kind,
            stage,
            tone: tone(stage, days > 30 && !settled),
            received_at: samples::days_ago(days),
            due_at: samples::days_ago(days - 30),
            late: days > 30 && !settled,
            extended: false,
            identity: if settled { "shown" } else { "asked" },
            outcome: settled.then_some("granted"),
            settled_at: settled.then(|| samples::days_ago(days - 9)),
        }
    }
}

const fn tone(stage: &str, late: bool) -> &'static str {
    match (late, stage.as_bytes()) {
        (true, _) => "bad",
        (_, b"settled") => "good",
        (_, b"waiting") => "warn",
        _ => "note",
    }
}

/// What can be asked, with what each means.
pub fn kinds(ctx: &Ctx) -> Vec<Choice> {
    let choice = |kind: &CaseKind| {
        let help = Msg { id: format!("case-kind-{}-help", kind.word()).into(), args: Default::default() };
        Choice::new(kind.word(), ctx.text(&word("case-kind", kind.word())), ctx.text(&help))
    };
    CaseKind::ALL.iter().map(choice).collect()
}

/// Made-up choices.
pub fn sample_kinds() -> Vec<Choice> {
    vec![
        Choice::new("access", "See what you hold", "And why, from whom, and for how long."),
        Choice::new("erasure", "Have it erased", "What may stay, and why, we tell you first."),
        Choice::new("question", "Something else", "Anything about the policy."),
    ]
}
