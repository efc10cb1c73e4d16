use jiff::civil::Date;
use mailkeep_types::{Currency, Money, Ratio};
use proptest::prelude::*;

use super::accounting::{AccountSum, After, ExportLine};
use super::dunning::Step;
use super::receivables::Age;
use super::recurring::{Bridge, Bridges, Piece, months_of};
use super::revenue::{Booked, RevenueMonth, spread};
use super::screening::Ended;
use super::{MOST_MONTHS, Month, Months};
use crate::periods::{Interval, Period};
use crate::processor::sandbox::Scenario;
use crate::screening::Outcome;
use crate::testing::{both_engines, case_count};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn months(from: &str, to: &str) -> Months {
    Months::new(month(from), month(to))
}

fn period(start: &str, end: &str) -> Period {
    Period { start: date(start), end: date(end) }
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn plus_days(start: Date, days: i64) -> Date {
    start.checked_add(jiff::Span::new().days(days)).unwrap()
}

#[test]
fn months_are_read_and_walked() {
    let year = months("2026-12", "2026-01");
    assert_eq!((year.first(), year.end()), (date("2026-01-01"), date("2027-01-01")));
    assert_eq!(year.iter().count(), 12);
    assert_eq!(month("2026-02").last(), date("2026-02-28"));
    assert_eq!(Month::of(date("2026-03-31")).to_string(), "2026-03");
    assert!("2026-13".parse::<Month>().is_err() && "today".parse::<Month>().is_err());
    let long = months("2001-01", "2026-12");
    assert_eq!(i32::try_from(long.iter().count()).unwrap(), MOST_MONTHS);
    assert_eq!(long.to, month("2026-12"));
}

#[test]
fn ages_by_days() {
    let ages = [-3, 0, 1, 30, 31, 60, 61, 90, 91].map(Age::of_days);
    use Age::{Current, Over90, UpTo30, UpTo60, UpTo90};
    assert_eq!(ages, [Current, Current, UpTo30, UpTo30, UpTo60, UpTo60, UpTo90, UpTo90, Over90]);
}

#[test]
fn a_year_is_earned_by_its_days() {
    let year =
        Booked { on: date("2026-01-16"), period: period("2026-01-16", "2027-01-16"), net: usd(36_500) };
    let rows = spread(&[year], months("2026-01", "2026-03")).unwrap();
    let figures: Vec<_> =
        rows.iter().map(|row| (row.invoiced_minor, row.earned_minor, row.deferred_minor)).collect();
    // 16 days of January, 28 of February, 31 of March; a dollar a day.
    assert_eq!(figures, [(36_500, 1600, 34_900), (0, 2800, 32_100), (0, 3100, 29_000)]);
}

#[test]
fn what_is_billed_late_is_earned_when_it_is_billed_and_a_note_takes_both_back() {
    let late = Booked { on: date("2026-02-03"), period: period("2026-01-01", "2026-03-01"), net: usd(5900) };
    let note = Booked { on: date("2026-03-05"), net: usd(-5900), ..late };
    let item = Booked { on: date("2026-02-10"), period: period("2026-02-01", "2026-02-01"), net: usd(700) };
    let rows = spread(&[late, note, item], months("2026-01", "2026-03")).unwrap();
    let figures: Vec<_> =
        rows.iter().map(|row| (row.invoiced_minor, row.earned_minor, row.deferred_minor)).collect();
    assert_eq!(figures, [(0, 0, 0), (6600, 6600, 0), (-5900, -5900, 0)]);
}

fn bookings() -> impl Strategy<Value = Vec<Booked>> {
    let one =
        (0i64..700, -60i64..60, 0i64..800, -500_000i64..2_000_000).prop_map(|(on, ahead, length, net)| {
            let on = plus_days(date("2025-01-01"), on);
            let start = plus_days(on, ahead);
            Booked { on, period: Period { start, end: plus_days(start, length) }, net: usd(net) }
        });
    proptest::collection::vec(one, 1..20)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(case_count(256)))]

    #[test]
    fn invoiced_is_earned_and_deferred(bookings in bookings(), from in 0i32..30, length in 0i32..MOST_MONTHS) {
        let from = month("2024-12").shifted(from);
        let rows = spread(&bookings, Months::new(from, from.shifted(length))).unwrap();
        let net = |until: Date| bookings.iter().filter(|b| b.on < until).map(|b| b.net.minor).sum::<i64>();
        let mut deferred: i64 = bookings
            .iter()
            .filter(|b| b.on < from.first())
            .map(|b| b.net.minor - b.earned_before(from.first()).unwrap().minor)
            .sum();
        let mut earned = net(from.first()) - deferred;
        for row in rows {
            // What was there, and what came, is earned or still there.
            prop_assert_eq!(deferred + row.invoiced_minor - row.earned_minor, row.deferred_minor);
            deferred = row.deferred_minor;
            earned += row.earned_minor;
            prop_assert_eq!(earned + deferred, net(row.month.end()));
        }
    }

    #[test]
    fn all_is_earned_once_every_period_is_over(bookings in bookings()) {
        let end = bookings.iter().map(|b| b.period.end.max(plus_days(b.on, 1))).max().unwrap();
        let earned: i64 = bookings.iter().map(|b| b.earned_before(end).unwrap().minor).sum();
        prop_assert_eq!(earned, bookings.iter().map(|b| b.net.minor).sum::<i64>());
    }

    #[test]
    fn a_days_share_is_exact_within_one_unit(net in 0i64..2_000_000, length in 1i64..800, day in 0i64..800) {
        let start = date("2025-05-17");
        let booked = Booked { on: start, period: Period { start, end: plus_days(start, length) }, net: usd(net) };
        let day = day.min(length);
        let exact = net as f64 * day as f64 / length as f64;
        let earned = booked.earned_before(plus_days(start, day)).unwrap().minor;
        prop_assert!((earned as f64 - exact).abs() <= 1.0, "{} for {}", earned, exact);
    }

    #[test]
    fn bridges_add_up_and_meet(
        customers in proptest::collection::vec(
            (any::<bool>(), proptest::collection::vec((0i64..500, 1i64..400, 0i64..400, 0i64..90_000), 0..6)),
            1..12,
        ),
        length in 0i32..14,
    ) {
        let months = Months::new(month("2026-01"), month("2026-01").shifted(length));
        let mut bridges = Bridges::new(months, date("2026-11-15"));
        for (was_here, lines) in customers {
            let pieces: Vec<Piece> = lines
                .into_iter()
                .map(|(start, days, cut, net)| {
                    let start = plus_days(date("2025-07-01"), start);
                    let end = plus_days(start, days);
                    Piece { period: Period { start, end }, until: plus_days(start, cut.min(days)), net: usd(net) }
                })
                .collect();
            bridges.take(Currency::USD, &pieces, was_here).unwrap();
        }
        let rows = bridges.finish();
        for row in &rows {
            prop_assert!(row.adds_up(), "{:?}", row);
            prop_assert!(row.less_minor <= 0 && row.gone_minor <= 0 && row.more_minor >= 0);
        }
        for pair in rows.windows(2) {
            prop_assert_eq!(pair[0].closing_minor, pair[1].opening_minor);
            prop_assert_eq!(pair[0].customers, pair[1].customers_before);
        }
    }
}

#[test]
fn months_of_periods() {
    for (start, end, expected) in [
        ("2026-01-01", "2026-02-01", Ratio::ONE),
        ("2026-01-31", "2026-02-28", Ratio::ONE),
        ("2026-02-28", "2026-03-31", Ratio::ONE),
        ("2026-01-15", "2027-01-15", Ratio::new(12, 1)),
        ("2026-02-10", "2026-03-01", Ratio::new(19, 28)),
        ("2026-01-16", "2026-03-01", Ratio::new(16, 31) + Ratio::ONE),
    ] {
        assert_eq!(months_of(period(start, end)), expected, "{start} to {end}");
    }
}

#[test]
fn a_customer_comes_grows_shrinks_leaves_and_comes_back() {
    let piece = |start: &str, end: &str, net| {
        let period = period(start, end);
        Piece { period, until: period.end, net: usd(net) }
    };
    let mut bridges = Bridges::new(months("2026-01", "2026-06"), date("2026-06-10"));
    let lines = [
        piece("2026-01-01", "2026-02-01", 1000),
        piece("2026-02-01", "2026-03-01", 2500),
        piece("2026-03-01", "2026-04-01", 2000),
        // Nothing in April and May.
        piece("2026-06-01", "2026-07-01", 900),
    ];
    bridges.take(Currency::USD, &lines, false).unwrap();
    // A year of another customer, of which half was credited by a change to a larger plan.
    let year = piece("2025-07-01", "2026-07-01", 12_000);
    let cut = Piece { until: date("2026-04-15"), ..year };
    let larger = piece("2026-04-15", "2026-07-01", 5067);
    bridges.take(Currency::USD, &[cut, larger], false).unwrap();
    let rows = bridges.finish();
    let moved =
        |row: &Bridge| [row.new_minor, row.back_minor, row.more_minor, row.less_minor, row.gone_minor];
    assert_eq!(
        rows.iter().map(moved).collect::<Vec<_>>(),
        [
            [1000, 0, 0, 0, 0],
            [0, 0, 1500, 0, 0],
            [0, 0, 0, -500, 0],
            [0, 0, 1000, 0, -2000],
            [0, 0, 0, 0, 0],
            [0, 900, 0, 0, 0],
        ]
    );
    assert_eq!(rows.iter().map(|row| row.customers).collect::<Vec<_>>(), [2, 2, 2, 1, 1, 2]);
    assert_eq!(rows.last().unwrap().closing_minor, 2900);
}

both_engines!(figures_of_a_small_company, |bench| async move {
    // One pays on and on, one stops paying after the first month. Two mailboxes of 6.00 each, 6.25 % tax.
    let good = bench.served(2, "good.example", Scenario::Approve).await;
    bench.served(2, "company.example", Scenario::RenewalDeclinedHard).await;
    for _ in 0..31 {
        bench.days(1);
        bench.commerce.run_billing().await.unwrap();
    }
    let today = date("2026-04-01");
    let march_on = months("2026-03", "2026-04");

    let owed = bench.commerce.report_receivables(today).await.unwrap();
    let aged: Vec<_> = owed.iter().map(|row| (row.age, row.invoices, row.open_minor)).collect();
    assert_eq!(aged, [(Age::Current, 1, 1275)]);
    let later = bench.commerce.report_receivables(date("2026-07-15")).await.unwrap();
    assert_eq!((later[0].age, later[0].open_minor, later[0].brand.as_str()), (Age::Over90, 1275, ""));

    let rows = bench.commerce.report_revenue(march_on).await.unwrap();
    let invoiced: Vec<_> = rows.iter().map(|row| (row.invoiced_minor, row.journal_minor)).collect();
    assert_eq!(invoiced, [(2400, 2400), (2400, 2400)]);
    assert_eq!(rows[0].earned_minor, 2400, "March was paid for with the order");
    assert_eq!(rows[1].deferred_minor, 0);

    let bridge = bench.commerce.report_recurring(march_on, today).await.unwrap();
    let figures: Vec<_> =
        bridge.iter().map(|row| (row.new_minor, row.closing_minor, row.customers)).collect();
    assert_eq!(figures, [(2400, 2400, 2), (0, 2400, 2)]);

    let taxes = bench.commerce.report_tax(march_on).await.unwrap();
    assert_eq!(taxes.len(), 1, "{taxes:?}");
    let tax = &taxes[0];
    assert_eq!(
        (tax.place.as_str(), tax.class.as_str(), tax.treatment.as_str()),
        ("US-IL", "standard", "taxed")
    );
    assert_eq!((tax.net_minor(), tax.tax_minor(), tax.rate.0), (4800, 300, 625));

    let screening = bench.commerce.report_screening(months("2026-03", "2026-03")).await.unwrap();
    assert_eq!(screening.table.get(&(Outcome::Accept, Ended::Served)), Some(&2));
    assert_eq!((screening.orders(), screening.of(Outcome::Accept), screening.by_people), (2, 2, 0));

    // A note takes back half of what was sold in April.
    let invoices = bench.commerce.list_invoices(good.customer).await.unwrap();
    bench.commerce.refund_invoice(bench.staff, invoices[0].id, vec![(1, 600)], false).await.unwrap();
    let rows = bench.commerce.report_revenue(march_on).await.unwrap();
    assert_eq!((rows[1].invoiced_minor, rows[1].journal_minor, rows[1].earned_minor), (1800, 1800, 1800));
    let tax = &bench.commerce.report_tax(march_on).await.unwrap()[0];
    assert_eq!((tax.net_minor(), tax.credited_net_minor, tax.credited_tax_minor), (4200, 600, 38));

    // The export is the journal: every entry whole, in pages, balanced, with its document.
    let (mut lines, mut after) = (Vec::new(), None);
    loop {
        let page =
            bench.commerce.export_journal(date("2026-03-01"), date("2026-05-01"), after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(After { on: last.on, entry: last.entry });
        lines.extend(page);
    }
    assert_eq!(lines.iter().map(|line| line.amount.minor).sum::<i64>(), 0);
    let sums = bench.commerce.account_sums(date("2026-03-01"), date("2026-05-01")).await.unwrap();
    let both = |pick: fn(&AccountSum) -> i64| sums.iter().map(pick).sum::<i64>();
    assert_eq!(both(|sum| sum.debit_minor), both(|sum| sum.credit_minor));
    let mut entries: Vec<_> = lines.iter().map(|line| line.entry).collect();
    entries.dedup();
    let of_journal = bench.commerce.check_journal().await.unwrap().entries;
    assert_eq!(i64::try_from(entries.len()).unwrap(), of_journal);
    assert!(lines.iter().all(|line| line.document.is_some()), "{lines:?}");
    let file: String = lines.iter().map(ExportLine::row).collect();
    assert!(file.contains(",invoice_issued,receivable,12.75,,USD,INV-000001\r\n"), "{file}");
    assert!(file.contains(",invoice_issued,revenue,,12.00,USD,INV-000001\r\n"), "{file}");
    assert!(file.contains(",credit_note_issued,revenue,6.00,,USD,"), "{file}");
});

both_engines!(what_is_overdue_stands_where_the_calendar_has_it, |bench| async move {
    let buyer = bench.served(2, "company.example", Scenario::RenewalDeclinedHard).await;
    for _ in 0..31 {
        bench.days(1);
        bench.commerce.run_billing().await.unwrap();
    }
    let invoice = bench.commerce.list_invoices(buyer.customer).await.unwrap()[0].clone();
    assert_eq!(invoice.open_minor, 1275);
    let reminded = plus_days(invoice.due_on, 4);
    let days = u64::try_from(crate::periods::days_between(date("2026-04-01"), reminded)).unwrap();
    for _ in 0..days {
        bench.days(1);
        bench.commerce.run_billing().await.unwrap();
    }
    let months = Months::new(month("2026-03"), Month::of(reminded));
    let report = bench.commerce.report_dunning(months, reminded).await.unwrap();
    assert_eq!(report.standing.iter().map(|row| row.step).collect::<Vec<_>>(), [Step::Reminded(3)]);
    assert_eq!(report.standing[0].step.word(), "day+3");
    let sent: Vec<_> = report.sent.iter().filter(|(step, _)| *step >= 0).copied().collect();
    assert_eq!(sent, [(0, 1), (3, 1)]);
    assert_eq!(report.recovered, []);
    let blocked = bench.commerce.report_dunning(months, plus_days(invoice.due_on, 14)).await.unwrap();
    assert_eq!(blocked.standing[0].step, Step::Blocked);
    let ended = bench.commerce.report_dunning(months, plus_days(invoice.due_on, 45)).await.unwrap();
    assert_eq!((ended.standing[0].step, ended.standing[0].open_minor), (Step::Terminated, 1275));

    // It comes by bank.
    let transfer = crate::transfers::record::NewTransfer {
        invoice_number: invoice.number.clone(),
        amount_minor: 1275,
        received_on: reminded,
        statement_line: "4711".to_owned(),
    };
    bench.commerce.record_transfer(bench.staff, transfer).await.unwrap();
    let report = bench.commerce.report_dunning(months, reminded).await.unwrap();
    assert_eq!(report.standing, []);
    let recovered = &report.recovered[0];
    assert_eq!((recovered.step, recovered.invoices, recovered.paid_minor), (3, 1, 1275));
});

both_engines!(a_year_is_deferred_and_recurs_by_twelfths, |bench| async move {
    let buyer = bench.customer();
    let order = bench.order(&buyer, "business", Interval::Annual, 5, "year.example").await;
    bench.pay(&buyer, order, Scenario::Approve).await;
    let spring = months("2026-03", "2026-05");
    let rows: Vec<RevenueMonth> = bench.commerce.report_revenue(spring).await.unwrap();
    let net = rows[0].invoiced_minor;
    assert!(net > 0);
    assert_eq!(rows[0].earned_minor + rows[0].deferred_minor, net);
    assert_eq!(rows[0].earned_minor, usd(net).times(Ratio::new(31, 365)).unwrap().minor);
    let bridge = bench.commerce.report_recurring(spring, date("2026-03-01")).await.unwrap();
    assert_eq!(bridge[0].closing_minor, usd(net).times(Ratio::new(1, 12)).unwrap().minor);
    assert_eq!((bridge[2].customers, bridge[2].gone_minor), (1, 0));
});
