//! What comes again each month, and what moved it: new customers, more, less, gone, come back.
//!
//! A customer's monthly recurring revenue on a day is the sum over the lines that pay for that day, each divided by the months
//! of its period. What is sold once and the setup fee do not count; discounts do; credit notes, which correct what was, do not. A
//! line whose unused days were credited by a change counts until the change, one of a subscription that ended until its end.
//! Months are compared by their last days, so the bridge of a month leads from the end of the one before to its own.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use mailkeep_types::{Currency, CustomerId, Money, MoneyError, Ratio};

use super::{Month, Months, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::periods::prorate::periods_in_advance;
use crate::periods::{Interval, Period, shift_months};

/// A line that pays for something that recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The days that it was billed for.
    pub period: Period,
    /// The day from which on it does not count any more.
    pub until: Date,
    /// What was billed, without tax.
    pub net: Money,
}

impl Piece {
    fn pays_for(&self, day: Date) -> bool {
        self.period.start <= day && day < self.until
    }

    /// What it comes to in a month.
    ///
    /// # Errors
    /// An amount that does not fit.
    pub fn monthly(&self) -> Result<Money, MoneyError> {
        let months = months_of(self.period);
        if months.numerator() <= 0 {
            return Ok(Money::zero(self.net.currency));
        }
        self.net.times(Ratio::new(months.denominator(), months.numerator()))
    }
}

/// How many months a period has, exactly. A part is counted as it was billed: against the month that ends with it.
pub fn months_of(period: Period) -> Ratio {
    let Period { start, end } = period;
    let apart = (i64::from(end.year()) - i64::from(start.year())) * 12 + i64::from(end.month())
        - i64::from(start.month());
    if let Ok(apart) = i32::try_from(apart)
        && apart > 0
        && (shift_months(start, apart, start.day()) == end || shift_months(end, -apart, end.day()) == start)
    {
        return Ratio::new(i64::from(apart), 1);
    }
    periods_in_advance(Interval::Monthly, end.day(), start, Some(end), end)
}

/// A month of one currency: where it began, what moved it, where it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bridge {
    /// The month.
    pub month: Month,
    /// The currency.
    pub currency: Currency,
    /// At the end of the month before.
    pub opening_minor: i64,
    /// Of customers who had never paid for anything that recurs.
    pub new_minor: i64,
    /// Of customers who had left.
    pub back_minor: i64,
    /// What customers had more.
    pub more_minor: i64,
    /// What customers had less, as a negative amount.
    pub less_minor: i64,
    /// Of customers who left, as a negative amount.
    pub gone_minor: i64,
    /// At the end of the month.
    pub closing_minor: i64,
    /// Customers at the end of the month before.
    pub customers_before: i64,
    /// Customers who came, or came back.
    pub customers_came: i64,
    /// Customers who left.
    pub customers_left: i64,
    /// Customers at the end of the month.
    pub customers: i64,
}

impl Bridge {
    fn empty(month: Month, currency: Currency) -> Self {
        Bridge {
            month,
            currency,
            opening_minor: 0,
            new_minor: 0,
            back_minor: 0,
            more_minor: 0,
            less_minor: 0,
            gone_minor: 0,
            closing_minor: 0,
            customers_before: 0,
            customers_came: 0,
            customers_left: 0,
            customers: 0,
        }
    }

    /// Whether what moved it leads from where it began to where it ended.
    pub fn adds_up(&self) -> bool {
        self.opening_minor
            + self.new_minor
            + self.back_minor
            + self.more_minor
            + self.less_minor
            + self.gone_minor
            == self.closing_minor
            && self.customers_before + self.customers_came - self.customers_left == self.customers
    }

    fn take(&mut self, before: i64, now: i64, was_here: bool) {
        self.opening_minor += before;
        self.closing_minor += now;
        self.customers_before += i64::from(before > 0);
        self.customers += i64::from(now > 0);
        let moved = now - before;
        match (before > 0, now > 0) {
            (false, true) => {
                self.customers_came += 1;
                *(if was_here { &mut self.back_minor } else { &mut self.new_minor }) += moved;
            }
            (true, false) => {
                self.customers_left += 1;
                self.gone_minor += moved;
            }
            _ if moved > 0 => self.more_minor += moved,
            _ => self.less_minor += moved,
        }
    }
}

/// Builds the bridges out of customers, one after the other.
#[derive(Debug)]
pub struct Bridges {
    months: Months,
    /// The days that are compared: the last of the month before, and that of each month, or today.
    days: Vec<Date>,
    rows: BTreeMap<String, Vec<Bridge>>,
}

impl Bridges {
    /// Over some months; one that is not over yet is looked at today.
    pub fn new(months: Months, today: Date) -> Self {
        let before = months.from.shifted(-1).last();
        let days =
            std::iter::once(before).chain(months.iter().map(|month| month.last().min(today.max(before))));
        Bridges { months, days: days.collect(), rows: BTreeMap::new() }
    }

    /// Takes all lines of one customer in one currency. `was_here`: they paid for something that recurs before the months
    /// began.
    ///
    /// # Errors
    /// An amount that does not fit.
    pub fn take(&mut self, currency: Currency, pieces: &[Piece], was_here: bool) -> Result<(), MoneyError> {
        let mut values = vec![0i64; self.days.len()];
        for piece in pieces {
            let monthly = piece.monthly()?.minor;
            for (value, day) in values.iter_mut().zip(&self.days) {
                if piece.pays_for(*day) {
                    *value = value.checked_add(monthly).ok_or(MoneyError::Overflow)?;
                }
            }
        }
        let months = self.months;
        let rows = self
            .rows
            .entry(currency.code().to_owned())
            .or_insert_with(|| months.iter().map(|month| Bridge::empty(month, currency)).collect());
        let mut seen = was_here || values.first().is_some_and(|value| *value > 0);
        for (row, pair) in rows.iter_mut().zip(values.windows(2)) {
            if let [before, now] = *pair {
                row.take(before, now, seen);
                seen |= now > 0;
            }
        }
        Ok(())
    }

    /// What was built, by currency and month.
    pub fn finish(self) -> Vec<Bridge> {
        self.rows.into_values().flatten().collect()
    }
}

impl Commerce {
    /// What recurs in each of some months, and what moved it. `today` is the day on which the last month stands when it is not
    /// over.
    pub async fn report_recurring(&self, months: Months, today: Date) -> Result<Vec<Bridge>, CommerceError> {
        self.read(move |tx| {
            let before = months.from.shifted(-1).last();
            let earlier: HashSet<CustomerId> = store::customers_before(tx, before)?;
            let mut bridges = Bridges::new(months, today);
            let mut own: Vec<Piece> = Vec::new();
            let mut whose: Option<(CustomerId, Currency)> = None;
            let mut close = |whose: Option<(CustomerId, Currency)>, own: &mut Vec<Piece>| {
                if let Some((customer, currency)) = whose {
                    bridges.take(currency, own, earlier.contains(&customer))?;
                    own.clear();
                }
                Ok::<(), CommerceError>(())
            };
            store::recurring(tx, before, months.to.last(), |customer, piece| {
                let now = Some((customer, piece.net.currency));
                if whose != now {
                    close(whose, &mut own)?;
                    whose = now;
                }
                own.push(piece);
                Ok(())
            })?;
            close(whose, &mut own)?;
            Ok(bridges.finish())
        })
        .await
    }
}
