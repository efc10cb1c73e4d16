//! Plans as the operator writes them.

use mailkeep_types::Currency;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::price_config::{
    AddOnConfig, PerInterval, PriceListConfig, SpaceConfig, TierConfig, check_prices, is_key,
};
use super::pricing::Measure;
use super::sheet::STANDARD;
use crate::classes::ClassLimits;
use crate::config::ConfigProblem;
use crate::periods::Interval;

/// One plan on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanConfig {
    /// A short word that names the plan for ever, e.g. `business`.
    pub key: String,
    /// What customers read.
    pub name: String,
    /// One sentence about it.
    pub summary: String,
    /// Space per mailbox in units of 1,000,000 bytes, pooled over the customer.
    pub included_space_mb: u32,
    /// Orders need at least so many mailboxes.
    #[serde(default = "one")]
    pub fewest_mailboxes: u32,
    /// Orders have at most so many mailboxes; 0 is no limit.
    #[serde(default)]
    pub most_mailboxes: u32,
    /// Price of one mailbox for each interval on offer.
    pub prices: PriceConfig,
    /// Prices that fall with the number of mailboxes; every mailbox costs the same when left out.
    #[serde(default)]
    pub tiers: PerInterval<TierConfig>,
    /// The price of a closed mailbox on monthly terms; the price of an open one when left out.
    #[serde(default)]
    pub closed: PerInterval<String>,
    /// What space costs; nothing when left out.
    #[serde(default)]
    pub space: PerInterval<SpaceConfig>,
    /// What is paid once, with the first period.
    #[serde(default)]
    pub setup: Option<String>,
    /// Days that cost nothing, before the first period.
    #[serde(default)]
    pub trial_days: u16,
    /// As what it is taxed; `[[commerce.tax.rate]]` names the same class.
    #[serde(default = "standard")]
    pub tax_class: String,
    /// What mailboxes can have besides.
    #[serde(default, rename = "add_on")]
    pub add_ons: Vec<AddOnConfig>,
    /// The same prices in other currencies.
    #[serde(default, rename = "list")]
    pub lists: Vec<PriceListConfig>,
    /// The class of service that each mailbox is granted: the key of a `[[commerce.class]]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Limits of its own, for a plan without a class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<ClassLimits>,
}

/// Something that is sold once, by the piece or by the hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemConfig {
    /// A short word that names it for ever, e.g. `migration`.
    pub key: String,
    /// What customers read.
    pub name: String,
    /// `piece` or `hour`.
    pub measure: Measure,
    /// The price of one in each currency, e.g. `{ USD = "90.00" }`.
    pub prices: std::collections::BTreeMap<String, String>,
    /// As what it is taxed.
    #[serde(default = "standard")]
    pub tax_class: String,
}

fn standard() -> String {
    STANDARD.to_owned()
}

fn one() -> u32 {
    1
}

/// Price of one mailbox, e.g. `"6.00"`; an interval without a price is not on offer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PriceConfig {
    /// For a month.
    pub monthly: Option<String>,
    /// For three months.
    pub quarterly: Option<String>,
    /// For a year.
    pub annual: Option<String>,
}

impl PriceConfig {
    /// The prices on offer as texts.
    pub fn offered(&self) -> impl Iterator<Item = (Interval, &str)> {
        [
            (Interval::Monthly, &self.monthly),
            (Interval::Quarterly, &self.quarterly),
            (Interval::Annual, &self.annual),
        ]
        .into_iter()
        .filter_map(|(interval, price)| Some((interval, price.as_deref()?)))
    }

    /// The price for an interval.
    pub fn get(&self, interval: Interval) -> Option<&str> {
        self.offered().find(|(offered, _)| *offered == interval).map(|(_, price)| price)
    }
}

/// Reads `6.00` in a currency's own units; `None` for anything else, for negative amounts and for too many decimals.
pub fn parse_amount(text: &str, currency: Currency) -> Option<i64> {
    let digits = usize::try_from(currency.minor_digits()).ok()?;
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || part.len() > digits || !all_digits(whole) || !all_digits(part) {
        return None;
    }
    format!("{whole}{part:0<digits$}").parse().ok()
}

/// Every mistake in the plans; `classes` are the keys of the classes of service.
pub(crate) fn check_plans(plans: &[PlanConfig], classes: &[&str], currency: Currency) -> Vec<ConfigProblem> {
    let mut problems = Vec::new();
    if plans.is_empty() {
        problems.push(ConfigProblem::at("commerce.plan", "write at least one [[commerce.plan]]"));
    }
    for (index, plan) in plans.iter().enumerate() {
        let key = |rest: &str| format!("commerce.plan.{}.{rest}", plan.key);
        let mut add = |at: &str, message: String| problems.push(ConfigProblem::at(key(at), message));
        if !is_key(&plan.key) {
            add("key", "write 1 to 32 small letters, digits and hyphens".to_owned());
        }
        if plans.iter().take(index).any(|other| other.key == plan.key) {
            add("key", "another plan has this key; every plan needs its own".to_owned());
        }
        if plan.name.trim().is_empty() {
            add("name", "write the name that customers read".to_owned());
        }
        if plan.fewest_mailboxes == 0 {
            add("fewest_mailboxes", "an order has at least 1 mailbox".to_owned());
        }
        if plan.most_mailboxes != 0 && plan.most_mailboxes < plan.fewest_mailboxes {
            add("most_mailboxes", "must not be less than fewest_mailboxes (0 is no limit)".to_owned());
        }
        match (&plan.class, &plan.limits) {
            (Some(class), None) if classes.contains(&class.as_str()) => {}
            (Some(class), None) => add("class", format!("there is no class of service {class}")),
            (None, Some(limits)) => {
                for (at, message) in limits.problems() {
                    add(&format!("limits.{at}"), message.to_owned());
                }
            }
            (None, None) => add("class", "name a class of service, or write limits".to_owned()),
            (Some(_), Some(_)) => add("limits", "a plan with a class has no limits of its own".to_owned()),
        }
        problems.extend(check_prices(plan, currency));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_exactly() {
        assert_eq!(parse_amount("6.00", Currency::USD), Some(600));
        assert_eq!(parse_amount("6", Currency::USD), Some(600));
        assert_eq!(parse_amount("0.1", Currency::USD), Some(10));
        assert_eq!(parse_amount("500", "JPY".parse().unwrap()), Some(500));
        for bad in ["", ".5", "6.001", "-1", "1e3", "6,00", "99999999999999999999"] {
            assert_eq!(parse_amount(bad, Currency::USD), None, "{bad}");
        }
    }

    #[test]
    fn two_plans_with_one_key_and_a_plan_without_a_price_are_named() {
        let plan = crate::config::CommerceConfig::example().plans[0].clone();
        let twice = PlanConfig { prices: PriceConfig::default(), ..plan.clone() };
        let keys: Vec<String> =
            check_plans(&[plan, twice], &["personal"], Currency::USD).into_iter().map(|p| p.key).collect();
        assert_eq!(keys, ["commerce.plan.personal.key", "commerce.plan.personal.prices"]);
        assert_eq!(check_plans(&[], &[], Currency::USD)[0].key, "commerce.plan");
    }
}
