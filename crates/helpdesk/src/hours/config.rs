//! The hours as the operator writes them.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DayHours, Hours};

/// When support is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HoursConfig {
    /// The zone of all times, e.g. `America/New_York`.
    pub time_zone: String,
    /// The hours of each day: `monday = "8:00-18:00"`, several with commas, `0:00-24:00` for the whole day. A day that is left
    /// out is closed.
    pub week: BTreeMap<String, String>,
    /// Whether support is there on holidays, too.
    pub open_on_holidays: bool,
    /// The holidays.
    #[serde(rename = "holiday")]
    pub holidays: Vec<HolidayConfig>,
    /// Where emergencies are taken outside the hours: a telephone number or an address, shown on the page of support.
    pub emergencies: Option<String>,
}

/// A holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayConfig {
    /// The day, e.g. `2026-12-25`.
    pub date: String,
    /// What people call it.
    pub name: String,
}

impl Default for HoursConfig {
    /// Five days a week, holidays included, 8 to 18 (BUSINESS-RULES 32; which five days is ours).
    fn default() -> Self {
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
        HoursConfig {
            time_zone: "America/New_York".to_owned(),
            week: days.map(|day| (day.to_owned(), "8:00-18:00".to_owned())).into(),
            open_on_holidays: true,
            holidays: Vec::new(),
            emergencies: None,
        }
    }
}

/// A mistake in the hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {message}")]
pub struct HoursProblem {
    /// The key within the section.
    pub key: String,
    /// What to write instead.
    pub message: &'static str,
}

fn weekday(word: &str) -> Option<Weekday> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    Some(match word {
        "monday" => Monday,
        "tuesday" => Tuesday,
        "wednesday" => Wednesday,
        "thursday" => Thursday,
        "friday" => Friday,
        "saturday" => Saturday,
        "sunday" => Sunday,
        _ => return None,
    })
}

/// Reads `8:00`; `24:00` is the end of the day.
fn time(text: &str) -> Option<Option<Time>> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number =
        |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i8>().ok()).flatten();
    match (number(hour)?, number(minute).filter(|_| minute.len() == 2)?) {
        (24, 0) => Some(None),
        (hour, minute) => Time::new(hour, minute, 0, 0).ok().map(Some),
    }
}

fn day(text: &str) -> Option<DayHours> {
    let mut spans: DayHours = Vec::new();
    for span in text.split(',') {
        let (from, until) = span.split_once('-')?;
        let (from, until) = (time(from)??, time(until)?);
        let after_last = spans.last().is_none_or(|(_, last)| last.is_some_and(|last| last <= from));
        if !after_last || until.is_some_and(|until| until <= from) {
            return None;
        }
        spans.push((from, until));
    }
    Some(spans)
}

impl HoursConfig {
    /// The hours; every mistake when there are any.
    ///
    /// # Errors
    /// With each key that cannot be read, and what to write instead.
    pub fn read(&self) -> Result<Hours, Vec<HoursProblem>> {
        let mut problems = Vec::new();
        let mut wrong = |key: String, message| problems.push(HoursProblem { key, message });
        let zone = TimeZone::get(&self.time_zone);
        if zone.is_err() {
            wrong(
                "time_zone".to_owned(),
                "not a time zone of the IANA database; write one such as \"America/New_York\"",
            );
        }
        let mut week: [DayHours; 7] = std::array::from_fn(|_| Vec::new());
        for (name, text) in &self.week {
            let place = weekday(name).map(|day| day.to_monday_zero_offset());
            match (place.and_then(|place| week.get_mut(usize::try_from(place).ok()?)), day(text)) {
                (Some(hours), Some(spans)) => *hours = spans,
                (None, _) => {
                    wrong(format!("week.{name}"), "write a day of the week in small letters, such as monday")
                }
                (_, None) => {
                    wrong(format!("week.{name}"), "write hours in order, such as \"8:00-12:00, 13:00-18:00\"")
                }
            }
        }
        if week.iter().all(Vec::is_empty) {
            wrong("week".to_owned(), "write the hours of at least one day");
        }
        let mut closed = Vec::new();
        for holiday in &self.holidays {
            match holiday.date.parse::<Date>() {
                Ok(date) => closed.push(date),
                Err(_) => wrong(format!("holiday.{}", holiday.date), "write a date such as 2026-12-25"),
            }
        }
        closed.sort_unstable();
        closed.dedup();
        if self.open_on_holidays {
            closed.clear();
        }
        match zone {
            Ok(zone) if problems.is_empty() => Ok(Hours { zone, week, closed }),
            _ => Err(problems),
        }
    }
}
