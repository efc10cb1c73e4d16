//! Who used it: the record of uses, by day and in plain words; one use in full; and files with proofs.

use std::time::Duration;

use axum::http::header;
use axum::response::IntoResponse;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mailkeep_policy::ledger::{self, Decision, FoundUse, UseFilter, UserKind};
use mailkeep_policy::{Act, PurposeId, Subject, use_notices};
use mailkeep_types::{LedgerEntryId, Timestamp};
use serde::Serialize;

use super::sites::name_sites;
use super::{audits, name_of, own_customers, subjects};
use crate::ctx::{Ctx, encode};
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::uses::{UseLine, Words};

/// Uses on a page.
const ON_A_PAGE: usize = 60;
/// So many uses of one's own in a row are folded.
const FOLDED: usize = 3;

/// The record of uses.
#[derive(Debug, Serialize)]
pub struct UsesPage {
    /// The uses, by the reader's days.
    pub days: Vec<Day>,
    /// What is filtered by.
    pub form: Form,
    /// By whom, to choose from.
    pub users: Vec<Choose>,
    /// For what, to choose from.
    pub purposes: Vec<Choose>,
    /// The filter as a query, for the next page and for the file with proofs.
    pub query: String,
    /// Where the next page begins.
    pub next: Option<i64>,
    /// Whether a filter is set.
    pub filtered: bool,
    /// The policy in force.
    pub policy_id: String,
}

/// A day of the reader's.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    /// A moment of it.
    pub at: Timestamp,
    /// What happened on it, in runs.
    pub runs: Vec<Run>,
}

/// Uses that are shown together.
#[derive(Debug, Clone, Serialize)]
pub struct Run {
    /// Whether they are folded: one's own, several in a row.
    pub folded: bool,
    /// The uses.
    pub lines: Vec<UseLine>,
}

/// Lines for samples.
pub fn sample_lines() -> Vec<UseLine> {
    let line = |minutes, kind, icon, allowed, sentence: &str, purpose: &str, because: &str| UseLine {
        id: "018f6a5e-0000-7000-8000-000000000001".to_owned(),
        at: samples::minutes_ago(minutes),
        kind,
        icon,
        allowed,
        sentence: sentence.to_owned(),
        purpose: purpose.to_owned(),
        because: because.to_owned(),
        about: (minutes > 2_000).then(|| "Larkspur Books".into()),
        site: (minutes == 70).then(|| "Larkspur Library".to_owned()),
    };
    let own = "You read: name, e-mail address, telephone";
    vec![
        line(
            4,
            "you",
            "user",
            true,
            own,
            "to let you see and correct what is yours",
            "because you were signed in",
        ),
        line(
            62,
            "staff",
            "lock",
            false,
            "Staff, support (S-5F2K91) wanted to read: name, telephone",
            "to mend a fault that you reported",
            "nothing justified it: there was no open ticket of yours",
        ),
        line(
            70,
            "program",
            "cog",
            true,
            "The sign-in to a site disclosed: your name for a site, name, e-mail address",
            "to spare you typing it again",
            "because you agreed to it when you signed in",
        ),
        line(
            1_500,
            "staff",
            "eye",
            true,
            "Staff, order review (S-7Q1M3X) read: billing address, findings of the screening",
            "to keep fraud away from you and others",
            "because an order of yours waited for a decision",
        ),
        line(1_600, "you", "user", true, own, "to spare you typing it again", "because you were signed in"),
        line(1_601, "you", "user", true, own, "to spare you typing it again", "because you were signed in"),
        line(1_602, "you", "user", true, own, "to spare you typing it again", "because you were signed in"),
        line(
            2_900,
            "program",
            "cog",
            true,
            "The billing run read: billing address",
            "to deliver what you ordered and bill for it",
            "because an invoice of yours was due",
        ),
    ]
}

fn in_runs(lines: Vec<UseLine>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for line in lines {
        let own = line.kind == "you" && line.allowed;
        match runs.last_mut() {
            Some(run) if run.folded == own => run.lines.push(line),
            _ => runs.push(Run { folded: own, lines: vec![line] }),
        }
    }
    for run in &mut runs {
        run.folded &= run.lines.len() >= FOLDED;
    }
    runs
}

/// Puts lines under the days of `zone`; newest first.
pub fn by_day(lines: Vec<UseLine>, zone: &str) -> Vec<Day> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let date = |at: Timestamp| at.to_jiff().to_zoned(zone.clone()).date();
    let mut days: Vec<(Date, Timestamp, Vec<UseLine>)> = Vec::new();
    for line in lines {
        let day = date(line.at);
        match days.last_mut() {
            Some((last, _, lines)) if *last == day => lines.push(line),
            _ => days.push((day, line.at, vec![line])),
        }
    }
    days.into_iter().map(|(_, at, lines)| Day { at, runs: in_runs(lines) }).collect()
}

impl Page for UsesPage {
    const TEMPLATE: &'static str = "center/privacy/uses.html";

    fn samples() -> Vec<Self> {
        let choose = |all: &[(&str, &str)]| {
            all.iter().map(|(value, label)| Choose::new(*value, *label)).collect::<Vec<_>>()
        };
        let page = |lines, filtered, next| UsesPage {
            days: by_day(lines, "America/New_York"),
            form: Form::new(),
            users: choose(&[("", "Everybody"), ("staff", "Staff"), ("refused", "What was refused")]),
            purposes: choose(&[("", "Every purpose"), ("deliver", "deliver what you ordered")]),
            query: String::new(),
            next,
            filtered,
            policy_id: "9f".repeat(32),
        };
        vec![
            page(sample_lines(), false, Some(17)),
            page(Vec::new(), true, None),
            page(Vec::new(), false, None),
        ]
    }
}

/// What the query asks for.
fn filter(ctx: &Ctx) -> UseFilter {
    let zone = TimeZone::get(&ctx.chrome().time_zone).unwrap_or(TimeZone::UTC);
    let day = |name: &str, days: u64| {
        let date: Date = ctx.query.get(name).parse().ok()?;
        let begin = date.to_zoned(zone.clone()).ok()?.timestamp();
        Some(Timestamp::from_micros(begin.as_microsecond()).plus(Duration::from_secs(days * 86_400)))
    };
    let user = ctx.query.get("user");
    UseFilter {
        user: UserKind::from_word(user),
        others: user == "others",
        refused: user == "refused",
        purpose: PurposeId::from_id(ctx.query.get("purpose")),
        from: day("from", 0),
        until: day("until", 1),
    }
}

/// The filter's fields as a query; empty when none is set.
fn query(ctx: &Ctx) -> String {
    ["user", "purpose", "from", "until"]
        .iter()
        .filter(|name| !ctx.query.get(name).is_empty())
        .map(|name| format!("{name}={}&", encode(ctx.query.get(name))))
        .collect()
}

/// `GET /center/privacy/uses?user=…&purpose=…&from=…&until=…&before=…`
pub async fn show(ctx: Ctx) -> Answer {
    let policy = &ctx.state.policy;
    let customers = own_customers(&ctx).await?;
    let grants = audits(&ctx, &subjects(&ctx, &customers)?, Act::Read).await?;
    let reader = Subject::person(ctx.who.person()?.person);
    let (filter, before) = (filter(&ctx), ctx.query.get("before").parse().ok());
    let found = ledger::find_uses(policy, &grants, reader, &filter, before, ON_A_PAGE).await?;
    let words = Words::new(&ctx.state.renderer, &ctx.language);
    let line = |found: &FoundUse| words.line(found, reader, |subject| name_of(&customers, subject));
    let mut lines: Vec<UseLine> = found.uses.iter().map(line).collect();
    name_sites(&ctx, &found.uses, &mut lines).await?;
    let mut users =
        vec![Choose::new("", ctx.say("uses-everybody")), Choose::new("others", ctx.say("uses-others"))];
    users.extend(
        UserKind::ALL
            .iter()
            .map(|kind| Choose::new(kind.word(), ctx.text(&crate::uses::word("uses-by", kind.word())))),
    );
    users.push(Choose::new("refused", ctx.say("uses-refused")));
    let mut purposes = vec![Choose::new("", ctx.say("uses-every-purpose"))];
    purposes
        .extend(PurposeId::ALL.iter().map(|purpose| Choose::new(purpose.id(), words.purpose(purpose.id()))));
    let form = ["user", "purpose", "from", "until"]
        .into_iter()
        .fold(Form::new(), |form, name| form.with(name, ctx.query.get(name)));
    let query = query(&ctx);
    ctx.page(&UsesPage {
        days: by_day(lines, &ctx.chrome().time_zone),
        form,
        users,
        purposes,
        filtered: !query.is_empty(),
        query,
        next: found.next,
        policy_id: policy.compiled().id_text(),
    })
}

/// `POST /center/privacy/uses/seen`: the notices of uses by staff were seen.
pub async fn mark_seen(ctx: Ctx) -> Answer {
    let customers = own_customers(&ctx).await?;
    use_notices::mark_seen(&ctx.state.policy, &subjects(&ctx, &customers)?).await?;
    ctx.done("/center/privacy/uses", msg("uses-seen"))
}

/// `GET /center/privacy/uses/proofs`: the uses of the filter with proofs, as a file that anybody can verify. `since` is the
/// number of entries of an earlier head, such as one on an invoice.
pub async fn proofs(ctx: Ctx) -> Answer {
    let customers = own_customers(&ctx).await?;
    let grants = audits(&ctx, &subjects(&ctx, &customers)?, Act::Export).await?;
    let reader = Subject::person(ctx.who.person()?.person);
    let (before, since) = (ctx.query.get("before").parse().ok(), ctx.query.get("since").parse().ok());
    let bundle =
        ledger::bundle_uses(&ctx.state.policy, &grants, reader, &filter(&ctx), before, since).await?;
    file(&bundle, "uses-with-proofs.json")
}

fn file(content: &impl Serialize, name: &str) -> Answer {
    let body = serde_json::to_string_pretty(content).map_err(WebError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, body).into_response())
}

/// One use in full.
#[derive(Debug, Serialize)]
pub struct UsePage {
    /// The use in words.
    pub line: UseLine,
    /// As what the user acted.
    pub role: String,
    /// The fields, in words and as the entry names them.
    pub fields: Vec<NamedField>,
    /// The categories.
    pub categories: Vec<String>,
    /// The row that justified it.
    pub fact_id: String,
    /// The rule that allowed it, or why it was refused, as the program wrote it.
    pub reason: String,
    /// The policy that was in force.
    pub policy_id: String,
    /// Whether it still is.
    pub policy_in_force: bool,
    /// Its place among all entries.
    pub position: i64,
    /// Its number in the chain of its subject.
    pub sequence: i64,
}

/// A field.
#[derive(Debug, Clone, Serialize)]
pub struct NamedField {
    /// In words.
    pub words: String,
    /// As the entry names it.
    pub name: String,
}

impl Page for UsePage {
    const TEMPLATE: &'static str = "center/privacy/use.html";

    fn samples() -> Vec<Self> {
        let field = |words: &str, name: &str| NamedField { words: words.to_owned(), name: name.to_owned() };
        let page = |line: usize, role: &str, reason: &str, policy_in_force| UsePage {
            line: sample_lines().remove(line),
            role: role.to_owned(),
            fields: vec![
                field("billing address", "orders.billing"),
                field("findings of the screening", "screenings.facts"),
            ],
            categories: vec!["billing address".to_owned(), "findings of the screening".to_owned()],
            fact_id: "018f6a5e-0000-7000-8000-000000000007".to_owned(),
            reason: reason.to_owned(),
            policy_id: "9f".repeat(32),
            policy_in_force,
            position: 20_852,
            sequence: 17,
        };
        vec![
            page(2, "order review", "review-held-orders", true),
            page(1, "support", "nothing justifies this now (open_ticket does not hold)", false),
        ]
    }
}

/// `GET /center/privacy/uses/{entry}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let customers = own_customers(&ctx).await?;
    let reader = Subject::person(ctx.who.person()?.person);
    let found = find(&ctx, &subjects(&ctx, &customers)?, Act::Read).await?;
    let words = Words::new(&ctx.state.renderer, &ctx.language);
    let mut line = [words.line(&found, reader, |subject| name_of(&customers, subject))];
    name_sites(&ctx, std::slice::from_ref(&found), &mut line).await?;
    let [line] = line;
    let entry = &found.entry;
    let fields = entry.fields.iter().map(|name| NamedField { words: words.field(name), name: name.clone() });
    ctx.page(&UsePage {
        line,
        role: words.role(&entry.role),
        fields: fields.collect(),
        categories: entry.categories.iter().map(|category| words.category(category)).collect(),
        fact_id: entry.fact_id.to_string(),
        reason: entry.reason.clone(),
        policy_in_force: entry.policy_id == ctx.state.policy.compiled().id_text(),
        policy_id: entry.policy_id.clone(),
        position: entry.position,
        sequence: entry.sequence,
    })
}

async fn find(ctx: &Ctx, subjects: &[Subject], act: Act) -> Result<FoundUse, WebError> {
    let grants = audits(ctx, subjects, act).await?;
    let id: LedgerEntryId = ctx.param("entry")?;
    ledger::find_use(&ctx.state.policy, &grants, id).await?.ok_or(WebError::NotFound)
}

/// `GET /center/privacy/uses/{entry}/proof`: one use with its proof.
pub async fn proof(ctx: Ctx) -> Answer {
    let customers = own_customers(&ctx).await?;
    let subjects = subjects(&ctx, &customers)?;
    let found = find(&ctx, &subjects, Act::Export).await?;
    let grants = audits(&ctx, &[found.subject], Act::Export).await?;
    let reader = Subject::person(ctx.who.person()?.person);
    // The chain from this entry on has it first.
    let before = Some(found.entry.position + 1);
    let mut bundle =
        ledger::bundle_uses(&ctx.state.policy, &grants, reader, &UseFilter::default(), before, None).await?;
    bundle.entries.truncate(1);
    bundle.next = None;
    let refused = if found.entry.decision == Decision::Refused { "refused-" } else { "" };
    file(&bundle, &format!("{refused}use-{}.json", found.entry.position))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_the_readers_and_own_uses_in_a_row_are_folded() {
        let lines = sample_lines();
        let days = by_day(lines.clone(), "America/New_York");
        assert_eq!(days.iter().map(|day| day.runs.len()).collect::<Vec<_>>(), [2, 2, 1]);
        let folded: Vec<usize> = days
            .iter()
            .flat_map(|day| &day.runs)
            .filter(|run| run.folded)
            .map(|run| run.lines.len())
            .collect();
        assert_eq!(folded, [3]);
        let all: usize = days.iter().flat_map(|day| &day.runs).map(|run| run.lines.len()).sum();
        assert_eq!(all, lines.len());
    }
}
