//! Values that samples share: obviously fictional people at example domains, one fixed moment.

use mailkeep_types::{Currency, Money, Timestamp};

/// 14 May 2026, 09:30 in New York: the moment in which samples play.
pub fn now() -> Timestamp {
    Timestamp::from_seconds(1_778_765_400)
}

/// `days` before [`now`].
pub fn days_ago(days: i64) -> Timestamp {
    Timestamp::from_seconds(now().as_seconds() - days * 86_400)
}

/// `minutes` before [`now`].
pub fn minutes_ago(minutes: i64) -> Timestamp {
    Timestamp::from_seconds(now().as_seconds() - minutes * 60)
}

/// Dollars and cents.
pub fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}
