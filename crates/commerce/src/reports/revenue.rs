//! What was earned and what is deferred: what was invoiced, spread over the days that were paid for.
//!
//! A line is earned day by day over its period, from the day on which it is booked: what of the period lies before that day is
//! earned with the booking, and nothing before it. Items, which are sold once, are earned when they are booked. A credit note
//! takes back of both what its line had. What is invoiced and not earned is deferred, so invoiced = earned + deferred, always.

use jiff::civil::Date;
use mailkeep_types::{Currency, Money, MoneyError, Ratio};

use super::{Month, Months, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::periods::{Period, days_between};

/// What was booked on one day for one period: a sum over all invoices, or credit notes, of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booked {
    /// The day.
    pub on: Date,
    /// The days that are paid for; empty for what is sold once.
    pub period: Period,
    /// Without tax; negative for credit notes.
    pub net: Money,
}

impl Booked {
    /// How much of it is earned by the begin of a day.
    ///
    /// # Errors
    /// An amount that does not fit.
    pub fn earned_before(&self, day: Date) -> Result<Money, MoneyError> {
        if day <= self.on {
            return Ok(Money::zero(self.net.currency));
        }
        let whole = self.period.days();
        if whole <= 0 {
            return Ok(self.net);
        }
        let passed = days_between(self.period.start, day).clamp(0, whole);
        self.net.times(Ratio::new(passed, whole))
    }
}

/// A month of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevenueMonth {
    /// The month.
    pub month: Month,
    /// The currency.
    pub currency: Currency,
    /// What was invoiced in it without tax, less credit notes.
    pub invoiced_minor: i64,
    /// What was earned in it.
    pub earned_minor: i64,
    /// What is deferred at its end.
    pub deferred_minor: i64,
    /// What the journal has on the account of revenue for the month: the same as `invoiced_minor`, or something is wrong.
    pub journal_minor: i64,
}

/// The months of everything that was booked, by currency. `bookings` are all that were booked in the months, and those from
/// before of which something was deferred when they begin.
///
/// # Errors
/// An amount that does not fit.
pub fn spread(bookings: &[Booked], months: Months) -> Result<Vec<RevenueMonth>, MoneyError> {
    let mut currencies: Vec<Currency> = bookings.iter().map(|booked| booked.net.currency).collect();
    currencies.sort_unstable_by(|a, b| a.code().cmp(b.code()));
    currencies.dedup();
    let mut out = Vec::new();
    for currency in currencies {
        let own: Vec<&Booked> = bookings.iter().filter(|booked| booked.net.currency == currency).collect();
        for month in months.iter() {
            let (mut invoiced, mut earned, mut deferred) = (0i64, 0i64, 0i64);
            let add = |sum: &mut i64, minor: i64| -> Result<(), MoneyError> {
                *sum = sum.checked_add(minor).ok_or(MoneyError::Overflow)?;
                Ok(())
            };
            for booked in &own {
                let (before, after) =
                    (booked.earned_before(month.first())?, booked.earned_before(month.end())?);
                add(&mut earned, after.minor - before.minor)?;
                if booked.on < month.end() {
                    add(&mut deferred, booked.net.minor - after.minor)?;
                }
                if Month::of(booked.on) == month {
                    add(&mut invoiced, booked.net.minor)?;
                }
            }
            out.push(RevenueMonth {
                month,
                currency,
                invoiced_minor: invoiced,
                earned_minor: earned,
                deferred_minor: deferred,
                journal_minor: 0,
            });
        }
    }
    Ok(out)
}

impl Commerce {
    /// What was invoiced, earned and deferred in each of some months, by currency.
    pub async fn report_revenue(&self, months: Months) -> Result<Vec<RevenueMonth>, CommerceError> {
        let (bookings, journal) = self
            .read(move |tx| {
                let bookings = store::booked(tx, months)?;
                Ok((bookings, store::revenue_of_journal(tx, months)?))
            })
            .await?;
        let mut rows = spread(&bookings, months)?;
        for row in &mut rows {
            let said =
                journal.iter().find(|(currency, month, _)| (*currency, *month) == (row.currency, row.month));
            row.journal_minor = said.map_or(0, |(.., minor)| *minor);
        }
        Ok(rows)
    }
}
