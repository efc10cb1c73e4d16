//! Settings of payments.

use mailkeep_types::{Currency, Money};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::processor::stripe::config::StripeConfig;

/// Settings of payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PaymentsConfig {
    /// What a new card is charged to see that it works, and given back at once, e.g. `"1.00"`. A card that cannot be charged
    /// it blocks the order. Empty: the authorisation of the order is proof enough.
    pub check_new_cards: String,
    /// The most that is covered of what a bank leaves to a customer whose card was misused here without their fault.
    pub card_cover: String,
    /// Stripe, in place of the built-in sandbox.
    pub stripe: StripeConfig,
}

impl Default for PaymentsConfig {
    fn default() -> Self {
        PaymentsConfig {
            check_new_cards: String::new(),
            card_cover: "50.00".to_owned(),
            stripe: StripeConfig::default(),
        }
    }
}

impl PaymentsConfig {
    /// The amount of the check; none when new cards are not checked.
    pub fn check_amount(&self, currency: Currency) -> Option<Money> {
        minor_units(&self.check_new_cards, currency)
            .filter(|minor| *minor > 0)
            .map(|minor| Money::new(minor, currency))
    }

    /// The most that is covered of a misuse; nothing when the amount cannot be read, which the check at the start refuses.
    pub fn cover_limit(&self, currency: Currency) -> Money {
        Money::new(minor_units(&self.card_cover, currency).unwrap_or(0), currency)
    }

    /// Whether the amounts can be read.
    pub(crate) fn is_right(&self, currency: Currency) -> bool {
        (self.check_new_cards.is_empty() || self.check_amount(currency).is_some())
            && minor_units(&self.card_cover, currency).is_some()
    }
}

/// Reads an amount such as `12.34` in the currency's minor units.
pub fn minor_units(text: &str, currency: Currency) -> Option<i64> {
    let digits = usize::try_from(currency.minor_digits()).ok()?;
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !number(whole)
        || part.len() > digits
        || !(part.is_empty() || number(part))
        || text.trim().ends_with('.')
    {
        return None;
    }
    let scale = 10i64.checked_pow(currency.minor_digits())?;
    let part: i64 = if digits == 0 { 0 } else { format!("{part:0<digits$}").parse().ok()? };
    whole.parse::<i64>().ok()?.checked_mul(scale)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_minor_units() {
        for (text, minor) in [
            ("1.00", Some(100)),
            ("1", Some(100)),
            ("249.95", Some(24_995)),
            ("0.5", Some(50)),
            ("1.005", None),
            ("1.", None),
            (".5", None),
            ("-1", None),
            ("", None),
            ("1,00", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(minor_units(text, Currency::USD), minor, "{text}");
        }
    }
}
