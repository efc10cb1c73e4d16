//! The `[commerce]` part of the configuration: what is sold, by whom, and by which rules.
//!
//! [`CommerceConfig::check`] returns every mistake at once, each with the key it concerns, so that an operator mends
//! the file in one go.

use mailkeep_types::{Currency, DomainName};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::brands::{BrandConfig, check_brands};
use crate::catalogue::config::{ItemConfig, PlanConfig, check_plans};
use crate::catalogue::price_config::check_items;
use crate::classes::config::{ClassConfig, check_classes};
use crate::discounts::qualifications::QualifiedConfig;
use crate::dunning::{OverdueCalendar, RetryCalendar};
use crate::endings::LeavingConfig;
use crate::handovers::HandOverConfig;
use crate::payments::config::PaymentsConfig;
use crate::periods::calendar::MonthCalendar;
use crate::screening::ScreeningConfig;
use crate::taxes::TaxConfig;

/// A small catalogue and complete seller, ready to run: what `mailkeep init` writes and the tests use.
pub const EXAMPLE_TOML: &str = include_str!("example.toml");

/// What is sold, by whom, and by which rules.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommerceConfig {
    /// The currency of every price, e.g. `USD`.
    #[schemars(with = "String")]
    pub currency: Currency,
    /// The time zone in which local dates are computed for customers who gave none, e.g. `America/New_York`.
    pub time_zone: String,
    /// Who sells; printed on every invoice.
    pub seller: SellerConfig,
    /// The taxes on prices.
    #[serde(default)]
    pub tax: TaxConfig,
    /// Whether closed mailboxes cost what open ones do, whatever a plan says.
    #[serde(default)]
    pub closed_mailboxes_in_full: bool,
    /// What is taken off for whom, once a person approved it.
    #[serde(default)]
    pub qualified: QualifiedConfig,
    /// Numbers and terms of invoices.
    #[serde(default)]
    pub invoices: InvoiceConfig,
    /// The days of the billing month.
    #[serde(default)]
    pub month: MonthCalendar,
    /// What happens when somebody leaves.
    #[serde(default)]
    pub leaving: LeavingConfig,
    /// How a customer who leaves gets everything.
    #[serde(default)]
    pub hand_over: HandOverConfig,
    /// What happens when an invoice is not paid.
    #[serde(default)]
    pub overdue: OverdueCalendar,
    /// When a declined card is tried again.
    #[serde(default)]
    pub retries: RetryCalendar,
    /// How payments are made.
    #[serde(default)]
    pub payments: PaymentsConfig,
    /// How first orders are screened.
    #[serde(default)]
    pub screening: ScreeningConfig,
    /// Classes of service: named limits that plans grant.
    #[serde(default, rename = "class")]
    pub classes: Vec<ClassConfig>,
    /// The plans on offer, in the order in which they are shown.
    #[serde(rename = "plan")]
    pub plans: Vec<PlanConfig>,
    /// Brands besides the house's own, such as those of resellers.
    #[serde(default, rename = "brand")]
    pub brands: Vec<BrandConfig>,
    /// What is sold once, by the piece or by the hour.
    #[serde(default, rename = "item")]
    pub items: Vec<ItemConfig>,
}

/// Who sells; printed on every invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SellerConfig {
    /// The legal name.
    pub name: String,
    /// The lines of the postal address.
    pub address: Vec<String>,
    /// Two letters (ISO 3166), e.g. `US`.
    pub country: String,
    /// The tax number, if there is one.
    #[serde(default)]
    pub tax_id: Option<String>,
    /// Where questions about an invoice go.
    pub email: String,
}

/// Numbers and terms of invoices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct InvoiceConfig {
    /// The series of invoices: the front of their numbers.
    pub series: String,
    /// The series of credit notes.
    pub credit_note_series: String,
    /// Days after the invoice date on which it is due.
    pub due_days: u16,
}

impl Default for InvoiceConfig {
    fn default() -> Self {
        InvoiceConfig { series: "INV".to_owned(), credit_note_series: "CN".to_owned(), due_days: 0 }
    }
}

/// One mistake in the configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {message}")]
pub struct ConfigProblem {
    /// The key, e.g. `commerce.plan.business.prices.monthly`.
    pub key: String,
    /// What is wrong and what to write instead.
    pub message: String,
}

impl ConfigProblem {
    /// A mistake at `key`.
    pub fn at(key: impl Into<String>, message: impl Into<String>) -> Self {
        ConfigProblem { key: key.into(), message: message.into() }
    }
}

impl CommerceConfig {
    /// The example, read. Tests and demonstrations start from it.
    ///
    /// # Panics
    /// Never in a build whose tests pass: the example is compiled in.
    pub fn example() -> Self {
        toml::from_str(EXAMPLE_TOML).expect("the example catalogue is valid TOML")
    }

    /// Every mistake that the types alone do not catch; empty when all is well.
    pub fn check(&self) -> Vec<ConfigProblem> {
        let mut problems = Vec::new();
        let mut require = |ok: bool, key: &str, message: &str| {
            if !ok {
                problems.push(ConfigProblem::at(key, message));
            }
        };
        require(
            jiff::tz::TimeZone::get(&self.time_zone).is_ok(),
            "commerce.time_zone",
            "not a time zone of the IANA database; write one such as \"America/New_York\"",
        );
        require(
            !self.seller.name.trim().is_empty(),
            "commerce.seller.name",
            "write the legal name of the seller",
        );
        require(
            !self.seller.address.is_empty(),
            "commerce.seller.address",
            "write at least one line of address",
        );
        require(
            is_country_code(&self.seller.country),
            "commerce.seller.country",
            "write the two capital letters of ISO 3166, such as \"US\"",
        );
        for (key, series) in [
            ("commerce.invoices.series", &self.invoices.series),
            ("commerce.invoices.credit_note_series", &self.invoices.credit_note_series),
        ] {
            let ok = (1..=12).contains(&series.len()) && series.bytes().all(|b| b.is_ascii_alphanumeric());
            require(ok, key, "write 1 to 12 letters and digits, such as \"INV\"");
        }
        require(
            self.invoices.series != self.invoices.credit_note_series,
            "commerce.invoices.credit_note_series",
            "invoices and credit notes need series of their own",
        );
        let overdue = &self.overdue;
        require(
            0 <= overdue.block_day
                && overdue.block_day < overdue.terminate_day
                && overdue.keep_data_days >= 0,
            "commerce.overdue",
            "block_day must lie before terminate_day, and neither they nor keep_data_days may be negative",
        );
        require(
            !self.retries.wait_days.is_empty()
                && self.retries.most_attempts > 0
                && self.retries.wait_days.iter().all(|d| *d >= 0),
            "commerce.retries",
            "wait_days needs at least one entry and no negative ones, most_attempts at least 1",
        );
        require(
            self.payments.is_right(self.currency),
            "commerce.payments",
            "write amounts in the currency of the prices, such as \"1.00\"; check_new_cards may be empty",
        );
        require(
            (1..self.leaving.delete_after_days).contains(&self.hand_over.deliver_days),
            "commerce.hand_over.deliver_days",
            "write at least 1, and fewer days than commerce.leaving.delete_after_days: what is deleted cannot be handed over",
        );
        let charge = &self.hand_over.item;
        require(
            charge.is_empty() || self.items.iter().any(|item| item.key == *charge),
            "commerce.hand_over.item",
            "write the key of one of the items, or nothing if it is free",
        );
        problems.extend(self.month.check());
        problems.extend(self.tax.check());
        problems.extend(self.qualified.check());
        problems.extend(self.screening.check());
        problems.extend(check_items(&self.items));
        problems.extend(check_brands(self));
        problems.extend(check_classes(&self.classes));
        let classes: Vec<&str> = self.classes.iter().map(|class| class.key.as_str()).collect();
        problems.extend(check_plans(&self.plans, &classes, self.currency));
        problems
    }
}

/// Two capital letters.
pub fn is_country_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// Reads a domain name of a list in the configuration, lower case and without a dot at the end.
pub(crate) fn is_domain(text: &str) -> bool {
    DomainName::parse(text).is_ok_and(|name| name.as_str() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_complete_and_right() {
        assert_eq!(CommerceConfig::example().check(), []);
    }

    #[test]
    fn every_mistake_is_named_with_its_key() {
        let mut config = CommerceConfig::example();
        config.time_zone = "Mars/Olympus".to_owned();
        config.tax.percent = "8,25".to_owned();
        config.overdue.block_day = 60;
        config.invoices.credit_note_series = config.invoices.series.clone();
        config.plans[0].prices.monthly = Some("6.001".to_owned());
        config.screening.review_from = 90;
        let keys: Vec<String> = config.check().into_iter().map(|p| p.key).collect();
        assert_eq!(
            keys,
            [
                "commerce.time_zone",
                "commerce.invoices.credit_note_series",
                "commerce.overdue",
                "commerce.tax.percent",
                "commerce.screening.review_from",
                "commerce.plan.personal.prices.monthly",
            ]
        );
    }

    #[test]
    fn unknown_keys_are_refused_with_their_name() {
        let text = format!("colour = \"red\"\n{EXAMPLE_TOML}");
        let error = toml::from_str::<CommerceConfig>(&text).unwrap_err().to_string();
        assert!(error.contains("colour") && error.contains("currency"), "{error}");
    }
}
