//! Plans and prices.

use mailkeep_commerce::catalogue::PlanVersion;
use mailkeep_types::{Habits, Money};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// A plan on sale.
#[derive(Debug, Clone, Serialize)]
pub struct PlanView {
    /// Its id in the catalogue.
    pub id: String,
    /// Its name.
    pub name: String,
    /// One line on whom it is for.
    pub text: String,
    /// What it grants, in words.
    pub features: Vec<String>,
    /// Its prices, the lowest first.
    pub prices: Vec<PriceView>,
    /// Whether it is the one most should take.
    pub recommended: bool,
}

/// What a mailbox costs in a term.
#[derive(Debug, Clone, Serialize)]
pub struct PriceView {
    /// `monthly` or `annual`.
    pub term: String,
    /// The price of a mailbox for a month, also when billed yearly.
    pub per_month: Money,
}

/// Plans and prices.
#[derive(Debug, Serialize)]
pub struct PlansPage {
    /// The plans on sale.
    pub plans: Vec<PlanView>,
}

impl Page for PlansPage {
    const TEMPLATE: &'static str = "site/plans.html";

    fn samples() -> Vec<Self> {
        vec![PlansPage { plans: sample_plans() }, PlansPage { plans: Vec::new() }]
    }
}

/// Three plans.
pub fn sample_plans() -> Vec<PlanView> {
    let plan =
        |id: &str, name: &str, text: &str, features: &[&str], year: i64, month: i64, recommended| PlanView {
            id: id.to_owned(),
            name: name.to_owned(),
            text: text.to_owned(),
            features: features.iter().map(|feature| (*feature).to_owned()).collect(),
            prices: vec![
                PriceView { term: "annual".to_owned(), per_month: samples::usd(year) },
                PriceView { term: "monthly".to_owned(), per_month: samples::usd(month) },
            ],
            recommended,
        };
    vec![
        plan(
            "personal",
            "Personal",
            "One person, one domain",
            &["10 GB for each mailbox", "One domain", "Aliases without limit", "200 recipients a day"],
            300,
            400,
            false,
        ),
        plan(
            "business",
            "Business",
            "Teams that live by mail",
            &[
                "25 GB for each mailbox, pooled",
                "Domains and domain aliases without limit",
                "Catch-all",
                "2,000 recipients a day",
            ],
            600,
            750,
            true,
        ),
        plan(
            "archive",
            "Business with archive",
            "When nothing may be lost",
            &[
                "Everything in Business",
                "Archive of 7 GB for each mailbox",
                "Deleted mail restorable for 30 days",
                "A person answers in 4 hours",
            ],
            1100,
            1300,
            false,
        ),
    ]
}

/// The plans on sale.
///
/// # Errors
/// A failure of the database.
pub async fn on_sale(ctx: &Ctx) -> Result<Vec<PlanView>, WebError> {
    let mut plans = ctx.state.commerce.list_plans().await?;
    let (config, brand) = (ctx.state.commerce.config(), ctx.brand_key());
    let currency = config.currency_of(&brand);
    plans.retain(|plan| config.sells(&brand, &plan.key) && plan.sheet.list(currency).is_some());
    // The middle one suits most; with fewer than three nothing is singled out.
    let middle = (plans.len() >= 3).then_some(plans.len() / 2);
    Ok(plans.iter().enumerate().map(|(at, plan)| view(ctx, plan, Some(at) == middle)).collect())
}

fn view(ctx: &Ctx, plan: &PlanVersion, recommended: bool) -> PlanView {
    let currency = ctx.state.commerce.config().currency_of(&ctx.brand_key());
    let list = plan.sheet.list(currency);
    let mut prices: Vec<PriceView> = list
        .iter()
        .flat_map(|list| &list.intervals)
        .map(|prices| PriceView {
            term: prices.interval.word().to_owned(),
            per_month: Money::new(
                prices.mailbox.first_minor() / i64::from(prices.interval.months()),
                currency,
            ),
        })
        .collect();
    prices.sort_by_key(|price| price.per_month.minor);
    let habits = Habits::of(&ctx.language);
    let megabytes = |mb: u32| habits.bytes(i64::from(mb) * 1_000_000);
    let mut features = Vec::new();
    if plan.included_space_mb > 0 {
        features.push(ctx.text(&msg("feature-space").with("space", megabytes(plan.included_space_mb))));
    }
    if plan.most_mailboxes > 0 {
        features.push(ctx.text(&msg("feature-most").with("n", i64::from(plan.most_mailboxes))));
    } else {
        features.push(ctx.say("feature-any"));
    }
    features.push(ctx.say("feature-aliases"));
    features.push(ctx.text(&msg("feature-message").with("size", megabytes(plan.limits.message_size_mb))));
    features.push(ctx.text(&msg("feature-recipients").with("n", i64::from(plan.limits.recipients_per_day))));
    for add_on in list
        .and_then(|list| list.intervals.first())
        .map(|prices| prices.add_ons.as_slice())
        .unwrap_or_default()
    {
        features.push(ctx.text(&msg("feature-add-on").with("name", add_on.name.clone())));
    }
    PlanView {
        id: plan.key.clone(),
        name: plan.name.clone(),
        text: plan.summary.clone(),
        features,
        prices,
        recommended,
    }
}

/// `GET /plans`
pub async fn show(ctx: Ctx) -> Answer {
    let plans = on_sale(&ctx).await?;
    ctx.page(&PlansPage { plans })
}
