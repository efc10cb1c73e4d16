//! Billing periods: half-open runs of local dates, computed from the original anchor (BUSINESS-RULES: money, time
//! and documents).
//!
//! A period never drifts: an anchor on the 31st clamps to the end of a short month and returns to the 31st after
//! it. [`calendar`] holds the days of the billing month, [`prorate`] the rule that says how many periods lie between two dates as an exact fraction.

pub mod calendar;
pub mod prorate;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How long a price buys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// One calendar month.
    Monthly,
    /// Three calendar months.
    Quarterly,
    /// Twelve calendar months.
    Annual,
}

impl Interval {
    /// The calendar months of one interval.
    pub const fn months(self) -> i32 {
        match self {
            Interval::Monthly => 1,
            Interval::Quarterly => 3,
            Interval::Annual => 12,
        }
    }

    /// The word that is stored and used in configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Interval::Monthly => "monthly",
            Interval::Quarterly => "quarterly",
            Interval::Annual => "annual",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Interval::Monthly, Interval::Quarterly, Interval::Annual].into_iter().find(|i| i.word() == word)
    }
}

/// A half-open run of local dates: `start` belongs to it, `end` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The day after the last.
    pub end: Date,
}

impl Period {
    /// The number of days.
    pub fn days(self) -> i64 {
        days_between(self.start, self.end)
    }

    /// True when `date` lies in it.
    pub fn contains(self, date: Date) -> bool {
        self.start <= date && date < self.end
    }
}

/// Days from `from` to `to`, negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// `date` moved by `months`, on `bill_day` clamped to the length of the month it lands in. Saturates at the ends of
/// the calendar (years -9999 to 9999).
pub fn shift_months(date: Date, months: i32, bill_day: i8) -> Date {
    let index = i32::from(date.year()) * 12 + i32::from(date.month()) - 1 + months;
    let year = i16::try_from(index.div_euclid(12)).unwrap_or(if months < 0 { -9999 } else { 9999 });
    let month = i8::try_from(index.rem_euclid(12)).unwrap_or(0) + 1;
    let Ok(first) = Date::new(year, month, 1) else {
        return if months < 0 { Date::MIN } else { Date::MAX };
    };
    let day = bill_day.clamp(1, first.days_in_month());
    Date::new(year, month, day).unwrap_or(first)
}

/// The period number `index` (0 is the first) of a subscription anchored at `anchor`.
pub fn nth_period(anchor: Date, interval: Interval, index: i32) -> Period {
    let months = interval.months();
    Period {
        start: shift_months(anchor, months.saturating_mul(index), anchor.day()),
        end: shift_months(anchor, months.saturating_mul(index.saturating_add(1)), anchor.day()),
    }
}

/// The period in which `date` lies; `None` before the anchor.
pub fn period_containing(anchor: Date, interval: Interval, date: Date) -> Option<Period> {
    if date < anchor {
        return None;
    }
    let months = (i32::from(date.year()) - i32::from(anchor.year())) * 12 + i32::from(date.month())
        - i32::from(anchor.month());
    // The estimate is at most one period too far, when the day of the month lies before the anchor's.
    let estimate = months / interval.months();
    (estimate.saturating_sub(1).max(0)..=estimate)
        .map(|index| nth_period(anchor, interval, index))
        .find(|period| period.contains(date))
}
