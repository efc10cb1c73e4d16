//! Price changes: subscriptions come to a newer version of their plan after a notice.
//!
//! A subscription is told first, and pays the new price for the first period that begins after the notice has run: from
//! the day after it, or thirty days after it (BUSINESS-RULES 15). A period that is paid for already stays as it is.

pub mod announce;
pub mod apply;
pub mod list;
pub mod store;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use crate::periods::calendar::MonthCalendar;
use crate::subscriptions::Subscription;

/// How long before it holds a change is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeMode {
    /// It may hold from the day after the notice.
    DayAfter,
    /// It may hold thirty days after the notice.
    ThirtyDays,
}

impl NoticeMode {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            NoticeMode::DayAfter => "day_after",
            NoticeMode::ThirtyDays => "thirty_days",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        [NoticeMode::DayAfter, NoticeMode::ThirtyDays].into_iter().find(|mode| mode.word() == word)
    }

    /// The first day on which what was told on a day may hold.
    pub fn earliest(self, told_on: Date) -> Date {
        let days = match self {
            NoticeMode::DayAfter => 1,
            NoticeMode::ThirtyDays => 30,
        };
        told_on.checked_add(jiff::Span::new().days(days)).unwrap_or(told_on)
    }
}

/// A price change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceChange {
    /// Its identifier.
    pub id: Uuid,
    /// The plan.
    pub plan_key: String,
    /// The version that its subscriptions come to.
    pub plan_version: Uuid,
    /// How long before it holds they are told.
    pub mode: NoticeMode,
    /// Who ordered it.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}

/// The first day of a subscription that costs a price told on a day: the beginning of a period, never the middle.
pub fn effective_on(
    subscription: &Subscription,
    told_on: Date,
    mode: NoticeMode,
    calendar: &MonthCalendar,
) -> Date {
    let earliest = mode.earliest(told_on);
    let mut ahead = subscription.clone();
    // At most a handful: a notice is shorter than two months.
    while ahead.next_on < earliest {
        let next = ahead.next_billing(calendar);
        if next.period.end <= ahead.next_on {
            break;
        }
        (ahead.next_on, ahead.anchor, ahead.interval) = (next.period.end, next.anchor, next.interval);
    }
    ahead.next_on
}
