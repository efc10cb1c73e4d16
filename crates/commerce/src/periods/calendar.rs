//! The days of the billing month: first count, final count, invoice, payment (BUSINESS-RULES: the trade, in short).
//!
//! Everything here is a pure function of local dates. A month is named by its invoice day.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::shift_months;
use crate::config::ConfigProblem;

/// The days of the billing month, each by the customer's own date. A day that a month does not have is its last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MonthCalendar {
    /// Mailboxes are counted for the preview, which is sent when something changed.
    pub first_count_day: u8,
    /// Mailboxes are counted for the bill.
    pub final_count_day: u8,
    /// Invoices and hosting reports are made.
    pub invoice_day: u8,
    /// Invoices are due, and kept cards are charged.
    pub payment_day: u8,
}

impl Default for MonthCalendar {
    fn default() -> Self {
        MonthCalendar { first_count_day: 21, final_count_day: 28, invoice_day: 1, payment_day: 3 }
    }
}

/// The days of one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDays {
    /// Of the first count.
    pub first_count: Date,
    /// Of the final count.
    pub final_count: Date,
    /// Of the invoices.
    pub invoice: Date,
    /// Of the payment.
    pub payment: Date,
}

/// `day` of the month that lies `months` after that of `date`.
fn day_of(date: Date, months: i32, day: u8) -> Date {
    shift_months(date, months, i8::try_from(day).unwrap_or(31))
}

impl MonthCalendar {
    /// The first invoice day after a date.
    pub fn invoice_after(&self, date: Date) -> Date {
        let day = day_of(date, 0, self.invoice_day);
        if day > date { day } else { day_of(date, 1, self.invoice_day) }
    }

    /// The last invoice day on or before a date.
    pub fn invoice_until(&self, date: Date) -> Date {
        let day = day_of(date, 0, self.invoice_day);
        if day <= date { day } else { day_of(date, -1, self.invoice_day) }
    }

    /// The invoice day so many months after one.
    pub fn invoice_shifted(&self, invoice: Date, months: i32) -> Date {
        day_of(invoice, months, self.invoice_day)
    }

    /// The days of the month that is invoiced on a date: the counts lie before it, the payment on it or after.
    pub fn month(&self, invoice: Date) -> MonthDays {
        let before = |date: Date, day: u8| {
            let this = day_of(date, 0, day);
            if this < date { this } else { day_of(date, -1, day) }
        };
        let final_count = before(invoice, self.final_count_day);
        let first_count = if self.first_count_day <= self.final_count_day {
            day_of(final_count, 0, self.first_count_day)
        } else {
            before(final_count, self.first_count_day)
        };
        let payment = day_of(invoice, 0, self.payment_day);
        let payment = if payment >= invoice { payment } else { day_of(invoice, 1, self.payment_day) };
        MonthDays { first_count, final_count, invoice, payment }
    }

    /// Every mistake.
    pub(crate) fn check(&self) -> Vec<ConfigProblem> {
        let days = [
            ("first_count_day", self.first_count_day),
            ("final_count_day", self.final_count_day),
            ("invoice_day", self.invoice_day),
            ("payment_day", self.payment_day),
        ];
        let wrong = days.into_iter().filter(|(_, day)| !(1..=31).contains(day));
        let mut problems: Vec<ConfigProblem> = wrong
            .map(|(key, _)| ConfigProblem::at(format!("commerce.month.{key}"), "write a day from 1 to 31"))
            .collect();
        if problems.is_empty() && self.first_count_day == self.final_count_day {
            let message = "the preview needs a day of its own before the final count";
            problems.push(ConfigProblem::at("commerce.month.first_count_day", message));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn case_09_the_days_of_the_trade() {
        let calendar = MonthCalendar::default();
        let days = calendar.month(date("2026-04-01"));
        assert_eq!(
            [days.first_count, days.final_count, days.invoice, days.payment],
            ["2026-03-21", "2026-03-28", "2026-04-01", "2026-04-03"].map(date)
        );
        // The payment day is one setting.
        let fifth = MonthCalendar { payment_day: 5, ..calendar };
        assert_eq!(fifth.month(date("2026-04-01")).payment, date("2026-04-05"));
    }

    #[test]
    fn other_days_stay_in_their_order() {
        for (first_count_day, final_count_day, invoice_day, payment_day) in
            [(21, 28, 1, 3), (1, 5, 10, 9), (28, 3, 5, 5), (10, 30, 31, 31), (31, 30, 15, 1)]
        {
            let calendar = MonthCalendar { first_count_day, final_count_day, invoice_day, payment_day };
            let mut invoice = calendar.invoice_until(date("2026-01-15"));
            for _ in 0..40 {
                let days = calendar.month(invoice);
                assert!(days.first_count <= days.final_count, "{days:?}");
                assert!(days.final_count < days.invoice && days.invoice <= days.payment, "{days:?}");
                let next = calendar.invoice_after(invoice);
                assert_eq!(calendar.invoice_until(next.yesterday().unwrap()), invoice);
                assert_eq!(calendar.invoice_shifted(next, -1), invoice);
                invoice = next;
            }
        }
    }

    #[test]
    fn days_that_are_none_are_named() {
        let calendar = MonthCalendar { payment_day: 32, invoice_day: 0, ..MonthCalendar::default() };
        let keys: Vec<String> = calendar.check().into_iter().map(|problem| problem.key).collect();
        assert_eq!(keys, ["commerce.month.invoice_day", "commerce.month.payment_day"]);
        let same = MonthCalendar { first_count_day: 28, ..MonthCalendar::default() };
        assert_eq!(same.check()[0].key, "commerce.month.first_count_day");
    }
}
