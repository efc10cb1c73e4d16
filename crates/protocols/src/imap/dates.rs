//! Dates of the protocol (RFC 3501 section 9 `date` and `date-time`) and of messages (RFC 5322 section 3.3).

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use mailkeep_types::Timestamp;

use super::cursor::{Bad, Cursor, Parsed};
use super::write::number;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn month(name: &[u8]) -> Option<i8> {
    let at = MONTHS.iter().position(|m| name.eq_ignore_ascii_case(m.as_bytes()))?;
    i8::try_from(at.saturating_add(1)).ok()
}

fn two(out: &mut Vec<u8>, value: i8) {
    if value < 10 {
        out.push(b'0');
    }
    number(out, u64::from(value.unsigned_abs()));
}

/// Appends an `INTERNALDATE` with its quotes, in UTC, e.g. `"01-Mar-2026 10:00:00 +0000"`.
pub fn write_internal_date(out: &mut Vec<u8>, at: Timestamp) {
    let moment = Offset::UTC.to_datetime(at.to_jiff());
    out.push(b'"');
    two(out, moment.day());
    out.push(b'-');
    let index = usize::from(moment.month().unsigned_abs()).saturating_sub(1);
    out.extend_from_slice(MONTHS.get(index).unwrap_or(&"Jan").as_bytes());
    out.push(b'-');
    // Four digits; years before the common era do not happen in mail.
    let year = u64::from(moment.year().max(0).unsigned_abs());
    out.extend_from_slice(
        b"000".get(..3usize.saturating_sub(year.checked_ilog10().unwrap_or(0) as usize)).unwrap_or(b""),
    );
    number(out, year);
    out.push(b' ');
    two(out, moment.hour());
    out.push(b':');
    two(out, moment.minute());
    out.push(b':');
    two(out, moment.second());
    out.extend_from_slice(b" +0000\"");
}

fn digits(cursor: &mut Cursor<'_>) -> Parsed<i64> {
    i64::try_from(cursor.number64()?).map_err(|_| bad_date())
}

fn bad_date() -> Bad {
    Bad::new("a date looks like 1-Mar-2026")
}

/// `date-text`: `1-Mar-2026`.
fn read_day(cursor: &mut Cursor<'_>) -> Parsed<Date> {
    let day = i8::try_from(digits(cursor)?).map_err(|_| bad_date())?;
    if !cursor.eat(b'-') {
        return Err(bad_date());
    }
    let month = month(cursor.take_while(|b| b.is_ascii_alphabetic())).ok_or_else(bad_date)?;
    if !cursor.eat(b'-') {
        return Err(bad_date());
    }
    let year = i16::try_from(digits(cursor)?).map_err(|_| bad_date())?;
    Date::new(year, month, day).map_err(|_| bad_date())
}

/// `date` of a search: with or without quotes.
pub(super) fn read_date(cursor: &mut Cursor<'_>) -> Parsed<Date> {
    if cursor.eat(b'"') {
        let date = read_day(cursor)?;
        return if cursor.eat(b'"') { Ok(date) } else { Err(bad_date()) };
    }
    read_day(cursor)
}

/// `date-time` of an `APPEND`: `" 1-Mar-2026 10:00:00 +0100"`.
pub(super) fn read_date_time(cursor: &mut Cursor<'_>) -> Parsed<Timestamp> {
    let bad = || Bad::new("a date and time looks like \"01-Mar-2026 10:00:00 +0100\"");
    if !cursor.eat(b'"') {
        return Err(bad());
    }
    cursor.eat(b' ');
    let day = read_day(cursor).map_err(|_| bad())?;
    let mut clock = [0i8; 3];
    for (nth, slot) in clock.iter_mut().enumerate() {
        if !cursor.eat(if nth == 0 { b' ' } else { b':' }) {
            return Err(bad());
        }
        *slot = i8::try_from(digits(cursor)?).map_err(|_| bad())?;
    }
    let [hour, minute, second] = clock;
    // A leap second is the second before it here.
    let moment = DateTime::new(day.year(), day.month(), day.day(), hour, minute, second.min(59), 0)
        .map_err(|_| bad())?;
    cursor.eat(b' ');
    let west = match (cursor.eat(b'+'), cursor.eat(b'-')) {
        (true, false) => false,
        (false, true) => true,
        _ => return Err(bad()),
    };
    let zone = i32::try_from(digits(cursor)?).map_err(|_| bad())?;
    if !cursor.eat(b'"') || second > 60 {
        return Err(bad());
    }
    let seconds = (zone / 100).saturating_mul(3600).saturating_add((zone % 100).saturating_mul(60));
    let offset =
        Offset::from_seconds(if west { seconds.saturating_neg() } else { seconds }).map_err(|_| bad())?;
    offset.to_timestamp(moment).map(Timestamp::from_jiff).map_err(|_| bad())
}

/// The day that a message's `Date` field names, whatever its time zone, as `SENTON` and its siblings compare it.
/// `None` when there is none to be read.
pub fn sent_day(date: &[u8]) -> Option<Date> {
    let text = match memchr::memchr(b',', date) {
        Some(comma) => date.get(comma.saturating_add(1)..)?,
        None => date,
    };
    let mut words = text.split(|b| b.is_ascii_whitespace() || *b == b'-').filter(|w| !w.is_empty());
    let day: i8 = std::str::from_utf8(words.next()?).ok()?.parse().ok()?;
    let month = month(words.next()?.get(..3)?)?;
    let year: i16 = std::str::from_utf8(words.next()?).ok()?.parse().ok()?;
    // Years of two and three digits (RFC 5322 section 4.3).
    let year = match year {
        0..=49 => year.saturating_add(2000),
        50..=999 => year.saturating_add(1900),
        _ => year,
    };
    Date::new(year, month, day).ok()
}

/// The day of an internal date, as `ON` and its siblings compare it: in UTC, as it is shown.
pub fn internal_day(at: Timestamp) -> Date {
    Offset::UTC.to_datetime(at.to_jiff()).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn shown(at: Timestamp) -> String {
        let mut out = Vec::new();
        write_internal_date(&mut out, at);
        String::from_utf8(out).unwrap()
    }

    fn read(text: &str) -> Parsed<Timestamp> {
        read_date_time(&mut Cursor::new(text.as_bytes()))
    }

    #[test]
    fn reads_and_shows_internal_dates() {
        assert_eq!(shown(read("\" 1-Mar-2026 10:00:09 +0130\"").unwrap()), "\"01-Mar-2026 08:30:09 +0000\"");
        assert_eq!(shown(read("\"17-Jul-1996 02:44:25 -0700\"").unwrap()), "\"17-Jul-1996 09:44:25 +0000\"");
        assert_eq!(shown(read("\"31-Dec-2016 23:59:60 +0000\"").unwrap()), "\"31-Dec-2016 23:59:59 +0000\"");
        for bad in [
            "",
            "\"",
            "\"1-Foo-2026 10:00:00 +0000\"",
            "\"30-Feb-2026 10:00:00 +0000\"",
            "\"1-Mar-2026 25:00:00 +0000\"",
            "\"1-Mar-2026 10:00:00 +9999\"",
            "\"1-Mar-99999 10:00:00 +0000\"",
            "\"1-Mar-2026 10:00:00\"",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn reads_days_of_messages() {
        assert_eq!(sent_day(b"Sun, 1 Mar 2026 23:59:00 -1100"), Some(date(2026, 3, 1)));
        assert_eq!(sent_day(b" 21 Nov 97 09:55:06 -0600"), Some(date(1997, 11, 21)));
        assert_eq!(sent_day(b"Thu, 01 January 04 00:00"), Some(date(2004, 1, 1)));
        for bad in [&b""[..], b"yesterday", b"Sun,", b"99 Mar 2026"] {
            assert_eq!(sent_day(bad), None);
        }
    }

    proptest! {
        #[test]
        fn internal_dates_read_back(seconds in 0i64..253_402_300_799) {
            let at = Timestamp::from_seconds(seconds);
            prop_assert_eq!(read(&shown(at)).unwrap(), at);
        }
    }
}
