use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::hours::{HolidayConfig, HoursConfig};

fn at(text: &str) -> Timestamp {
    Timestamp::from_jiff(text.replace('Z', ":00Z").parse().unwrap())
}

fn hours(zone: &str, week: &[(&str, &str)], holidays: &[&str]) -> Hours {
    let holiday = |date: &&str| HolidayConfig { date: (*date).to_owned(), name: "a holiday".to_owned() };
    HoursConfig {
        time_zone: zone.to_owned(),
        week: week.iter().map(|(day, hours)| ((*day).to_owned(), (*hours).to_owned())).collect(),
        open_on_holidays: holidays.is_empty(),
        holidays: holidays.iter().map(holiday).collect(),
        emergencies: None,
    }
    .read()
    .unwrap()
}

fn calendars() -> HashMap<&'static str, Hours> {
    let work = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    let all = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let office = work.map(|day| (day, "8:00-18:00"));
    let lunch: Vec<_> = work
        .map(|day| (day, "8:30-12:00, 13:00-17:15"))
        .into_iter()
        .chain([("saturday", "9:00-12:00")])
        .collect();
    let nights = [("saturday", "0:00-24:00"), ("sunday", "0:00-24:00"), ("monday", "0:00-6:00")];
    let nepal = ["sunday", "monday", "tuesday", "wednesday", "thursday"].map(|day| (day, "10:00-16:00"));
    let closed = ["2026-12-25", "2026-11-26", "2027-01-01", "2026-07-03"];
    HashMap::from([
        ("office-ny", hours("America/New_York", &office, &[])),
        ("office-ny-closed", hours("America/New_York", &office, &closed)),
        (
            "lunch-berlin",
            hours("Europe/Berlin", &lunch, &["2026-12-25", "2026-12-26", "2026-05-01", "2026-05-25"]),
        ),
        ("nights-berlin", hours("Europe/Berlin", &nights, &[])),
        ("always-lord-howe", hours("Australia/Lord_Howe", &all.map(|day| (day, "0:00-24:00")), &[])),
        ("kathmandu", hours("Asia/Kathmandu", &nepal, &["2026-10-20"])),
    ])
}

#[test]
fn due_times_agree_with_the_table() {
    let calendars = calendars();
    let mut rows = 0;
    for line in include_str!("cases.txt").lines().filter(|line| !line.starts_with('#')) {
        let parts: Vec<&str> = line.split(" | ").collect();
        let (hours, from, due) = (&calendars[parts[0]], at(parts[1]), at(parts[3]));
        let span = Duration::from_secs(parts[2].parse::<u64>().unwrap() * 60);
        assert_eq!(hours.due(from, span), Some(due), "{line}");
        assert_eq!(hours.open_time(from, due), span, "{line}");
        rows += 1;
    }
    assert_eq!(rows, 140);
}

proptest! {
    #[test]
    fn open_time_is_the_sum_of_its_parts(start in 0i64..400 * 24 * 60, first in 0u64..20_000, second in 0u64..20_000, which in 0usize..6) {
        let mut calendars: Vec<_> = calendars().into_iter().collect();
        calendars.sort_by_key(|(name, _)| *name);
        let hours = &calendars[which].1;
        let from = Timestamp::from_seconds(1_767_225_600 + start * 60);
        let middle = from.plus(Duration::from_secs(first * 60));
        let until = middle.plus(Duration::from_secs(second * 60));
        prop_assert_eq!(hours.open_time(from, until), hours.open_time(from, middle) + hours.open_time(middle, until));
        let span = hours.open_time(from, until);
        if span > Duration::ZERO {
            let due = hours.due(from, span).unwrap();
            prop_assert!(due <= until);
            prop_assert_eq!(hours.open_time(from, due), span);
        }
    }
}

#[test]
fn case_32_the_clock_runs_five_days_a_week_and_emergencies_at_any_time() {
    let usual = HoursConfig {
        holidays: vec![HolidayConfig { date: "2026-12-25".to_owned(), name: "Christmas".to_owned() }],
        ..HoursConfig::default()
    };
    // Friday evening in New York; Christmas is a Friday a fortnight later and is worked.
    let hours = usual.read().unwrap();
    let (friday, christmas) = (at("2026-12-11T23:30Z"), at("2026-12-25T15:00Z"));
    assert!(!hours.is_open(friday) && hours.is_open(christmas));
    assert_eq!(hours.next_open(friday), Some(at("2026-12-14T13:00Z")));
    assert_eq!(hours.closes_at(christmas), Some(at("2026-12-25T23:00Z")));
    let target = Priority::High.usual();
    let open = |priority| standing(&hours, priority, target, friday, &[], friday).first_answer_due;
    assert_eq!(open(Priority::High), Some(at("2026-12-14T17:00Z")), "four hours of Monday");
    assert_eq!(open(Priority::Emergency), Some(at("2026-12-12T03:30Z")), "four hours of the night");
    let closed = HoursConfig { open_on_holidays: false, ..usual }.read().unwrap();
    assert!(!closed.is_open(christmas));
}

#[test]
fn waiting_stops_the_clock_and_coming_back_lets_it_go_on() {
    let hours = HoursConfig::default().read().unwrap();
    let target = Target { first_answer_minutes: 60, solution_minutes: 240 };
    let monday = |time: &str| at(&format!("2026-03-02T{time}Z"));
    let now = |happened: &[(Timestamp, Happening)], now| {
        standing(&hours, Priority::Normal, target, monday("14:00"), happened, now)
    };
    let answered = (monday("15:30"), Happening::Answered { waits: true });
    let waiting = now(&[answered], monday("20:00"));
    assert!(waiting.first_answer_late && !waiting.solution_late);
    assert_eq!((waiting.solution_due, waiting.worked), (None, Duration::from_secs(90 * 60)));
    // Back at 21:00 UTC, 16:00 in New York: two of the two and a half hours are today's.
    let back = (monday("21:00"), Happening::CameBack);
    let again = now(&[answered, back], monday("22:00"));
    assert_eq!(again.solution_due, Some(at("2026-03-03T13:30Z")));
    assert_eq!(again.worked, Duration::from_secs(150 * 60));
    let solved = (at("2026-03-03T13:31Z"), Happening::Solved);
    let late = now(&[answered, back, solved], at("2026-03-20T12:00Z"));
    assert!(late.solution_late && late.solution_due.is_none() && late.solved_at.is_some());
    assert_eq!(late.worked, Duration::from_secs(241 * 60));
    // A first answer that solves it is both, and nothing runs afterwards.
    let at_once = now(&[(monday("14:30"), Happening::Solved)], at("2026-03-20T12:00Z"));
    assert!(!at_once.first_answer_late && !at_once.solution_late);
    // What comes back after the solution goes on from where the clock stood.
    let reopened =
        now(&[(monday("14:30"), Happening::Solved), (monday("16:00"), Happening::CameBack)], monday("16:00"));
    assert_eq!(reopened.solution_due, Some(monday("19:30")));
}
