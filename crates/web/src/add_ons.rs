//! What every mailbox can have besides, as forms offer it and pages show it: one box to tick for each add-on.

use mailkeep_commerce::catalogue::PlanVersion;
use mailkeep_commerce::catalogue::sheet::AddOnPrice;
use mailkeep_commerce::classes::grants::Grants;
use mailkeep_commerce::periods::Interval;
use mailkeep_types::{Currency, Habits, Money};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Submitted;
use crate::messages::msg;

/// An add-on to tick.
#[derive(Debug, Clone, Serialize)]
pub struct AddOnField {
    /// The field's name: `add-on-` and the add-on's key.
    pub field: String,
    /// What it is.
    pub name: String,
    /// What it brings.
    pub text: String,
    /// What it costs with each plan that sells it.
    pub prices: Vec<String>,
}

impl AddOnField {
    /// A made-up one.
    pub fn samples() -> Vec<Self> {
        vec![AddOnField {
            field: "add-on-archive".to_owned(),
            name: "Archive".to_owned(),
            text: "7 GB more for each mailbox; deleted mail can be brought back for 365 days".to_owned(),
            prices: vec![
                "Business: $6.00 a mailbox and month".to_owned(),
                "Business, yearly: $60.00 a mailbox".to_owned(),
            ],
        }]
    }
}

/// What an add-on brings each mailbox, in words; empty when it grants nothing that is counted.
pub fn grants_text(ctx: &Ctx, grants: Grants) -> String {
    let habits = Habits::of(&ctx.language);
    let bytes = |mb: u32| habits.bytes(i64::from(mb) * 1_000_000);
    let mut parts = Vec::new();
    if grants.more_quota_mb > 0 {
        parts.push(ctx.text(&msg("grants-quota").with("space", bytes(grants.more_quota_mb))));
    }
    if let Some(days) = grants.undelete_days {
        parts.push(ctx.text(&msg("grants-undelete").with("n", i64::from(days))));
    }
    if grants.more_recipients_per_day > 0 {
        let more = msg("grants-recipients").with("n", i64::from(grants.more_recipients_per_day));
        parts.push(ctx.text(&more));
    }
    if let Some(mb) = grants.message_size_mb {
        parts.push(ctx.text(&msg("grants-message").with("size", bytes(mb))));
    }
    let mut letters = parts.join("; ");
    if let Some(first) = letters.chars().next() {
        let rest = letters.split_off(first.len_utf8());
        letters = first.to_uppercase().collect::<String>() + &rest;
    }
    letters
}

/// What an add-on costs for a mailbox and term.
pub fn price_text(ctx: &Ctx, interval: Interval, price: Money) -> String {
    let id = match interval {
        Interval::Annual => "change-price-annual",
        Interval::Quarterly => "change-price-quarterly",
        Interval::Monthly => "change-price-monthly",
    };
    ctx.text(&msg(id).with("price", Habits::of(&ctx.language).money(price)))
}

/// What the plans on sale sell besides, each once, with its price in each plan and term.
///
/// # Errors
/// A failure of the store.
pub async fn on_sale(ctx: &Ctx, currency: Currency) -> Result<Vec<AddOnField>, WebError> {
    let (config, brand) = (ctx.state.commerce.config(), ctx.brand_key());
    let mut fields: Vec<AddOnField> = Vec::new();
    for plan in ctx.state.commerce.list_plans().await? {
        if !config.sells(&brand, &plan.key) {
            continue;
        }
        let terms = plan.sheet.list(currency).map(|list| list.intervals.as_slice()).unwrap_or_default();
        for (interval, add_on) in terms.iter().flat_map(|prices| sold(prices.interval, &plan, currency)) {
            let price = price_text(ctx, interval, Money::new(add_on.unit_minor, currency));
            let price = ctx.text(&msg("add-on-with").with("plan", plan.name.clone()).with("price", price));
            let field = format!("add-on-{}", add_on.key);
            match fields.iter_mut().find(|known| known.field == field) {
                Some(known) => known.prices.push(price),
                None => fields.push(AddOnField {
                    field,
                    name: add_on.name.clone(),
                    text: grants_text(ctx, add_on.grants),
                    prices: vec![price],
                }),
            }
        }
    }
    Ok(fields)
}

fn sold(
    interval: Interval,
    plan: &PlanVersion,
    currency: Currency,
) -> impl Iterator<Item = (Interval, &AddOnPrice)> {
    plan.add_ons_in(currency, interval).iter().map(move |add_on| (interval, add_on))
}

/// What was ticked of it.
pub fn wanted(fields: &[AddOnField], submitted: &Submitted) -> Vec<String> {
    let ticked = fields.iter().filter(|one| !submitted.get(&one.field).is_empty());
    ticked.filter_map(|one| Some(one.field.strip_prefix("add-on-")?.to_owned())).collect()
}
