//! Up-time: how long a part of the service was measured, and how long of that it was down. Pure, so that the figure of the
//! page, of a test and of a dispute is the same.

use std::time::Duration;

use mailkeep_types::Timestamp;
use serde::Serialize;

use super::{Incident, IncidentKind, Stage};

/// What became of a period, in microseconds. Sums over the parts of a period are those of the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Availability {
    /// Maintenance that was announced in time, within its window: not measured.
    pub excluded_micros: i64,
    /// Everything else.
    pub measured_micros: i64,
    /// Of the measured time, that in which the part was down.
    pub down_micros: i64,
}

impl Availability {
    /// Up-time in thousandths of a percent, rounded down, so that 100 % means that nothing was down; `None` where nothing
    /// was measured.
    pub fn up_milli_percent(self) -> Option<i64> {
        if self.measured_micros <= 0 {
            return None;
        }
        let up = i128::from(self.measured_micros - self.down_micros) * 100_000;
        i64::try_from(up / i128::from(self.measured_micros)).ok()
    }
}

impl std::ops::Add for Availability {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Availability {
            excluded_micros: self.excluded_micros + other.excluded_micros,
            measured_micros: self.measured_micros + other.measured_micros,
            down_micros: self.down_micros + other.down_micros,
        }
    }
}

/// How a part of the service does at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ComponentState {
    /// It works.
    Up,
    /// Maintenance within its window.
    Maintenance,
    /// An outage, or maintenance past its window.
    Down,
}

/// How a part of the service does now: the worst that touches it.
pub fn component_state(incidents: &[Incident], component: &str, now: Timestamp) -> ComponentState {
    let touching = incidents.iter().filter(|incident| incident.touches(component));
    let states = touching.map(|incident| match (incident.stage(now), incident.kind) {
        (Stage::Overrun, _) | (Stage::Open, IncidentKind::Outage) => ComponentState::Down,
        (Stage::Open, IncidentKind::Maintenance) => ComponentState::Maintenance,
        (Stage::Planned | Stage::Ended | Stage::Cancelled, _) => ComponentState::Up,
    });
    states.max().unwrap_or(ComponentState::Up)
}

/// How a part of the service did from one time (included) until another (not included).
///
/// * Maintenance that people knew of at least `notice` before is not measured, from its begin until its end or the end of its
///   window, whichever is first. What else happens to the part in that time is not measured either.
/// * What overruns the window is down; so is maintenance that was announced later than that, and an outage.
/// * Overlaps count once. What goes on counts until `now`, and nothing after `now` is measured.
pub fn availability(
    incidents: &[Incident],
    component: &str,
    notice: Duration,
    (from, until): (Timestamp, Timestamp),
    now: Timestamp,
) -> Availability {
    let (from, until) = (from.as_micros(), until.min(now).as_micros());
    if until <= from {
        return Availability::default();
    }
    let (mut excluded, mut down) = (Vec::new(), Vec::new());
    let touching = incidents.iter().filter(|one| one.touches(component) && one.cancelled_at.is_none());
    for incident in touching {
        let (starts, ends) = (incident.starts_at, incident.ended_at.unwrap_or(now));
        match incident.planned_until.filter(|_| incident.announced_in_time(notice)) {
            Some(window) => {
                excluded.push((starts, ends.min(window)));
                down.push((window, ends));
            }
            None => down.push((starts, ends)),
        }
    }
    let clip = |spans: Vec<(Timestamp, Timestamp)>| {
        let clipped = spans.into_iter().map(|(a, b)| (a.as_micros().max(from), b.as_micros().min(until)));
        clipped.filter(|(a, b)| a < b).collect::<Vec<_>>()
    };
    let (excluded, down) = (clip(excluded), clip(down));
    let excluded_micros = covered(excluded.clone());
    // Down and excluded at once is excluded: what both cover, less what the excluded cover, is the rest.
    let either = covered(excluded.into_iter().chain(down).collect());
    Availability {
        excluded_micros,
        measured_micros: until - from - excluded_micros,
        down_micros: either - excluded_micros,
    }
}

/// How long at least one of the spans goes on.
fn covered(mut spans: Vec<(i64, i64)>) -> i64 {
    spans.sort_unstable();
    let (mut total, mut reached) = (0, i64::MIN);
    for (from, until) in spans {
        let from = from.max(reached);
        if until > from {
            total += until - from;
            reached = until;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use mailkeep_types::{IncidentId, StaffId};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const HOUR: i64 = 3_600_000_000;
    const NOTICE: Duration = Duration::from_secs(72 * 3600);

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_micros(hours * HOUR)
    }

    fn outage(from: i64, until: Option<i64>) -> Incident {
        Incident {
            id: IncidentId::from_uuid(Uuid::nil()),
            kind: IncidentKind::Outage,
            title: "It is down".to_owned(),
            components: vec!["receiving".to_owned()],
            starts_at: at(from),
            planned_until: None,
            noticed_at: at(from),
            ended_at: until.map(at),
            cancelled_at: None,
            written_by: StaffId::from_uuid(Uuid::nil()),
            created_at: at(from),
        }
    }

    fn maintenance(noticed: i64, from: i64, window: i64, until: Option<i64>) -> Incident {
        Incident {
            kind: IncidentKind::Maintenance,
            planned_until: Some(at(window)),
            noticed_at: at(noticed),
            ..outage(from, until)
        }
    }

    fn hours(incidents: &[Incident], period: (i64, i64), now: i64) -> (i64, i64, i64) {
        let period = (at(period.0), at(period.1));
        let found = availability(incidents, "receiving", NOTICE, period, at(now));
        (found.excluded_micros / HOUR, found.measured_micros / HOUR, found.down_micros / HOUR)
    }

    #[test]
    fn case_31_by_hand() {
        let cancelled = Incident { cancelled_at: Some(at(90)), ..maintenance(0, 100, 104, None) };
        let elsewhere = Incident { components: vec!["webmail".to_owned()], ..outage(100, Some(110)) };
        // What happened, the period, now; then hours excluded, measured and down.
        let table = [
            ("nothing happened", vec![], (0, 720), 720, (0, 720, 0)),
            ("an outage", vec![outage(10, Some(13))], (0, 720), 720, (0, 720, 3)),
            ("one that goes on", vec![outage(10, None)], (0, 720), 15, (0, 15, 5)),
            ("one from before into the period", vec![outage(-5, Some(2))], (0, 720), 720, (0, 720, 2)),
            ("one that reaches beyond the period", vec![outage(718, Some(730))], (0, 720), 740, (0, 720, 2)),
            ("two at once", vec![outage(10, Some(14)), outage(12, Some(16))], (0, 720), 720, (0, 720, 6)),
            (
                "one within another",
                vec![outage(10, Some(20)), outage(12, Some(13))],
                (0, 720),
                720,
                (0, 720, 10),
            ),
            ("announced in time", vec![maintenance(28, 100, 104, Some(104))], (0, 720), 720, (4, 716, 0)),
            ("just too late", vec![maintenance(29, 100, 104, Some(104))], (0, 720), 720, (0, 720, 4)),
            ("over early", vec![maintenance(0, 100, 104, Some(102))], (0, 720), 720, (2, 718, 0)),
            ("an overrun", vec![maintenance(0, 100, 104, Some(107))], (0, 720), 720, (4, 716, 3)),
            ("an overrun that goes on", vec![maintenance(0, 100, 104, None)], (0, 720), 106, (4, 102, 2)),
            ("in its window now", vec![maintenance(0, 100, 104, None)], (0, 720), 103, (3, 100, 0)),
            ("ahead", vec![maintenance(0, 100, 104, None)], (0, 720), 50, (0, 50, 0)),
            ("given up", vec![cancelled], (0, 720), 720, (0, 720, 0)),
            ("another part", vec![elsewhere], (0, 720), 720, (0, 720, 0)),
            (
                "an outage into an announced window",
                vec![maintenance(0, 100, 104, Some(104)), outage(98, Some(106))],
                (0, 720),
                720,
                (4, 716, 4),
            ),
            (
                "an overrun within another's window",
                vec![maintenance(0, 100, 104, Some(108)), maintenance(0, 106, 110, Some(110))],
                (0, 720),
                720,
                (8, 712, 2),
            ),
            ("a period ahead", vec![outage(10, None)], (800, 900), 720, (0, 0, 0)),
        ];
        for (name, incidents, period, now, expected) in table {
            assert_eq!(hours(&incidents, period, now), expected, "{name}");
        }
    }

    #[test]
    fn a_hundred_percent_is_said_only_of_nothing_down() {
        let second_in_a_year =
            Availability { excluded_micros: 0, measured_micros: 8_760 * HOUR, down_micros: 1_000_000 };
        assert_eq!(second_in_a_year.up_milli_percent(), Some(99_999));
        assert_eq!(Availability { down_micros: 0, ..second_in_a_year }.up_milli_percent(), Some(100_000));
        assert_eq!(Availability::default().up_milli_percent(), None);
    }

    #[test]
    fn the_state_is_the_worst_that_touches_it() {
        let window = maintenance(0, 100, 104, None);
        let state = |now| component_state(std::slice::from_ref(&window), "receiving", at(now));
        assert_eq!(
            [99, 100, 103, 104].map(state),
            [
                ComponentState::Up,
                ComponentState::Maintenance,
                ComponentState::Maintenance,
                ComponentState::Down
            ]
        );
        let both = [window, outage(101, None)];
        assert_eq!(component_state(&both, "receiving", at(102)), ComponentState::Down);
        assert_eq!(component_state(&both, "sending", at(102)), ComponentState::Up);
    }

    fn any_incident() -> impl Strategy<Value = Incident> {
        let hour = -50i64..250;
        (any::<bool>(), hour, 0i64..60, 0i64..60, 0i64..150, any::<bool>()).prop_map(
            |(planned, starts, window, lasts, before, open)| {
                let ended = (!open).then_some(starts + lasts);
                match planned {
                    true => maintenance(starts - before, starts, starts + window, ended),
                    false => outage(starts, ended),
                }
            },
        )
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_whole_and_nothing_is_more_than_all(
            incidents in prop::collection::vec(any_incident(), 0..8),
            from in -20i64..100,
            lasts in 1i64..200,
            cut in 0i64..200,
            now in 0i64..320,
        ) {
            let whole = (at(from), at(from + lasts));
            let middle = at(from + cut.min(lasts));
            let of = |period| availability(&incidents, "receiving", NOTICE, period, at(now));
            let found = of(whole);
            prop_assert_eq!(found, of((whole.0, middle)) + of((middle, whole.1)));
            prop_assert!(found.down_micros >= 0 && found.down_micros <= found.measured_micros);
            let known = (at(now).min(whole.1).as_micros() - whole.0.as_micros()).max(0);
            prop_assert_eq!(found.measured_micros + found.excluded_micros, known);
            prop_assert!(found.up_milli_percent().is_none_or(|up| (0..=100_000).contains(&up)));
            // Another order of the same, or the same twice, changes nothing.
            let mut twice: Vec<Incident> = incidents.iter().rev().cloned().collect();
            twice.extend(incidents.iter().cloned());
            prop_assert_eq!(found, availability(&twice, "receiving", NOTICE, whole, at(now)));
        }
    }
}
