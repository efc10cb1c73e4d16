//! Which days a subscription is billed for next.

use jiff::civil::Date;
use mailkeep_types::SubscriptionId;
use uuid::Uuid;

use super::Subscription;
use crate::catalogue::pricing::Span;
use crate::periods::calendar::MonthCalendar;
use crate::periods::{Interval, Period, nth_period, shift_months};

/// A change that waits for the next billing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingChange {
    /// The plan from then on.
    pub plan_version: Uuid,
    /// The interval from then on.
    pub interval: Interval,
    /// The mailboxes from then on.
    pub mailboxes: u32,
}

/// What is billed next, and where the subscription stands when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextBilling {
    /// The subscription.
    pub subscription: SubscriptionId,
    /// The plan that is billed.
    pub plan_version: Uuid,
    /// The interval that is billed.
    pub interval: Interval,
    /// At least so many mailboxes.
    pub mailboxes: u32,
    /// The days that are paid for.
    pub period: Period,
    /// The whole interval that they are a part of.
    pub whole: Period,
    /// From which the periods after it are computed.
    pub anchor: Date,
}

impl NextBilling {
    /// The invoice day on which it is billed: the last one that is not after its first day.
    pub fn invoice_on(&self, calendar: &MonthCalendar) -> Date {
        calendar.invoice_until(self.period.start)
    }
}

impl Subscription {
    /// What is billed next. Years run from the anchor; shorter periods meet the invoice day: what is left until then is
    /// billed as a part of the interval that ends there.
    pub fn next_billing(&self, calendar: &MonthCalendar) -> NextBilling {
        let change = self.pending.unwrap_or(PendingChange {
            plan_version: self.plan_version,
            interval: self.interval,
            mailboxes: self.mailboxes,
        });
        let start = self.next_on;
        let months = change.interval.months();
        let (period, whole, anchor) = if change.interval == Interval::Annual {
            let goes_on = self.interval == Interval::Annual;
            let anchor = if goes_on { self.anchor } else { start };
            let years = (i32::from(start.year()) - i32::from(anchor.year())).max(0);
            let period = nth_period(anchor, Interval::Annual, years);
            (period, period, anchor)
        } else {
            let aligned = calendar.invoice_until(start);
            if aligned == start {
                let end = shift_months(start, months, i8::try_from(calendar.invoice_day).unwrap_or(31));
                let period = Period { start, end };
                (period, period, self.anchor)
            } else {
                let end = calendar.invoice_after(start);
                let whole = Period { start: calendar.invoice_shifted(end, -months), end };
                (Period { start, end }, whole, self.anchor)
            }
        };
        NextBilling {
            subscription: self.id,
            plan_version: change.plan_version,
            interval: change.interval,
            mailboxes: change.mailboxes,
            period,
            whole,
            anchor,
        }
    }

    /// The days that are paid for and in which a date lies, as far as the intervals say: the term that runs.
    pub fn term_until_next(&self, calendar: &MonthCalendar) -> Period {
        let end = self.next_on;
        let start = match self.interval {
            Interval::Annual => shift_months(end, -12, self.anchor.day()),
            shorter => {
                let start = calendar.invoice_shifted(end, -shorter.months());
                if calendar.invoice_until(end) == end {
                    start
                } else {
                    shift_months(end, -shorter.months(), end.day())
                }
            }
        };
        Period { start: start.max(self.anchor), end }
    }

    /// What is paid for from a day on, each with its whole term: the rest of the term that runs, and the next one when it was
    /// billed ahead.
    pub fn paid_spans(&self, today: Date, calendar: &MonthCalendar) -> Vec<Span> {
        let whole = self.term_until_next(calendar);
        if today >= whole.start {
            return vec![Span { part: Period { start: today, end: whole.end }, whole }];
        }
        let end = whole.start;
        let start = shift_months(end, -self.interval.months(), self.anchor.day());
        let before = Period { start: start.max(self.anchor), end };
        vec![Span { part: Period { start: today, end }, whole: before }, Span { part: whole, whole }]
    }
}
