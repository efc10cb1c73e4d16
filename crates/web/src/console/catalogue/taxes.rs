//! The taxes in force: what the configuration says, the rates that staff wrote here, and those that ship with the program. A new
//! rate is made once it was shown whom it is for.

use std::collections::BTreeMap;

use mailkeep_commerce::local_date;
use mailkeep_commerce::taxes::rates::{NewRate, RateEffect};
use mailkeep_commerce::taxes::{TaxRateConfig, eu};
use mailkeep_types::Money;
use serde::Serialize;

use super::{name_of, names};
use crate::countries;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::usd;
use crate::site::order::review::CountryOption;

const FIELDS: [&str; 8] = ["country", "region", "class", "name", "percent", "from", "last", "inclusive"];

/// The taxes.
#[derive(Debug, Serialize)]
pub struct TaxesPage {
    /// What it is called where nothing else fits.
    pub name: String,
    /// The rate where nothing else fits.
    pub rate: String,
    /// Whether prices have the tax in them.
    pub inclusive: bool,
    /// Whether businesses of other member states owe the tax themselves.
    pub reverse_charge: bool,
    /// Rates of places, those of the console first.
    pub places: Vec<PlaceRow>,
    /// A new rate.
    pub form: Form,
    /// The countries.
    pub countries: Vec<CountryOption>,
    /// Whether prices have it in them.
    pub inclusives: Vec<Choose>,
    /// Whom the new rate is for, once that was asked.
    pub effect: Option<Effect>,
    /// Whether the rates that ship with the program are used.
    pub eu_rates: bool,
    /// The day as of which those are right.
    pub eu_as_of: String,
    /// Those rates today.
    pub eu: Vec<(String, String)>,
}

/// Whom a new rate is for.
#[derive(Debug, Serialize)]
pub struct Effect {
    /// What was typed when it was shown, so that nothing else is made.
    pub shown: String,
    /// In each currency: how many customers were invoiced at the place during a year, how much before tax, and the tax on it.
    pub rows: Vec<(u64, Money, Money)>,
}

/// The rate of a place.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceRow {
    /// Its id, if it was written here and can be ended.
    pub id: Option<String>,
    /// Who wrote it; the configuration when nobody did.
    pub by: Option<String>,
    /// Country, and state if it is for one.
    pub place: String,
    /// The class.
    pub class: String,
    /// What it is called.
    pub name: String,
    /// The rate in percent.
    pub percent: String,
    /// The first day.
    pub from: String,
    /// The day after the last.
    pub until: Option<String>,
}

impl Page for TaxesPage {
    const TEMPLATE: &'static str = "console/catalogue/taxes.html";

    fn samples() -> Vec<Self> {
        let place = |place: &str, name: &str, percent: &str, until: Option<&str>| PlaceRow {
            id: until.is_none().then(|| "0".repeat(32)),
            by: until.is_none().then(|| "Rosalind Sample".to_owned()),
            place: place.to_owned(),
            class: "standard".to_owned(),
            name: name.to_owned(),
            percent: percent.to_owned(),
            from: "2026-01-01".to_owned(),
            until: until.map(str::to_owned),
        };
        let page = |places, eu_rates, form, effect| TaxesPage {
            form,
            countries: countries::options(),
            inclusives: vec![
                Choose::new("", "As the configuration says"),
                Choose::new("yes", "With the tax in them"),
                Choose::new("no", "Without tax"),
            ],
            effect,
            name: "Sales tax".to_owned(),
            rate: "6.25 %".to_owned(),
            inclusive: false,
            reverse_charge: eu_rates,
            places,
            eu_rates,
            eu_as_of: "2025-08-01".to_owned(),
            eu: vec![
                ("AT".to_owned(), "20 %".to_owned()),
                ("DE".to_owned(), "19 %".to_owned()),
                ("FI".to_owned(), "25.50 %".to_owned()),
            ],
        };
        let places =
            vec![place("CH", "MWST", "8.1", None), place("US, NY", "Sales tax", "8.25", Some("2026-06-01"))];
        let typed = Form::new().with("country", "CH").with("name", "MWST").with("percent", "8.5");
        let wrong = Form::new().with("percent", "8,5").wrong("percent", msg("form-required"));
        let effect = |rows| Some(Effect { shown: "CH||standard|MWST|8.5".to_owned(), rows });
        vec![
            page(places.clone(), true, Form::new(), None),
            page(places, false, typed.clone(), effect(vec![(12, usd(240_000), usd(19_440))])),
            page(Vec::new(), false, typed, effect(Vec::new())),
            page(Vec::new(), false, wrong, None),
        ]
    }
}

fn place_row(rate: TaxRateConfig, id: Option<String>, by: Option<String>) -> PlaceRow {
    PlaceRow {
        id,
        by,
        place: match rate.region.is_empty() {
            true => rate.country,
            false => format!("{}, {}", rate.country, rate.region),
        },
        class: rate.class,
        name: rate.name,
        percent: rate.percent,
        from: rate.from,
        until: rate.until,
    }
}

async fn page(ctx: &Ctx, form: Form, effect: Option<Effect>) -> Result<TaxesPage, WebError> {
    let commerce = &ctx.state.commerce;
    let (config, names) = (commerce.config(), names(ctx).await?);
    let tax = &config.tax;
    let today = local_date(ctx.state.clock.now(), &config.time_zone);
    let mut places = Vec::new();
    for stored in commerce.list_tax_rates().await? {
        let id = stored.ended_by.is_none().then(|| stored.id.to_string());
        places.push(place_row(stored.rate, id, name_of(&names, Some(stored.made_by))));
    }
    places.extend(tax.rates.iter().map(|rate| place_row(rate.clone(), None, None)));
    Ok(TaxesPage {
        name: tax.name.clone(),
        rate: tax.rate().to_string(),
        inclusive: tax.inclusive,
        reverse_charge: tax.reverse_charge,
        places,
        form,
        countries: countries::options(),
        inclusives: [("", "taxes-as-configured"), ("yes", "taxes-with"), ("no", "taxes-without")]
            .map(|(value, text)| Choose::new(value, ctx.text(&msg(text))))
            .into(),
        effect,
        eu_rates: tax.eu_rates,
        eu_as_of: eu::AS_OF.to_string(),
        eu: eu::standard_rates(today).map(|(country, rate)| (country.to_owned(), rate.to_string())).collect(),
    })
}

/// `GET /console/catalogue/taxes`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new(), None).await?;
    ctx.page(&page)
}

/// `POST /console/catalogue/taxes`: shows whom the rate is for; sent again as it was shown, it is made.
pub async fn make(ctx: Ctx) -> Answer {
    let given: BTreeMap<&str, String> =
        FIELDS.iter().map(|field| (*field, ctx.form.get(field).trim().to_owned())).collect();
    let new = NewRate {
        country: given["country"].clone(),
        region: given["region"].clone(),
        class: given["class"].clone(),
        name: given["name"].clone(),
        percent: given["percent"].clone(),
        from: given["from"].clone(),
        last: given["last"].clone(),
        inclusive: given["inclusive"].clone(),
    };
    let shown = FIELDS.map(|field| given[field].as_str()).join("|");
    let commerce = &ctx.state.commerce;
    let mut form = Form::of(&ctx.form);
    let done = match ctx.form.get("shown") == shown {
        true => commerce.make_tax_rate(ctx.who.staff()?.staff, &new).await.map(|_| None),
        false => commerce.preview_tax_rate(&new).await.map(Some),
    };
    match done {
        Ok(None) => ctx.done("/console/catalogue/taxes", msg("taxes-made")),
        Ok(Some(effect)) => {
            let row = |effect: RateEffect| (effect.customers, effect.net, effect.tax);
            let rows = effect.into_iter().map(row).collect();
            let page = page(&ctx, form, Some(Effect { shown, rows })).await?;
            ctx.page(&page)
        }
        Err(error) => {
            form.take(error, &FIELDS)?;
            let page = page(&ctx, form, None).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/catalogue/taxes/{rate}/end`
pub async fn end(ctx: Ctx) -> Answer {
    ctx.state.commerce.end_tax_rate(ctx.who.staff()?.staff, ctx.param("rate")?).await?;
    ctx.done("/console/catalogue/taxes", msg("taxes-ended"))
}
