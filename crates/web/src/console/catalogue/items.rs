//! What is sold once, by the piece or by the hour: new items and new versions, and what is on offer.

use std::collections::BTreeMap;

use mailkeep_commerce::catalogue::items::{KnownItem, NewItem};
use mailkeep_commerce::catalogue::price_config::amount_text;
use mailkeep_types::{Money, StaffId};
use serde::Serialize;

use super::{name_of, names};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::usd;

/// The items.
#[derive(Debug, Serialize)]
pub struct ItemsPage {
    /// Every item, those on offer first.
    pub items: Vec<ItemRow>,
    /// The item that is changed; a new one when none is.
    pub changes: Option<String>,
    /// What it becomes.
    pub form: Form,
    /// The currencies of prices, the house's own first.
    pub currencies: Vec<String>,
    /// By the piece or by the hour.
    pub measures: Vec<Choose>,
}

/// An item.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// The word that names it.
    pub key: String,
    /// What customers read.
    pub name: String,
    /// The version in force.
    pub version: i64,
    /// `piece` or `hour`.
    pub measure: &'static str,
    /// As what it is taxed.
    pub tax_class: String,
    /// What one costs.
    pub prices: Vec<Money>,
    /// Whether it is on offer.
    pub offered: bool,
    /// Who wrote the version; the configuration when nobody did.
    pub by: Option<String>,
    /// How many customers were invoiced for it during the last year.
    pub buyers: u64,
}

impl Page for ItemsPage {
    const TEMPLATE: &'static str = "console/catalogue/items.html";

    fn samples() -> Vec<Self> {
        let row = |key: &str, name: &str, measure, offered: bool, buyers| ItemRow {
            key: key.to_owned(),
            name: name.to_owned(),
            version: if offered { 3 } else { 1 },
            measure,
            tax_class: "standard".to_owned(),
            prices: vec![usd(9000)],
            offered,
            by: offered.then(|| "Rosalind Sample".to_owned()),
            buyers,
        };
        let page = |items, changes: Option<&str>, form| ItemsPage {
            items,
            changes: changes.map(str::to_owned),
            form,
            currencies: vec!["USD".to_owned(), "EUR".to_owned()],
            measures: vec![Choose::new("piece", "By the piece"), Choose::new("hour", "By the hour")],
        };
        let items = vec![
            row("migration", "Migration of a mailbox", "piece", true, 41),
            row("old-work", "Work at night", "hour", false, 0),
        ];
        vec![
            page(items.clone(), None, Form::new()),
            page(items, Some("migration"), Form::new().with("name", "Migration of a mailbox")),
            page(Vec::new(), None, Form::new().wrong("key", msg("form-required"))),
        ]
    }
}

fn row(item: KnownItem, names: &BTreeMap<StaffId, String>) -> ItemRow {
    let version = item.version;
    ItemRow {
        key: version.key,
        name: version.name,
        version: version.version,
        measure: version.measure.word(),
        tax_class: version.tax_class,
        prices: version.prices.into_iter().map(|(currency, minor)| Money::new(minor, currency)).collect(),
        offered: item.offered,
        by: name_of(names, item.made_by),
        buyers: item.buyers,
    }
}

async fn page(ctx: &Ctx, changes: Option<String>, form: Form) -> Result<ItemsPage, WebError> {
    let (commerce, names) = (&ctx.state.commerce, names(ctx).await?);
    Ok(ItemsPage {
        items: commerce.list_all_items().await?.into_iter().map(|item| row(item, &names)).collect(),
        changes,
        form,
        currencies: commerce.config().currencies().iter().map(ToString::to_string).collect(),
        measures: ["piece", "hour"]
            .map(|word| {
                Choose::new(
                    word,
                    ctx.text(&msg(if word == "piece" { "item-by-piece" } else { "item-by-hour" })),
                )
            })
            .into(),
    })
}

/// `GET /console/catalogue/items`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, None, Form::new()).await?;
    ctx.page(&page)
}

/// `GET /console/catalogue/items/{item}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let key: String = ctx.param("item")?;
    let known = ctx.state.commerce.list_all_items().await?;
    let Some(item) = known.into_iter().find(|item| item.version.key == key) else {
        return Err(WebError::NotFound);
    };
    let version = item.version;
    let mut form = Form::new()
        .with("name", version.name.clone())
        .with("measure", version.measure.word())
        .with("tax_class", version.tax_class.clone());
    for (currency, minor) in &version.prices {
        form = form.with(&format!("price-{currency}"), amount_text(*minor, *currency));
    }
    let page = page(&ctx, Some(key), form).await?;
    ctx.page(&page)
}

/// `POST /console/catalogue/items`: writes a new item.
pub async fn make(ctx: Ctx) -> Answer {
    let key = ctx.form.get("key").trim().to_owned();
    write(ctx, key, None).await
}

/// `POST /console/catalogue/items/{item}`: writes a new version.
pub async fn save(ctx: Ctx) -> Answer {
    let key: String = ctx.param("item")?;
    write(ctx, key.clone(), Some(key)).await
}

async fn write(ctx: Ctx, key: String, changes: Option<String>) -> Answer {
    let currencies = ctx.state.commerce.config().currencies();
    let given = |name: &str| ctx.form.get(name).to_owned();
    let price =
        |currency: &mailkeep_types::Currency| (currency.to_string(), given(&format!("price-{currency}")));
    let new = NewItem {
        key,
        name: given("name"),
        measure: given("measure"),
        tax_class: given("tax_class"),
        prices: currencies.iter().map(price).collect(),
        offered: true,
    };
    let mut form = Form::of(&ctx.form);
    match ctx.state.commerce.write_item(ctx.who.staff()?.staff, new, changes.is_none()).await {
        Ok(version) => ctx.done("/console/catalogue/items", msg("item-written").with("n", version)),
        Err(mailkeep_commerce::CommerceError::Invalid { field: "prices", message }) => {
            let wrong = currencies.iter().find(|currency| message.contains(currency.code()));
            let field =
                format!("price-{}", wrong.or(currencies.first()).map_or("", |currency| currency.code()));
            form.refuse(&field, msg("verbatim").with("text", crate::error::sentence(&message)));
            let page = page(&ctx, changes, form).await?;
            ctx.refused(&page)
        }
        Err(error) => {
            form.take(error, &["key", "name", "measure", "tax_class"])?;
            let page = page(&ctx, changes, form).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/catalogue/items/{item}/offer`: takes it off the offer, or puts it back.
pub async fn offer(ctx: Ctx) -> Answer {
    let key: String = ctx.param("item")?;
    let offered = ctx.form.get("offered") == "yes";
    ctx.state.commerce.offer_item(&key, offered).await?;
    ctx.done("/console/catalogue/items", msg(if offered { "item-offered" } else { "item-withdrawn" }))
}
