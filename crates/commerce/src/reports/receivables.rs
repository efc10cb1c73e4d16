//! What customers owe, by how long it is overdue.

use jiff::civil::Date;
use mailkeep_types::Currency;

use super::store;
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// How long something is overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// It is not due yet, or due today.
    Current,
    /// 1 to 30 days.
    UpTo30,
    /// 31 to 60 days.
    UpTo60,
    /// 61 to 90 days.
    UpTo90,
    /// More than 90 days.
    Over90,
}

impl Age {
    /// Every age, the youngest first.
    pub const ALL: [Age; 5] = [Age::Current, Age::UpTo30, Age::UpTo60, Age::UpTo90, Age::Over90];

    /// The word in tables and addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Age::Current => "current",
            Age::UpTo30 => "1-30",
            Age::UpTo60 => "31-60",
            Age::UpTo90 => "61-90",
            Age::Over90 => "over-90",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Age::ALL.into_iter().find(|age| age.word() == word)
    }

    /// The age of something that was due so many days ago.
    pub const fn of_days(days: i64) -> Self {
        match days {
            i64::MIN..=0 => Age::Current,
            1..=30 => Age::UpTo30,
            31..=60 => Age::UpTo60,
            61..=90 => Age::UpTo90,
            _ => Age::Over90,
        }
    }
}

/// What is owed to one brand in one currency, of one age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The brand; empty for the house's own.
    pub brand: String,
    /// The currency.
    pub currency: Currency,
    /// How long it is overdue.
    pub age: Age,
    /// How many invoices.
    pub invoices: i64,
    /// How much is open on them.
    pub open_minor: i64,
    /// How much of them lies apart because of disputes.
    pub disputed_minor: i64,
}

impl Commerce {
    /// What is owed now, by the age it has on a day. What is disputed is not overdue and stands beside it.
    pub async fn report_receivables(&self, on: Date) -> Result<Vec<Owed>, CommerceError> {
        self.read(move |tx| store::receivables(tx, on)).await
    }
}
