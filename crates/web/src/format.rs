//! Amounts, dates and sizes as the reader is used to seeing them, in their language and time zone.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use mailkeep_types::{Habits, Money};
use minijinja::value::{Object, Value, from_args};
use minijinja::{Error, ErrorKind, State};

/// The template's `fmt`.
#[derive(Debug)]
pub struct Format {
    language: String,
    habits: &'static Habits,
    zone: TimeZone,
    now: mailkeep_types::Timestamp,
}

impl Format {
    /// For a reader's language and time zone; an unknown zone is read as UTC.
    pub fn new(language: &str, time_zone: &str, now: mailkeep_types::Timestamp) -> Self {
        let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
        Format { language: language.to_owned(), habits: Habits::of(language), zone, now }
    }

    fn zoned(&self, micros: i64) -> Option<jiff::Zoned> {
        Timestamp::from_microsecond(micros).ok().map(|instant| instant.to_zoned(self.zone.clone()))
    }

    /// `3 March 2026`
    pub fn date(&self, micros: i64) -> String {
        self.zoned(micros).map_or_else(|| "–".into(), |zoned| self.habits.date(zoned.date()))
    }

    /// `March 2026` for `2026-03`; in short, `Mar 26`.
    pub fn month(&self, month: &str, short: bool) -> String {
        let first = format!("{month}-01").parse::<jiff::civil::Date>();
        first.map_or_else(|_| month.to_owned(), |first| self.habits.month(first, short))
    }

    /// `3 Mar 2026, 14:05`
    pub fn time(&self, micros: i64) -> String {
        self.zoned(micros).map_or_else(
            || "–".into(),
            |zoned| {
                let day = self.habits.short_date(zoned.date());
                format!("{day} {}", zoned.strftime("%Y, %H:%M"))
            },
        )
    }

    /// `14:05`
    pub fn clock(&self, micros: i64) -> String {
        self.zoned(micros).map_or_else(|| "–".into(), |zoned| zoned.strftime("%H:%M").to_string())
    }

    /// `5 minutes ago`, and the date once it is more than a week away.
    pub fn ago(&self, micros: i64) -> String {
        let seconds = self.now.as_micros().saturating_sub(micros) / 1_000_000;
        if (0..=604_800).contains(&seconds) { self.habits.ago(seconds) } else { self.date(micros) }
    }

    /// `14:05` today, `3 Mar` this year, `3 Mar 2025` before: for lists of messages.
    pub fn brief(&self, micros: i64) -> String {
        let (Some(then), Some(now)) = (self.zoned(micros), self.zoned(self.now.as_micros())) else {
            return "–".into();
        };
        let day = self.habits.short_date(then.date());
        if then.date() == now.date() {
            then.strftime("%H:%M").to_string()
        } else if then.year() == now.year() {
            day
        } else {
            format!("{day} {}", then.year())
        }
    }

    /// `2026-03-03T14:05:00Z`, for the `datetime` attribute.
    pub fn machine(&self, micros: i64) -> String {
        Timestamp::from_microsecond(micros).map_or_else(|_| String::new(), |instant| instant.to_string())
    }
}

impl Object for Format {
    fn call_method(
        self: &Arc<Self>,
        _: &State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        let text = match method {
            "money" => {
                let (value,): (Value,) = from_args(args)?;
                self.habits.money(<Money as serde::Deserialize>::deserialize(value)?)
            }
            "currency_sign" => {
                let (code,): (&str,) = from_args(args)?;
                self.habits.currency_sign(code).unwrap_or(code).to_owned()
            }
            "date" => self.date(from_args::<(i64,)>(args)?.0),
            "time" => self.time(from_args::<(i64,)>(args)?.0),
            "clock" => self.clock(from_args::<(i64,)>(args)?.0),
            "brief" => self.brief(from_args::<(i64,)>(args)?.0),
            "ago" => self.ago(from_args::<(i64,)>(args)?.0),
            "machine" => self.machine(from_args::<(i64,)>(args)?.0),
            "month" => self.month(from_args::<(&str,)>(args)?.0, false),
            "month_short" => self.month(from_args::<(&str,)>(args)?.0, true),
            "percent" => self.habits.percent(from_args::<(i64,)>(args)?.0),
            "bytes" => self.habits.bytes(from_args::<(i64,)>(args)?.0),
            "number" => self.habits.number(from_args::<(i64,)>(args)?.0),
            "language" => self.language.clone(),
            other => {
                return Err(Error::new(ErrorKind::UnknownMethod, format!("fmt has no method {other}")));
            }
        };
        Ok(Value::from(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded::MESSAGES;

    #[test]
    fn every_language_of_the_build_has_habits() {
        for (language, _, _) in MESSAGES {
            assert_eq!(Habits::of(language).language(), *language, "{language} has texts and no habits");
        }
    }

    #[test]
    fn dates_are_those_of_the_readers_zone() {
        let micros = 1_772_323_200_000_000; // 2026-03-01 00:00 UTC
        let now = mailkeep_types::Timestamp::from_micros(micros + 7_200_000_000);
        let new_york = Format::new("en", "America/New_York", now);
        assert_eq!(new_york.time(micros), "28 Feb 2026, 19:00");
        assert_eq!(new_york.ago(micros), "2 hours ago");
        assert_eq!(Format::new("en", "No/Where", now).date(micros), "1 March 2026");
        assert_eq!(new_york.brief(micros), "19:00");
        assert_eq!(new_york.brief(micros - 86_400_000_000), "27 Feb");
        assert_eq!(new_york.brief(micros - 86_400_000_000 * 70), "20 Dec 2025");
        let berlin = Format::new("de", "Europe/Berlin", now);
        assert_eq!(berlin.time(micros), "1. März 2026, 01:00");
        assert_eq!(berlin.brief(micros - 86_400_000_000 * 70), "21. Dez. 2025");
        let madrid = Format::new("es", "Europe/Madrid", now);
        assert_eq!(madrid.time(micros), "1 mar 2026, 01:00");
        assert_eq!(madrid.ago(micros - 86_400_000_000 * 70), "21 de diciembre de 2025");
    }
}
