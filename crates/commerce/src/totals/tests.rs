use mailkeep_types::{Currency, Money, Ratio};
use proptest::prelude::*;

use super::*;
use crate::testing::case_count;

fn line(unit_minor: i64, part: Ratio, rate: u16) -> Charge {
    Charge { unit_minor, quantity: 1, part, tax: TaxRate(rate) }
}

/// Net, tax and total of one line.
fn one(unit_minor: i64, part: Ratio, rate: u16) -> (i64, i64, i64) {
    let totals = compute(Currency::EUR, &[line(unit_minor, part, rate)], 0).unwrap();
    (totals.net_minor, totals.tax_minor, totals.total_minor)
}

#[test]
fn rounding_rows() {
    assert_eq!(one(20_000, Ratio::new(29, 30), 2500), (19_333, 4833, 24_166));
    assert_eq!(one(16_000, Ratio::new(29, 30), 2500), (15_467, 3867, 19_334));
    assert_eq!(one(2999, Ratio::new(6, 7), 2333), (2571, 600, 3171));
    assert_eq!(one(76_900, Ratio::ONE, 2000), (76_900, 15_380, 92_280));
}

#[test]
fn a_coupon_is_shared_before_tax() {
    let lines = [(10_000, 1000), (5000, 0), (3000, 2000), (2000, 2000)]
        .map(|(minor, rate)| line(minor, Ratio::ONE, rate));
    let totals = compute(Currency::EUR, &lines, 1000).unwrap();
    let column = |pick: fn(&LineTotal) -> i64| totals.lines.iter().map(pick).collect::<Vec<_>>();
    assert_eq!(column(|l| l.discount_minor), [500, 250, 150, 100]);
    assert_eq!(column(|l| l.tax_minor), [950, 0, 570, 380]);
    assert_eq!((totals.net_minor, totals.tax_minor, totals.total_minor), (19_000, 1900, 20_900));
}

#[test]
fn credit_notes_exhaust_the_invoice_exactly() {
    let mut left = Creditable { net_minor: 76_900, tax_minor: 15_380 };
    let first = left.credit(72_686, TaxRate(2000), Currency::EUR).unwrap();
    assert_eq!((first, first.0 + first.1), ((72_686, 14_537), 87_223));
    left = Creditable { net_minor: left.net_minor - first.0, tax_minor: left.tax_minor - first.1 };
    assert_eq!(left.credit(4215, TaxRate(2000), Currency::EUR), None);
    let second = left.credit(4214, TaxRate(2000), Currency::EUR).unwrap();
    assert_eq!((second, second.0 + second.1), ((4214, 843), 5057));
    assert_eq!(left.net_minor - second.0, 0);
    assert_eq!(left.tax_minor - second.1, 0);
}

#[test]
fn percentages_are_read_and_shown() {
    for (text, hundredths) in [("20", 2000), ("23.33", 2333), ("7.5", 750), ("0", 0), ("100", 10_000)] {
        assert_eq!(TaxRate::parse_percent(text), Some(TaxRate(hundredths)), "{text}");
    }
    for bad in ["", "-1", "1.234", "101", "abc", "1,5", ".5"] {
        assert_eq!(TaxRate::parse_percent(bad), None, "{bad}");
    }
    assert_eq!(TaxRate(2333).to_string(), "23.33 %");
    assert_eq!(TaxRate(2000).to_string(), "20 %");
}

#[test]
fn amounts_that_do_not_fit_are_errors() {
    assert!(
        compute(
            Currency::USD,
            &[Charge { unit_minor: i64::MAX, quantity: 2, part: Ratio::ONE, tax: TaxRate::ZERO }],
            0
        )
        .is_err()
    );
}

#[test]
fn a_price_with_tax_in_it_stays_what_it_is() {
    let line = |gross_minor, rate| GrossLine { gross_minor, tax: TaxRate(rate), inclusive: true };
    let totals = sum_up(Currency::EUR, &[line(11_900, 1900), line(1000, 700)], &[]).unwrap();
    assert_eq!((totals.net_minor, totals.tax_minor, totals.total_minor), (10_935, 1965, 12_900));
    // A quarter off: 89.25 stays, of which 14.25 is tax; the discount is shown without tax.
    let quarter = Discount { by: DiscountBy::Share(Ratio::new(1, 4)), lines: vec![0] };
    let totals = sum_up(Currency::EUR, &[line(11_900, 1900)], &[quarter]).unwrap();
    let only = LineTotal { gross_minor: 10_000, discount_minor: 2500, net_minor: 7500, tax_minor: 1425 };
    assert_eq!((totals.lines[0], totals.total_minor), (only, 8925));
}

#[test]
fn discounts_are_taken_one_after_the_other_and_off_their_own_lines() {
    let line = |gross_minor| GrossLine { gross_minor, tax: TaxRate::ZERO, inclusive: false };
    let half = Discount { by: DiscountBy::Share(Ratio::new(1, 2)), lines: vec![0] };
    let amount = Discount { by: DiscountBy::Amount(2000), lines: vec![0, 1] };
    let totals = sum_up(Currency::USD, &[line(10_000), line(5000)], &[half, amount]).unwrap();
    assert_eq!(totals.lines.iter().map(|l| l.net_minor).collect::<Vec<_>>(), [4000, 4000]);
    // More than there is takes all there is, and nothing below that.
    let more = Discount { by: DiscountBy::Amount(99_999), lines: vec![1, 1] };
    assert_eq!(sum_up(Currency::USD, &[line(10_000), line(5000)], &[more]).unwrap().net_minor, 10_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(case_count(2000)))]

    #[test]
    fn totals_are_the_sums_of_the_lines(
        lines in proptest::collection::vec((0i64..1_000_000, 1u32..50, 1i64..31, 0u16..3000), 1..12),
        discount in 0i64..2_000_000,
    ) {
        let charges: Vec<Charge> = lines
            .iter()
            .map(|(unit, quantity, days, rate)| Charge {
                unit_minor: *unit, quantity: *quantity, part: Ratio::new(*days, 31), tax: TaxRate(*rate),
            })
            .collect();
        let totals = compute(Currency::USD, &charges, discount).unwrap();
        let gross: i64 = totals.lines.iter().map(|l| l.gross_minor).sum();
        prop_assert_eq!(totals.discount_minor, discount.min(gross));
        prop_assert_eq!(totals.net_minor, gross - totals.discount_minor);
        prop_assert_eq!(totals.total_minor, totals.lines.iter().map(|l| l.net_minor + l.tax_minor).sum::<i64>());
        for (line, charge) in totals.lines.iter().zip(&charges) {
            prop_assert!(line.discount_minor >= 0 && line.discount_minor <= line.gross_minor);
            prop_assert_eq!(line.tax_minor, Money::new(line.net_minor, Currency::USD).times(charge.tax.ratio()).unwrap().minor);
        }
    }

    #[test]
    fn what_is_credited_never_exceeds_what_was_charged(
        net in 1i64..1_000_000, rate in 0u16..3000, asks in proptest::collection::vec(1i64..500_000, 1..12),
    ) {
        let tax = Money::new(net, Currency::USD).times(TaxRate(rate).ratio()).unwrap().minor;
        let mut left = Creditable { net_minor: net, tax_minor: tax };
        for ask in asks {
            if let Some((n, t)) = left.credit(ask, TaxRate(rate), Currency::USD) {
                left = Creditable { net_minor: left.net_minor - n, tax_minor: left.tax_minor - t };
            }
            prop_assert!(left.net_minor >= 0 && left.tax_minor >= 0);
        }
        if left.net_minor > 0 {
            let (n, t) = left.credit(left.net_minor, TaxRate(rate), Currency::USD).unwrap();
            prop_assert_eq!((left.net_minor - n, left.tax_minor - t), (0, 0));
        }
    }

    #[test]
    fn with_tax_in_it_or_not_every_line_adds_up(
        lines in proptest::collection::vec((-100_000i64..1_000_000, 0u16..3000, any::<bool>()), 1..12),
        share in 0i64..101, amount in 0i64..500_000,
    ) {
        let lines: Vec<GrossLine> = lines
            .into_iter()
            .map(|(gross_minor, rate, inclusive)| GrossLine { gross_minor, tax: TaxRate(rate), inclusive })
            .collect();
        let all: Vec<usize> = (0..lines.len()).collect();
        let discounts = [
            Discount { by: DiscountBy::Share(Ratio::new(share, 100)), lines: all.clone() },
            Discount { by: DiscountBy::Amount(amount), lines: all },
        ];
        let totals = sum_up(Currency::USD, &lines, &discounts).unwrap();
        let before: i64 = lines.iter().map(|line| line.gross_minor.max(0)).sum();
        let mut taken = 0;
        for (line, total) in lines.iter().zip(&totals.lines) {
            prop_assert_eq!(total.gross_minor - total.discount_minor, total.net_minor);
            prop_assert!(total.discount_minor >= 0);
            if line.inclusive {
                taken += line.gross_minor - total.net_minor - total.tax_minor;
            } else {
                prop_assert_eq!(total.gross_minor, line.gross_minor);
                taken += total.discount_minor;
            }
        }
        let first = Money::new(before, Currency::USD).times(Ratio::new(share, 100)).unwrap().minor;
        prop_assert_eq!(taken, (first + amount).min(before));
        prop_assert_eq!(totals.total_minor, totals.lines.iter().map(|l| l.net_minor + l.tax_minor).sum::<i64>());
    }
}
