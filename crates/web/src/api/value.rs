//! Values as programs read them.

use mailkeep_types::{Money, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

/// An instant (RFC 3339, UTC).
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, extend("format" = "date-time"))]
pub struct Instant(String);

impl From<Timestamp> for Instant {
    fn from(at: Timestamp) -> Self {
        Instant(at.to_jiff().to_string())
    }
}

/// A date (RFC 3339).
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, extend("format" = "date"))]
pub struct Date(String);

impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        Date(date.to_string())
    }
}

/// An amount of money.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Money")]
pub struct Amount {
    /// ISO 4217.
    pub currency: String,
    /// In the smallest unit of the currency.
    pub minor: i64,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Amount { currency: money.currency.code().to_owned(), minor: money.minor }
    }
}
