//! How many cases came and how they were answered, month by month: counted, and never named.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::{CaseKind, store};
use crate::tickets::{Desk, TicketError};

/// A month in UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Month {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// After how many days half of the answers had come, at most.
    pub median_days: Option<u64>,
    /// By what was asked; those of which nobody said it yet have no kind.
    pub kinds: Vec<KindFigures>,
}

/// The cases of one kind in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KindFigures {
    /// What was asked.
    pub kind: Option<CaseKind>,
    /// How many came.
    pub received: u64,
    /// How many of them are answered.
    pub answered: u64,
    /// How many of those within their term.
    pub in_time: u64,
}

/// The cases of a month by what was asked.
type Kinds = BTreeMap<Option<CaseKind>, Vec<store::Counted>>;

impl Desk {
    /// The last `months` in which something came, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn case_figures(&self, months: i32) -> Result<Vec<Month>, TicketError> {
        let now = self.policy().clock().now();
        let first = first_of_month(now).checked_sub((months - 1).months()).unwrap_or(Date::MIN);
        let since =
            first.to_zoned(TimeZone::UTC).map_or(Timestamp::EPOCH, |at| Timestamp::from_jiff(at.timestamp()));
        let cases = self.read(move |tx| Ok(store::received_since(tx, since)?)).await?;
        let mut counted: BTreeMap<(i16, i8), Kinds> = BTreeMap::new();
        for case in cases {
            let month = first_of_month(case.received_at);
            let kinds = counted.entry((month.year(), month.month())).or_default();
            kinds.entry(case.kind).or_default().push(case);
        }
        let months = counted.into_iter().rev().map(|((year, month), kinds)| Month {
            year,
            month,
            median_days: median(kinds.values().flatten()),
            kinds: kinds.into_iter().map(|(kind, cases)| figures(kind, &cases)).collect(),
        });
        Ok(months.collect())
    }
}

fn figures(kind: Option<CaseKind>, cases: &[store::Counted]) -> KindFigures {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let answered = cases.iter().filter_map(|case| Some((case, case.settled_at?)));
    let in_time = answered.clone().filter(|(case, settled)| *settled <= case.answer_due).count();
    KindFigures {
        kind,
        received: number(cases.len()),
        answered: number(answered.count()),
        in_time: number(in_time),
    }
}

fn median<'a>(cases: impl Iterator<Item = &'a store::Counted>) -> Option<u64> {
    let took = |case: &store::Counted| case.settled_at.map(|settled| settled.since(case.received_at));
    let mut days: Vec<u64> = cases.filter_map(took).map(|took| took.as_secs().div_ceil(86_400)).collect();
    days.sort_unstable();
    days.get(days.len().saturating_sub(1) / 2).copied()
}

fn first_of_month(at: Timestamp) -> Date {
    at.to_jiff().to_zoned(TimeZone::UTC).date().first_of_month()
}
