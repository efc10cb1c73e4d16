//! What somebody wants to hear of, topic by topic and channel by channel, with the receipts of every choice.

use mailkeep_outreach::choices::{GPC, Standing, Wanted};
use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{Channel, ConsentRow, ConsentState, MessageClass};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::site::choices::topic_text;

/// Where a receipt of this page comes from.
const SOURCE: &str = "choices page";
/// How many receipts are shown before the rest is folded away.
const SHOWN: usize = 8;

/// The page of choices.
#[derive(Debug, Serialize)]
pub struct ChoicesPage {
    /// The topics by kind.
    pub groups: Vec<Group>,
    /// Whether any offer comes.
    pub offers_come: bool,
    /// Whether the last click can be taken back.
    pub undo: bool,
    /// Whether the browser sends the Global Privacy Control signal.
    pub gpc: bool,
    /// When the signal was written down.
    pub gpc_since: Option<Timestamp>,
    /// The newest receipts.
    pub receipts: Vec<Receipt>,
    /// Older ones.
    pub older: Vec<Receipt>,
}

/// Topics of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// The message class.
    pub class: &'static str,
    /// Its topics.
    pub rows: Vec<Row>,
}

/// A topic.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its word.
    pub topic: String,
    /// By e-mail, by post, by telephone; nothing where it does not come by that.
    pub cells: Vec<Option<bool>>,
}

/// A choice as it was made.
#[derive(Debug, Clone, Serialize)]
pub struct Receipt {
    /// About what: a topic, a class, or everything.
    pub about: Msg,
    /// The channel.
    pub channel: &'static str,
    /// Yes or no.
    pub yes: bool,
    /// Where it was made.
    pub source: Msg,
    /// What was shown.
    pub wording: Option<String>,
    /// The policy in force then.
    pub policy_id: String,
    /// Whether that is the policy in force now.
    pub current: bool,
    /// When.
    pub at: Timestamp,
}

impl Page for ChoicesPage {
    const TEMPLATE: &'static str = "center/choices.html";

    fn samples() -> Vec<Self> {
        let row =
            |topic: &str, cells: [Option<bool>; 3]| Row { topic: topic.to_owned(), cells: cells.to_vec() };
        let groups = |on| {
            vec![
                Group {
                    class: "subscribed",
                    rows: vec![
                        row("newsletter", [Some(true), None, None]),
                        row("blog", [Some(false), None, None]),
                        row("status", [Some(false), None, None]),
                        row("status_receiving", [Some(true), None, None]),
                        row("status_webmail", [Some(false), None, None]),
                    ],
                },
                Group { class: "news", rows: vec![row("product_updates", [Some(true), None, None])] },
                Group {
                    class: "marketing",
                    rows: vec![
                        row("new_services", [Some(on), Some(false), Some(false)]),
                        row("special_offers", [Some(on), Some(on), Some(false)]),
                        row("events_and_contests", [Some(false), Some(false), None]),
                    ],
                },
                Group { class: "feedback", rows: vec![row("feedback", [Some(true), None, None])] },
            ]
        };
        let receipt = |topic: &str, channel, yes, source: &str, days, current| Receipt {
            about: about(topic),
            channel,
            yes,
            source: source_text(source),
            wording: yes
                .then(|| "Special offers by e-mail: offers with a better price for a time.".to_owned()),
            policy_id: if current { "9f" } else { "41" }.repeat(32),
            current,
            at: samples::days_ago(days),
        };
        let receipts = vec![
            receipt("marketing", "telephone", false, GPC, 2, true),
            receipt("special_offers", "email", true, SOURCE, 40, false),
            receipt("newsletter", "email", true, SOURCE, 40, false),
        ];
        vec![
            ChoicesPage {
                groups: groups(true),
                offers_come: true,
                undo: false,
                gpc: false,
                gpc_since: None,
                receipts: receipts[1..].to_vec(),
                older: Vec::new(),
            },
            ChoicesPage {
                groups: groups(false),
                offers_come: false,
                undo: true,
                gpc: true,
                gpc_since: Some(samples::days_ago(2)),
                older: receipts.clone(),
                receipts,
            },
            ChoicesPage {
                groups: groups(false),
                offers_come: false,
                undo: false,
                gpc: false,
                gpc_since: None,
                receipts: Vec::new(),
                older: Vec::new(),
            },
        ]
    }
}

/// About what a receipt is, in words.
fn about(topic: &str) -> Msg {
    crate::mail::topic_name(if topic == mailkeep_policy::outbound::ALL_TOPICS { "all" } else { topic })
}

/// Where it was made, in words; what has none says so itself.
fn source_text(source: &str) -> Msg {
    match source {
        SOURCE => msg("receipt-from-page"),
        mailkeep_outreach::choices::ONE_CLICK => msg("receipt-from-click"),
        mailkeep_outreach::choices::STOP_OFFERS => msg("receipt-from-stop"),
        mailkeep_outreach::choices::UNDO => msg("receipt-from-undo"),
        mailkeep_outreach::subscribers::DOUBLE_OPT_IN => msg("receipt-from-confirmation"),
        GPC => msg("receipt-from-gpc"),
        other => msg("verbatim").with("text", other),
    }
}

fn groups(standing: &[Standing]) -> Vec<Group> {
    // What one asked for first, what one may be asked last.
    let order =
        [MessageClass::Subscribed, MessageClass::News, MessageClass::Marketing, MessageClass::Feedback];
    let rows = |class| {
        let mut rows: Vec<Row> = Vec::new();
        for one in standing.iter().filter(|one| one.class == class) {
            if rows.last().is_none_or(|row| row.topic != one.topic) {
                rows.push(Row { topic: one.topic.clone(), cells: vec![None; Channel::ALL.len()] });
            }
            let column = Channel::ALL.iter().position(|channel| *channel == one.channel);
            if let (Some(row), Some(column)) = (rows.last_mut(), column) {
                row.cells[column] = Some(one.comes);
            }
        }
        rows
    };
    order
        .into_iter()
        .map(|class| Group { class: class.id(), rows: rows(class) })
        .filter(|group| !group.rows.is_empty())
        .collect()
}

/// `GET /center/choices`
pub async fn show(ctx: Ctx) -> Answer {
    let subject = Subject::person(ctx.who.person()?.person);
    let standing = ctx.state.outreach.standing(subject).await?;
    let receipts = ctx.state.outreach.receipts(subject).await?;
    let policy_id = ctx.state.policy.compiled().id_text();
    let shown = |row: &ConsentRow| Receipt {
        about: about(&row.topic),
        channel: row.channel.id(),
        yes: row.state == ConsentState::Given,
        source: source_text(&row.source),
        wording: row.wording.clone(),
        policy_id: row.policy_id.clone(),
        current: row.policy_id == policy_id,
        at: row.at,
    };
    let mut newest: Vec<Receipt> = receipts.iter().map(shown).collect();
    let older = newest.split_off(newest.len().min(SHOWN));
    ctx.page(&ChoicesPage {
        groups: groups(&standing),
        offers_come: standing.iter().any(|one| one.class == MessageClass::Marketing && one.comes),
        undo: ctx.state.outreach.can_undo(&receipts),
        gpc: ctx.gpc(),
        gpc_since: receipts.iter().find(|row| row.source == GPC).map(|row| row.at),
        receipts: newest,
        older,
    })
}

/// `POST /center/choices`: boxes `wanted` with `topic:channel`; what is not among them is not wanted.
pub async fn submit(ctx: Ctx) -> Answer {
    let subject = Subject::person(ctx.who.person()?.person);
    let ticked: Vec<&str> = ctx.form.all("wanted").collect();
    let wanted: Vec<Wanted> = ctx
        .state
        .policy
        .compiled()
        .topics()
        .iter()
        .flat_map(|topic| topic.channels.iter().map(move |channel| (topic, *channel)))
        .map(|(topic, channel)| Wanted {
            yes: ticked.contains(&format!("{}:{channel}", topic.id).as_str()),
            wording: topic_text(&ctx, &topic.id, channel),
            topic: topic.id.clone(),
            channel,
        })
        .collect();
    let changed = ctx.state.outreach.choose(subject, wanted, ctx.manner(SOURCE)).await?;
    let count = i64::try_from(changed).unwrap_or(i64::MAX);
    ctx.done("/center/choices", msg("choices-saved").with("n", count))
}

/// `POST /center/choices/stop`: all offers, on every channel.
pub async fn stop(ctx: Ctx) -> Answer {
    let subject = Subject::person(ctx.who.person()?.person);
    let wording = ctx.say("choices-stop");
    ctx.state.outreach.stop_offers(subject, Some(wording), ctx.manner(SOURCE)).await?;
    ctx.done("/center/choices", msg("choices-stopped"))
}

/// `POST /center/choices/undo`
pub async fn undo(ctx: Ctx) -> Answer {
    let subject = Subject::person(ctx.who.person()?.person);
    let again = ctx.state.outreach.undo_stop(subject, ctx.manner(SOURCE)).await?;
    let count = i64::try_from(again).unwrap_or(i64::MAX);
    ctx.done("/center/choices", msg("choices-undone").with("n", count))
}
