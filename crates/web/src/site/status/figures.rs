//! The figures of the status page: how each part does now, its last ninety days, and its months. Days and months are those of
//! the house's time zone, so that every reader sees the same figure.

use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
use mailkeep_outreach::StatusConfig;
use mailkeep_outreach::incidents::{Availability, ComponentState, Incident, availability, component_state};
use mailkeep_types::Timestamp;

/// Days in a bar.
pub const DAYS: i32 = 90;
/// Months in the table.
const MONTHS: i32 = 12;

/// What the figures are made of.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Since when the service is measured.
    pub since: Timestamp,
    /// The time.
    pub now: Timestamp,
    /// Whose days and months they are.
    pub zone: TimeZone,
    /// Incidents that may count.
    pub incidents: Vec<Incident>,
    /// Parts, and what counts as announced in time.
    pub config: StatusConfig,
}

/// How a part did on a day or in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The day, or the first of the month.
    pub date: Date,
    /// What became of it.
    pub time: Availability,
}

/// How a day stands in the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayTone {
    /// It was not measured yet.
    None,
    /// Nothing was down.
    Good,
    /// Nothing was down but for maintenance that was announced in time.
    Note,
    /// Down for less than an hour.
    Warn,
    /// Down for an hour or more.
    Bad,
}

impl DayTone {
    /// How a day went.
    pub fn of(time: Availability) -> Self {
        match time {
            Availability { measured_micros: 0, excluded_micros: 0, .. } => DayTone::None,
            Availability { down_micros: 0, excluded_micros: 0, .. } => DayTone::Good,
            Availability { down_micros: 0, .. } => DayTone::Note,
            Availability { down_micros, .. } if down_micros < 3_600_000_000 => DayTone::Warn,
            Availability { .. } => DayTone::Bad,
        }
    }

    /// Its word for styles.
    pub const fn word(self) -> &'static str {
        match self {
            DayTone::None => "none",
            DayTone::Good => "good",
            DayTone::Note => "note",
            DayTone::Warn => "warn",
            DayTone::Bad => "bad",
        }
    }
}

impl Figures {
    /// The first time that they look at.
    pub fn earliest(now: Timestamp) -> Timestamp {
        now.minus(Duration::from_secs(86_400 * 31 * u64::from(MONTHS.unsigned_abs() + 1)))
    }

    /// How a part does now.
    pub fn state(&self, component: &str) -> ComponentState {
        component_state(&self.incidents, component, self.now)
    }

    /// The worst of all parts.
    pub fn overall(&self) -> ComponentState {
        let states = self.config.components.iter().map(|component| self.state(component));
        states.max().unwrap_or(ComponentState::Up)
    }

    /// The last ninety days of a part, the newest last.
    pub fn days(&self, component: &str) -> Vec<Figure> {
        let today = self.today();
        let days = (0..DAYS).rev().filter_map(|back| today.checked_sub(back.days()).ok());
        days.filter_map(|date| Some(self.figure(component, date, date.tomorrow().ok()?))).collect()
    }

    /// All of those days together.
    pub fn in_days(&self, component: &str) -> Availability {
        let days = self.days(component).into_iter().map(|day| day.time);
        days.fold(Availability::default(), |sum, day| sum + day)
    }

    /// The first days of the months that are measured, the newest first.
    pub fn months(&self) -> Vec<Date> {
        let this = self.today().first_of_month();
        let first = self.since.to_jiff().to_zoned(self.zone.clone()).date().first_of_month();
        let months = (0..MONTHS).filter_map(|back| this.checked_sub(back.months()).ok());
        months.take_while(|month| *month >= first).collect()
    }

    /// A month of a part.
    pub fn month(&self, component: &str, first: Date) -> Figure {
        let next = first.checked_add(1.month()).unwrap_or(first);
        self.figure(component, first, next)
    }

    fn today(&self) -> Date {
        self.now.to_jiff().to_zoned(self.zone.clone()).date()
    }

    fn figure(&self, component: &str, from: Date, until: Date) -> Figure {
        let midnight = |date: Date| {
            let zoned: Option<Zoned> = date.to_zoned(self.zone.clone()).ok();
            zoned.map_or(self.now, |zoned| Timestamp::from_jiff(zoned.timestamp()))
        };
        let period = (midnight(from).max(self.since), midnight(until));
        let notice = self.config.notice();
        Figure { date: from, time: availability(&self.incidents, component, notice, period, self.now) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(now: &str) -> Figures {
        Figures {
            since: Timestamp::of_day("2026-02-10").unwrap(),
            now: now.parse::<jiff::Timestamp>().map(Timestamp::from_jiff).unwrap(),
            zone: TimeZone::get("Europe/Berlin").unwrap(),
            incidents: Vec::new(),
            config: StatusConfig::default(),
        }
    }

    #[test]
    fn nothing_is_said_of_the_time_before_the_service() {
        let figures = figures("2026-04-15T10:00:00Z");
        let days = figures.days("sending");
        assert_eq!(days.len(), 90);
        let measured = days.iter().filter(|day| DayTone::of(day.time) == DayTone::Good).count();
        assert_eq!(measured, 19 + 31 + 15, "the days since 10 February");
        let months: Vec<String> = figures.months().iter().map(ToString::to_string).collect();
        assert_eq!(months, ["2026-04-01", "2026-03-01", "2026-02-01"]);
    }

    #[test]
    fn days_are_those_of_the_house_also_when_the_clocks_change() {
        let figures = figures("2026-04-15T10:00:00Z");
        let hours = |date: &str| {
            let days = figures.days("sending");
            let day = days.iter().find(|day| day.date.to_string() == date).unwrap();
            day.time.measured_micros / 3_600_000_000
        };
        assert_eq!((hours("2026-03-28"), hours("2026-03-29")), (24, 23));
        assert_eq!(hours("2026-04-15"), 12, "until now");
        let march = figures.month("sending", "2026-03-01".parse().unwrap());
        assert_eq!(march.time.measured_micros / 3_600_000_000, 31 * 24 - 1);
    }
}
