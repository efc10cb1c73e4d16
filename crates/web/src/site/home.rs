//! The front page.

use mailkeep_types::Money;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// The front page.
#[derive(Debug, Serialize)]
pub struct HomePage {
    /// The lowest price of a mailbox and month, if anything is on sale.
    pub from: Option<Money>,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "site/home.html";

    fn samples() -> Vec<Self> {
        vec![HomePage { from: Some(samples::usd(300)) }, HomePage { from: None }]
    }
}

/// `GET /`
pub async fn show(ctx: Ctx) -> Answer {
    let plans = super::plans::on_sale(&ctx).await?;
    let from = plans
        .iter()
        .flat_map(|plan| &plan.prices)
        .map(|price| price.per_month)
        .min_by_key(|price| price.minor);
    ctx.page(&HomePage { from })
}
