//! How a class of service counts what its mailboxes send: said where it is sold, kept where mail is sent.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Timestamp;

const HOUR: i64 = 3600;

/// A time of day and what may be sent from then on until the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Local time, as `08:00`.
    pub from: String,
    /// Most recipients until the next part begins.
    pub most: u32,
}

/// The time over which recipients are counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Window {
    /// The last 24 hours at any moment.
    #[default]
    Rolling,
    /// The calendar day in a time zone.
    Day {
        /// Its name, as `America/New_York`.
        zone: String,
    },
    /// Parts of the day in a time zone, each with a limit of its own.
    Parts {
        /// Its name.
        zone: String,
        /// The parts; the last one of a day lasts until the first of the next.
        parts: Vec<Part>,
    },
}

/// What a list of our own counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListCount {
    /// One recipient.
    #[default]
    One,
    /// Its members.
    Members,
}

/// What happens over a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OverLimit {
    /// The mail program is asked to come again.
    Wait,
    /// The whole message is refused.
    Refuse,
    /// The first recipients are served as far as the limit goes, and the sender is told of the others.
    ServeFirst,
}

/// How a class of service counts what is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SendingRules {
    /// Over what time `recipients_per_day` counts.
    pub window: Window,
    /// Most recipients in an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients_per_hour: Option<u32>,
    /// Most recipients in 24 hours that were never written to before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_time_per_day: Option<u32>,
    /// What a list counts as.
    pub lists: ListCount,
    /// What happens to a message with too many recipients.
    pub over_message: OverLimit,
    /// What happens over the other limits.
    pub over: OverLimit,
}

impl Default for SendingRules {
    fn default() -> Self {
        SendingRules {
            window: Window::default(),
            recipients_per_hour: None,
            first_time_per_day: None,
            lists: ListCount::One,
            over_message: OverLimit::Refuse,
            over: OverLimit::Wait,
        }
    }
}

impl SendingRules {
    /// Every mistake: the key, and what to write instead.
    pub fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut problems = Vec::new();
        if self.over_message == OverLimit::Wait {
            problems.push((
                "sending.over_message",
                "must be refuse or serve_first: waiting makes a message no shorter",
            ));
        }
        let (Window::Day { zone } | Window::Parts { zone, .. }) = &self.window else { return problems };
        if TimeZone::get(zone).is_err() {
            problems.push(("sending.window.zone", "must be the name of a time zone, such as Europe/Berlin"));
        }
        if let Window::Parts { parts, .. } = &self.window {
            let times: Option<Vec<Time>> = parts.iter().map(|part| part.from.parse().ok()).collect();
            if times.is_none_or(|times| times.is_empty() || !times.is_sorted_by(|one, next| one < next)) {
                problems.push((
                    "sending.window.parts",
                    "must have times of day such as 08:00, in order and each once",
                ));
            }
        }
        problems
    }
}

impl Window {
    /// From when recipients are counted at `now`, and how many there may be: `most` unless a part of the day says less or
    /// more. A zone or part that cannot be read counts the last 24 hours.
    pub fn at(&self, now: Timestamp, most: u64) -> (Timestamp, u64) {
        let rolling = (Timestamp::from_seconds(now.as_seconds() - 24 * HOUR), most);
        let (zone, parts): (&str, &[Part]) = match self {
            Window::Rolling => return rolling,
            Window::Day { zone } => (zone, &[]),
            Window::Parts { zone, parts } => (zone, parts),
        };
        let Ok(zone) = TimeZone::get(zone) else { return rolling };
        let local = now.to_jiff().to_zoned(zone.clone());
        let instant = |date: jiff::civil::Date, time: Time| {
            date.to_datetime(time)
                .to_zoned(zone.clone())
                .ok()
                .map(|zoned| Timestamp::from_jiff(zoned.timestamp()))
        };
        if parts.is_empty() {
            return instant(local.date(), Time::midnight()).map_or(rolling, |start| (start, most));
        }
        let begun = |part: &&Part| part.from.parse::<Time>().is_ok_and(|from| from <= local.time());
        let (date, part) = match parts.iter().rev().find(begun) {
            Some(part) => (local.date(), Some(part)),
            // Before the first part of today that of last evening still lasts.
            None => (local.date().yesterday().unwrap_or(local.date()), parts.last()),
        };
        let start =
            part.and_then(|part| Some((instant(date, part.from.parse().ok()?)?, u64::from(part.most))));
        start.unwrap_or(rolling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::from_jiff(text.parse().unwrap())
    }

    #[test]
    fn a_window_begins_where_it_is_said_to() {
        let now = at("2026-03-08T15:30:00Z");
        assert_eq!(Window::Rolling.at(now, 9), (at("2026-03-07T15:30:00Z"), 9));
        // Clocks went forward in New York that morning: its day began at 05:00 UTC.
        let day = Window::Day { zone: "America/New_York".to_owned() };
        assert_eq!(day.at(now, 9), (at("2026-03-08T05:00:00Z"), 9));
        let part = |from: &str, most| Part { from: from.to_owned(), most };
        let parts = Window::Parts {
            zone: "Europe/Berlin".to_owned(),
            parts: vec![part("08:00", 50), part("18:00", 5)],
        };
        assert_eq!(parts.at(now, 9), (at("2026-03-08T07:00:00Z"), 50));
        assert_eq!(
            parts.at(at("2026-03-08T03:00:00Z"), 9),
            (at("2026-03-07T17:00:00Z"), 5),
            "the evening before"
        );
        let nowhere = Window::Day { zone: "Nowhere/Town".to_owned() };
        assert_eq!(nowhere.at(now, 9), Window::Rolling.at(now, 9));
    }

    #[test]
    fn mistakes_are_named() {
        let rules = |window| SendingRules { window, ..SendingRules::default() };
        let keys = |rules: SendingRules| rules.problems().into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert!(keys(SendingRules::default()).is_empty());
        assert_eq!(keys(rules(Window::Day { zone: "Nowhere".to_owned() })), ["sending.window.zone"]);
        let parts = |times: &[&str]| {
            let parts = times.iter().map(|from| Part { from: (*from).to_owned(), most: 1 }).collect();
            rules(Window::Parts { zone: "UTC".to_owned(), parts })
        };
        assert!(keys(parts(&["08:00", "18:00"])).is_empty());
        for bad in [&[][..], &["18:00", "08:00"], &["8 o'clock"], &["08:00", "08:00"]] {
            assert_eq!(keys(parts(bad)), ["sending.window.parts"], "{bad:?}");
        }
        let waits = SendingRules { over_message: OverLimit::Wait, ..SendingRules::default() };
        assert_eq!(keys(waits), ["sending.over_message"]);
    }
}
