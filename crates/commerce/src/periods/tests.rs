use jiff::civil::Date;
use mailkeep_types::{Currency, Money, Ratio};
use proptest::prelude::*;

use super::prorate::{periods_in_advance, price_of_part, share_of};
use super::*;
use crate::testing::case_count;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// The rows of dated cases that lie beside the repository; `None` when they are not there.
fn dated_cases() -> Option<String> {
    let folder =
        std::env::var_os("MAILKEEP_SHARED_DATA").map(std::path::PathBuf::from).unwrap_or_else(|| {
            // The repository's root is two folders up; the data folder lies beside the repository.
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data")
        });
    std::fs::read_to_string(folder.join("proration-cases.txt")).ok()
}

#[test]
fn every_dated_case_holds() {
    let Some(cases) = dated_cases() else {
        // Written past the test harness, which would swallow it.
        let note = b"SKIPPED every_dated_case_holds: no proration-cases.txt; set MAILKEEP_SHARED_DATA to its folder\n";
        std::io::Write::write_all(&mut std::io::stderr(), note).unwrap();
        return;
    };
    let mut rows = 0;
    for line in cases.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [interval, bill_day, start, end, target, expected] = fields[..] else {
            panic!("six fields: {line}")
        };
        let interval = match interval {
            "M" => Interval::Monthly,
            "Q" => Interval::Quarterly,
            "Y" => Interval::Annual,
            other => panic!("interval {other}"),
        };
        let (above, below) = expected.split_once('/').unwrap_or((expected, "1"));
        let expected = Ratio::new(above.parse().unwrap(), below.parse().unwrap());
        let end = (end != "-").then(|| date(end));
        let got = periods_in_advance(interval, bill_day.parse().unwrap(), date(start), end, date(target));
        assert_eq!(got, expected, "{line}");
        rows += 1;
    }
    assert_eq!(rows, 174, "the file has 174 rows");
}

#[test]
fn cases_worked_out_by_hand() {
    let part = |interval, bill_day, start, end: Option<&str>, target| {
        periods_in_advance(interval, bill_day, date(start), end.map(date), date(target))
    };
    // Half of February, then its other half.
    assert_eq!(part(Interval::Monthly, 10, "2023-02-10", Some("2023-02-24"), "2023-03-06"), Ratio::new(1, 2));
    assert_eq!(part(Interval::Monthly, 10, "2023-02-24", None, "2023-03-06"), Ratio::new(1, 2));
    // Before the first aligned date only the leading part is billed.
    assert_eq!(part(Interval::Monthly, 20, "2026-03-05", None, "2026-03-10"), Ratio::new(15, 28));
    // A year that contains a leap day.
    assert_eq!(
        part(Interval::Annual, 1, "2024-01-01", Some("2024-01-15"), "2024-01-01"),
        Ratio::new(14, 366)
    );
    // An end before the start bills nothing.
    assert_eq!(part(Interval::Monthly, 1, "2026-03-05", Some("2026-03-05"), "2026-05-01"), Ratio::ZERO);
}

#[test]
fn the_31st_clamps_and_returns() {
    let anchor = date("2026-01-31");
    let starts: Vec<String> =
        (0..5).map(|i| nth_period(anchor, Interval::Monthly, i).start.to_string()).collect();
    assert_eq!(starts, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]);
    let leap = nth_period(date("2024-02-29"), Interval::Annual, 1);
    assert_eq!((leap.start, leap.end), (date("2025-02-28"), date("2026-02-28")));
    assert_eq!(nth_period(date("2024-02-29"), Interval::Annual, 4).start, date("2028-02-29"));
}

fn any_date() -> impl Strategy<Value = Date> {
    (2000i16..2100, 1i8..=12, 1i8..=31).prop_map(|(y, m, d)| {
        let first = Date::new(y, m, 1).unwrap();
        Date::new(y, m, d.min(first.days_in_month())).unwrap()
    })
}

fn any_interval() -> impl Strategy<Value = Interval> {
    prop_oneof![Just(Interval::Monthly), Just(Interval::Quarterly), Just(Interval::Annual)]
}

fn step(date: Date, days: i64) -> Date {
    date.checked_add(jiff::Span::new().days(days)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(case_count(2000)))]

    #[test]
    fn periods_touch_and_never_overlap(anchor in any_date(), interval in any_interval(), index in 0i32..200) {
        let (this, next) = (nth_period(anchor, interval, index), nth_period(anchor, interval, index + 1));
        prop_assert_eq!(this.end, next.start);
        prop_assert!(this.days() >= 28 * i64::from(interval.months()));
    }

    #[test]
    fn every_day_lies_in_exactly_one_period(anchor in any_date(), interval in any_interval(), after in 0i64..3000) {
        let day = step(anchor, after);
        let period = period_containing(anchor, interval, day).unwrap();
        prop_assert!(period.contains(day));
        prop_assert_eq!(period_containing(anchor, interval, step(anchor, -1 - after)), None);
    }

    #[test]
    fn a_period_split_at_any_days_sums_to_the_whole(
        anchor in any_date(), interval in any_interval(), minor in 0i64..10_000_000,
        first in 0i64..400, second in 0i64..400,
    ) {
        let whole = nth_period(anchor, interval, 0);
        let mut cuts = [step(whole.start, first.min(whole.days())), step(whole.start, second.min(whole.days()))];
        cuts.sort();
        let parts = [
            Period { start: whole.start, end: cuts[0] },
            Period { start: cuts[0], end: cuts[1] },
            Period { start: cuts[1], end: whole.end },
        ];
        let price = Money::new(minor, Currency::USD);
        let sum: i64 = parts.iter().map(|p| price_of_part(price, *p, whole).unwrap().minor).sum();
        prop_assert_eq!(sum, minor);
        let shares = parts.iter().fold(Ratio::ZERO, |sum, p| sum + share_of(*p, whole));
        prop_assert_eq!(shares, Ratio::ONE);
    }

    #[test]
    fn what_is_billed_in_two_goes_is_what_is_billed_in_one(
        start in any_date(), interval in any_interval(), middle in 1i64..500, rest in 1i64..500,
    ) {
        // On the subscription's own anchor the split at any day changes nothing.
        let bill_day = start.day().min(28);
        let start = start.with().day(bill_day).build().unwrap();
        let (cut, end) = (step(start, middle), step(start, middle + rest));
        let far = step(end, 800);
        let whole = periods_in_advance(interval, bill_day, start, Some(end), far);
        let before = periods_in_advance(interval, bill_day, start, Some(cut), far);
        let mut after = Ratio::ZERO;
        let mut from = cut;
        while from < end {
            let period = period_containing(start, interval, from).unwrap();
            after = after + share_of(Period { start: from, end }, period);
            from = period.end;
        }
        prop_assert_eq!(before + after, whole);
    }

    #[test]
    fn charges_follow_the_plan_in_force_day_by_day(
        anchor in any_date(), interval in any_interval(),
        prices in proptest::collection::vec(0i64..1_000_000, 1..6), days in proptest::collection::vec(0i64..400, 6),
    ) {
        // Each change ends one part and begins the next; the sum over days is exact, the charge rounds per change.
        let whole = nth_period(anchor, interval, 0);
        let mut cuts: Vec<Date> =
            days.iter().take(prices.len() - 1).map(|d| step(whole.start, (*d).min(whole.days()))).collect();
        cuts.sort();
        cuts.insert(0, whole.start);
        cuts.push(whole.end);
        let (mut charged, mut exact) = (0i128, 0i128);
        for (price, pair) in prices.iter().zip(cuts.windows(2)) {
            let part = Period { start: pair[0], end: pair[1] };
            charged += i128::from(price_of_part(Money::new(*price, Currency::USD), part, whole).unwrap().minor);
            exact += i128::from(*price) * i128::from(part.days());
        }
        let length = i128::from(whole.days());
        prop_assert!((charged * length - exact).abs() <= length * i128::try_from(prices.len()).unwrap());
    }
}
