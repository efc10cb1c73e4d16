//! Brands of resellers: who sells under which host names, what, in which currency, and by which series of invoices. A change is
//! made once it was shown what becomes different, and for whom.

use std::collections::BTreeMap;

use mailkeep_commerce::brands::console::{BrandEffect, KnownBrand, NewBrand};
use mailkeep_types::{Money, StaffId};
use serde::Serialize;

use super::{name_of, names};
use crate::countries;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::{Form, Submitted};
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::usd;
use crate::site::order::review::CountryOption;

/// The brands.
#[derive(Debug, Serialize)]
pub struct BrandsPage {
    /// Every brand besides the house's own.
    pub brands: Vec<BrandRow>,
    /// The brand that is changed; a new one when none is.
    pub changes: Option<String>,
    /// What it becomes.
    pub form: Form,
    /// The plans that it can sell.
    pub plans: Vec<PlanTick>,
    /// The currencies in which plans have prices.
    pub currencies: Vec<Choose>,
    /// The countries.
    pub countries: Vec<CountryOption>,
    /// What becomes different, once that was asked.
    pub effect: Option<Effect>,
}

/// A brand.
#[derive(Debug, Clone, Serialize)]
pub struct BrandRow {
    /// The word that names it.
    pub key: String,
    /// What customers see.
    pub name: String,
    /// The host names of its site.
    pub hosts: Vec<String>,
    /// Who sells.
    pub seller: String,
    /// The currency of its prices.
    pub currency: String,
    /// The series of its invoices and credit notes.
    pub series: [String; 2],
    /// The version; none when the configuration has it.
    pub version: Option<i64>,
    /// Who wrote the version.
    pub by: Option<String>,
    /// How many customers it has.
    pub customers: u64,
    /// How many of their services run.
    pub services: u64,
    /// What they were invoiced before tax during a year.
    pub invoiced: Vec<Money>,
}

/// A plan that a brand sells or not.
#[derive(Debug, Clone, Serialize)]
pub struct PlanTick {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// What a change does.
#[derive(Debug, Serialize)]
pub struct Effect {
    /// What was typed when it was shown, so that nothing else is written.
    pub shown: String,
    /// Field, what it was, and what it becomes.
    pub changes: Vec<(&'static str, String, String)>,
    /// How many customers it has.
    pub customers: u64,
    /// How many of their services run.
    pub services: u64,
    /// What they were invoiced before tax during a year.
    pub invoiced: Vec<Money>,
}

impl Page for BrandsPage {
    const TEMPLATE: &'static str = "console/catalogue/brands.html";

    fn samples() -> Vec<Self> {
        let row = |key: &str, name: &str, version: Option<i64>, customers| BrandRow {
            key: key.to_owned(),
            name: name.to_owned(),
            hosts: vec![format!("www.{key}.example"), format!("{key}.example")],
            seller: format!("{name} Limited"),
            currency: "EUR".to_owned(),
            series: ["HM".to_owned(), "HMC".to_owned()],
            version,
            by: version.map(|_| "Rosalind Sample".to_owned()),
            customers,
            services: customers,
            invoiced: if customers > 0 { vec![usd(421_000)] } else { Vec::new() },
        };
        let page = |brands, changes: Option<&str>, form, effect| BrandsPage {
            brands,
            changes: changes.map(str::to_owned),
            form,
            plans: ["personal", "business"]
                .map(|key| PlanTick { key: key.to_owned(), name: key.to_owned(), ticked: key == "business" })
                .into(),
            currencies: vec![Choose::new("", "As the house"), Choose::new("EUR", "EUR")],
            countries: countries::options(),
            effect,
        };
        let brands = vec![row("harbour", "Harbour Mail", Some(3), 41), row("quay", "Quay Post", None, 0)];
        let typed = Form::new().with("name", "Harbour Mail").with("hosts", "www.harbour.example");
        let effect = |changes, customers| {
            Some(Effect {
                shown: "harbour".to_owned(),
                changes,
                customers,
                services: customers,
                invoiced: if customers > 0 { vec![usd(421_000)] } else { Vec::new() },
            })
        };
        let change = ("name", "Harbour".to_owned(), "Harbour Mail".to_owned());
        let hosts = ("hosts", String::new(), "www.harbour.example\nharbour.example".to_owned());
        vec![
            page(brands.clone(), None, Form::new(), None),
            page(brands.clone(), Some("harbour"), typed.clone(), None),
            page(brands, Some("harbour"), typed.clone(), effect(vec![change, hosts.clone()], 41)),
            page(Vec::new(), None, typed, effect(vec![hosts], 0)),
            page(Vec::new(), None, Form::new().wrong("key", msg("form-required")), None),
        ]
    }
}

fn row(known: KnownBrand, currency: String, names: &BTreeMap<StaffId, String>) -> BrandRow {
    let KnownBrand { brand, written, used } = known;
    BrandRow {
        key: brand.key,
        name: brand.name,
        hosts: brand.hosts,
        seller: brand.seller.name,
        currency,
        series: [brand.invoices.series, brand.invoices.credit_note_series],
        version: written.map(|(version, ..)| version),
        by: name_of(names, written.map(|(_, by, _)| by)),
        customers: used.customers,
        services: used.services,
        invoiced: used.invoiced,
    }
}

async fn page(
    ctx: &Ctx,
    changes: Option<String>,
    form: Form,
    ticked: &[String],
    effect: Option<Effect>,
) -> Result<BrandsPage, WebError> {
    let (commerce, names) = (&ctx.state.commerce, names(ctx).await?);
    let config = commerce.config();
    let plans = commerce.list_plans().await?;
    let mut sold_in: Vec<String> =
        plans.iter().flat_map(|plan| plan.sheet.lists.iter().map(|list| list.currency.to_string())).collect();
    sold_in.sort();
    sold_in.dedup();
    let own =
        Choose::new("", ctx.text(&msg("brand-currency-own").with("currency", config.currency.to_string())));
    let brands = commerce.list_brands().await?.into_iter();
    Ok(BrandsPage {
        brands: brands
            .map(|known| {
                let currency = known.brand.currency.unwrap_or(config.currency).to_string();
                row(known, currency, &names)
            })
            .collect(),
        changes,
        form,
        plans: plans
            .into_iter()
            .map(|plan| PlanTick { ticked: ticked.contains(&plan.key), key: plan.key, name: plan.name })
            .collect(),
        currencies: std::iter::once(own)
            .chain(sold_in.into_iter().map(|code| Choose::new(code.clone(), code)))
            .collect(),
        countries: countries::options(),
        effect,
    })
}

/// `GET /console/catalogue/brands`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, None, Form::new(), &[], None).await?;
    ctx.page(&page)
}

/// `GET /console/catalogue/brands/{brand}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let key: String = ctx.param("brand")?;
    let config = ctx.state.commerce.config();
    let brand = NewBrand::of(config.brand(&key).ok_or(WebError::NotFound)?);
    let fields = brand.fields().into_iter().filter(|(field, _)| *field != "plans");
    let form = fields.fold(Form::new(), |form, (field, value)| form.with(field, value));
    let page = page(&ctx, Some(key), form, &brand.plans, None).await?;
    ctx.page(&page)
}

/// `POST /console/catalogue/brands`: shows what a new brand is; sent again as it was shown, it is made.
pub async fn make(ctx: Ctx) -> Answer {
    let key = ctx.form.get("key").trim().to_owned();
    write(ctx, key, None).await
}

/// `POST /console/catalogue/brands/{brand}`: shows what becomes different; sent again as it was shown, it is written.
pub async fn save(ctx: Ctx) -> Answer {
    let key: String = ctx.param("brand")?;
    write(ctx, key.clone(), Some(key)).await
}

fn typed(form: &Submitted, key: String) -> NewBrand {
    let given = |name: &str| form.get(name).trim().replace("\r\n", "\n");
    NewBrand {
        key,
        name: given("name"),
        hosts: given("hosts"),
        mail_host: given("mail_host"),
        currency: given("currency"),
        plans: form.all("plans").filter(|key| !key.is_empty()).map(str::to_owned).collect(),
        seller: given("seller"),
        address: given("address"),
        country: given("country"),
        tax_id: given("tax_id"),
        email: given("email"),
        series: given("series"),
        credit_note_series: given("credit_note_series"),
        due_days: given("due_days"),
    }
}

async fn write(ctx: Ctx, key: String, changes: Option<String>) -> Answer {
    let (commerce, new, fresh) = (&ctx.state.commerce, typed(&ctx.form, key), changes.is_none());
    let (fields, values): (Vec<&str>, Vec<String>) = new.fields().into_iter().unzip();
    let shown = values.join("|").replace('\n', ",");
    let mut form = Form::of(&ctx.form);
    let done = match ctx.form.get("shown") == shown {
        true => commerce.write_brand(ctx.who.staff()?.staff, &new, fresh).await.map(|_| None),
        false => commerce.preview_brand(&new, fresh).await.map(Some),
    };
    match done {
        Ok(None) => ctx.done("/console/catalogue/brands", msg("brand-written")),
        Ok(Some(BrandEffect { changes: different, used })) => {
            let effect = Effect {
                shown,
                changes: different,
                customers: used.customers,
                services: used.services,
                invoiced: used.invoiced,
            };
            let page = page(&ctx, changes, form, &new.plans, Some(effect)).await?;
            ctx.page(&page)
        }
        Err(error) => {
            form.take(error, &fields)?;
            let page = page(&ctx, changes, form, &new.plans, None).await?;
            ctx.refused(&page)
        }
    }
}
