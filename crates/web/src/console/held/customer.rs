//! The held mail of one customer, how far they are trusted, and what was decided on them before.

use std::collections::BTreeMap;

use mailkeep_mailbox::queue::{Held, Hold, Which};
use mailkeep_outbound_guard::Tier;
use mailkeep_outbound_guard::holds::{Act, Cause, Decision, Exception, HELD_FOR};
use mailkeep_outbound_guard::ladder::Step;
use mailkeep_types::{CustomerId, MailboxId, QueueId, StaffId, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use super::causes;
use crate::console::ladder::{StepRow, end_causes, short};
use crate::ctx::Ctx;
use crate::held::reason;
use crate::messages::Msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// So many messages stand on the page.
const MESSAGES: usize = 100;
/// So many decisions stand on the page, the newest.
const DECISIONS: usize = 30;

/// The held mail of a customer.
#[derive(Debug, Serialize)]
pub struct HeldCustomerPage {
    /// The customer.
    pub customer: String,
    /// How far they are trusted: the tier's number; nothing before their first message.
    pub tier: Option<i64>,
    /// Whether staff trust them.
    pub trusted: bool,
    /// Mailboxes whose campaigns go out.
    pub exceptions: Vec<ExceptionRow>,
    /// What is held.
    pub messages: Vec<MessageRow>,
    /// What was decided.
    pub decisions: Vec<DecisionRow>,
    /// What staff may give as a reason: the words.
    pub causes: Vec<&'static str>,
    /// What is limited or stopped, the furthest first.
    pub steps: Vec<StepRow>,
    /// What was, the newest first.
    pub past_steps: Vec<StepRow>,
    /// Why a step may end.
    pub end_causes: Vec<&'static str>,
    /// How many destinations are left alone for the customer, and until when.
    pub paused: Option<(i64, Timestamp)>,
}

/// A message that is held.
#[derive(Debug, Clone, Serialize)]
pub struct MessageRow {
    /// The message.
    pub id: String,
    /// The end of the mailbox's identifier, enough to tell two apart.
    pub mailbox: String,
    /// All of it, for the step that is taken next.
    pub mailbox_id: String,
    /// The rule's word.
    pub code: String,
    /// Why, in a sentence.
    pub reason: Msg,
    /// How many recipients it has.
    pub recipients: i64,
    /// How long it is, in bytes.
    pub bytes: i64,
    /// Since when it waits.
    pub since: Timestamp,
    /// When it goes back to its sender.
    pub ends_at: Timestamp,
    /// When the owner said that it is theirs.
    pub confirmed_at: Option<Timestamp>,
    /// How likely its words say that it is unwanted, in hundredths; nothing where too little was learnt.
    pub score: Option<i64>,
}

/// A mailbox whose campaigns go out.
#[derive(Debug, Clone, Serialize)]
pub struct ExceptionRow {
    /// The end of the mailbox's identifier.
    pub mailbox: String,
    /// Why.
    pub why: &'static str,
    /// Until when.
    pub ends_at: Timestamp,
}

/// A decision.
#[derive(Debug, Clone, Serialize)]
pub struct DecisionRow {
    /// What was done.
    pub act: &'static str,
    /// Why.
    pub why: &'static str,
    /// The end of the mailbox's identifier, when it is about one.
    pub mailbox: Option<String>,
    /// How many recipients the message had.
    pub recipients: i64,
    /// Who of staff decided.
    pub staff: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl MessageRow {
    fn of(held: Held) -> Self {
        MessageRow {
            id: held.id.to_string(),
            mailbox: short(held.mailbox),
            mailbox_id: held.mailbox.to_string(),
            reason: reason(&held.hold.code, held.hold.value, held.hold.limit),
            code: held.hold.code,
            recipients: held.recipients,
            bytes: i64::try_from(held.size).unwrap_or(i64::MAX),
            since: held.since,
            ends_at: held.since.plus(HELD_FOR),
            confirmed_at: held.confirmed_at,
            score: held.hold.score.map(|score| score / 10),
        }
    }
}

impl ExceptionRow {
    fn of(exception: &Exception) -> Self {
        let (mailbox, why) = (short(exception.mailbox), exception.why.word());
        ExceptionRow { mailbox, why, ends_at: exception.ends_at }
    }
}

impl DecisionRow {
    fn of(decision: &Decision, names: &BTreeMap<StaffId, String>) -> Self {
        DecisionRow {
            act: decision.act.word(),
            why: decision.why.word(),
            mailbox: decision.mailbox.map(short),
            recipients: decision.recipients,
            staff: decision.staff.and_then(|id| names.get(&id).cloned()),
            at: decision.at,
        }
    }
}

impl Page for HeldCustomerPage {
    const TEMPLATE: &'static str = "console/held/customer.html";

    fn samples() -> Vec<Self> {
        let mailbox = MailboxId::from_uuid(Uuid::from_u128(0x5eed_a11c_e000_0001));
        let customer = CustomerId::from_uuid(Uuid::from_u128(0x5eed_0001));
        let held = |number: u128, code: &str, confirmed: bool| {
            MessageRow::of(Held {
                id: QueueId::from_uuid(Uuid::from_u128(number)),
                mailbox,
                customer,
                hold: Hold {
                    code: code.to_owned(),
                    value: 23,
                    limit: 20,
                    sentence: String::new(),
                    number: None,
                    score: Some(930),
                },
                recipients: 2,
                size: 4_812,
                since: samples::minutes_ago(180),
                confirmed_at: confirmed.then(|| samples::minutes_ago(20)),
            })
        };
        let staff = StaffId::from_uuid(Uuid::nil());
        let names = BTreeMap::from([(staff, "rosalind".to_owned())]);
        let decided = |act, why, mailbox, staff, minutes| {
            let at = samples::minutes_ago(minutes);
            DecisionRow::of(&Decision { act, why, mailbox, recipients: 2, staff, at }, &names)
        };
        let exception = Exception {
            mailbox,
            why: Cause::Consented,
            staff: Some(staff),
            ends_at: samples::minutes_ago(-80_000),
        };
        let page = |tier, messages: Vec<MessageRow>, exceptions, decisions| {
            let (steps, past_steps) = match messages.is_empty() {
                true => (Vec::new(), Vec::new()),
                false => StepRow::samples(customer),
            };
            HeldCustomerPage {
                customer: customer.to_string(),
                tier,
                trusted: tier == Some(3),
                exceptions,
                paused: (!steps.is_empty()).then(|| (2, samples::minutes_ago(-45))),
                messages,
                decisions,
                causes: causes(),
                steps,
                past_steps,
                end_causes: end_causes(),
            }
        };
        vec![
            page(
                Some(1),
                vec![held(1, "campaign", true), held(2, "wave", false)],
                vec![ExceptionRow::of(&exception)],
                vec![
                    decided(Act::Release, Cause::Consented, Some(mailbox), Some(staff), 30),
                    decided(Act::Expire, Cause::Time, Some(mailbox), None, 4_000),
                    decided(Act::Untrust, Cause::Stolen, None, Some(staff), 9_000),
                ],
            ),
            page(Some(3), Vec::new(), Vec::new(), Vec::new()),
            page(None, Vec::new(), Vec::new(), Vec::new()),
        ]
    }
}

/// `GET /console/held/{customer}`
pub async fn show(ctx: Ctx) -> Answer {
    let customer = super::sender(&ctx).await?;
    let held = ctx.state.office.list_held(Which::Customer(customer), MESSAGES).await?;
    let (holds, names) = (&ctx.state.holds, ctx.state.identity.name_colleagues(ctx.access()).await?);
    let trust = holds.guard().trust_in(customer).await?;
    let decisions = holds.list_decisions(customer, DECISIONS).await?;
    let reader = ctx.who.staff()?.staff;
    let open = holds.guard().open_steps_of(customer).await?;
    let past = holds.guard().steps_of(customer, DECISIONS).await?;
    let (now, row) = (ctx.state.clock.now(), |step: &Step| StepRow::of(step, &names, reader));
    let paused = holds.guard().pauses_of(customer).await?;
    ctx.page(&HeldCustomerPage {
        steps: open.iter().map(row).collect(),
        past_steps: past.iter().filter(|step| !step.is_open(now)).map(row).collect(),
        end_causes: end_causes(),
        paused: paused.map(|pause| (pause.destinations, pause.until)),
        customer: customer.to_string(),
        tier: trust.tier.map(Tier::number),
        trusted: trust.tier == Some(Tier::T3) || !trust.exceptions.is_empty(),
        exceptions: trust.exceptions.iter().map(ExceptionRow::of).collect(),
        messages: held.into_iter().map(MessageRow::of).collect(),
        decisions: decisions.iter().map(|one| DecisionRow::of(one, &names)).collect(),
        causes: causes(),
    })
}
