use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::space::{MailboxSpace, PoolPart, RowBasis, share_excess};
use super::*;
use crate::catalogue::sheet::{
    AddOnPrice, Gigabyte, IntervalPrices, PriceList, Sheet, SpaceBasis, SpacePrice, TierMode, TierStep, Tiers,
};
use crate::classes::ClassLimits;
use crate::periods::nth_period;
use crate::taxes::TaxConfig;
use crate::testing::case_count;
use crate::totals::DiscountBy;

const GB: u64 = 1_000_000_000;

fn space(by: SpaceBasis, unit_minor: i64) -> SpacePrice {
    SpacePrice { by, unit_minor, gigabyte: Gigabyte::Of1000, whole_gigabytes: false }
}

fn interval(interval: Interval, unit_minor: i64, space: Option<SpacePrice>) -> IntervalPrices {
    IntervalPrices {
        interval,
        mailbox: Tiers::flat(unit_minor),
        closed_minor: None,
        space,
        add_ons: Vec::new(),
    }
}

/// 25 GB a mailbox in the pool of the year, everything by use of the month; closed mailboxes reduced by the month.
fn plan() -> PlanVersion {
    let archive = AddOnPrice {
        key: "archive".to_owned(),
        name: "Archive".to_owned(),
        unit_minor: 600,
        included_mb: 7000,
        space: Some(space(SpaceBasis::Pool, 50)),
        grants: crate::classes::grants::Grants::default(),
    };
    let monthly = IntervalPrices {
        closed_minor: Some(200),
        add_ons: vec![archive],
        ..interval(Interval::Monthly, 600, Some(space(SpaceBasis::Use, 25)))
    };
    let annual = interval(Interval::Annual, 6000, Some(space(SpaceBasis::Pool, 300)));
    let list = PriceList { currency: Currency::USD, setup_minor: 2500, intervals: vec![monthly, annual] };
    PlanVersion {
        id: Uuid::nil(),
        key: "business".to_owned(),
        version: 1,
        name: "Business".to_owned(),
        summary: String::new(),
        included_space_mb: 25_000,
        fewest_mailboxes: 1,
        most_mailboxes: 0,
        class: None,
        limits: ClassLimits::default(),
        currency: Currency::USD,
        prices: vec![(Interval::Monthly, 600), (Interval::Annual, 6000)],
        sheet: Sheet { tax_class: "standard".to_owned(), trial_days: 0, lists: vec![list] },
    }
}

fn used(plan: PlanVersion, interval: Interval, quantities: Quantities) -> PlanUse {
    PlanUse { plan, interval, quantities, part: None, begins: false }
}

fn request(plans: Vec<PlanUse>) -> PriceRequest {
    PriceRequest {
        currency: Currency::USD,
        plans,
        items: Vec::new(),
        reductions: Vec::new(),
        closed_in_full: false,
    }
}

fn untaxed(request: &PriceRequest) -> Priced {
    price_at(request, &TaxDecision::plain("Tax", TaxRate::ZERO)).unwrap()
}

/// Kind, quantity, price of one and amount of each line.
fn rows(priced: &Priced) -> Vec<(LineKind, String, i64, i64)> {
    let row =
        |line: &PricedLine| (line.kind, quantity_text(line.quantity), line.unit_minor, line.gross_minor);
    priced.lines.iter().map(row).collect()
}

/// The mailboxes of case 6: 50 + 22 + 1 + 1 GB, and some more in the first.
fn four_mailboxes(more_bytes: u64) -> Vec<MailboxSpace> {
    [50 * GB + more_bytes, 22 * GB, GB, GB]
        .into_iter()
        .map(|used_bytes| MailboxSpace { quota_bytes: 25 * GB, used_bytes })
        .collect()
}

fn with_space(plan: &PlanVersion, interval: Interval, mailboxes: Vec<MailboxSpace>) -> Quantities {
    let price = plan.sheet.list(Currency::USD).unwrap().interval(interval).unwrap().space;
    let open = u32::try_from(mailboxes.len()).unwrap();
    Quantities { open, space_mb: space::count(price.as_ref(), mailboxes), ..Quantities::default() }
}

#[test]
fn case_03_a_closed_mailbox_is_reduced_by_the_month_and_not_by_the_year_or_in_full_by_setting() {
    let had = Quantities { open: 3, closed: 2, ..Quantities::default() };
    let monthly = request(vec![used(plan(), Interval::Monthly, had.clone())]);
    let reduced = rows(&untaxed(&monthly));
    assert_eq!(reduced[0], (LineKind::Mailboxes, "3".to_owned(), 600, 1800));
    assert_eq!(reduced[1], (LineKind::ClosedMailboxes, "2".to_owned(), 200, 400));
    let in_full = PriceRequest { closed_in_full: true, ..monthly };
    assert_eq!(rows(&untaxed(&in_full)), [(LineKind::Mailboxes, "5".to_owned(), 600, 3000)]);
    let annual = request(vec![used(plan(), Interval::Annual, had)]);
    assert_eq!(rows(&untaxed(&annual)), [(LineKind::Mailboxes, "5".to_owned(), 6000, 30_000)]);

    // A mailbox without a quota is marked “by use” whatever the price is by.
    let unlimited = MailboxSpace { quota_bytes: 0, used_bytes: GB };
    for price in [None, Some(space(SpaceBasis::Pool, 1)), Some(space(SpaceBasis::Quota, 1))] {
        assert_eq!(space::basis_of(price.as_ref(), unlimited), RowBasis::ByUse);
    }
}

#[test]
fn case_06_the_year_includes_pooled_space_and_asks_for_what_is_beyond() {
    let plan = plan();
    let within = with_space(&plan, Interval::Annual, four_mailboxes(0));
    assert_eq!(within.space_mb, 74_000);
    let priced = untaxed(&request(vec![used(plan.clone(), Interval::Annual, within)]));
    assert_eq!(rows(&priced), [(LineKind::Mailboxes, "4".to_owned(), 6000, 24_000)]);
    let beyond = with_space(&plan, Interval::Annual, four_mailboxes(30 * GB));
    let priced = untaxed(&request(vec![used(plan, Interval::Annual, beyond)]));
    assert_eq!(rows(&priced)[1], (LineKind::Space, "4".to_owned(), 300, 1200));
}

#[test]
fn case_07_the_month_asks_for_actual_use_or_for_the_quota_set() {
    let mut plan = plan();
    let by_use = with_space(&plan, Interval::Monthly, four_mailboxes(0));
    let priced = untaxed(&request(vec![used(plan.clone(), Interval::Monthly, by_use)]));
    assert_eq!(rows(&priced)[1], (LineKind::Space, "74".to_owned(), 25, 1850));

    // By the quota set when it is counted; the one without a quota by what it uses.
    plan.sheet.lists[0].intervals[0].space = Some(space(SpaceBasis::Quota, 25));
    let mut mailboxes = four_mailboxes(0);
    mailboxes[0].quota_bytes = 0;
    let by_quota = with_space(&plan, Interval::Monthly, mailboxes);
    let priced = untaxed(&request(vec![used(plan, Interval::Monthly, by_quota)]));
    assert_eq!(rows(&priced)[1], (LineKind::Space, "125".to_owned(), 25, 3125));
}

#[test]
fn case_08_one_gb_is_1000_or_1024_mb_as_each_price_says() {
    let mut plan = plan();
    let monthly = &mut plan.sheet.lists[0].intervals[0];
    monthly.space = Some(SpacePrice { gigabyte: Gigabyte::Of1024, ..space(SpaceBasis::Use, 100) });
    monthly.add_ons[0].space = Some(space(SpaceBasis::Pool, 100));
    let had = Quantities {
        open: 1,
        space_mb: 10_240,
        add_ons: vec![AddOnQuantity { key: "archive".to_owned(), mailboxes: 1, space_mb: 17_240 }],
        ..Quantities::default()
    };
    let priced = untaxed(&request(vec![used(plan.clone(), Interval::Monthly, had)]));
    // 10,240 MB are ten of 1024; 10,240 MB beyond the archive's own 7,000 are 10.24 of 1000.
    assert_eq!(
        rows(&priced),
        [
            (LineKind::Mailboxes, "1".to_owned(), 600, 600),
            (LineKind::Space, "10".to_owned(), 100, 1000),
            (LineKind::AddOn, "1".to_owned(), 600, 600),
            (LineKind::AddOnSpace, "10.24".to_owned(), 100, 1024),
        ]
    );
    // Where the price says so, a GB that was begun is a whole one.
    let whole = SpacePrice { whole_gigabytes: true, ..space(SpaceBasis::Use, 100) };
    assert_eq!(space::gigabytes(10_240, &whole), Ratio::new(11, 1));
}

#[test]
fn steps_are_graduated_or_by_volume() {
    let tiers = |mode| Tiers {
        mode,
        steps: vec![
            TierStep { from: 1, unit_minor: 600 },
            TierStep { from: 11, unit_minor: 500 },
            TierStep { from: 51, unit_minor: 400 },
        ],
    };
    let graduated = tiers(TierMode::Graduated);
    assert_eq!(mailboxes::steps(&graduated, 0), []);
    assert_eq!(mailboxes::steps(&graduated, 10), [(10, 600)]);
    assert_eq!(mailboxes::steps(&graduated, 60), [(10, 600), (40, 500), (10, 400)]);
    assert_eq!(mailboxes::steps(&tiers(TierMode::Volume), 60), [(60, 400)]);
    assert_eq!(mailboxes::steps(&tiers(TierMode::Volume), 11), [(11, 500)]);
}

#[test]
fn what_comes_once_is_neither_prorated_nor_reduced() {
    let migration = ItemVersion {
        id: Uuid::nil(),
        key: "work".to_owned(),
        version: 1,
        name: "Work".to_owned(),
        measure: Measure::Hour,
        tax_class: "standard".to_owned(),
        prices: vec![(Currency::USD, 9000)],
    };
    let whole = nth_period(date(2026, 4, 1), Interval::Monthly, 0);
    let part = Period { start: date(2026, 4, 16), end: whole.end };
    let plan = PlanUse {
        part: Some(Span { part, whole }),
        begins: true,
        ..used(plan(), Interval::Monthly, Quantities::ordered(2))
    };
    let half = Reduction { name: "Half".to_owned(), by: DiscountBy::Share(Ratio::new(1, 2)), plans: None };
    let request = PriceRequest {
        items: vec![ItemUse { item: migration, quantity: Ratio::new(5, 2) }],
        reductions: vec![half],
        ..request(vec![plan])
    };
    let priced = untaxed(&request);
    let net: Vec<_> = priced.rows().map(|(line, _, total)| (line.kind, total.net_minor)).collect();
    assert_eq!(net, [(LineKind::Mailboxes, 300), (LineKind::Setup, 2500), (LineKind::Item, 22_500)]);
    assert_eq!(priced.lines[2].quantity, Ratio::new(5, 2));
    assert_eq!(quantity_text(priced.lines[2].quantity), "2.5");
}

#[test]
fn what_is_not_sold_is_refused_by_name() {
    let had = Quantities {
        open: 1,
        add_ons: vec![AddOnQuantity { key: "fax".to_owned(), mailboxes: 1, space_mb: 0 }],
        ..Quantities::default()
    };
    let in_euro = PriceRequest {
        currency: Currency::EUR,
        ..request(vec![used(plan(), Interval::Monthly, Quantities::ordered(1))])
    };
    for (request, words) in [
        (request(vec![used(plan(), Interval::Quarterly, Quantities::ordered(1))]), "for quarterly"),
        (request(vec![used(plan(), Interval::Monthly, had)]), "fax"),
        (in_euro, "in EUR"),
    ] {
        let refused = price_at(&request, &TaxDecision::plain("Tax", TaxRate::ZERO)).unwrap_err();
        assert!(refused.to_string().contains(words), "{refused}");
    }
}

#[test]
fn what_is_stored_of_an_order_is_what_was_priced() {
    let rules: TaxConfig = toml::from_str("eu_rates = true\ninclusive = true").unwrap();
    let party = crate::taxes::TaxParty::in_country("FI");
    let taxes = Taxes {
        rules: &rules,
        seller_country: "DE".to_owned(),
        party,
        on: date(2026, 3, 1),
        exemption: None,
    };
    let had = Quantities { open: 7, space_mb: 1234, ..Quantities::default() };
    let priced = price(&request(vec![used(plan(), Interval::Monthly, had)]), &taxes).unwrap();
    let json = serde_json::to_string(&priced).unwrap();
    assert_eq!(serde_json::from_str::<Priced>(&json).unwrap(), priced);
    assert_eq!(priced.tax_rows().len(), 1);
    assert_eq!(priced.tax_rows()[0].tax_minor, priced.totals.tax_minor);
}

/// A plan with any steps, bases and units.
fn any_plan() -> impl Strategy<Value = PlanVersion> {
    let steps = proptest::collection::btree_map(2u32..200, 0i64..2000, 0..4);
    let basis = prop_oneof![Just(SpaceBasis::Pool), Just(SpaceBasis::Use), Just(SpaceBasis::Quota)];
    (steps, any::<bool>(), 0i64..2000, proptest::option::of(0i64..2000), basis, any::<bool>(), any::<bool>())
        .prop_map(|(steps, volume, unit_minor, closed_minor, by, binary, whole_gigabytes)| {
            let mut plan = plan();
            let monthly = &mut plan.sheet.lists[0].intervals[0];
            monthly.mailbox = Tiers::flat(unit_minor);
            monthly.mailbox.mode = if volume { TierMode::Volume } else { TierMode::Graduated };
            let steps = steps.into_iter().map(|(from, unit_minor)| TierStep { from, unit_minor });
            monthly.mailbox.steps.extend(steps);
            monthly.closed_minor = closed_minor;
            let gigabyte = if binary { Gigabyte::Of1024 } else { Gigabyte::Of1000 };
            monthly.space = Some(SpacePrice { by, unit_minor: 25, gigabyte, whole_gigabytes });
            plan
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(case_count(1000)))]

    /// Every mailbox costs what its place says, counted one by one.
    #[test]
    fn mailboxes_cost_what_each_of_them_costs(plan in any_plan(), open in 0u32..300, closed in 0u32..50, full: bool) {
        let had = Quantities { open, closed, ..Quantities::default() };
        let request = PriceRequest {
            closed_in_full: full,
            ..request(vec![used(plan.clone(), Interval::Monthly, had)])
        };
        let prices = &plan.sheet.lists[0].intervals[0];
        let in_full = match prices.closed_minor.filter(|_| !full) {
            Some(_) => open,
            None => open + closed,
        };
        let step_of = |number: u32| {
            prices.mailbox.steps.iter().rev().find(|step| step.from <= number).unwrap().unit_minor
        };
        let each: i64 = match prices.mailbox.mode {
            TierMode::Graduated => (1..=in_full).map(step_of).sum(),
            TierMode::Volume => i64::from(in_full) * if in_full == 0 { 0 } else { step_of(in_full) },
        };
        let reduced = i64::from(open + closed - in_full) * prices.closed_minor.unwrap_or(0);
        let priced = untaxed(&request);
        prop_assert_eq!(priced.totals.net_minor, each + reduced);
        let counted: i64 = priced.lines.iter().map(|line| line.quantity.numerator()).sum();
        prop_assert_eq!(counted, i64::from(open + closed));
    }

    /// A period that is split at any day comes to the whole, line by line.
    #[test]
    fn a_period_split_at_any_day_sums_to_the_whole(
        plan in any_plan(), open in 1u32..300, closed in 0u32..50, space_mb in 0u64..9_000_000,
        month in 0i32..48, day in 0i64..31,
    ) {
        let whole = nth_period(date(2026, 1, 31), Interval::Monthly, month);
        let cut = whole.start.checked_add(jiff::Span::new().days(day)).unwrap().min(whole.end);
        let had = Quantities { open, closed, space_mb, ..Quantities::default() };
        let of = |part: Option<Period>| {
            let part = part.map(|part| Span { part, whole });
            let plan = PlanUse { part, ..used(plan.clone(), Interval::Monthly, had.clone()) };
            untaxed(&request(vec![plan])).lines.iter().map(|line| line.gross_minor).collect::<Vec<_>>()
        };
        let first = of(Some(Period { start: whole.start, end: cut }));
        let second = of(Some(Period { start: cut, end: whole.end }));
        let sums: Vec<i64> = first.iter().zip(&second).map(|(one, two)| one + two).collect();
        prop_assert_eq!(sums, of(None));
    }

    /// What a customer uses beyond all that their mailboxes bring is charged once, to those who use more than they bring.
    #[test]
    fn the_shares_of_a_pool_sum_to_what_is_beyond_it(
        parts in proptest::collection::vec((0u64..1_000_000_000, 0u64..1_000_000_000), 0..12),
    ) {
        let parts: Vec<PoolPart> =
            parts.into_iter().map(|(included_mb, used_mb)| PoolPart { included_mb, used_mb }).collect();
        let shares = share_excess(&parts);
        let sum = |pick: fn(&PoolPart) -> u64| parts.iter().map(pick).sum::<u64>();
        let beyond = sum(|part| part.used_mb).saturating_sub(sum(|part| part.included_mb));
        prop_assert_eq!(shares.iter().sum::<u64>(), beyond);
        for (part, share) in parts.iter().zip(shares) {
            prop_assert!(share <= part.used_mb.saturating_sub(part.included_mb));
        }
    }

    /// Reductions never make a line negative, never touch what comes once, and tax follows what is left.
    #[test]
    fn reductions_and_tax_stay_within_the_lines(
        plan in any_plan(), open in 1u32..300, space_mb in 0u64..9_000_000, percent in 0i64..101,
        amount in 0i64..100_000, rate in 0u16..3000, inclusive: bool,
    ) {
        let had = Quantities { open, space_mb, ..Quantities::default() };
        let reduction = |by| Reduction { name: String::new(), by, plans: Some(vec!["business".to_owned()]) };
        let request = PriceRequest {
            reductions: vec![
                reduction(DiscountBy::Share(Ratio::new(percent, 100))),
                reduction(DiscountBy::Amount(amount)),
            ],
            ..request(vec![PlanUse { begins: true, ..used(plan, Interval::Monthly, had) }])
        };
        let tax = TaxDecision { inclusive, ..TaxDecision::plain("VAT", TaxRate(rate)) };
        let priced = price_at(&request, &tax).unwrap();
        for (line, _, total) in priced.rows() {
            prop_assert!(total.net_minor >= 0 && total.tax_minor >= 0 && total.discount_minor >= 0);
            if line.kind == LineKind::Setup {
                prop_assert_eq!(total.discount_minor, 0);
            }
        }
        let without = price_at(&PriceRequest { reductions: Vec::new(), ..request }, &tax).unwrap();
        prop_assert!(priced.totals.total_minor <= without.totals.total_minor);
    }
}
