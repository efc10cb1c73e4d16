//! Plans and prices.

use mailkeep_types::Money;
use serde::Serialize;

use crate::ctx::Ctx;
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
pub fn on_sale(_: &Ctx) -> Vec<PlanView> {
    Vec::new()
}

/// `GET /plans`
pub async fn show(ctx: Ctx) -> Answer {
    ctx.page(&PlansPage { plans: on_sale(&ctx) })
}
