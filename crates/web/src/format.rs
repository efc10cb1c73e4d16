//! Amounts, dates and sizes as the reader is used to seeing them.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use mailkeep_types::{Currency, Money};
use minijinja::value::{Object, Value, from_args};
use minijinja::{Error, ErrorKind, State};

/// The template's `fmt`.
#[derive(Debug)]
pub struct Format {
    language: String,
    zone: TimeZone,
    now: mailkeep_types::Timestamp,
}

impl Format {
    /// For a reader's language and time zone; an unknown zone is read as UTC.
    pub fn new(language: &str, time_zone: &str, now: mailkeep_types::Timestamp) -> Self {
        let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
        Format { language: language.to_owned(), zone, now }
    }

    fn zoned(&self, micros: i64) -> Option<jiff::Zoned> {
        Timestamp::from_microsecond(micros).ok().map(|instant| instant.to_zoned(self.zone.clone()))
    }

    /// `3 March 2026`
    pub fn date(&self, micros: i64) -> String {
        self.zoned(micros).map_or_else(|| "–".into(), |zoned| zoned.strftime("%-d %B %Y").to_string())
    }

    /// `3 March 2026, 14:05`
    pub fn time(&self, micros: i64) -> String {
        self.zoned(micros).map_or_else(|| "–".into(), |zoned| zoned.strftime("%-d %b %Y, %H:%M").to_string())
    }

    /// `5 minutes ago`, and the date once it is more than a week away.
    pub fn ago(&self, micros: i64) -> String {
        let seconds = self.now.as_micros().saturating_sub(micros) / 1_000_000;
        let some = |count: i64, one: &str, many: &str| {
            if count == 1 { format!("1 {one} ago") } else { format!("{count} {many} ago") }
        };
        match seconds {
            0..=59 => "just now".to_owned(),
            60..=3_599 => some(seconds / 60, "minute", "minutes"),
            3_600..=86_399 => some(seconds / 3_600, "hour", "hours"),
            86_400..=604_800 => some(seconds / 86_400, "day", "days"),
            _ => self.date(micros),
        }
    }

    /// `14:05` today, `3 Mar` this year, `3 Mar 2025` before: for lists of messages.
    pub fn brief(&self, micros: i64) -> String {
        let (Some(then), Some(now)) = (self.zoned(micros), self.zoned(self.now.as_micros())) else {
            return "–".into();
        };
        let form = if then.date() == now.date() {
            "%H:%M"
        } else if then.year() == now.year() {
            "%-d %b"
        } else {
            "%-d %b %Y"
        };
        then.strftime(form).to_string()
    }

    /// `2026-03-03T14:05:00Z`, for the `datetime` attribute.
    pub fn machine(&self, micros: i64) -> String {
        Timestamp::from_microsecond(micros).map_or_else(|_| String::new(), |instant| instant.to_string())
    }
}

/// `$1,250.00`; a currency without a sign of its own is shown by its code.
pub fn money(amount: Money) -> String {
    let digits = amount.currency.minor_digits();
    let unit = 10u64.pow(digits);
    let minor = amount.minor.unsigned_abs();
    let mut number = grouped(minor / unit);
    if digits > 0 {
        number.push_str(&format!(".{:0width$}", minor % unit, width = digits as usize));
    }
    let sign = if amount.minor < 0 { "−" } else { "" };
    match amount.currency.code() {
        "USD" => format!("{sign}${number}"),
        "EUR" => format!("{sign}€{number}"),
        "GBP" => format!("{sign}£{number}"),
        code => format!("{sign}{number}\u{a0}{code}"),
    }
}

/// `1,234,567`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1.4 GB`, in powers of 1024 as mail programs count.
pub fn bytes(count: i64) -> String {
    let units = ["bytes", "KB", "MB", "GB", "TB"];
    #[expect(clippy::cast_precision_loss, reason = "shown with one digit after the point")]
    let mut size = count.max(0) as f64;
    let mut unit = 0;
    while size >= 1024.0 && unit + 1 < units.len() {
        size /= 1024.0;
        unit += 1;
    }
    let name = units.get(unit).copied().unwrap_or("bytes");
    if unit == 0 || size >= 100.0 || (size.fract() < 0.05) {
        format!("{size:.0}\u{a0}{name}")
    } else {
        format!("{size:.1}\u{a0}{name}")
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
                money(<Money as serde::Deserialize>::deserialize(value)?)
            }
            "currency_sign" => {
                let (code,): (&str,) = from_args(args)?;
                let currency: Currency = code.parse().unwrap_or(Currency::USD);
                money(Money::zero(currency))
                    .chars()
                    .filter(|sign| !sign.is_ascii_digit() && *sign != '.')
                    .collect()
            }
            "date" => self.date(from_args::<(i64,)>(args)?.0),
            "time" => self.time(from_args::<(i64,)>(args)?.0),
            "brief" => self.brief(from_args::<(i64,)>(args)?.0),
            "ago" => self.ago(from_args::<(i64,)>(args)?.0),
            "machine" => self.machine(from_args::<(i64,)>(args)?.0),
            "bytes" => bytes(from_args::<(i64,)>(args)?.0),
            "number" => {
                let number = from_args::<(i64,)>(args)?.0;
                let sign = if number < 0 { "−" } else { "" };
                format!("{sign}{}", grouped(number.unsigned_abs()))
            }
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

    #[test]
    fn money_has_sign_groups_and_the_digits_of_its_currency() {
        assert_eq!(money(Money::new(125_000, Currency::USD)), "$1,250.00");
        assert_eq!(money(Money::new(-5, Currency::EUR)), "−€0.05");
        assert_eq!(money(Money::new(1_234_567, "JPY".parse().unwrap())), "1,234,567\u{a0}JPY");
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(bytes(0), "0\u{a0}bytes");
        assert_eq!(bytes(1536), "1.5\u{a0}KB");
        assert_eq!(bytes(25 << 30), "25\u{a0}GB");
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
    }
}
