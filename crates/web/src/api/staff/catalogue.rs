//! The catalogue: plans to read; items, rates of taxes and brands to read and to write.

use axum::http::Method;
use mailkeep_commerce::CommerceError;
use mailkeep_commerce::brands::console::{KnownBrand, NewBrand};
use mailkeep_commerce::catalogue::PlanVersion;
use mailkeep_commerce::catalogue::items::{KnownItem, NewItem};
use mailkeep_commerce::catalogue::pricing::Measure;
use mailkeep_commerce::taxes::rates::{NewRate, StoredRate};
use mailkeep_types::{Currency, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::describe::Api;
use super::super::orders::PlanView;
use super::super::paging::{Page, whole};
use super::super::value::{Amount, Instant};
use super::{checked, op};
use crate::console::invoices::amount_text;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::StaffPermission;

/// A plan on offer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HousePlan")]
pub struct HousePlan {
    /// Its version; invoices keep the one that they were made with.
    pub version: i64,
    /// The plan.
    #[serde(flatten)]
    pub plan: PlanView,
}

/// Something that is sold once or by the hour.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Item")]
pub struct ItemView {
    /// Names it for ever.
    pub key: String,
    /// The version in force.
    pub version: i64,
    /// What customers read.
    pub name: String,
    /// `piece` or `hour`.
    pub measure: String,
    /// As what it is taxed.
    pub tax_class: String,
    /// What one costs, without tax, in each currency.
    pub prices: Vec<Amount>,
    /// Whether it is on offer.
    pub offered: bool,
    /// How many customers were invoiced for it during the last year.
    pub buyers: u64,
}

/// A version of an item to write.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemToWrite {
    /// What customers read.
    pub name: String,
    /// `piece` or `hour`.
    pub measure: String,
    /// As what it is taxed; the standard class when left out.
    #[serde(default)]
    pub tax_class: String,
    /// What one costs, without tax, in each currency in which it is sold.
    pub prices: Vec<Price>,
    /// Whether it is on offer.
    pub offered: bool,
}

/// A price.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// ISO 4217.
    pub currency: String,
    /// In the smallest unit of the currency.
    pub minor: i64,
}

/// A rate of a tax.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TaxRate")]
pub struct RateView {
    /// Its identifier.
    pub id: String,
    /// Two letters (ISO 3166).
    pub country: String,
    /// The state or province; empty for all of the country.
    pub region: String,
    /// What it is for.
    pub class: String,
    /// What invoices call it.
    pub name: String,
    /// In percent.
    pub percent: String,
    /// The first day.
    pub from: String,
    /// The day after the last; nothing when it does not end.
    pub until: Option<String>,
    /// When it was written.
    pub made_at: Instant,
}

/// A rate to make.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RateToMake {
    /// Two letters (ISO 3166).
    pub country: String,
    /// The state or province of the United States or Canada; all of the country when left out.
    #[serde(default)]
    pub region: String,
    /// What it is for; the standard class when left out.
    #[serde(default)]
    pub class: String,
    /// What invoices call it.
    pub name: String,
    /// In percent, with at most two decimals, e.g. `8.25`.
    pub percent: String,
    /// The first day, e.g. `2027-01-01`; today when left out.
    #[serde(default)]
    pub from: String,
    /// The last day; it does not end when left out.
    #[serde(default)]
    pub last: String,
    /// Whether prices have it in them; as the configuration says when left out.
    pub inclusive: Option<bool>,
}

/// A brand.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Brand")]
pub struct BrandView {
    /// Names it for ever.
    pub key: String,
    /// What customers see.
    pub name: String,
    /// The host names of its site.
    pub hosts: Vec<String>,
    /// The host name that its customers' mail programs connect to.
    pub mail_host: Option<String>,
    /// The currency of its prices; the house's own when there is none.
    pub currency: Option<String>,
    /// The keys of the plans that it sells; none for all.
    pub plans: Vec<String>,
    /// Who sells.
    pub seller: Seller,
    /// The series of its invoices.
    pub series: String,
    /// The series of its credit notes.
    pub credit_note_series: String,
    /// Days after the date of an invoice on which it is due.
    pub due_days: u16,
    /// Its version; nothing when the configuration has it.
    pub version: Option<i64>,
    /// How many customers it has.
    pub customers: u64,
    /// How many of their services run.
    pub services: u64,
}

/// Who sells under a brand.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seller {
    /// The legal name.
    pub name: String,
    /// The lines of the postal address.
    pub address: Vec<String>,
    /// Two letters (ISO 3166).
    pub country: String,
    /// The tax number, if there is one.
    pub tax_id: Option<String>,
    /// Where questions about an invoice go.
    pub email: String,
}

/// A version of a brand to write.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BrandToWrite {
    /// What customers see.
    pub name: String,
    /// The host names of its site; the server's certificate must name them.
    pub hosts: Vec<String>,
    /// The host name that its customers' mail programs connect to; the house's own when left out.
    #[serde(default)]
    pub mail_host: String,
    /// The currency of its prices; the house's own when left out.
    #[serde(default)]
    pub currency: String,
    /// The keys of the plans that it sells; all when left out.
    #[serde(default)]
    pub plans: Vec<String>,
    /// Who sells.
    pub seller: Seller,
    /// The series of its invoices, which no other brand has.
    pub series: String,
    /// The series of its credit notes.
    pub credit_note_series: String,
    /// Days after the date of an invoice on which it is due.
    pub due_days: u16,
}

impl From<KnownItem> for ItemView {
    fn from(item: KnownItem) -> Self {
        let version = item.version;
        ItemView {
            measure: if version.measure == Measure::Hour { "hour" } else { "piece" }.to_owned(),
            prices: version.prices.iter().map(|(of, minor)| Money::new(*minor, *of).into()).collect(),
            key: version.key,
            version: version.version,
            name: version.name,
            tax_class: version.tax_class,
            offered: item.offered,
            buyers: item.buyers,
        }
    }
}

impl From<StoredRate> for RateView {
    fn from(stored: StoredRate) -> Self {
        let rate = stored.rate;
        RateView {
            id: stored.id.to_string(),
            country: rate.country,
            region: rate.region,
            class: rate.class,
            name: rate.name,
            percent: rate.percent,
            from: rate.from,
            until: rate.until,
            made_at: stored.made_at.into(),
        }
    }
}

impl From<KnownBrand> for BrandView {
    fn from(known: KnownBrand) -> Self {
        let brand = known.brand;
        BrandView {
            key: brand.key,
            name: brand.name,
            hosts: brand.hosts,
            mail_host: brand.mail_host,
            currency: brand.currency.map(|currency| currency.code().to_owned()),
            plans: brand.plans,
            seller: Seller {
                name: brand.seller.name,
                address: brand.seller.address,
                country: brand.seller.country,
                tax_id: brand.seller.tax_id,
                email: brand.seller.email,
            },
            series: brand.invoices.series,
            credit_note_series: brand.invoices.credit_note_series,
            due_days: brand.invoices.due_days,
            version: known.written.map(|(version, ..)| version),
            customers: known.used.customers,
            services: known.used.services,
        }
    }
}

/// Whether there is none yet of what is to be written.
fn is_missing<T>(found: Result<T, WebError>) -> Result<bool, WebError> {
    match found {
        Err(WebError::NotFound) => Ok(true),
        found => found.map(|_| false),
    }
}

async fn plans(ctx: Ctx) -> Result<Page<HousePlan>, WebError> {
    let view = |plan: PlanVersion| HousePlan { version: plan.version, plan: plan.into() };
    Ok(whole(ctx.state.commerce.list_plans().await?.into_iter().map(view).collect()))
}

async fn items(ctx: Ctx) -> Result<Page<ItemView>, WebError> {
    Ok(whole(ctx.state.commerce.list_all_items().await?.into_iter().map(ItemView::from).collect()))
}

async fn item(ctx: &Ctx, key: &str) -> Result<ItemView, WebError> {
    let all = ctx.state.commerce.list_all_items().await?;
    all.into_iter().find(|item| item.version.key == key).map(ItemView::from).ok_or(WebError::NotFound)
}

async fn show_item(ctx: Ctx) -> Result<ItemView, WebError> {
    let key: String = ctx.param("item")?;
    item(&ctx, &key).await
}

/// Writes a version where something is different, and offers it or not.
async fn write_item(ctx: Ctx, sent: ItemToWrite) -> Result<ItemView, WebError> {
    let (key, staff): (String, _) = (ctx.param("item")?, ctx.who.staff()?.staff);
    let fresh = is_missing(item(&ctx, &key).await)?;
    let mut prices = Vec::with_capacity(sent.prices.len());
    for price in &sent.prices {
        let Ok(currency) = price.currency.parse::<Currency>() else {
            let mut form = Form::new();
            form.refuse("prices", msg("form-required"));
            return Err(WebError::Fields(Box::new(form)));
        };
        prices.push((currency.code().to_owned(), amount_text(Money::new(price.minor, currency))));
    }
    let commerce = &ctx.state.commerce;
    let ItemToWrite { name, measure, tax_class, offered, .. } = sent;
    let new = NewItem { key: key.clone(), name, measure, tax_class, prices, offered };
    let fields = ["name", "measure", "tax_class", "prices", "offered"];
    match commerce.write_item(staff, new, fresh).await {
        Err(CommerceError::Unchanged) => checked(commerce.offer_item(&key, offered).await, &fields)?,
        written => checked(written, &fields).map(drop)?,
    }
    item(&ctx, &key).await
}

async fn rates(ctx: Ctx) -> Result<Page<RateView>, WebError> {
    Ok(whole(ctx.state.commerce.list_tax_rates().await?.into_iter().map(RateView::from).collect()))
}

async fn rate(ctx: Ctx, id: uuid::Uuid) -> Result<RateView, WebError> {
    let all = ctx.state.commerce.list_tax_rates().await?;
    all.into_iter().find(|rate| rate.id == id).map(RateView::from).ok_or(WebError::NotFound)
}

async fn make_rate(ctx: Ctx, sent: RateToMake) -> Result<(uuid::Uuid, RateView), WebError> {
    let staff = ctx.who.staff()?.staff;
    let inclusive = sent.inclusive.map_or("", |inclusive| if inclusive { "yes" } else { "no" });
    let new = NewRate {
        country: sent.country,
        region: sent.region,
        class: sent.class,
        name: sent.name,
        percent: sent.percent,
        from: sent.from,
        last: sent.last,
        inclusive: inclusive.to_owned(),
    };
    let fields = ["country", "region", "class", "name", "percent", "from", "last", "inclusive"];
    let id = checked(ctx.state.commerce.make_tax_rate(staff, &new).await, &fields)?;
    Ok((id, rate(ctx, id).await?))
}

async fn end_rate(ctx: Ctx) -> Result<(), WebError> {
    let staff = ctx.who.staff()?.staff;
    Ok(ctx.state.commerce.end_tax_rate(staff, ctx.param("rate")?).await?)
}

async fn brands(ctx: Ctx) -> Result<Page<BrandView>, WebError> {
    Ok(whole(ctx.state.commerce.list_brands().await?.into_iter().map(BrandView::from).collect()))
}

async fn brand(ctx: &Ctx, key: &str) -> Result<BrandView, WebError> {
    let all = ctx.state.commerce.list_brands().await?;
    all.into_iter().find(|known| known.brand.key == key).map(BrandView::from).ok_or(WebError::NotFound)
}

async fn show_brand(ctx: Ctx) -> Result<BrandView, WebError> {
    let key: String = ctx.param("brand")?;
    brand(&ctx, &key).await
}

async fn write_brand(ctx: Ctx, sent: BrandToWrite) -> Result<BrandView, WebError> {
    let (key, staff): (String, _) = (ctx.param("brand")?, ctx.who.staff()?.staff);
    let fresh = is_missing(brand(&ctx, &key).await)?;
    let new = NewBrand {
        key: key.clone(),
        name: sent.name,
        hosts: sent.hosts.join("\n"),
        mail_host: sent.mail_host,
        currency: sent.currency,
        plans: sent.plans,
        seller: sent.seller.name,
        address: sent.seller.address.join("\n"),
        country: sent.seller.country,
        tax_id: sent.seller.tax_id.unwrap_or_default(),
        email: sent.seller.email,
        series: sent.series,
        credit_note_series: sent.credit_note_series,
        due_days: sent.due_days.to_string(),
    };
    let fields = [
        "name",
        "hosts",
        "mail_host",
        "currency",
        "plans",
        "seller",
        "address",
        "country",
        "tax_id",
        "email",
        "series",
        "credit_note_series",
        "due_days",
    ];
    match ctx.state.commerce.write_brand(staff, &new, fresh).await {
        Err(CommerceError::Unchanged) => {}
        written => checked(written, &fields).map(drop)?,
    }
    brand(&ctx, &key).await
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Catalogue");
    let edit = StaffPermission::Catalogue;
    let what =
        "The plans on offer, as customers see them; they are drafted, previewed and published in the console";
    api.list(op("/api/staff/v1/plans", "listPlans", what, edit), plans);
    let what = "What is sold once or by the hour";
    api.list(op("/api/staff/v1/items", "listItems", what, edit), items);
    let one = "/api/staff/v1/items/{item}";
    api.read(op(one, "showItem", "Something that is sold once or by the hour", edit), show_item);
    let what = "Write a version of it, or something new; what was sold keeps its price";
    api.change(Method::PUT, op(one, "writeItem", what, edit), write_item);
    let (all, one) = ("/api/staff/v1/tax-rates", "/api/staff/v1/tax-rates/{rate}");
    api.list(op(all, "listTaxRates", "The rates that the console keeps, the newest first", edit), rates);
    api.make(op(all, "makeTaxRate", "Make a rate", edit), all, make_rate, rate);
    let what = "End a rate: from tomorrow it holds no more; one that has not begun never does";
    api.remove(op(one, "endTaxRate", what, edit), end_rate);
    let what = "The brands besides the house's own, and how many customers each has";
    api.list(op("/api/staff/v1/brands", "listBrands", what, edit), brands);
    let one = "/api/staff/v1/brands/{brand}";
    api.read(op(one, "showBrand", "A brand", edit), show_brand);
    let what = "Write a version of a brand, or a new one; it holds at once, and what was invoiced keeps what it says";
    api.change(Method::PUT, op(one, "writeBrand", what, edit), write_brand);
}
