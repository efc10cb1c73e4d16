//! Until when a case is answered. Days are those of the house's zone, and a term ends with its last day. It counts from the
//! day on which the letter came, whoever reads it when.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Span, ToSpan as _, Zoned};
use mailkeep_types::{Timestamp, words};

/// Within this time whoever asks hears that it came: sooner than any of the laws wants it.
pub const ACKNOWLEDGE_WITHIN: Duration = Duration::from_secs(3 * 86_400);

words! {
    /// Under which law a case is answered.
    Jurisdiction {
        /// Where no law names a term: 30 days, once 30 more.
        Usual = "usual",
        /// The European Economic Area and the United Kingdom (GDPR article 12): a month, once two more.
        Gdpr = "gdpr",
        /// California (CCPA): 45 days, once 45 more.
        Ccpa = "ccpa",
        /// Brazil (LGPD article 19): 15 days.
        Lgpd = "lgpd",
    }
}

impl Jurisdiction {
    fn terms(self) -> (Span, Option<Span>) {
        match self {
            Jurisdiction::Usual => (30.days(), Some(60.days())),
            Jurisdiction::Gdpr => (1.month(), Some(3.months())),
            Jurisdiction::Ccpa => (45.days(), Some(90.days())),
            Jurisdiction::Lgpd => (15.days(), None),
        }
    }

    /// Until when something that came at `received` is to be answered.
    pub fn answer_by(self, received: Timestamp, zone: &TimeZone) -> Timestamp {
        end_of_day_after(received, self.terms().0, zone)
    }

    /// Until when it can be put off, once; `None` where the law knows no more time.
    pub fn extended_to(self, received: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        Some(end_of_day_after(received, self.terms().1?, zone))
    }
}

fn end_of_day_after(from: Timestamp, span: Span, zone: &TimeZone) -> Timestamp {
    let day = Zoned::new(from.to_jiff(), zone.clone()).date();
    let last = day.checked_add(span).and_then(|day| day.tomorrow());
    let end = last.and_then(|day| day.to_zoned(zone.clone()));
    // Only at the end of the calendar's years does a day have no next.
    end.map_or(from, |end| Timestamp::from_jiff(end.timestamp()))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use mailkeep_types::Timestamp;

    use super::Jurisdiction::{self, Ccpa, Gdpr, Lgpd, Usual};

    fn at(text: &str) -> Timestamp {
        Timestamp::from_jiff(text.parse().unwrap())
    }

    #[test]
    fn terms_end_with_the_last_day_in_the_zone_of_the_house() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let chicago = TimeZone::get("America/Chicago").unwrap();
        // Received; the end of the term, and of the longer one: midnight behind the last day.
        #[rustfmt::skip]
        let table: [(Jurisdiction, &TimeZone, &str, &str, Option<&str>); 12] = [
            (Usual, &TimeZone::UTC, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", Some("2026-05-01T00:00:00Z")),
            (Usual, &TimeZone::UTC, "2026-03-01T23:59:59Z", "2026-04-01T00:00:00Z", Some("2026-05-01T00:00:00Z")),
            // A month is a month of the calendar, and ends with its last day where the day is missing.
            (Gdpr, &TimeZone::UTC, "2026-01-31T10:00:00Z", "2026-03-01T00:00:00Z", Some("2026-05-01T00:00:00Z")),
            (Gdpr, &TimeZone::UTC, "2028-01-31T10:00:00Z", "2028-03-01T00:00:00Z", Some("2028-05-01T00:00:00Z")),
            (Gdpr, &TimeZone::UTC, "2026-11-30T10:00:00Z", "2026-12-31T00:00:00Z", Some("2027-03-01T00:00:00Z")),
            (Gdpr, &TimeZone::UTC, "2026-06-15T10:00:00Z", "2026-07-16T00:00:00Z", Some("2026-09-16T00:00:00Z")),
            // The day is that of the zone, over the change of clocks.
            (Gdpr, &berlin, "2026-03-14T23:30:00Z", "2026-04-15T22:00:00Z", Some("2026-06-15T22:00:00Z")),
            (Gdpr, &berlin, "2026-10-10T10:00:00Z", "2026-11-10T23:00:00Z", Some("2027-01-10T23:00:00Z")),
            (Ccpa, &chicago, "2026-03-01T03:00:00Z", "2026-04-15T05:00:00Z", Some("2026-05-30T05:00:00Z")),
            (Ccpa, &TimeZone::UTC, "2026-12-01T00:00:00Z", "2027-01-16T00:00:00Z", Some("2027-03-02T00:00:00Z")),
            (Lgpd, &TimeZone::UTC, "2026-02-20T12:00:00Z", "2026-03-08T00:00:00Z", None),
            (Lgpd, &TimeZone::UTC, "2028-02-20T12:00:00Z", "2028-03-07T00:00:00Z", None),
        ];
        for (law, zone, received, answer, extended) in table {
            assert_eq!(law.answer_by(at(received), zone), at(answer), "{law:?} {received}");
            assert_eq!(law.extended_to(at(received), zone), extended.map(at), "{law:?} {received}");
        }
    }
}
