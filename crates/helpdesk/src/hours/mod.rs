//! When support is there (BUSINESS-RULES 32): days of the week with times, in one zone, with or without holidays.

mod config;
#[cfg(test)]
mod tests;

use std::time::Duration;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp as Instant, Zoned};
use mailkeep_types::Timestamp;

pub use config::{HolidayConfig, HoursConfig, HoursProblem};

/// How many days are looked through for open time; what is closed for longer never opens.
const HORIZON: i32 = 3660;

/// The hours of one day: half-open spans of local time that do not overlap, in order. The last may end at midnight, which
/// is written as `None`.
type DayHours = Vec<(Time, Option<Time>)>;

/// When support is there.
#[derive(Debug, Clone)]
pub struct Hours {
    zone: TimeZone,
    /// Monday first.
    week: [DayHours; 7],
    /// Days on which nobody is there, in order.
    closed: Vec<Date>,
}

impl Hours {
    /// At any time: for emergencies.
    pub fn always() -> Self {
        Hours {
            zone: TimeZone::UTC,
            week: std::array::from_fn(|_| vec![(Time::midnight(), None)]),
            closed: Vec::new(),
        }
    }

    /// The zone that the times are in.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The hours of a day, in order; none when nobody is there.
    pub fn of_day(&self, date: Date) -> &[(Time, Option<Time>)] {
        if self.closed.binary_search(&date).is_ok() {
            return &[];
        }
        let day = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        self.week.get(day).map_or(&[], Vec::as_slice)
    }

    /// The hours of a weekday when it is no holiday.
    pub fn of_weekday(&self, day: Weekday) -> &[(Time, Option<Time>)] {
        let day = usize::try_from(day.to_monday_zero_offset()).unwrap_or(0);
        self.week.get(day).map_or(&[], Vec::as_slice)
    }

    /// The holidays on which nobody is there, in order.
    pub fn closed_days(&self) -> &[Date] {
        &self.closed
    }

    /// Whether somebody is there.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let at = at.to_jiff();
        self.spans(self.date_of(at)).any(|(from, until)| from <= at && at < until)
    }

    /// When support opens next; now, when somebody is there. `None` when it never does.
    pub fn next_open(&self, at: Timestamp) -> Option<Timestamp> {
        let now = at.to_jiff();
        self.days(now).find_map(|date| {
            self.spans(date)
                .find(|(_, until)| *until > now)
                .map(|(from, _)| Timestamp::from_jiff(from.max(now)))
        })
    }

    /// When support closes next, as long as it is there now.
    pub fn closes_at(&self, at: Timestamp) -> Option<Timestamp> {
        let now = at.to_jiff();
        let mut end = None;
        for (from, until) in self.days(now).take(8).flat_map(|date| self.spans(date).collect::<Vec<_>>()) {
            match end {
                None if from <= now && now < until => end = Some(until),
                Some(reached) if from == reached => end = Some(until),
                Some(_) => break,
                None => {}
            }
        }
        end.map(Timestamp::from_jiff)
    }

    /// How much open time lies between two instants; nothing when they are the wrong way round.
    pub fn open_time(&self, from: Timestamp, until: Timestamp) -> Duration {
        let (from, until) = (from.to_jiff(), until.to_jiff());
        let mut open = Duration::ZERO;
        for date in self.days(from).take_while(|date| self.start_of(*date) < until) {
            for (opens, closes) in self.spans(date) {
                open += between(opens.max(from), closes.min(until));
            }
        }
        open
    }

    /// The first instant at which so much open time has passed; `None` when there never is so much.
    pub fn due(&self, from: Timestamp, span: Duration) -> Option<Timestamp> {
        if span == Duration::ZERO {
            return Some(from);
        }
        let start = from.to_jiff();
        let mut left = span;
        for date in self.days(start) {
            for (opens, closes) in self.spans(date) {
                let opens = opens.max(start);
                let here = between(opens, closes);
                if left <= here {
                    return Some(Timestamp::from_jiff(opens).plus(left));
                }
                left -= here;
            }
        }
        None
    }

    fn date_of(&self, at: Instant) -> Date {
        Zoned::new(at, self.zone.clone()).date()
    }

    /// The days from the one of an instant on.
    fn days(&self, from: Instant) -> impl Iterator<Item = Date> {
        let first = self.date_of(from);
        (0..HORIZON).map_while(move |days| first.checked_add(jiff::Span::new().days(days)).ok())
    }

    fn start_of(&self, date: Date) -> Instant {
        self.instant(date, Time::midnight())
    }

    /// Where a local time falls. One that is skipped when clocks are put forward is the moment of the change; of one that comes
    /// twice the first is meant.
    fn instant(&self, date: Date, time: Time) -> Instant {
        let local = self.zone.to_ambiguous_timestamp(date.to_datetime(time));
        local.compatible().unwrap_or(Instant::MAX)
    }

    /// The open spans of a day as instants.
    fn spans(&self, date: Date) -> impl Iterator<Item = (Instant, Instant)> {
        self.of_day(date).iter().map(move |(from, until)| {
            let end = match until {
                Some(until) => self.instant(date, *until),
                None => self.start_of(date.tomorrow().unwrap_or(date)),
            };
            (self.instant(date, *from), end)
        })
    }
}

fn between(from: Instant, until: Instant) -> Duration {
    Duration::try_from(until.duration_since(from)).unwrap_or(Duration::ZERO)
}
