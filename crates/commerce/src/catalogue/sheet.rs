//! What a plan asks for what: its price lists, one for each currency, as they are stored with the version.

use mailkeep_types::Currency;
use serde::{Deserialize, Serialize};

use crate::classes::grants::Grants;
use crate::periods::Interval;

/// The class of service-like goods that most things are taxed as.
pub const STANDARD: &str = "standard";

/// Everything that is priced in a plan version, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Which rate of a place's taxes applies, e.g. `standard`.
    pub tax_class: String,
    /// Days that cost nothing, before the first period.
    #[serde(default)]
    pub trial_days: u16,
    /// The price lists; the first is in the plan's own currency.
    pub lists: Vec<PriceList>,
}

/// What everything costs in one currency, in its minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceList {
    /// The currency.
    pub currency: Currency,
    /// Once, with the first period.
    #[serde(default)]
    pub setup_minor: i64,
    /// What each interval costs, shortest first.
    pub intervals: Vec<IntervalPrices>,
}

/// What everything costs for one interval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntervalPrices {
    /// How long the prices buy.
    pub interval: Interval,
    /// Of a mailbox.
    pub mailbox: Tiers,
    /// Of a closed mailbox; the price of an open one when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_minor: Option<i64>,
    /// Of space, where it is charged at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<SpacePrice>,
    /// Of what can be had besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_ons: Vec<AddOnPrice>,
}

/// How the steps of a price work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TierMode {
    /// Each mailbox costs what its own step says: the first ten 6.00, the others 5.00.
    Graduated,
    /// All cost what the step says in which their number falls.
    Volume,
}

/// A price that depends on how many are bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tiers {
    /// How the steps work.
    pub mode: TierMode,
    /// The steps, rising; the first begins at 1.
    pub steps: Vec<TierStep>,
}

impl Tiers {
    /// One price for any number.
    pub fn flat(unit_minor: i64) -> Self {
        Tiers { mode: TierMode::Graduated, steps: vec![TierStep { from: 1, unit_minor }] }
    }

    /// The price of the first one.
    pub fn first_minor(&self) -> i64 {
        self.steps.first().map_or(0, |step| step.unit_minor)
    }
}

/// One step of a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierStep {
    /// The first that costs this much.
    pub from: u32,
    /// The price of one.
    pub unit_minor: i64,
}

/// How many MB a GB has: each price says so (BUSINESS-RULES 8). A MB is 1,000,000 bytes everywhere in Mailkeep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "u16", into = "u16")]
#[schemars(with = "u16")]
pub enum Gigabyte {
    /// 1000 MB.
    #[default]
    Of1000,
    /// 1024 MB.
    Of1024,
}

impl Gigabyte {
    /// Its MB.
    pub const fn mb(self) -> u16 {
        match self {
            Gigabyte::Of1000 => 1000,
            Gigabyte::Of1024 => 1024,
        }
    }
}

impl TryFrom<u16> for Gigabyte {
    type Error = String;
    fn try_from(mb: u16) -> Result<Self, String> {
        match mb {
            1000 => Ok(Gigabyte::Of1000),
            1024 => Ok(Gigabyte::Of1024),
            other => Err(format!("a GB has 1000 or 1024 MB, not {other}")),
        }
    }
}

impl From<Gigabyte> for u16 {
    fn from(gigabyte: Gigabyte) -> u16 {
        gigabyte.mb()
    }
}

/// What space is charged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SpaceBasis {
    /// What is used beyond the space that all mailboxes of the customer bring in together.
    Pool,
    /// What is used, all of it.
    Use,
    /// What was set as quota when it was counted; a mailbox without a quota by use.
    Quota,
}

/// A price of space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpacePrice {
    /// What it is charged by.
    pub by: SpaceBasis,
    /// The price of one GB.
    pub unit_minor: i64,
    /// What a GB is here.
    #[serde(default)]
    pub gigabyte: Gigabyte,
    /// Whether a GB that was begun counts as a whole one; else it counts to the MB.
    #[serde(default)]
    pub whole_gigabytes: bool,
}

/// A price of something that mailboxes can have besides, such as an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddOnPrice {
    /// Names it for ever, e.g. `archive`.
    pub key: String,
    /// What customers read.
    pub name: String,
    /// The price for one mailbox.
    pub unit_minor: i64,
    /// The space that each one brings, in MB.
    #[serde(default)]
    pub included_mb: u32,
    /// Of the space beyond that, where it is charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<SpacePrice>,
    /// What each mailbox is granted besides, while it has it.
    #[serde(default, skip_serializing_if = "Grants::is_nothing")]
    pub grants: Grants,
}

impl Sheet {
    /// The sheet of a plan that asks for mailboxes and nothing else.
    pub fn flat(currency: Currency, prices: &[(Interval, i64)]) -> Self {
        let intervals = prices
            .iter()
            .map(|(interval, minor)| IntervalPrices {
                interval: *interval,
                mailbox: Tiers::flat(*minor),
                closed_minor: None,
                space: None,
                add_ons: Vec::new(),
            })
            .collect();
        let lists = vec![PriceList { currency, setup_minor: 0, intervals }];
        Sheet { tax_class: STANDARD.to_owned(), trial_days: 0, lists }
    }

    /// The price list in a currency.
    pub fn list(&self, currency: Currency) -> Option<&PriceList> {
        self.lists.iter().find(|list| list.currency == currency)
    }

    /// An add-on wherever it has a price: its name and what it grants are the same in every list.
    pub fn add_on(&self, key: &str) -> Option<&AddOnPrice> {
        let prices = self.lists.iter().flat_map(|list| &list.intervals);
        prices.flat_map(|prices| &prices.add_ons).find(|add_on| add_on.key == key)
    }
}

impl PriceList {
    /// What an interval costs, if the plan is sold for it.
    pub fn interval(&self, interval: Interval) -> Option<&IntervalPrices> {
        self.intervals.iter().find(|prices| prices.interval == interval)
    }
}
