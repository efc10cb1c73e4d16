//! What happens to an invoice that is not paid: reminders, blocks, and the days on which a card is tried again.
//!
//! Everything here is a pure function of dates. Days are local dates of the customer.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::periods::days_between;

/// The overdue calendar in days relative to the due date; the numbers are the installation's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OverdueCalendar {
    /// Days of a reminder; negative ones lie before the due date.
    pub reminder_days: Vec<i64>,
    /// From this day on sending stops and the console is limited.
    pub block_day: i64,
    /// From this day on the service is terminated.
    pub terminate_day: i64,
    /// Days for which the data is kept after that.
    pub keep_data_days: i64,
}

impl Default for OverdueCalendar {
    fn default() -> Self {
        OverdueCalendar {
            reminder_days: vec![-3, 0, 3, 7, 10],
            block_day: 14,
            terminate_day: 45,
            keep_data_days: 30,
        }
    }
}

/// What an unpaid invoice does to the service on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverdueStage {
    /// Nothing yet.
    None,
    /// No sending, limited console; mail is received and can be read.
    Blocked,
    /// The service has ended; its data is kept.
    Terminated,
    /// The data may be deleted.
    DataExpired,
}

impl OverdueCalendar {
    /// The stage of an invoice due on `due` that is unpaid on `today`.
    pub fn stage(&self, due: Date, today: Date) -> OverdueStage {
        let days = days_between(due, today);
        if days >= self.terminate_day + self.keep_data_days {
            OverdueStage::DataExpired
        } else if days >= self.terminate_day {
            OverdueStage::Terminated
        } else if days >= self.block_day {
            OverdueStage::Blocked
        } else {
            OverdueStage::None
        }
    }

    /// The step of the newest reminder that is due on `today`, if any: a run that was missed sends one reminder, not
    /// all those it missed.
    pub fn reminder(&self, due: Date, today: Date) -> Option<i64> {
        let days = days_between(due, today);
        self.reminder_days.iter().copied().filter(|step| *step <= days).max()
    }
}

/// When a soft decline is tried again: days after the first attempt of the round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RetryCalendar {
    /// Days to wait before each attempt, counted from the attempt before.
    pub wait_days: Vec<i64>,
    /// No more attempts than this within [`RetryCalendar::window_days`].
    pub most_attempts: usize,
    /// The window in days.
    pub window_days: i64,
}

impl Default for RetryCalendar {
    fn default() -> Self {
        RetryCalendar { wait_days: vec![0, 3, 5, 7, 7], most_attempts: 8, window_days: 14 }
    }
}

/// How the last attempt ended, as far as the calendar cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastDecline {
    /// The bank may say yes on another day.
    Soft,
    /// This card will never work.
    Hard,
}

/// What to do next about an unpaid invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextAttempt {
    /// Try on this day or later.
    On(Date),
    /// Ask the customer for another card.
    AskForNewCard,
}

impl RetryCalendar {
    /// The next step after the attempts of one card on the given days (oldest first), the last of which ended with
    /// `last`. Without an attempt: at once, on `today`. A new card begins a new, empty list and so retries at once.
    pub fn next(&self, attempts: &[Date], last: LastDecline, today: Date) -> NextAttempt {
        let Some(newest) = attempts.last().copied() else {
            return NextAttempt::On(today);
        };
        let Some(wait) = self.wait_days.get(attempts.len()).copied() else {
            return NextAttempt::AskForNewCard;
        };
        if last == LastDecline::Hard {
            return NextAttempt::AskForNewCard;
        }
        let mut day = add_days(newest, wait);
        // The card networks' bound: at most so many attempts in any window. Wait until the oldest one leaves it.
        if let Some(oldest) = attempts.len().checked_sub(self.most_attempts).and_then(|at| attempts.get(at)) {
            day = day.max(add_days(*oldest, self.window_days));
        }
        NextAttempt::On(day)
    }
}

fn add_days(date: Date, days: i64) -> Date {
    date.checked_add(jiff::SignedDuration::from_hours(days.saturating_mul(24))).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> Date {
        add_days("2026-03-01".parse().unwrap(), n)
    }

    #[test]
    fn the_overdue_calendar_of_the_default_policy() {
        let calendar = OverdueCalendar::default();
        let reminders: Vec<i64> =
            (-5..20).filter(|n| calendar.reminder(day(0), day(*n)) == Some(*n)).collect();
        assert_eq!(reminders, [-3, 0, 3, 7, 10]);
        assert_eq!(calendar.reminder(day(0), day(-4)), None);
        assert_eq!(calendar.reminder(day(0), day(5)), Some(3), "a missed run catches up with the newest one");
        assert_eq!(calendar.stage(day(0), day(13)), OverdueStage::None);
        assert_eq!(calendar.stage(day(0), day(14)), OverdueStage::Blocked);
        assert_eq!(calendar.stage(day(0), day(44)), OverdueStage::Blocked);
        assert_eq!(calendar.stage(day(0), day(45)), OverdueStage::Terminated);
        assert_eq!(calendar.stage(day(0), day(75)), OverdueStage::DataExpired);
    }

    #[test]
    fn soft_declines_are_tried_on_the_calendar() {
        let calendar = RetryCalendar::default();
        let mut attempts = Vec::new();
        let mut days = Vec::new();
        while let NextAttempt::On(date) = calendar.next(&attempts, LastDecline::Soft, day(0)) {
            days.push(days_between(day(0), date));
            attempts.push(date);
        }
        assert_eq!(days, [0, 3, 8, 15, 22], "waits of 0, 3, 5, 7 and 7 days");
    }

    #[test]
    fn a_hard_decline_asks_for_another_card_and_a_new_card_is_tried_at_once() {
        let calendar = RetryCalendar::default();
        assert_eq!(calendar.next(&[day(0)], LastDecline::Hard, day(1)), NextAttempt::AskForNewCard);
        assert_eq!(calendar.next(&[], LastDecline::Hard, day(1)), NextAttempt::On(day(1)));
    }

    #[test]
    fn never_more_attempts_in_a_window_than_allowed() {
        let calendar = RetryCalendar { wait_days: vec![0; 40], ..RetryCalendar::default() };
        let mut attempts: Vec<Date> = Vec::new();
        while let NextAttempt::On(date) = calendar.next(&attempts, LastDecline::Soft, day(0)) {
            attempts.push(date);
        }
        assert_eq!(attempts.len(), 40);
        for first in &attempts {
            let in_window = attempts.iter().filter(|d| (0..14).contains(&days_between(*first, **d))).count();
            assert!(in_window <= 8, "{in_window} attempts in the 14 days from {first}");
        }
    }
}
