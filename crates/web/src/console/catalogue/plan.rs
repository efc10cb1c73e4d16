//! One plan: its draft to write, its history, and whether it is on offer.

use mailkeep_commerce::CommerceConfig;
use mailkeep_commerce::catalogue::config::PlanConfig;
use mailkeep_types::{Money, Timestamp};
use serde::Serialize;

use super::plan_form::{form_of, read, take_problems};
use super::{name_of, names};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// A plan.
#[derive(Debug, Serialize)]
pub struct PlanPage {
    /// Its key; empty for a new one.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The currency of its own prices.
    pub currency: String,
    /// The draft.
    pub form: Form,
    /// When the open draft was written, and by whom.
    pub draft: Option<DraftNote>,
    /// Whether it is on offer; `None` while it was never published.
    pub offered: Option<bool>,
    /// Further currencies that it is sold in.
    pub currencies: Vec<String>,
    /// What space can be charged by.
    pub bases: Vec<Choose>,
    /// The classes of service, and limits of its own.
    pub classes: Vec<Choose>,
    /// Its versions, newest first.
    pub history: Vec<VersionRow>,
}

/// Who wrote the draft.
#[derive(Debug, Clone, Serialize)]
pub struct DraftNote {
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A version.
#[derive(Debug, Clone, Serialize)]
pub struct VersionRow {
    /// Its number.
    pub version: i64,
    /// When it came into force.
    pub at: Timestamp,
    /// Who published it; nobody when it came from the configuration.
    pub by: Option<String>,
    /// The price of a mailbox for each interval.
    pub prices: Vec<(String, Money)>,
    /// How many subscriptions have it.
    pub subscriptions: i64,
}

impl Page for PlanPage {
    const TEMPLATE: &'static str = "console/catalogue/plan.html";

    fn samples() -> Vec<Self> {
        let plan = CommerceConfig::example().plans.remove(1);
        let version = |version, days, by: Option<&str>, monthly, subscriptions| VersionRow {
            version,
            at: samples::days_ago(days),
            by: by.map(str::to_owned),
            prices: vec![
                ("monthly".to_owned(), samples::usd(monthly)),
                ("annual".to_owned(), samples::usd(monthly * 10)),
            ],
            subscriptions,
        };
        let page = |form: Form, draft: bool| PlanPage {
            key: "business".to_owned(),
            name: "Business".to_owned(),
            currency: "USD".to_owned(),
            form,
            draft: draft.then(|| DraftNote { by: "rosalind".to_owned(), at: samples::minutes_ago(12) }),
            offered: Some(true),
            currencies: vec!["EUR".to_owned()],
            bases: bases(|id| id.replace('-', " ")),
            classes: vec![Choose::new("", "Limits of its own"), Choose::new("business", "Business")],
            history: vec![version(2, 30, Some("rosalind"), 600, 41), version(1, 400, None, 550, 1269)],
        };
        let wrong = form_of(&plan).wrong("price_annual", msg("form-number"));
        vec![
            page(form_of(&plan), false),
            page(wrong, true),
            PlanPage {
                key: String::new(),
                name: String::new(),
                offered: None,
                history: Vec::new(),
                currencies: Vec::new(),
                ..page(form_of(&blank()), false)
            },
        ]
    }
}

fn bases(say: impl Fn(&'static str) -> String) -> Vec<Choose> {
    vec![
        Choose::new("none", say("catalogue-space-none")),
        Choose::new("pool", say("catalogue-space-pool")),
        Choose::new("use", say("catalogue-space-use")),
        Choose::new("quota", say("catalogue-space-quota")),
    ]
}

/// A plan that begins empty, with limits that harm nobody.
fn blank() -> PlanConfig {
    PlanConfig {
        key: String::new(),
        name: String::new(),
        summary: String::new(),
        included_space_mb: 25_000,
        fewest_mailboxes: 1,
        most_mailboxes: 0,
        prices: Default::default(),
        tiers: Default::default(),
        closed: Default::default(),
        space: Default::default(),
        setup: None,
        trial_days: 0,
        tax_class: "standard".to_owned(),
        add_ons: Vec::new(),
        lists: Vec::new(),
        class: None,
        limits: Some(Default::default()),
    }
}

async fn page(ctx: &Ctx, plan: &PlanConfig, form: Form, new: bool) -> Result<PlanPage, WebError> {
    let commerce = &ctx.state.commerce;
    let names = names(ctx).await?;
    let draft = if new { None } else { commerce.plan_draft(&plan.key).await? };
    let history = if new { Vec::new() } else { commerce.plan_history(&plan.key).await? };
    let all = if new { Vec::new() } else { commerce.list_all_plans().await? };
    let offered = all.iter().find(|(known, _)| known.key == plan.key).map(|(_, offered)| *offered);
    let history = history.into_iter().map(|version| VersionRow {
        version: version.plan.version,
        at: version.at,
        by: name_of(&names, version.by),
        prices: version
            .plan
            .prices
            .iter()
            .map(|(interval, minor)| (interval.word().to_owned(), Money::new(*minor, version.plan.currency)))
            .collect(),
        subscriptions: i64::from(version.subscriptions),
    });
    let mut classes = vec![Choose::new("", ctx.say("class-own-limits"))];
    classes
        .extend(commerce.list_classes().await?.into_iter().map(|class| Choose::new(class.key, class.name)));
    Ok(PlanPage {
        key: if new { String::new() } else { plan.key.clone() },
        name: plan.name.clone(),
        currency: commerce.config().currency.to_string(),
        form,
        draft: draft
            .map(|draft| DraftNote { by: name_of(&names, Some(draft.by)).unwrap_or_default(), at: draft.at }),
        offered,
        currencies: plan.lists.iter().map(|list| list.currency.to_string()).collect(),
        bases: bases(|id| ctx.say(id)),
        classes,
        history: history.collect(),
    })
}

/// `GET /console/catalogue/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    let plan = blank();
    let page = page(&ctx, &plan, form_of(&plan), true).await?;
    ctx.page(&page)
}

/// `POST /console/catalogue/new`
pub async fn make(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let key = form.required(&ctx.form, "key").to_owned();
    let plan = read(&ctx.form, &mut form, PlanConfig { key: key.clone(), ..blank() });
    let taken = ctx.state.commerce.list_all_plans().await?.iter().any(|(known, _)| known.key == key);
    if taken || ctx.state.commerce.plan_draft(&key).await?.is_some() {
        form.refuse("key", msg("catalogue-key-taken"));
    }
    write(&ctx, form, plan, true).await
}

/// `GET /console/catalogue/plans/{plan}`
pub async fn show(ctx: Ctx) -> Answer {
    let key: String = ctx.param("plan")?;
    let plan = ctx.state.commerce.plan_to_edit(&key).await?;
    let page = page(&ctx, &plan, form_of(&plan), false).await?;
    ctx.page(&page)
}

/// `POST /console/catalogue/plans/{plan}`: saves the draft and shows whom it would affect.
pub async fn save(ctx: Ctx) -> Answer {
    let key: String = ctx.param("plan")?;
    let base = ctx.state.commerce.plan_to_edit(&key).await?;
    let mut form = Form::of(&ctx.form);
    let plan = read(&ctx.form, &mut form, base);
    write(&ctx, form, plan, false).await
}

async fn write(ctx: &Ctx, mut form: Form, plan: PlanConfig, new: bool) -> Answer {
    take_problems(&mut form, &plan, &ctx.state.commerce.draft_problems(&plan).await?);
    if !form.good() {
        let page = page(ctx, &plan, form, new).await?;
        return ctx.refused(&page);
    }
    let key = plan.key.clone();
    ctx.state.commerce.write_plan_draft(ctx.who.staff()?.staff, plan).await?;
    Ok(ctx.redirect(&format!("/console/catalogue/plans/{key}/preview")))
}

/// `POST /console/catalogue/plans/{plan}/discard`
pub async fn discard(ctx: Ctx) -> Answer {
    let key: String = ctx.param("plan")?;
    ctx.state.commerce.discard_plan_draft(&key).await?;
    ctx.done("/console/catalogue", msg("catalogue-discarded"))
}

/// `POST /console/catalogue/plans/{plan}/offer`: takes it off the offer, or puts it back.
pub async fn offer(ctx: Ctx) -> Answer {
    let key: String = ctx.param("plan")?;
    let offered = ctx.form.get("offered") == "yes";
    ctx.state.commerce.offer_plan(&key, offered).await?;
    let done = if offered { "catalogue-offered-again" } else { "catalogue-withdrawn-done" };
    ctx.done(&format!("/console/catalogue/plans/{key}"), msg(done))
}
