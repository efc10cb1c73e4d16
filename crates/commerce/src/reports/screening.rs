//! What the screening said of first orders, and how they ended.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;

use super::{Months, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::screening::{Assessment, Outcome};

/// How an order ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ended {
    /// Served, and nothing was heard since.
    Served,
    /// Served, and a bank disputed a payment of the customer.
    Disputed,
    /// Refused.
    Refused,
    /// Not decided yet.
    Waits,
}

impl Ended {
    /// Every end, in the order of the table.
    pub const ALL: [Ended; 4] = [Ended::Served, Ended::Disputed, Ended::Refused, Ended::Waits];

    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Ended::Served => "served",
            Ended::Disputed => "disputed",
            Ended::Refused => "refused",
            Ended::Waits => "waits",
        }
    }
}

/// How often a reason was named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonCount {
    /// Its code.
    pub code: String,
    /// How many orders.
    pub hits: i64,
    /// What it added to their scores in all.
    pub points: i64,
}

/// The screening of some months.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScreeningReport {
    /// How many orders of each end were put where.
    pub table: BTreeMap<(Outcome, Ended), i64>,
    /// How many of those that ended were decided by a person.
    pub by_people: i64,
    /// The reasons, the most frequent first.
    pub reasons: Vec<ReasonCount>,
}

impl ScreeningReport {
    /// How many orders were screened.
    pub fn orders(&self) -> i64 {
        self.table.values().sum()
    }

    /// How many were put into one band.
    pub fn of(&self, outcome: Outcome) -> i64 {
        self.table.iter().filter(|((of, _), _)| *of == outcome).map(|(_, count)| count).sum()
    }
}

impl Commerce {
    /// What the screening said of the orders that were screened in some months (in UTC).
    pub async fn report_screening(&self, months: Months) -> Result<ScreeningReport, CommerceError> {
        self.read(move |tx| {
            let (from, until) = (midnight(months.first()), midnight(months.end()));
            let (table, by_people) = store::screened(tx, from, until)?;
            Ok(ScreeningReport { table, by_people, reasons: store::reasons(tx, months)? })
        })
        .await
    }
}

/// Adds what an assessment found to the counts of the day, in the transaction that keeps the assessment.
pub(crate) fn count_reasons(tx: &mut Tx<'_>, assessment: &Assessment) -> Result<(), SqlError> {
    let today = tx.now().to_jiff().to_zoned(TimeZone::UTC).date();
    store::count_reasons(tx, today, assessment)
}

/// The begin of a day in UTC; the epoch for days that no clock has.
pub(super) fn midnight(day: jiff::civil::Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC)
        .map_or(Timestamp::EPOCH, |zoned| Timestamp::from_micros(zoned.timestamp().as_microsecond()))
}
