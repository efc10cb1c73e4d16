//! Every plan with its state, and what is sold besides.

use mailkeep_commerce::catalogue::pricing::Measure;
use mailkeep_commerce::periods::Interval;
use mailkeep_types::Money;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::usd;

/// The plans.
#[derive(Debug, Serialize)]
pub struct PlansPage {
    /// Every plan, those on offer first.
    pub plans: Vec<PlanRow>,
    /// What is sold once or by the hour.
    pub items: Vec<ItemRow>,
}

/// A plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanRow {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The version in force; 0 while there is only a draft.
    pub version: i64,
    /// Price of a mailbox and month.
    pub monthly: Option<Money>,
    /// Price of a mailbox and year.
    pub annual: Option<Money>,
    /// How many subscriptions have any version of it.
    pub subscriptions: i64,
    /// `offered`, `withdrawn` or `new`.
    pub state: &'static str,
    /// Whether a draft is open.
    pub draft: bool,
}

/// An item.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// Its name.
    pub name: String,
    /// `piece` or `hour`.
    pub measure: &'static str,
    /// Its price in each currency.
    pub prices: Vec<Money>,
}

impl Page for PlansPage {
    const TEMPLATE: &'static str = "console/catalogue/plans.html";

    fn samples() -> Vec<Self> {
        let row = |key: &str, name: &str, monthly, annual, subscriptions, state, draft| PlanRow {
            key: key.to_owned(),
            name: name.to_owned(),
            version: i64::from(state != "new"),
            monthly: Some(usd(monthly)),
            annual: Some(usd(annual)),
            subscriptions,
            state,
            draft,
        };
        let item =
            |name: &str, measure, price| ItemRow { name: name.to_owned(), measure, prices: vec![usd(price)] };
        vec![
            PlansPage {
                plans: vec![
                    row("personal", "Personal", 300, 3000, 214, "offered", false),
                    row("business", "Business", 600, 6000, 1310, "offered", true),
                    row("school", "School", 200, 2000, 0, "new", true),
                    row("starter", "Starter", 250, 2500, 12, "withdrawn", false),
                ],
                items: vec![item("Migration of a mailbox", "piece", 1500), item("Work", "hour", 9000)],
            },
            PlansPage {
                plans: vec![row("personal", "Personal", 300, 3000, 0, "offered", false)],
                items: Vec::new(),
            },
        ]
    }
}

/// `GET /console/catalogue`
pub async fn show(ctx: Ctx) -> Answer {
    let commerce = &ctx.state.commerce;
    let drafts = commerce.list_plan_drafts().await?;
    let has_draft = |key: &str| drafts.iter().any(|draft| draft.plan.key == key);
    let mut plans = Vec::new();
    for (plan, offered) in commerce.list_all_plans().await? {
        let history = commerce.plan_history(&plan.key).await?;
        plans.push(PlanRow {
            monthly: plan.price(Interval::Monthly),
            annual: plan.price(Interval::Annual),
            subscriptions: history.iter().map(|version| i64::from(version.subscriptions)).sum(),
            state: if offered { "offered" } else { "withdrawn" },
            draft: has_draft(&plan.key),
            version: plan.version,
            name: plan.name,
            key: plan.key,
        });
    }
    for draft in drafts.iter().filter(|draft| draft.base.is_none()) {
        plans.push(PlanRow {
            key: draft.plan.key.clone(),
            name: draft.plan.name.clone(),
            version: 0,
            monthly: None,
            annual: None,
            subscriptions: 0,
            state: "new",
            draft: true,
        });
    }
    let items = commerce.list_items().await?;
    let items = items.into_iter().map(|item| ItemRow {
        measure: match item.measure {
            Measure::Hour => "hour",
            _ => "piece",
        },
        prices: item.prices.iter().map(|(currency, minor)| Money::new(*minor, *currency)).collect(),
        name: item.name,
    });
    ctx.page(&PlansPage { plans, items: items.collect() })
}
