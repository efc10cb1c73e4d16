//! Contests for staff: all of them, and one as it is written, stands and is drawn. Who entered is not shown.

pub mod act;

use mailkeep_helpdesk::articles::source::slug_of;
use mailkeep_outreach::contests::{Contest, ContestDraft, ContestState, Eligibility};
use mailkeep_types::{ContestId, Timestamp};
use serde::Serialize;

use super::incidents::write::{time, typed};
use super::incidents::zone;
use crate::center::profile::{language_of, languages};
use crate::ctx::Ctx;
use crate::form::Form;
use crate::markdown;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};
use crate::samples;

const FIELDS: &[&str] =
    &["title", "slug", "introduction", "rules", "minimum_age", "places", "opens_at", "closes_at"];

/// Declares the pages of contests.
pub(super) fn routes(routes: &mut Routes) {
    let write = Permission::Staff(StaffPermission::Articles);
    routes.get("/console/contests", write, show);
    routes.post("/console/contests", write, submit);
    routes.get("/console/contests/new", write, show_new);
    routes.get("/console/contests/{contest}", write, show_one);
    routes.post("/console/contests/{contest}", write, change);
    routes.post("/console/contests/{contest}/rules", write, act::change_rules);
    routes.post("/console/contests/{contest}/publish", write, act::publish);
    routes.post("/console/contests/{contest}/call-off", write, act::call_off);
    routes.post("/console/contests/{contest}/draw", write, act::draw);
    routes.post("/console/contests/{contest}/discard", write, act::discard);
}

/// All contests.
#[derive(Debug, Serialize)]
pub struct ContestsDeskPage {
    /// The contests, newest first.
    pub contests: Vec<ContestRow>,
}

/// A contest in the list.
#[derive(Debug, Serialize)]
pub struct ContestRow {
    /// Its number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: ContestState,
    /// Who may enter.
    pub eligibility: Eligibility,
    /// How many entered.
    pub entries: i64,
    /// Until when one enters.
    pub closes_at: Timestamp,
}

/// One contest.
#[derive(Debug, Serialize)]
pub struct ContestEditPage {
    /// Its number; empty for a new one.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub slug: String,
    /// Its language.
    pub language: String,
    /// Where it stands.
    pub state: ContestState,
    /// What was typed.
    pub form: Form,
    /// Languages to choose from.
    pub languages: Vec<Choose>,
    /// What readers see.
    pub introduction: String,
    /// The rules as readers see them.
    pub rules: String,
    /// Their version.
    pub version: i64,
    /// Who may enter.
    pub eligibility: Eligibility,
    /// How many win.
    pub places: i64,
    /// How many entered.
    pub entries: i64,
    /// From when on one enters.
    pub opens_at: Option<Timestamp>,
    /// Until when.
    pub closes_at: Option<Timestamp>,
    /// When it was drawn.
    pub drawn_at: Option<Timestamp>,
    /// The SHA-256 of the seed.
    pub commitment: String,
    /// The time zone of the house, in which times are typed.
    pub zone: String,
}

impl Page for ContestsDeskPage {
    const TEMPLATE: &'static str = "console/contests/list.html";

    fn samples() -> Vec<Self> {
        let row = |title: &str, state, entries, days| ContestRow {
            id: "a".to_owned(),
            title: title.to_owned(),
            state,
            eligibility: Eligibility::Customers,
            entries,
            closes_at: samples::days_ago(days),
        };
        let contests = vec![
            row("A mug for your idea", ContestState::Draft, 0, -20),
            row("Win a year of mail", ContestState::Open, 312, -9),
            row("The photo of autumn", ContestState::Frozen, 96, 1),
            row("The photo of spring", ContestState::Drawn, 84, 90),
        ];
        vec![ContestsDeskPage { contests }, ContestsDeskPage { contests: Vec::new() }]
    }
}

impl Page for ContestEditPage {
    const TEMPLATE: &'static str = "console/contests/one.html";

    fn samples() -> Vec<Self> {
        let (text, rules) =
            ("Three of you get **a year of mail**.", "One entry for each of you.\n\nNo cash.");
        let written = Form::new()
            .with("title", "Win a year of mail")
            .with("slug", "a-year-of-mail")
            .with("introduction", text)
            .with("rules", rules)
            .with("language", "en")
            .with("eligibility", "customers")
            .with("minimum_age", "18")
            .with("places", "3")
            .with("opens_at", "2026-06-01T09:00")
            .with("closes_at", "2026-06-30T18:00");
        let page = |id: &str, state, form: Form| ContestEditPage {
            id: id.to_owned(),
            title: if id.is_empty() { String::new() } else { "Win a year of mail".to_owned() },
            slug: "a-year-of-mail".to_owned(),
            language: "en".to_owned(),
            state,
            form,
            languages: languages(),
            introduction: markdown::render(text).html,
            rules: markdown::render(rules).html,
            version: 1,
            eligibility: Eligibility::Customers,
            places: 3,
            entries: if matches!(state, ContestState::Draft | ContestState::Scheduled) { 0 } else { 312 },
            opens_at: Some(samples::days_ago(3)),
            closes_at: Some(samples::days_ago(-9)),
            drawn_at: (state == ContestState::Drawn).then(|| samples::days_ago(1)),
            commitment: "9f".repeat(32),
            zone: "America/New_York".to_owned(),
        };
        let wrong = Form::new().with("language", "en").with("eligibility", "customers");
        let mut pages = vec![page("", ContestState::Draft, wrong.wrong("title", msg("form-required")))];
        pages.extend(
            [
                ContestState::Draft,
                ContestState::Scheduled,
                ContestState::Open,
                ContestState::Closed,
                ContestState::Frozen,
                ContestState::Drawn,
                ContestState::CalledOff,
            ]
            .map(|state| page("a", state, written.clone())),
        );
        pages
    }
}

/// `GET /console/contests`
pub async fn show(ctx: Ctx) -> Answer {
    let now = ctx.state.clock.now();
    let entries = ctx.state.outreach.counts_of_entries().await?;
    let contests = ctx.state.outreach.list_contests().await?.into_iter().map(|contest| ContestRow {
        id: contest.id.to_string(),
        state: contest.state(now),
        eligibility: contest.eligibility,
        entries: entries.get(&contest.id).copied().unwrap_or_default(),
        closes_at: contest.closes_at,
        title: contest.title,
    });
    ctx.page(&ContestsDeskPage { contests: contests.collect() })
}

/// `GET /console/contests/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    let form = Form::new()
        .with("language", ctx.language.clone())
        .with("eligibility", Eligibility::Customers.word())
        .with("minimum_age", "18")
        .with("places", "1");
    ctx.page(&page(&ctx, None, form).await?)
}

/// `GET /console/contests/{contest}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let contest = ctx.state.outreach.contest(ctx.param("contest")?).await?;
    let zone = zone(&ctx);
    let form = Form::new()
        .with("title", contest.title.clone())
        .with("slug", contest.slug.clone())
        .with("introduction", contest.introduction.clone())
        .with("rules", contest.rules.clone())
        .with("language", contest.language.clone())
        .with("eligibility", contest.eligibility.word())
        .with("minimum_age", contest.minimum_age.to_string())
        .with("places", contest.places.to_string())
        .with("opens_at", typed(contest.opens_at, &zone))
        .with("closes_at", typed(contest.closes_at, &zone));
    ctx.page(&page(&ctx, Some(contest), form).await?)
}

async fn page(
    ctx: &Ctx,
    contest: Option<Contest>,
    form: Form,
) -> Result<ContestEditPage, crate::error::WebError> {
    let mut page = ContestEditPage {
        id: String::new(),
        title: String::new(),
        slug: String::new(),
        language: String::new(),
        state: ContestState::Draft,
        form,
        languages: languages(),
        introduction: String::new(),
        rules: String::new(),
        version: 1,
        eligibility: Eligibility::Customers,
        places: 1,
        entries: 0,
        opens_at: None,
        closes_at: None,
        drawn_at: None,
        commitment: String::new(),
        zone: ctx.state.config.time_zone.clone(),
    };
    if let Some(contest) = contest {
        page.entries = ctx.state.outreach.count_entries(contest.id).await?;
        page.state = contest.state(ctx.state.clock.now());
        page.introduction = markdown::render(&contest.introduction).html;
        page.rules = markdown::render(&contest.rules).html;
        page.commitment = data_encoding::HEXLOWER.encode(&contest.commitment);
        (page.opens_at, page.closes_at) = (Some(contest.opens_at), Some(contest.closes_at));
        (page.version, page.eligibility) = (contest.rules_version, contest.eligibility);
        (page.places, page.drawn_at) = (contest.places, contest.drawn_at);
        (page.id, page.title) = (contest.id.to_string(), contest.title);
        (page.slug, page.language) = (contest.slug, contest.language);
    }
    Ok(page)
}

/// What was typed; nothing where a time is none. Without an address that of the title.
fn draft(ctx: &Ctx, form: &mut Form) -> Option<ContestDraft> {
    let (title, slug) = (ctx.form.get("title"), ctx.form.get("slug"));
    let (opens_at, closes_at) = (time(ctx, form, "opens_at"), time(ctx, form, "closes_at"));
    let text = |field: &str| ctx.form.lines(field);
    // What is no number is none that can be taken.
    let number = |field: &str| ctx.form.get(field).parse().unwrap_or(-1);
    Some(ContestDraft {
        slug: if slug.is_empty() { slug_of(title) } else { slug.to_owned() },
        language: language_of(ctx.form.get("language")),
        title: title.to_owned(),
        introduction: text("introduction"),
        rules: text("rules"),
        eligibility: Eligibility::from_word(ctx.form.get("eligibility")).unwrap_or(Eligibility::Customers),
        minimum_age: number("minimum_age"),
        places: number("places"),
        opens_at: opens_at?,
        closes_at: closes_at?,
    })
}

async fn write(ctx: &Ctx, id: Option<ContestId>) -> Answer {
    let staff = ctx.who.staff()?.staff;
    let mut form = Form::of(&ctx.form);
    if let Some(draft) = draft(ctx, &mut form)
        && form.good()
    {
        match ctx.state.outreach.write_contest(staff, id, draft).await {
            Ok(id) => return ctx.done(&format!("/console/contests/{id}"), msg("contest-saved")),
            Err(error) => form.take(error, FIELDS)?,
        }
    }
    let contest = match id {
        Some(id) => Some(ctx.state.outreach.contest(id).await?),
        None => None,
    };
    ctx.refused(&page(ctx, contest, form).await?)
}

/// `POST /console/contests`
pub async fn submit(ctx: Ctx) -> Answer {
    write(&ctx, None).await
}

/// `POST /console/contests/{contest}`
pub async fn change(ctx: Ctx) -> Answer {
    let id: ContestId = ctx.param("contest")?;
    write(&ctx, Some(id)).await
}
