//! Brands: the house's own and those of resellers. A brand is the host names of its site, who sells under it, what is sold, in
//! which currency, and its own series of invoices; the configuration has them, or staff write them in the console. A customer
//! belongs to the brand of their first order.

pub mod console;
mod store;

#[cfg(test)]
mod tests;

use mailkeep_storage::sql::Tx;
use mailkeep_types::{Currency, CustomerId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::commerce::Commerce;
use crate::config::{CommerceConfig, ConfigProblem, InvoiceConfig, SellerConfig, is_country_code};
use crate::error::CommerceError;
use crate::orders;

/// The key of the house's own brand.
pub const HOUSE: &str = "";

/// A brand besides the house's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BrandConfig {
    /// A short word that names it for ever.
    pub key: String,
    /// The name that customers see.
    pub name: String,
    /// The host names of its site, in small letters, e.g. `www.reseller.example`.
    pub hosts: Vec<String>,
    /// The host name that its customers' mail programs connect to; the house's own when left out.
    #[serde(default)]
    pub mail_host: Option<String>,
    /// Who sells; printed on its invoices instead of the house.
    pub seller: SellerConfig,
    /// The currency of its prices; the house's own when left out. Plans need a price list in it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub currency: Option<Currency>,
    /// The keys of the plans that it sells; all when left out.
    #[serde(default)]
    pub plans: Vec<String>,
    /// Numbers and terms of its invoices; the series must be its own.
    pub invoices: InvoiceConfig,
}

impl CommerceConfig {
    /// The brand of a host name; `None` for the house's own.
    pub fn brand_of_host(&self, host: &str) -> Option<&BrandConfig> {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        self.brands.iter().find(|brand| brand.hosts.iter().any(|known| known.eq_ignore_ascii_case(name)))
    }

    /// A brand by its key; `None` for the house's own.
    pub fn brand(&self, key: &str) -> Option<&BrandConfig> {
        self.brands.iter().find(|brand| brand.key == key)
    }

    /// Who sells under a brand.
    pub fn seller_of(&self, brand: &str) -> &SellerConfig {
        self.brand(brand).map_or(&self.seller, |brand| &brand.seller)
    }

    /// Numbers and terms of a brand's invoices.
    pub fn invoices_of(&self, brand: &str) -> &InvoiceConfig {
        self.brand(brand).map_or(&self.invoices, |brand| &brand.invoices)
    }

    /// The currency of a brand's prices.
    pub fn currency_of(&self, brand: &str) -> Currency {
        self.brand(brand).and_then(|brand| brand.currency).unwrap_or(self.currency)
    }

    /// The currencies in which something is sold, the house's own first.
    pub fn currencies(&self) -> Vec<Currency> {
        let mut all = vec![self.currency];
        for currency in self.brands.iter().filter_map(|brand| brand.currency) {
            if !all.contains(&currency) {
                all.push(currency);
            }
        }
        all
    }

    /// Whether a brand sells a plan.
    pub fn sells(&self, brand: &str, plan: &str) -> bool {
        self.brand(brand)
            .is_none_or(|brand| brand.plans.is_empty() || brand.plans.iter().any(|key| key == plan))
    }
}

/// Every mistake in the brands.
pub(crate) fn check_brands(config: &CommerceConfig) -> Vec<ConfigProblem> {
    let mut problems = Vec::new();
    let mut series = vec![&config.invoices.series, &config.invoices.credit_note_series];
    for (index, brand) in config.brands.iter().enumerate() {
        let mut require = |ok: bool, key: &str, message: &str| {
            if !ok {
                problems.push(ConfigProblem::at(format!("commerce.brand.{}.{key}", brand.key), message));
            }
        };
        let earlier = || config.brands.iter().take(index);
        require(
            crate::catalogue::price_config::is_key(&brand.key)
                && !earlier().any(|other| other.key == brand.key),
            "key",
            "write 1 to 32 small letters, digits and hyphens, once for each",
        );
        require(!brand.name.trim().is_empty(), "name", "write the name that customers see");
        require(
            !brand.hosts.is_empty()
                && !earlier().any(|other| other.hosts.iter().any(|host| brand.hosts.contains(host))),
            "hosts",
            "write at least one host name, and each for one brand only",
        );
        require(
            !brand.seller.name.trim().is_empty()
                && !brand.seller.address.is_empty()
                && is_country_code(&brand.seller.country),
            "seller",
            "write the legal name, the address and the country of who sells",
        );
        let own = [&brand.invoices.series, &brand.invoices.credit_note_series];
        require(
            own.iter()
                .all(|one| (1..=12).contains(&one.len()) && one.bytes().all(|b| b.is_ascii_alphanumeric()))
                && own[0] != own[1]
                && !own.iter().any(|one| series.contains(one)),
            "invoices",
            "write a series and a credit_note_series of 1 to 12 letters and digits that no other brand has",
        );
        series.extend(own);
        let known = |key: &String| config.plans.iter().any(|plan| plan.key == *key);
        require(brand.plans.iter().all(known), "plans", "write keys of plans that are configured");
    }
    problems
}

/// The key of the brand that all of these customers belong to; the house's own where they have several, or none yet.
///
/// # Errors
/// When the database fails.
pub fn shared_by(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<String, CommerceError> {
    let mut shared = None;
    for customer in customers {
        let brand = of_customer(tx, *customer)?;
        if *shared.get_or_insert_with(|| brand.clone()) != brand {
            return Ok(HOUSE.to_owned());
        }
    }
    Ok(shared.unwrap_or_default())
}

/// The brand of a customer; the house's own when they have none yet.
pub(crate) fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<String, CommerceError> {
    Ok(orders::store::brand(tx, customer)?.unwrap_or_default())
}

impl Commerce {
    /// The key of the brand that a customer belongs to; empty for the house's own.
    pub async fn brand_of_customer(&self, customer: CustomerId) -> Result<String, CommerceError> {
        self.read(move |tx| of_customer(tx, customer)).await
    }
}
