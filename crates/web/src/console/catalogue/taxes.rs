//! The taxes in force: what the configuration says, and the rates that ship with the program. They are changed in the
//! configuration, where each has its days.

use mailkeep_commerce::local_date;
use mailkeep_commerce::taxes::eu;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;

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
    /// Rates of places, as configured.
    pub places: Vec<PlaceRow>,
    /// Whether the rates that ship with the program are used.
    pub eu_rates: bool,
    /// The day as of which those are right.
    pub eu_as_of: String,
    /// Those rates today.
    pub eu: Vec<(String, String)>,
}

/// The rate of a place.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceRow {
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
            place: place.to_owned(),
            class: "standard".to_owned(),
            name: name.to_owned(),
            percent: percent.to_owned(),
            from: "2026-01-01".to_owned(),
            until: until.map(str::to_owned),
        };
        let page = |places, eu_rates| TaxesPage {
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
        vec![
            page(
                vec![
                    place("US, NY", "Sales tax", "8.25", Some("2026-06-01")),
                    place("CH", "MWST", "8.1", None),
                ],
                true,
            ),
            page(Vec::new(), false),
        ]
    }
}

/// `GET /console/catalogue/taxes`
pub async fn show(ctx: Ctx) -> Answer {
    let config = ctx.state.commerce.config();
    let tax = &config.tax;
    let today = local_date(ctx.state.clock.now(), &config.time_zone);
    let places = tax.rates.iter().map(|rate| PlaceRow {
        place: match rate.region.is_empty() {
            true => rate.country.clone(),
            false => format!("{}, {}", rate.country, rate.region),
        },
        class: rate.class.clone(),
        name: rate.name.clone(),
        percent: rate.percent.clone(),
        from: rate.from.clone(),
        until: rate.until.clone(),
    });
    ctx.page(&TaxesPage {
        name: tax.name.clone(),
        rate: tax.rate().to_string(),
        inclusive: tax.inclusive,
        reverse_charge: tax.reverse_charge,
        places: places.collect(),
        eu_rates: tax.eu_rates,
        eu_as_of: eu::AS_OF.to_string(),
        eu: eu::standard_rates(today).map(|(country, rate)| (country.to_owned(), rate.to_string())).collect(),
    })
}
