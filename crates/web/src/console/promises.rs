//! How each promise of the policy stands, what is missing, and how it stood before.

use mailkeep_policy::checks::{Known, PromiseMark, mark_history, newest_marks};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;
use crate::site::policy::tone;

/// How many changes are shown.
const SHOWN: u32 = 60;

/// How the promises stand.
#[derive(Debug, Serialize)]
pub struct PromisesPage {
    /// When they were last looked at; `None` before the first self-check.
    pub looked_at: Option<Timestamp>,
    /// How many do not hold.
    pub broken: i64,
    /// The promises: broken ones first, then those that something is missing of, then in the order of the policy.
    pub rows: Vec<PromiseRow>,
    /// How they stood before, newest first.
    pub history: Vec<HistoryRow>,
}

/// A promise.
#[derive(Debug, Clone, Serialize)]
pub struct PromiseRow {
    /// `P1` to `P50`.
    pub id: String,
    /// Its words.
    pub text: String,
    /// The check that stands for it.
    pub check: String,
    /// One word; empty before the first self-check.
    pub mark: String,
    /// Its tone.
    pub tone: &'static str,
    /// What breaks it, each with what mends it.
    pub why: Vec<String>,
    /// The proofs that were not given yet.
    pub missing: Vec<String>,
    /// What a planned promise waits for.
    pub awaits: Option<String>,
    /// Since when it stands so.
    pub since: Option<Timestamp>,
}

/// How a promise stood for a time.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryRow {
    /// The promise.
    pub id: String,
    /// Its mark.
    pub mark: String,
    /// Its tone.
    pub tone: &'static str,
    /// From when.
    pub since: Timestamp,
    /// When it was last seen so.
    pub looked_at: Timestamp,
    /// What broke it.
    pub why: Vec<String>,
}

fn whys(mark: &PromiseMark) -> Vec<String> {
    let broken = mark.report.known.iter().filter_map(|known| match known {
        Known::Broken { why } => Some(why.clone()),
        _ => None,
    });
    broken.collect()
}

impl Page for PromisesPage {
    const TEMPLATE: &'static str = "console/promises.html";

    fn samples() -> Vec<Self> {
        let at = crate::samples::now();
        let row = |id: &str, text: &str, mark: &str, why: &[&str], missing: &[&str]| PromiseRow {
            id: id.to_owned(),
            text: text.to_owned(),
            check: "a-check".to_owned(),
            mark: mark.to_owned(),
            tone: tone(mark),
            why: why.iter().map(|why| (*why).to_owned()).collect(),
            missing: missing.iter().map(|proof| (*proof).to_owned()).collect(),
            awaits: None,
            since: Some(at),
        };
        let why = "/var/backups/keys-0301.db is a backup of keys older than 7 days; remove it";
        let rows = vec![
            row(
                "P26",
                "Personal fields and messages are stored encrypted under a key of your own.",
                "BROKEN",
                &[why],
                &[],
            ),
            row(
                "P1",
                "We sell your name, your addresses and your card details to nobody.",
                "PROVEN",
                &[],
                &["attested"],
            ),
            row(
                "P12",
                "You can read this site without registering and without a cookie.",
                "UNPROBED",
                &[],
                &["probe"],
            ),
            row("P6", "We use your data to deliver what you ordered.", "PROVEN", &[], &[]),
            PromiseRow {
                awaits: Some("the knowledgebase".to_owned()),
                ..row("P20", "You can search the knowledgebase.", "planned", &[], &[])
            },
        ];
        let history = |id: &str, mark: &str, why: Vec<String>| HistoryRow {
            id: id.to_owned(),
            mark: mark.to_owned(),
            tone: tone(mark),
            since: at,
            looked_at: at,
            why,
        };
        let broken = history("P26", "BROKEN", vec![why.to_owned()]);
        vec![
            PromisesPage {
                looked_at: Some(at),
                broken: 1,
                rows: rows.clone(),
                history: vec![broken, history("P26", "PROVEN", Vec::new())],
            },
            PromisesPage { looked_at: Some(at), broken: 0, rows: rows[1..].to_vec(), history: Vec::new() },
            PromisesPage { looked_at: None, broken: 0, rows: Vec::new(), history: Vec::new() },
        ]
    }
}

/// `GET /console/promises`
pub async fn show(ctx: Ctx) -> Answer {
    let policy = &ctx.state.policy;
    let marks = newest_marks(policy).await?;
    let history = mark_history(policy, SHOWN).await?;
    let page = policy.page(&ctx.state.config.company);
    let words = page.sections.iter().flat_map(|section| &section.promises);
    let words: std::collections::HashMap<&str, &str> =
        words.map(|promise| (promise.id.as_str(), promise.text.as_str())).collect();
    let mut rows: Vec<PromiseRow> = policy
        .compiled()
        .raw
        .promise
        .iter()
        .map(|promise| {
            let id = promise.id.get_ref();
            let mark = marks.get(id);
            let word = mark.map(|mark| mark.mark.clone()).unwrap_or_default();
            PromiseRow {
                text: words.get(id.as_str()).map_or_else(|| promise.text.clone(), |text| (*text).to_owned()),
                check: promise.check.clone(),
                tone: tone(&word),
                mark: word,
                why: mark.map(whys).unwrap_or_default(),
                missing: mark.map(|mark| mark.report.missing.clone()).unwrap_or_default(),
                awaits: (!promise.status.is_kept()).then(|| promise.awaits.clone()),
                since: mark.map(|mark| mark.since),
                id: id.clone(),
            }
        })
        .collect();
    rows.sort_by_key(|row| (row.mark != "BROKEN", row.awaits.is_some(), row.missing.is_empty()));
    let before = history.iter().map(|mark| HistoryRow {
        id: mark.promise.clone(),
        mark: mark.mark.clone(),
        tone: tone(&mark.mark),
        since: mark.since,
        looked_at: mark.looked_at,
        why: whys(mark),
    });
    ctx.page(&PromisesPage {
        looked_at: marks.values().map(|mark| mark.looked_at).max(),
        broken: i64::try_from(rows.iter().filter(|row| row.mark == "BROKEN").count()).unwrap_or(0),
        history: before.filter(|row| row.mark != "planned").collect(),
        rows,
    })
}
