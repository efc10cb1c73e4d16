//! The policy page, printed from the file that the servers enforce, with what the last self-check found about each promise.
//!
//! [`versions`] shows what was in force before and what changed, [`files`] gives the same to programs.

pub mod files;
pub mod summary;
pub mod versions;

use std::collections::HashMap;

use axum::http::{HeaderValue, header};
use mailkeep_helpdesk::cases;
use mailkeep_policy::checks::{Known, PromiseMark, newest_marks};
use mailkeep_policy::file::CompiledPolicy;
use mailkeep_policy::page::{self, Page as Policy};
use mailkeep_policy::versions as stored;
use mailkeep_storage::sql::SqlError;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::chrome::Chrome;
use crate::config::WebConfig;
use crate::ctx::Ctx;
use crate::page::Page;
use crate::render::Renderer;
use crate::routes::Answer;
use summary::Point;

/// The policy page.
#[derive(Debug, Serialize)]
pub struct PolicyPage {
    /// The page model of the policy crate.
    pub policy: Policy,
    /// “In one minute”.
    pub summary: Vec<Point>,
    /// How each promise is known, by its identifier.
    pub marks: HashMap<String, MarkView>,
    /// How many promises have which mark.
    pub tally: Vec<Tally>,
    /// When the promises were last looked at; `None` before the first self-check, and for former policies.
    pub looked_at: Option<Timestamp>,
    /// From when the policy is in force.
    pub from: Option<Timestamp>,
    /// For a policy that is not in force: whether it is to come, was, or is announced.
    pub standing: Standing,
    /// What people were told of.
    pub coming: Option<Coming>,
    /// The names of the recipients' countries, by their letters.
    pub countries: HashMap<String, String>,
    /// What people asked the privacy desk, month by month, newest first; on the page of the policy in force alone.
    pub cases: Vec<MonthRow>,
}

/// A month of the privacy desk.
#[derive(Debug, Clone, Serialize)]
pub struct MonthRow {
    /// Which, e.g. `2026-03`.
    pub month: String,
    /// How many cases came.
    pub received: u64,
    /// How many of them are answered.
    pub answered: u64,
    /// How many of those within their term.
    pub in_time: u64,
    /// After how many days half of them were, at most.
    pub median_days: Option<u64>,
    /// What was asked how often.
    pub kinds: Vec<(&'static str, u64)>,
}

impl MonthRow {
    fn of(month: &cases::Month) -> Self {
        let sum = |count: fn(&cases::KindFigures) -> u64| month.kinds.iter().map(count).sum();
        MonthRow {
            month: format!("{:04}-{:02}", month.year, month.month),
            received: sum(|kind| kind.received),
            answered: sum(|kind| kind.answered),
            in_time: sum(|kind| kind.in_time),
            median_days: month.median_days,
            kinds: month
                .kinds
                .iter()
                .map(|kind| (kind.kind.map_or("none", |kind| kind.word()), kind.received))
                .collect(),
        }
    }
}

/// How a policy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In force.
    Now,
    /// It was.
    Former,
    /// It will be.
    Coming,
}

/// A policy that people were told of.
#[derive(Debug, Clone, Serialize)]
pub struct Coming {
    /// Its policy id.
    pub id: String,
    /// From when it may be in force.
    pub from: Timestamp,
}

/// What the last self-check found about a promise.
#[derive(Debug, Clone, Serialize)]
pub struct MarkView {
    /// One word.
    pub mark: String,
    /// Its tone.
    pub tone: &'static str,
    /// When it was last looked at.
    pub looked_at: Timestamp,
    /// Since when it stands so.
    pub since: Timestamp,
    /// Each way in which it is known.
    pub known: Vec<KnownView>,
    /// The proofs that the file names and that were not given yet.
    pub missing: Vec<String>,
}

/// A way in which a promise is known. What exactly breaks one is for the operators; the public reads that it is broken.
#[derive(Debug, Clone, Serialize)]
pub struct KnownView {
    /// proven, held, evidenced, attested, broken.
    pub kind: &'static str,
    /// When it was found out.
    pub at: Option<Timestamp>,
    /// Until when it counts.
    pub until: Option<Timestamp>,
    /// Who says so.
    pub who: Option<String>,
}

/// How many promises have a mark.
#[derive(Debug, Clone, Serialize)]
pub struct Tally {
    /// The mark.
    pub mark: &'static str,
    /// Its tone.
    pub tone: &'static str,
    /// How many.
    pub count: usize,
}

/// The words that a promise on the page can be marked with, from the strongest.
const MARKS: [&str; 6] = ["PROVEN", "HELD", "EVIDENCED", "ATTESTED", "UNPROBED", "BROKEN"];

/// The tone of a mark.
pub fn tone(mark: &str) -> &'static str {
    match mark {
        "PROVEN" | "HELD" => "good",
        "EVIDENCED" | "ATTESTED" => "note",
        "BROKEN" => "bad",
        _ => "warn",
    }
}

impl MarkView {
    /// What the public reads of a mark.
    pub fn of(mark: &PromiseMark) -> Self {
        let known = mark.report.known.iter().map(|known| match known {
            Known::Proven => KnownView { kind: "proven", at: None, until: None, who: None },
            Known::Held { at } => KnownView { kind: "held", at: Some(*at), until: None, who: None },
            Known::Evidenced { at } => KnownView { kind: "evidenced", at: Some(*at), until: None, who: None },
            Known::Attested { who, until } => {
                KnownView { kind: "attested", at: None, until: Some(*until), who: Some(who.clone()) }
            }
            Known::Broken { .. } => KnownView { kind: "broken", at: None, until: None, who: None },
        });
        MarkView {
            mark: mark.mark.clone(),
            tone: tone(&mark.mark),
            looked_at: mark.looked_at,
            since: mark.since,
            known: known.collect(),
            missing: mark.report.missing.clone(),
        }
    }
}

impl PolicyPage {
    /// The page of a policy with what is known of its promises.
    pub fn new(policy: &CompiledPolicy, operator: &str, marks: HashMap<String, MarkView>) -> Self {
        let page = page::page(policy, operator);
        let shown = || page.sections.iter().flat_map(|section| &section.promises);
        let word = |id: &str| marks.get(id).map_or("UNPROBED", |mark| mark.mark.as_str());
        let tally = MARKS.iter().map(|mark| Tally {
            mark,
            tone: tone(mark),
            count: shown().filter(|promise| word(&promise.id) == *mark).count(),
        });
        PolicyPage {
            summary: summary::points(policy, &page),
            tally: tally.filter(|tally| tally.count > 0).collect(),
            looked_at: shown().filter_map(|promise| marks.get(&promise.id)).map(|mark| mark.looked_at).max(),
            countries: page
                .recipients
                .iter()
                .filter_map(|one| {
                    Some((one.country.clone(), crate::countries::name(&one.country)?.to_owned()))
                })
                .collect(),
            from: None,
            standing: Standing::Now,
            coming: None,
            cases: Vec::new(),
            policy: page,
            marks,
        }
    }
}

impl Page for PolicyPage {
    const TEMPLATE: &'static str = "site/policy/show.html";

    fn samples() -> Vec<Self> {
        let policy = match CompiledPolicy::built() {
            Ok(policy) => policy,
            Err(_) => return Vec::new(),
        };
        let at = crate::samples::now();
        let view = |mark: &'static str, kind: &'static str| MarkView {
            mark: mark.to_owned(),
            tone: tone(mark),
            looked_at: at,
            since: at,
            known: vec![KnownView {
                kind,
                at: (kind == "held" || kind == "evidenced").then_some(at),
                until: (kind == "attested").then_some(at),
                who: (kind == "attested").then(|| "A. Example, director".to_owned()),
            }],
            missing: if kind == "proven" { vec!["attested".to_owned()] } else { Vec::new() },
        };
        let mut marks: HashMap<String, MarkView> = policy
            .kept_promises()
            .map(|promise| {
                let proven = promise.proof.iter().any(|proof| proof == "static");
                let view = if proven { view("PROVEN", "proven") } else { view("HELD", "held") };
                (promise.id.get_ref().clone(), view)
            })
            .collect();
        let mut sound = PolicyPage::new(&policy, "Mailkeep Example", marks.clone());
        sound.from = Some(at);
        sound.coming = Some(Coming { id: "9f".repeat(32), from: at });
        sound.cases = vec![MonthRow {
            month: "2026-03".to_owned(),
            received: 4,
            answered: 3,
            in_time: 3,
            median_days: Some(2),
            kinds: vec![("access", 3), ("erasure", 1)],
        }];
        marks.insert("P33".to_owned(), view("ATTESTED", "attested"));
        marks.insert("P34".to_owned(), view("BROKEN", "broken"));
        marks.insert("P12".to_owned(), view("EVIDENCED", "evidenced"));
        marks.remove("P13");
        let broken = PolicyPage::new(&policy, "Mailkeep Example", marks);
        let mut former = PolicyPage::new(&policy, "Mailkeep Example", HashMap::new());
        former.standing = Standing::Former;
        former.from = Some(at);
        vec![sound, broken, former]
    }
}

/// The page as it stands now.
async fn current(policy: &mailkeep_policy::Policy, operator: &str) -> Result<PolicyPage, SqlError> {
    let marks = newest_marks(policy).await?;
    let marks = marks.iter().map(|(promise, mark)| (promise.clone(), MarkView::of(mark))).collect();
    let mut page = PolicyPage::new(policy.compiled(), operator, marks);
    page.from = stored::list(policy).await?.first().map(|version| version.from);
    page.coming = stored::announcements(policy)
        .await?
        .first()
        .map(|next| Coming { id: hex(&next.policy_id), from: next.from });
    Ok(page)
}

/// The page as a visitor gets it, for the check that what is served is what is enforced.
///
/// # Errors
/// When the database fails, or a template of the build is broken.
pub async fn render_for_check(
    policy: &mailkeep_policy::Policy,
    config: &WebConfig,
) -> Result<String, String> {
    let page = current(policy, &config.company).await.map_err(|error| error.to_string())?;
    let mut chrome = Chrome::visitor(config, policy.clock().now());
    chrome.path = "/policy".to_owned();
    Renderer::embedded()?.page(&page, &chrome).map_err(|error| error.to_string())
}

/// `GET /policy`
pub async fn show(ctx: Ctx) -> Answer {
    let mut page = current(&ctx.state.policy, &ctx.state.config.company).await?;
    page.cases = ctx.state.desk.case_figures(12).await?.iter().map(MonthRow::of).collect();
    let tag = files::tag(&[
        &page.policy.policy_id,
        &ctx.language,
        &page.looked_at.map(|at| at.as_micros().to_string()).unwrap_or_default(),
        &serde_json::to_string(&page.tally).unwrap_or_default(),
        &format!("{:?}", page.coming),
        &serde_json::to_string(&page.cases).unwrap_or_default(),
    ]);
    // What surrounds the page differs for those who are signed in; only visitors' copies are compared.
    let visitor = ctx.who.person_badge().is_none() && ctx.flash.is_none();
    if visitor && files::has(&ctx, &tag) {
        return Ok(files::unchanged(&tag));
    }
    let mut response = ctx.page(&page)?;
    if visitor && let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
    Ok(response)
}

pub(crate) fn hex(id: &[u8; 32]) -> String {
    data_encoding::HEXLOWER.encode(id)
}
