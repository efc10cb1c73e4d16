//! The rules of taxes, as the operator writes them.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::places::{TaxParty, country, is_region};
use super::{TaxDecision, Treatment, eu};
use crate::catalogue::sheet::STANDARD;
use crate::config::ConfigProblem;
use crate::totals::TaxRate;

/// The taxes on prices. The rate of a place is, in this order: the `[[commerce.tax.rate]]` that fits best; in the European
/// Union the standard rate that ships with the program, where `eu_rates` is on; else `percent`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TaxConfig {
    /// What it is called on an invoice where nothing else is said, e.g. `Sales tax`.
    pub name: String,
    /// The rate in percent where no other fits, with at most two decimals, e.g. `"8.25"`.
    pub percent: String,
    /// Whether prices have the tax in them. They are without tax by default.
    pub inclusive: bool,
    /// Whether the standard rates of the European Union that ship with the program are used for its countries.
    pub eu_rates: bool,
    /// Whether a business of another member state with a valid tax number owes the tax itself.
    pub reverse_charge: bool,
    /// Rates of places.
    #[serde(rename = "rate")]
    pub rates: Vec<TaxRateConfig>,
}

/// The rate of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxRateConfig {
    /// Two letters (ISO 3166), e.g. `DE`.
    pub country: String,
    /// The code of a state or province of the United States or Canada; all of the country when left out.
    #[serde(default)]
    pub region: String,
    /// The class that plans and items name; `standard` when left out.
    #[serde(default = "standard")]
    pub class: String,
    /// What it is called on an invoice, e.g. `VAT`.
    pub name: String,
    /// The rate in percent with at most two decimals.
    pub percent: String,
    /// The first day on which it holds, e.g. `2026-01-01`.
    pub from: String,
    /// The day after the last on which it holds; open when left out.
    #[serde(default)]
    pub until: Option<String>,
    /// Whether prices have it in them; as `inclusive` of `[commerce.tax]` when left out.
    #[serde(default)]
    pub inclusive: Option<bool>,
}

fn standard() -> String {
    STANDARD.to_owned()
}

impl Default for TaxConfig {
    fn default() -> Self {
        TaxConfig {
            name: "Tax".to_owned(),
            percent: "0".to_owned(),
            inclusive: false,
            eu_rates: false,
            reverse_charge: true,
            rates: Vec::new(),
        }
    }
}

impl TaxRateConfig {
    fn holds_on(&self, on: Date) -> bool {
        let from = self.from.parse::<Date>().is_ok_and(|from| from <= on);
        let until =
            self.until.as_ref().is_none_or(|until| until.parse::<Date>().is_ok_and(|until| on < until));
        from && until
    }
}

impl TaxConfig {
    /// The rate where no other fits; zero when it cannot be read, which [`TaxConfig::check`] refuses.
    pub fn rate(&self) -> TaxRate {
        TaxRate::parse_percent(&self.percent).unwrap_or(TaxRate::ZERO)
    }

    /// The rate of a place for a class on a day.
    pub(super) fn find(&self, party: TaxParty, class: &str, on: Date) -> TaxDecision {
        let fits = |rate: &&TaxRateConfig| {
            rate.country == party.country
                && (rate.region.is_empty() || rate.region == party.region)
                && rate.class == class
                && rate.holds_on(on)
        };
        // The rate of a state goes before that of its country, the newer one before the older.
        let best = self.rates.iter().filter(fits).max_by_key(|rate| (!rate.region.is_empty(), &rate.from));
        if let Some(rate) = best {
            return TaxDecision {
                name: rate.name.clone(),
                rate: TaxRate::parse_percent(&rate.percent).unwrap_or(TaxRate::ZERO),
                inclusive: rate.inclusive.unwrap_or(self.inclusive),
                treatment: Treatment::Taxed,
                note: None,
                place: String::new(),
            };
        }
        let union = Some(party.country).filter(|_| self.eu_rates && class == STANDARD);
        let (name, rate) = match union.and_then(|country| eu::standard_rate(country, on)) {
            Some(rate) => ("VAT", rate),
            None => (self.name.as_str(), self.rate()),
        };
        TaxDecision { inclusive: self.inclusive, ..TaxDecision::plain(name, rate) }
    }

    /// Every mistake.
    pub(crate) fn check(&self) -> Vec<ConfigProblem> {
        let percent = "write a percentage from 0 to 100 with at most two decimals, such as \"8.25\"";
        let mut problems = Vec::new();
        if TaxRate::parse_percent(&self.percent).is_none() {
            problems.push(ConfigProblem::at("commerce.tax.percent", percent));
        }
        for (index, rate) in (1..).zip(&self.rates) {
            let mut require = |ok: bool, key: &str, message: &str| {
                if !ok {
                    problems.push(ConfigProblem::at(format!("commerce.tax.rate.{index}.{key}"), message));
                }
            };
            require(TaxRate::parse_percent(&rate.percent).is_some(), "percent", percent);
            require(
                country(&rate.country).is_some(),
                "country",
                "write the two capital letters of ISO 3166, such as \"DE\"",
            );
            require(
                rate.region.is_empty() || is_region(&rate.country, &rate.region),
                "region",
                "write the code of a state or province of US or CA, such as \"CA\", or leave it out",
            );
            require(!rate.name.trim().is_empty(), "name", "write what the tax is called, such as \"VAT\"");
            let from = rate.from.parse::<Date>();
            require(from.is_ok(), "from", "write a date such as \"2026-01-01\"");
            let until = rate.until.as_ref().map(|until| until.parse::<Date>());
            require(
                until.is_none_or(|until| matches!((until, from), (Ok(until), Ok(from)) if from < until)),
                "until",
                "write a date after from, such as \"2027-01-01\", or leave it out",
            );
        }
        problems
    }
}
