//! How many periods lie between two dates, as an exact fraction, and what they cost.

use jiff::civil::Date;
use mailkeep_types::{Money, MoneyError, Ratio};

use super::{Interval, Period, days_between, shift_months};

/// Billing in advance from `start`, aligned to `bill_day` (1 to 31, clamped to short months), up to `target`.
///
/// The first aligned date c lies on or after the start. Before c is reached only the leading part is billed; from
/// then on everything up to the first aligned date after the target. `end` (exclusive) cuts. The leading part counts
/// its days against the interval that ends at c, whole intervals count 1, the trailing part counts its days against
/// the interval in which it falls.
pub fn periods_in_advance(
    interval: Interval,
    bill_day: i8,
    start: Date,
    end: Option<Date>,
    target: Date,
) -> Ratio {
    let step = interval.months();
    let mut aligned = shift_months(start, 0, bill_day);
    if aligned < start {
        aligned = shift_months(aligned, step, bill_day);
    }
    let first = aligned;
    let mut until = first;
    if target >= first {
        while until <= target {
            until = shift_months(until, step, bill_day);
        }
    }
    if let Some(end) = end {
        until = until.min(end);
    }
    if until <= start {
        return Ratio::ZERO;
    }

    let mut total = Ratio::ZERO;
    if start < first {
        let before = shift_months(first, -step, first.day());
        total = total + Ratio::new(days_between(start, until.min(first)), days_between(before, first));
    }
    let mut from = first;
    while from < until {
        let next = shift_months(from, step, bill_day);
        total = total
            + if next <= until {
                Ratio::ONE
            } else {
                Ratio::new(days_between(from, until), days_between(from, next))
            };
        from = next;
    }
    total
}

/// The share of one whole period that `part` covers.
pub fn share_of(part: Period, whole: Period) -> Ratio {
    let from = part.start.max(whole.start);
    let to = part.end.min(whole.end);
    if to <= from { Ratio::ZERO } else { Ratio::new(days_between(from, to), whole.days().max(1)) }
}

/// What `part` of the period `whole` costs at `price` for the whole.
///
/// Rounded as the difference of two running totals from the start of the period, so that the parts of a period
/// split at any days sum to the price exactly.
pub fn price_of_part(price: Money, part: Period, whole: Period) -> Result<Money, MoneyError> {
    let up_to = |date: Date| price.times(share_of(Period { start: whole.start, end: date }, whole));
    up_to(part.end)?.plus(up_to(part.start.max(whole.start))?.negated())
}
