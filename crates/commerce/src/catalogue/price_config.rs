//! Prices as the operator writes them, and the sheets that they become.

use mailkeep_types::{Currency, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PlanVersion;
use super::config::{ItemConfig, PlanConfig, PriceConfig, parse_amount};
use super::sheet::{
    AddOnPrice, Gigabyte, IntervalPrices, PriceList, Sheet, SpaceBasis, SpacePrice, TierMode, TierStep, Tiers,
};
use crate::classes::grants::Grants;
use crate::config::ConfigProblem;
use crate::periods::Interval;

/// One value for each interval that needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
pub struct PerInterval<T> {
    /// For a month.
    #[serde(default)]
    pub monthly: Option<T>,
    /// For three months.
    #[serde(default)]
    pub quarterly: Option<T>,
    /// For a year.
    #[serde(default)]
    pub annual: Option<T>,
}

impl<T> Default for PerInterval<T> {
    fn default() -> Self {
        PerInterval { monthly: None, quarterly: None, annual: None }
    }
}

impl<T> PerInterval<T> {
    /// The value for an interval.
    pub fn get(&self, interval: Interval) -> Option<&T> {
        match interval {
            Interval::Monthly => self.monthly.as_ref(),
            Interval::Quarterly => self.quarterly.as_ref(),
            Interval::Annual => self.annual.as_ref(),
        }
    }

    /// A value for each interval.
    pub fn by(mut of: impl FnMut(Interval) -> Option<T>) -> Self {
        PerInterval {
            monthly: of(Interval::Monthly),
            quarterly: of(Interval::Quarterly),
            annual: of(Interval::Annual),
        }
    }

    fn given(&self) -> impl Iterator<Item = (Interval, &T)> {
        [Interval::Monthly, Interval::Quarterly, Interval::Annual]
            .into_iter()
            .filter_map(|interval| Some((interval, self.get(interval)?)))
    }
}

/// A price that depends on how many mailboxes there are. The first step is the price of the plan itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierConfig {
    /// `graduated`: each mailbox costs what its own step says; `volume`: all cost what the step of their number says.
    pub mode: TierMode,
    /// The steps, rising.
    pub steps: Vec<StepConfig>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepConfig {
    /// The first mailbox that costs this much; at least 2.
    pub from: u32,
    /// The price of one, e.g. `"5.00"`.
    pub price: String,
}

/// A price of space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpaceConfig {
    /// `pool`: what is used beyond the included space of all mailboxes together; `use`: all that is used; `quota`: the
    /// quota that is set when it is counted, a mailbox without one by use.
    pub by: SpaceBasis,
    /// The price of one GB.
    pub price: String,
    /// How many MB of 1,000,000 bytes a GB has here: 1000 or 1024.
    #[serde(default)]
    pub gigabyte: Gigabyte,
    /// Whether a GB that was begun counts as a whole one; else it counts to the MB.
    #[serde(default)]
    pub whole_gigabytes: bool,
}

/// Something that mailboxes can have besides, such as an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddOnConfig {
    /// A short word that names it for ever, e.g. `archive`.
    pub key: String,
    /// What customers read; in another currency as in the plan's own when left out.
    #[serde(default)]
    pub name: String,
    /// The price for one mailbox for each interval.
    pub prices: PriceConfig,
    /// The space that each one brings into the pool of the plan, in units of 1,000,000 bytes.
    #[serde(default)]
    pub included_mb: u32,
    /// Refused: what is stored is measured by the mailbox, with its add-ons, and charged by the plan's price of space.
    #[serde(default)]
    pub space: PerInterval<SpaceConfig>,
    /// What each mailbox is granted besides, while it has it; the same in every currency, as the plan's
    /// own list says.
    #[serde(default, skip_serializing_if = "Grants::is_nothing")]
    pub grants: Grants,
}

/// The prices of a plan in another currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceListConfig {
    /// The currency, e.g. `EUR`.
    #[schemars(with = "String")]
    pub currency: Currency,
    /// As in the plan.
    pub prices: PriceConfig,
    /// As in the plan.
    #[serde(default)]
    pub tiers: PerInterval<TierConfig>,
    /// As in the plan.
    #[serde(default)]
    pub closed: PerInterval<String>,
    /// As in the plan.
    #[serde(default)]
    pub space: PerInterval<SpaceConfig>,
    /// As in the plan.
    #[serde(default)]
    pub setup: Option<String>,
    /// As in the plan.
    #[serde(default, rename = "add_on")]
    pub add_ons: Vec<AddOnConfig>,
}

/// A price list as it is written: of the plan itself, or in another currency.
struct Written<'a> {
    /// Where it stands, for problems.
    at: String,
    currency: Currency,
    prices: &'a PriceConfig,
    tiers: &'a PerInterval<TierConfig>,
    closed: &'a PerInterval<String>,
    space: &'a PerInterval<SpaceConfig>,
    setup: Option<&'a str>,
    add_ons: &'a [AddOnConfig],
}

fn written(plan: &PlanConfig, currency: Currency) -> Vec<Written<'_>> {
    let own = Written {
        at: format!("commerce.plan.{}", plan.key),
        currency,
        prices: &plan.prices,
        tiers: &plan.tiers,
        closed: &plan.closed,
        space: &plan.space,
        setup: plan.setup.as_deref(),
        add_ons: &plan.add_ons,
    };
    let others = plan.lists.iter().map(|list| Written {
        at: format!("commerce.plan.{}.list.{}", plan.key, list.currency),
        currency: list.currency,
        prices: &list.prices,
        tiers: &list.tiers,
        closed: &list.closed,
        space: &list.space,
        setup: list.setup.as_deref(),
        add_ons: &list.add_ons,
    });
    std::iter::once(own).chain(others).collect()
}

/// The sheet of a plan whose configuration was checked.
pub(crate) fn sheet_of(plan: &PlanConfig, currency: Currency) -> Sheet {
    let lists = written(plan, currency).iter().map(|list| list_of(list, &plan.add_ons)).collect();
    Sheet { tax_class: plan.tax_class.clone(), trial_days: plan.trial_days, lists }
}

fn list_of(list: &Written<'_>, own: &[AddOnConfig]) -> PriceList {
    let amount = |text: &str| parse_amount(text, list.currency).unwrap_or_default();
    let space = |space: &SpaceConfig| SpacePrice {
        by: space.by,
        unit_minor: amount(&space.price),
        gigabyte: space.gigabyte,
        whole_gigabytes: space.whole_gigabytes,
    };
    let add_on = |add_on: &AddOnConfig, interval: Interval| {
        let owned = own.iter().find(|other| other.key == add_on.key);
        Some(AddOnPrice {
            key: add_on.key.clone(),
            name: owned.filter(|_| add_on.name.is_empty()).unwrap_or(add_on).name.clone(),
            // Who pays in another currency gets no less: what is granted is the plan's own.
            grants: owned.unwrap_or(add_on).grants,
            unit_minor: amount(add_on.prices.get(interval)?),
            included_mb: owned.unwrap_or(add_on).included_mb,
            space: add_on.space.get(interval).map(space),
        })
    };
    let intervals = list.prices.offered().map(|(interval, price)| {
        let mut mailbox = Tiers::flat(amount(price));
        if let Some(tiers) = list.tiers.get(interval) {
            mailbox.mode = tiers.mode;
            let steps = tiers.steps.iter();
            mailbox.steps.extend(steps.map(|s| TierStep { from: s.from, unit_minor: amount(&s.price) }));
        }
        IntervalPrices {
            interval,
            mailbox,
            closed_minor: list.closed.get(interval).map(|price| amount(price)),
            space: list.space.get(interval).map(space),
            add_ons: list.add_ons.iter().filter_map(|one| add_on(one, interval)).collect(),
        }
    });
    PriceList {
        currency: list.currency,
        setup_minor: list.setup.map_or(0, amount),
        intervals: intervals.collect(),
    }
}

/// A version as the configuration would write it: what a draft begins from.
pub(crate) fn config_of(plan: &PlanVersion) -> PlanConfig {
    let mut lists = plan.sheet.lists.iter().map(written_of);
    let own = lists.next().unwrap_or_else(|| {
        written_of(&PriceList { currency: plan.currency, setup_minor: 0, intervals: Vec::new() })
    });
    PlanConfig {
        key: plan.key.clone(),
        name: plan.name.clone(),
        summary: plan.summary.clone(),
        included_space_mb: plan.included_space_mb,
        fewest_mailboxes: plan.fewest_mailboxes,
        most_mailboxes: plan.most_mailboxes,
        prices: own.prices,
        tiers: own.tiers,
        closed: own.closed,
        space: own.space,
        setup: own.setup,
        trial_days: plan.sheet.trial_days,
        tax_class: plan.sheet.tax_class.clone(),
        add_ons: own.add_ons,
        lists: lists.collect(),
        class: plan.class.clone(),
        limits: plan.class.is_none().then(|| plan.limits.clone()),
    }
}

fn written_of(list: &PriceList) -> PriceListConfig {
    let amount = |minor: i64| amount_text(minor, list.currency);
    let of = |interval: Interval| list.interval(interval);
    let space = |space: &SpacePrice| SpaceConfig {
        by: space.by,
        price: amount(space.unit_minor),
        gigabyte: space.gigabyte,
        whole_gigabytes: space.whole_gigabytes,
    };
    let tiers = |prices: &IntervalPrices| {
        let steps = prices.mailbox.steps.iter().skip(1);
        let steps: Vec<_> =
            steps.map(|step| StepConfig { from: step.from, price: amount(step.unit_minor) }).collect();
        (!steps.is_empty()).then_some(TierConfig { mode: prices.mailbox.mode, steps })
    };
    let mut keys: Vec<&AddOnPrice> = Vec::new();
    for add_on in list.intervals.iter().flat_map(|prices| &prices.add_ons) {
        if !keys.iter().any(|known| known.key == add_on.key) {
            keys.push(add_on);
        }
    }
    let add_on = |named: &AddOnPrice| {
        let of = |interval| of(interval)?.add_ons.iter().find(|add_on| add_on.key == named.key);
        AddOnConfig {
            key: named.key.clone(),
            name: named.name.clone(),
            included_mb: named.included_mb,
            grants: named.grants,
            prices: prices_by(|interval| Some(amount(of(interval)?.unit_minor))),
            space: PerInterval::by(|interval| of(interval)?.space.as_ref().map(space)),
        }
    };
    PriceListConfig {
        currency: list.currency,
        prices: prices_by(|interval| Some(amount(of(interval)?.mailbox.first_minor()))),
        tiers: PerInterval::by(|interval| tiers(of(interval)?)),
        closed: PerInterval::by(|interval| of(interval)?.closed_minor.map(amount)),
        space: PerInterval::by(|interval| of(interval)?.space.as_ref().map(space)),
        setup: (list.setup_minor != 0).then(|| amount(list.setup_minor)),
        add_ons: keys.into_iter().map(add_on).collect(),
    }
}

fn prices_by(of: impl Fn(Interval) -> Option<String>) -> PriceConfig {
    PriceConfig {
        monthly: of(Interval::Monthly),
        quarterly: of(Interval::Quarterly),
        annual: of(Interval::Annual),
    }
}

/// An amount as it is written: the other way of [`parse_amount`].
pub fn amount_text(minor: i64, currency: Currency) -> String {
    Money::new(minor, currency).to_string().split(' ').next().unwrap_or_default().to_owned()
}

/// Every mistake in the prices of a plan.
pub(crate) fn check_prices(plan: &PlanConfig, currency: Currency) -> Vec<ConfigProblem> {
    let mut problems = Vec::new();
    for (index, list) in written(plan, currency).iter().enumerate() {
        let mut add = |key: &str, message: String| {
            problems.push(ConfigProblem::at(format!("{}.{key}", list.at), message));
        };
        if list.prices.offered().next().is_none() {
            add("prices", "write at least one price, such as monthly = \"6.00\"".to_owned());
        }
        let again = written(plan, currency).iter().take(index).any(|other| other.currency == list.currency);
        if again {
            add("currency", "this currency has a price list already".to_owned());
        }
        for (key, text) in amounts(list) {
            if parse_amount(text, list.currency).is_none() {
                add(&key, wrong_amount(text, list.currency));
            }
        }
        for (interval, tiers) in list.tiers.given() {
            let rising = tiers.steps.windows(2).all(|pair| pair[0].from < pair[1].from);
            if tiers.steps.is_empty() || !rising || tiers.steps.iter().any(|step| step.from < 2) {
                let message = "write at least one step, each from a higher number than the one before, the first from 2 \
                               or more";
                add(&format!("tiers.{}", interval.word()), message.to_owned());
            }
        }
        for (interval, _) in list.closed.given().filter(|(interval, _)| *interval != Interval::Monthly) {
            let message = "closed mailboxes are reduced on monthly terms only; leave it out";
            add(&format!("closed.{}", interval.word()), message.to_owned());
        }
        for (at, add_on) in list.add_ons.iter().enumerate() {
            let key = |rest: &str| format!("add_on.{}.{rest}", add_on.key);
            if !is_key(&add_on.key) || list.add_ons.iter().take(at).any(|other| other.key == add_on.key) {
                add(&key("key"), "write 1 to 32 small letters, digits and hyphens, once for each".to_owned());
            }
            if add_on.name.trim().is_empty()
                && !plan.add_ons.iter().any(|own| own.key == add_on.key && !own.name.is_empty())
            {
                add(&key("name"), "write the name that customers read".to_owned());
            }
            for (interval, _) in add_on.space.given() {
                let message = "what is stored is measured by the mailbox, with its add-ons; leave this out, and write a price of space for the plan";
                add(&key(&format!("space.{}", interval.word())), message.to_owned());
            }
        }
    }
    problems
}

/// Every amount of a list with its key.
fn amounts<'a>(list: &'a Written<'a>) -> Vec<(String, &'a str)> {
    let mut found: Vec<(String, &str)> = Vec::new();
    let prices = |prefix: &str, prices: &'a PriceConfig| -> Vec<(String, &'a str)> {
        prices
            .offered()
            .map(|(interval, text)| (format!("{prefix}prices.{}", interval.word()), text))
            .collect()
    };
    let spaces = |prefix: &str, space: &'a PerInterval<SpaceConfig>| -> Vec<(String, &'a str)> {
        let key = |interval: Interval| format!("{prefix}space.{}.price", interval.word());
        space.given().map(|(interval, space)| (key(interval), space.price.as_str())).collect()
    };
    found.extend(prices("", list.prices));
    found.extend(spaces("", list.space));
    found.extend(list.setup.map(|text| ("setup".to_owned(), text)));
    for (interval, text) in list.closed.given() {
        found.push((format!("closed.{}", interval.word()), text));
    }
    for (interval, tiers) in list.tiers.given() {
        let key = || format!("tiers.{}", interval.word());
        found.extend(tiers.steps.iter().map(|step| (key(), step.price.as_str())));
    }
    for add_on in list.add_ons {
        let prefix = format!("add_on.{}.", add_on.key);
        found.extend(prices(&prefix, &add_on.prices));
        found.extend(spaces(&prefix, &add_on.space));
    }
    found
}

/// Every mistake in the items.
pub(crate) fn check_items(items: &[ItemConfig]) -> Vec<ConfigProblem> {
    let mut problems = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let mut add = |key: &str, message: String| {
            problems.push(ConfigProblem::at(format!("commerce.item.{}.{key}", item.key), message));
        };
        if !is_key(&item.key) || items.iter().take(index).any(|other| other.key == item.key) {
            add("key", "write 1 to 32 small letters, digits and hyphens, once for each".to_owned());
        }
        if item.name.trim().is_empty() {
            add("name", "write the name that customers read".to_owned());
        }
        if item.prices.is_empty() {
            add("prices", "write at least one price, such as { USD = \"90.00\" }".to_owned());
        }
        for (currency, text) in &item.prices {
            match currency.parse::<Currency>() {
                Err(error) => add("prices", error.to_string()),
                Ok(known) if parse_amount(text, known).is_none() => {
                    add(&format!("prices.{currency}"), wrong_amount(text, known));
                }
                Ok(_) => {}
            }
        }
    }
    problems
}

fn wrong_amount(text: &str, currency: Currency) -> String {
    let digits = currency.minor_digits();
    format!(
        "“{text}” is not an amount in {currency}; write digits with at most {digits} decimals, such as \"6.00\""
    )
}

/// A word that names something for ever.
pub(crate) fn is_key(key: &str) -> bool {
    (1..=32).contains(&key.len())
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
