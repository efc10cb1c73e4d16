//! Reports for staff: what customers owe, what was earned, what comes again each month, tax, screening, reminders, and the
//! journal for the books of an accountant.
//!
//! A report holds figures and no people: sums over everybody, out of columns that are not sealed. What is summed is summed by
//! the database; what must be computed by days (what was earned, what recurs) is a pure function over sums or over one
//! customer's lines at a time, so that a report never holds more in memory than one row for each day and period.
//!
//! To add one: its figures and pure rule in a file of its noun, its statement in `store.rs`, a test with figures worked out by
//! hand, and a page in `mailkeep-web` under `console/reports`.

pub mod accounting;
pub mod dunning;
pub mod receivables;
pub mod recurring;
pub mod revenue;
pub mod screening;
mod store;
pub mod tax;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use crate::periods::shift_months;

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    /// The month in which a day lies.
    pub fn of(day: Date) -> Self {
        Month(day.first_of_month())
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.0
    }

    /// Its last day.
    pub fn last(self) -> Date {
        self.0.last_of_month()
    }

    /// The first day of the next month.
    pub fn end(self) -> Date {
        self.shifted(1).0
    }

    /// The month so many months later; earlier ones are negative.
    pub fn shifted(self, months: i32) -> Self {
        Month(shift_months(self.0, months, 1))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        format!("{text}-01").parse().map(Month).map_err(|_| ())
    }
}

/// The most months that a report looks at.
pub const MOST_MONTHS: i32 = 36;

/// Some months, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    /// The first.
    pub from: Month,
    /// The last.
    pub to: Month,
}

impl Months {
    /// From one month to another; turned round when the second is earlier, and [`MOST_MONTHS`] at most.
    pub fn new(from: Month, to: Month) -> Self {
        let (from, to) = (from.min(to), from.max(to));
        Months { from: from.max(to.shifted(1 - MOST_MONTHS)), to }
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Month> {
        (0..MOST_MONTHS).map(move |n| self.from.shifted(n)).take_while(move |month| *month <= self.to)
    }

    /// The first day.
    pub fn first(self) -> Date {
        self.from.first()
    }

    /// The day after the last.
    pub fn end(self) -> Date {
        self.to.end()
    }
}
