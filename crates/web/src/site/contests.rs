//! Contests for everybody: what there is to win and under which rules, entering, and the draw that can be done again.
//!
//! Whoever is signed in enters as themselves; whoever hears of contests without an account gets a link to the address that they
//! confirmed. A yes to offers is a box of its own, never ticked, and nothing depends on it.

use axum::http::header;
use axum::response::IntoResponse;
use mailkeep_outreach::OutreachError;
use mailkeep_outreach::choices::Wanted;
use mailkeep_outreach::contests::{Contest, ContestState, Eligibility, Entered, Entering, Shown, TOPIC};
use mailkeep_policy::outbound::Channel;
use mailkeep_policy::{CategoryId, Subject};
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::account::outcome::OutcomePage;
use super::choices::topic_text;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::markdown;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// Where a receipt of the box beside an entry comes from.
const SOURCE: &str = "contest entry";

/// All contests.
#[derive(Debug, Serialize)]
pub struct ContestsPage {
    /// The contests, newest first.
    pub contests: Vec<ContestCard>,
}

/// A contest in the list.
#[derive(Debug, Serialize)]
pub struct ContestCard {
    /// Its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its language.
    pub language: String,
    /// Where it stands.
    pub state: ContestState,
    /// From when on one enters.
    pub opens_at: Timestamp,
    /// Until when.
    pub closes_at: Timestamp,
    /// When it was drawn.
    pub drawn_at: Option<Timestamp>,
}

/// A contest.
#[derive(Debug, Serialize)]
pub struct ContestPage {
    /// What stands in the list.
    pub card: ContestCard,
    /// What it is about.
    pub introduction: String,
    /// The rules.
    pub rules: String,
    /// Their version.
    pub version: i64,
    /// The version that is in force.
    pub newest: i64,
    /// Who may enter.
    pub eligibility: Eligibility,
    /// How old one must be; 0 for any age.
    pub minimum_age: i64,
    /// How many win.
    pub places: i64,
    /// How many days entries are kept.
    pub days: u32,
    /// What the reader can do: `enter`, `ask`, `sign_in`, `did`, `not_eligible`; empty where nobody can enter.
    pub may: &'static str,
    /// The secret of the link; empty without one.
    pub token: String,
    /// What was typed.
    pub form: Form,
    /// Whether there is a box for hearing of contests.
    pub offers: bool,
    /// The SHA-256 of the seed.
    pub commitment: String,
    /// The SHA-256 of the sorted list; empty before.
    pub list_hash: String,
    /// The seed; empty before.
    pub seed: String,
    /// The entry numbers.
    pub entries: Vec<String>,
    /// Those that won.
    pub winners: Vec<String>,
}

impl Page for ContestsPage {
    const TEMPLATE: &'static str = "site/contests/list.html";

    fn samples() -> Vec<Self> {
        let card = |title: &str, state| ContestCard { title: title.to_owned(), ..sample_card(state) };
        let contests = vec![
            card("Win a year of mail", ContestState::Open),
            card("A mug for your idea", ContestState::Scheduled),
            card("The photo of spring", ContestState::Drawn),
        ];
        vec![ContestsPage { contests }, ContestsPage { contests: Vec::new() }]
    }
}

pub(crate) fn sample_card(state: ContestState) -> ContestCard {
    ContestCard {
        slug: "a-year-of-mail".to_owned(),
        title: "Win a year of mail".to_owned(),
        language: "en".to_owned(),
        state,
        opens_at: samples::days_ago(3),
        closes_at: samples::days_ago(-9),
        drawn_at: (state == ContestState::Drawn).then(|| samples::days_ago(1)),
    }
}

impl Page for ContestPage {
    const TEMPLATE: &'static str = "site/contests/one.html";

    fn samples() -> Vec<Self> {
        let numbers = |count: usize| {
            let one = |at: usize| format!("{:04}K7QW{:02}", 1000 + at * 37, at % 100);
            (0..count).map(one).collect::<Vec<_>>()
        };
        let page = |state, may, token: &str| {
            let over = matches!(state, ContestState::Frozen | ContestState::Drawn);
            let drawn = state == ContestState::Drawn;
            ContestPage {
                card: sample_card(state),
                introduction: "<p>Three of you get <strong>a year of mail</strong>.</p>".to_owned(),
                rules: "<p>One entry for each of you. No cash.</p>".to_owned(),
                version: 2,
                newest: 2,
                eligibility: Eligibility::Customers,
                minimum_age: 18,
                places: 3,
                days: 180,
                may,
                token: token.to_owned(),
                form: Form::new(),
                offers: true,
                commitment: "9f".repeat(32),
                list_hash: if over { "5e".repeat(32) } else { String::new() },
                seed: if drawn { "07".repeat(32) } else { String::new() },
                entries: if over { numbers(41) } else { Vec::new() },
                winners: if drawn { numbers(3) } else { Vec::new() },
            }
        };
        let mut wrong = page(ContestState::Open, "enter", "token");
        wrong.form = Form::new().wrong("age", msg("contest-age-missing"));
        let mut asks = page(ContestState::Open, "ask", "");
        asks.eligibility = Eligibility::Subscribers;
        let mut older = page(ContestState::Open, "enter", "");
        older.version = 1;
        vec![
            page(ContestState::Open, "enter", ""),
            wrong,
            asks,
            page(ContestState::Open, "sign_in", ""),
            page(ContestState::Open, "did", ""),
            page(ContestState::Open, "not_eligible", ""),
            older,
            page(ContestState::Scheduled, "", ""),
            page(ContestState::Closed, "", ""),
            page(ContestState::Frozen, "", ""),
            page(ContestState::Drawn, "", ""),
            page(ContestState::CalledOff, "", ""),
        ]
    }
}

fn card(contest: &Contest, now: Timestamp) -> ContestCard {
    ContestCard {
        slug: contest.slug.clone(),
        title: contest.title.clone(),
        language: contest.language.clone(),
        state: contest.state(now),
        opens_at: contest.opens_at,
        closes_at: contest.closes_at,
        drawn_at: contest.drawn_at,
    }
}

/// Who the reader is here: by a link, or by being signed in.
fn reader(ctx: &Ctx, contest: &Contest, token: &str) -> Option<Subject> {
    let linked = ctx.state.outreach.read_contest_token(contest.id, token);
    linked.or_else(|| ctx.access().person_in_browser().ok().map(|person| Subject::person(person.person)))
}

async fn page(ctx: &Ctx, shown: Shown, token: &str, form: Form) -> Result<ContestPage, WebError> {
    let proof = shown.proof();
    let Shown { contest, state, entries, winners } = shown;
    let reader = reader(ctx, &contest, token);
    let may = match (state, reader, contest.eligibility) {
        (ContestState::Open, Some(subject), _) => {
            match ctx.state.outreach.stands_to_contest(&contest, subject).await? {
                Entered::May => "enter",
                Entered::Did => "did",
                Entered::NotEligible => "not_eligible",
            }
        }
        (ContestState::Open, None, Eligibility::Customers) => "sign_in",
        (ContestState::Open, None, Eligibility::Subscribers) => "ask",
        _ => "",
    };
    // Earlier rules are there for those who accepted them.
    let asked: i64 = ctx.query.get("rules").parse().unwrap_or(contest.rules_version);
    let rules = match asked == contest.rules_version {
        true => contest.rules.clone(),
        false => ctx.state.outreach.contest_rules(contest.id, asked).await?,
    };
    Ok(ContestPage {
        card: card(&contest, ctx.state.clock.now()),
        introduction: markdown::render(&contest.introduction).html,
        rules: markdown::render(&rules).html,
        version: asked,
        newest: contest.rules_version,
        eligibility: contest.eligibility,
        minimum_age: contest.minimum_age,
        places: contest.places,
        days: ctx.state.policy.compiled().terms(CategoryId::ContestEntry).keep_days,
        may,
        token: if reader.is_some() { token.to_owned() } else { String::new() },
        form,
        // Who asks for contests by the browser's signal is asked nothing more.
        offers: contest.eligibility == Eligibility::Customers && !ctx.gpc(),
        commitment: proof.commitment,
        list_hash: proof.list_hash.unwrap_or_default(),
        seed: proof.seed.unwrap_or_default(),
        entries,
        winners,
    })
}

/// `GET /contests`
pub async fn show(ctx: Ctx) -> Answer {
    let now = ctx.state.clock.now();
    let contests = ctx.state.outreach.published_contests().await?;
    ctx.page(&ContestsPage { contests: contests.iter().map(|contest| card(contest, now)).collect() })
}

async fn published(ctx: &Ctx) -> Result<Shown, WebError> {
    Ok(ctx.state.outreach.published_contest(&ctx.param::<String>("contest_slug")?).await?)
}

/// `GET /contests/{contest_slug}`; `?token=…` for whoever got a link. Looking changes nothing.
pub async fn show_one(ctx: Ctx) -> Answer {
    let shown = published(&ctx).await?;
    ctx.page(&page(&ctx, shown, ctx.query.get("token"), Form::new()).await?)
}

/// `GET /contests/{contest_slug}/draw.json`: with which `mailkeep contest verify` does the draw again.
pub async fn proof(ctx: Ctx) -> Answer {
    let shown = published(&ctx).await?;
    let text = serde_json::to_string_pretty(&shown.proof()).map_err(WebError::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// `POST /contests/{contest_slug}/enter`
pub async fn enter(ctx: Ctx) -> Answer {
    let shown = published(&ctx).await?;
    let (contest, token) = (shown.contest.clone(), ctx.form.get("token").to_owned());
    let Some(subject) = reader(&ctx, &contest, &token) else {
        // Signed out meanwhile, or a link of which a part got lost.
        let page = OutcomePage::bad("confirm-bad-title", "contest-link-bad");
        return ctx.refused(&page.leading(format!("/contests/{}", contest.slug), "contest-to-contest"));
    };
    let entering = Entering {
        rules_version: ctx.form.get("version").parse().unwrap_or(0),
        old_enough: ctx.form.ticked("age"),
        language: ctx.language.clone(),
    };
    let mut form = Form::of(&ctx.form);
    if !ctx.form.ticked("rules") {
        form.refuse("rules", msg("contest-rules-missing"));
    }
    if contest.minimum_age > 0 && !entering.old_enough {
        form.refuse("age", msg("contest-age-missing"));
    }
    if form.good() {
        match ctx.state.outreach.enter_contest(contest.id, subject, entering).await {
            Ok(()) => return entered(&ctx, &contest, subject).await,
            Err(OutreachError::LinkInvalid) => {
                return ctx.refused(&OutcomePage::bad("confirm-bad-title", "contest-link-bad"));
            }
            Err(error) => form.take(error, &["rules", "age"])?,
        }
    }
    ctx.refused(&page(&ctx, shown, &token, form).await?)
}

/// A yes to offers is written down by itself, and only where the box was ticked.
async fn entered(ctx: &Ctx, contest: &Contest, subject: Subject) -> Answer {
    if ctx.form.ticked("offers") && contest.eligibility == Eligibility::Customers {
        let wording = topic_text(ctx, TOPIC, Channel::Email);
        let wanted = Wanted { topic: TOPIC.to_owned(), channel: Channel::Email, yes: true, wording };
        ctx.state.outreach.choose(subject, vec![wanted], ctx.manner(SOURCE)).await?;
    }
    ctx.page(
        &OutcomePage::good("contest-entered-title", "contest-entered-text")
            .leading(format!("/contests/{}", contest.slug), "contest-to-contest"),
    )
}

/// `POST /contests/{contest_slug}/ask`: a link for whoever hears of contests without an account.
pub async fn ask(ctx: Ctx) -> Answer {
    let shown = published(&ctx).await?;
    let mut form = Form::of(&ctx.form);
    let email = form.required(&ctx.form, "email").to_owned();
    if form.good()
        && shown.state == ContestState::Open
        && shown.contest.eligibility == Eligibility::Subscribers
    {
        let network = ctx.peer.map(|peer| peer.to_string());
        let asked =
            ctx.state.outreach.ask_to_enter(&shown.contest, &email, &ctx.language, network.as_deref());
        match asked.await {
            Ok(()) => {
                return ctx
                    .page(&OutcomePage::look_into_mailbox("contest-asked-title", "contest-asked-text"));
            }
            Err(OutreachError::Field { field: "email", .. }) => form.refuse("email", msg("form-email")),
            Err(error) => form.take(error, &[])?,
        }
    }
    ctx.refused(&page(&ctx, shown, "", form).await?)
}
