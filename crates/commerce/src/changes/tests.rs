//! Changes of plan and term: case 12, the rounding rows, and that the preview is what is billed.

use jiff::civil::Date;
use mailkeep_types::{Currency, CustomerId, InvoiceId, Ratio, SubscriptionId};
use proptest::prelude::*;
use uuid::Uuid;

use super::unused::{OldLine, Unused, unused};
use super::*;
use crate::catalogue::pricing::{LineKind, Measure};
use crate::invoices::{Invoice, InvoiceLine};
use crate::periods::Period;
use crate::periods::calendar::MonthCalendar;
use crate::processor::sandbox::Scenario;
use crate::taxes::TaxParty;
use crate::testing::{Bench, Buyer, both_engines, case_count};
use crate::totals::{LineTotal, TaxRate};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn old_line(net_minor: i64, tax_minor: i64, rate: u16, period: Period) -> OldLine {
    OldLine {
        invoice: InvoiceId::from_uuid(Uuid::nil()),
        line: InvoiceLine {
            position: 1,
            subscription: SubscriptionId::from_uuid(Uuid::nil()),
            plan_version: Uuid::nil(),
            kind: LineKind::Mailboxes,
            item_key: None,
            quantity: Ratio::ONE,
            measure: Measure::Mailbox,
            unit_minor: net_minor,
            total: LineTotal { gross_minor: net_minor, discount_minor: 0, net_minor, tax_minor },
            tax_rate: TaxRate(rate),
            taxed: crate::invoices::Taxed::default(),
            period,
        },
        plan_name: "Business".to_owned(),
        currency: Currency::USD,
        credited: (0, 0),
    }
}

fn days(start: Date, days: i64) -> Period {
    Period { start, end: start.checked_add(jiff::Span::new().days(days)).unwrap() }
}

#[test]
fn the_rounding_rows() {
    let start = date("2026-04-01");
    let second = date("2026-04-02");
    for (net, tax, rate, length, expected) in [
        (20_000, 5000, 2500, 30, (19_333, 4833)),
        (16_000, 4000, 2500, 30, (15_467, 3867)),
        (2999, 700, 2333, 7, (2571, 600)),
    ] {
        let old = old_line(net, tax, rate, days(start, length));
        let Unused { net_minor, tax_minor, .. } = unused(&old, second).unwrap().unwrap();
        assert_eq!((net_minor, tax_minor), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(case_count(2000)))]

    #[test]
    fn what_is_credited_never_exceeds_what_was_charged(
        net in 1i64..1_000_000, rate in 0u16..3000, length in 1i64..400,
        cuts in proptest::collection::vec(0i64..400, 1..6),
    ) {
        let tax = mailkeep_types::Money::new(net, Currency::USD).times(TaxRate(rate).ratio()).unwrap().minor;
        let mut old = old_line(net, tax, rate, days(date("2026-01-01"), length));
        let mut cuts: Vec<i64> = cuts.into_iter().map(|cut| cut % length).collect();
        cuts.sort_unstable_by(|a, b| b.cmp(a));
        // Whoever changes on an earlier day than somebody before is refused elsewhere; here each later credit takes the rest.
        for cut in cuts {
            let from = days(date("2026-01-01"), cut).end;
            if let Some(more) = unused(&old, from).unwrap() {
                prop_assert!(more.net_minor > 0 && more.tax_minor >= 0);
                old.credited.0 += more.net_minor;
                old.credited.1 += more.tax_minor;
            }
            prop_assert!(old.credited.0 <= net && old.credited.1 <= tax);
        }
        if let Some(rest) = unused(&old, date("2026-01-01")).unwrap() {
            old.credited.0 += rest.net_minor;
            old.credited.1 += rest.tax_minor;
        }
        prop_assert_eq!(old.credited, (net, tax));
    }
}

/// The bench with the days of the trade.
async fn trade(bench: &Bench) -> Bench {
    bench.reopened(|config| config.month = MonthCalendar::default()).await
}

async fn live(bench: &Bench, days: u64) {
    for _ in 0..days {
        bench.days(1);
        assert_eq!(bench.commerce.run_billing().await.unwrap().failed, 0);
    }
}

async fn customer(bench: &Bench, plan: &str, interval: Interval, mailboxes: u32) -> (Buyer, SubscriptionId) {
    let buyer = bench.customer();
    let domain = format!("c{}.example", buyer.customer.uuid().simple());
    let order = bench.order(&buyer, plan, interval, mailboxes, &domain).await;
    bench.pay(&buyer, order, Scenario::Approve).await;
    let subscription = bench.commerce.list_subscriptions(buyer.customer).await.unwrap().remove(0);
    let service = bench.commerce.list_services(buyer.customer).await.unwrap().remove(0);
    bench.usage.0.lock().insert(service.id, mailboxes);
    (buyer, subscription.id)
}

fn wish(plan: &str, interval: Interval, mailboxes: u32, when: When) -> Wish {
    Wish { plan_key: plan.to_owned(), interval, mailboxes, when }
}

async fn preview(
    bench: &Bench,
    of: CustomerId,
    id: SubscriptionId,
    wish: &Wish,
) -> Result<ChangePreview, String> {
    let party = TaxParty { region: "IL", ..TaxParty::in_country("US") };
    let preview = bench.commerce.preview_change(of, id, wish.clone(), AskedBy::Customer, party).await;
    preview.map_err(|error| error.to_string())
}

async fn change(bench: &Bench, of: CustomerId, id: SubscriptionId, wish: &Wish) -> Result<Changed, String> {
    let changed = bench.commerce.change_subscription(of, id, wish.clone(), AskedBy::Customer, None).await;
    changed.map_err(|error| error.to_string())
}

async fn invoices(bench: &Bench, of: CustomerId) -> Vec<Invoice> {
    let mut list = bench.commerce.list_invoices(of).await.unwrap();
    list.reverse();
    list
}

both_engines!(
    case_12_a_longer_term_waits_and_a_shorter_one_is_refused_until_the_renewal,
    |bench| async move {
        let bench = trade(&bench).await;
        let (buyer, id) = customer(&bench, "business", Interval::Monthly, 2).await;
        let of = buyer.customer;
        // On the 10th, monthly to annual: nothing now, from the next billing on.
        live(&bench, 9).await;
        let annual = wish("business", Interval::Annual, 2, When::NextBilling);
        let said = preview(&bench, of, id, &annual).await.unwrap();
        assert_eq!((said.now.is_none(), said.effective_on), (true, date("2026-04-01")));
        assert_eq!(said.later.totals.net_minor, 12_000);
        let now = preview(&bench, of, id, &wish("business", Interval::Annual, 2, When::Now)).await;
        assert!(now.unwrap_err().contains("2026-04-01"));
        assert_eq!(change(&bench, of, id, &annual).await.unwrap().invoice, None);
        assert_eq!(invoices(&bench, of).await.len(), 1, "the fee is 0");
        live(&bench, 22).await;
        let list = invoices(&bench, of).await;
        assert_eq!((list.len(), list[1].net_minor), (2, 12_000));
        let subscription = bench.commerce.show_subscription(of, id).await.unwrap();
        assert_eq!((subscription.interval, subscription.next_on), (Interval::Annual, date("2027-04-01")));
        // Annual to monthly in the middle of the term: refused, with the earliest date; through a person on that date.
        let monthly = wish("business", Interval::Monthly, 2, When::NextBilling);
        assert!(change(&bench, of, id, &monthly).await.unwrap_err().contains("2027-04-01"));
        let staff = AskedBy::Staff(bench.staff);
        bench.commerce.change_subscription(of, id, monthly.clone(), staff, None).await.unwrap();
        live(&bench, 365).await;
        let subscription = bench.commerce.show_subscription(of, id).await.unwrap();
        assert_eq!((subscription.interval, subscription.next_on), (Interval::Monthly, date("2027-05-01")));
        assert_eq!(invoices(&bench, of).await[2].net_minor, 1200);
    }
);

both_engines!(an_upgrade_credits_what_is_unused_and_charges_the_rest, |bench| async move {
    let bench = trade(&bench).await;
    let (buyer, id) = customer(&bench, "business", Interval::Monthly, 5).await;
    let of = buyer.customer;
    live(&bench, 10).await;
    // 11 March, 21 of 31 days: 30.00 − 9.68 = 20.32 back; 55.00 − 17.74 = 37.26 for the rest.
    let up = wish("enterprise", Interval::Monthly, 5, When::Now);
    let said = preview(&bench, of, id, &up).await.unwrap().now.unwrap();
    let nets: Vec<i64> = said.totals.lines.iter().map(|line| line.net_minor).collect();
    assert_eq!(nets, [-2032, 3726]);
    let changed = change(&bench, of, id, &up).await.unwrap();
    let list = invoices(&bench, of).await;
    assert_eq!(changed.invoice, Some(list[1].id));
    assert_eq!(list[1].total_minor, said.totals.total_minor);
    bench.commerce.collect_invoice(list[1].id).await.unwrap();
    assert_eq!(bench.commerce.list_services(of).await.unwrap()[0].plan_version, changed.plan_version);
    // Twice on one day there is nothing more to credit than what was charged.
    let down = wish("business", Interval::Monthly, 5, When::Now);
    assert!(change(&bench, of, id, &down).await.unwrap_err().contains("next billing"));
    let later = wish("business", Interval::Monthly, 5, When::NextBilling);
    change(&bench, of, id, &later).await.unwrap();
    bench.commerce.take_back_change(of, id).await.unwrap();
    change(&bench, of, id, &later).await.unwrap();
    live(&bench, 23).await;
    assert_eq!(invoices(&bench, of).await[2].net_minor, 3000);
    // What was credited by the later invoice can not be credited by a note as well.
    let first = invoices(&bench, of).await[0].id;
    let credited = bench.db.read(move |tx| crate::invoices::store::credited(tx, first)).await.unwrap();
    assert_eq!(credited, [(1, 2032, 127)]);
    assert!(bench.commerce.check_journal().await.unwrap().holds());
    assert!(change(&bench, bench.customer().customer, id, &later).await.is_err(), "another's");
});

both_engines!(an_upgrade_after_the_next_year_was_billed_charges_both_terms, |bench| async move {
    let bench = trade(&bench).await;
    live(&bench, 9).await;
    let (buyer, id) = customer(&bench, "business", Interval::Annual, 5).await;
    let of = buyer.customer;
    // From 10 March to 10 March; the next year is billed on 1 March, and this is 5 March.
    live(&bench, 360).await;
    assert_eq!(bench.commerce.show_subscription(of, id).await.unwrap().next_on, date("2028-03-10"));
    let up = wish("enterprise", Interval::Annual, 5, When::Now);
    let said = preview(&bench, of, id, &up).await.unwrap().now.unwrap();
    let nets: Vec<i64> = said.totals.lines.iter().map(|line| line.net_minor).collect();
    // Five days of 365 and a year back at 300.00, and the same at 550.00.
    assert_eq!(nets, [-411, -30_000, 753, 55_000]);
    let changed = change(&bench, of, id, &up).await.unwrap();
    let (invoice, lines) = bench.commerce.show_invoice(of, changed.invoice.unwrap()).await.unwrap();
    assert_eq!(invoice.total_minor, said.totals.total_minor);
    let periods: Vec<_> = lines.iter().map(|line| (line.period.start, line.period.end)).collect();
    let (today, turn, end) = (date("2027-03-05"), date("2027-03-10"), date("2028-03-10"));
    assert_eq!(periods, [(today, turn), (turn, end), (today, turn), (turn, end)]);
});

both_engines!(what_does_not_fit_is_refused_with_what_to_do, |bench| async move {
    let bench = trade(&bench).await;
    let (buyer, id) = customer(&bench, "business", Interval::Monthly, 5).await;
    let of = buyer.customer;
    let say = |wish: Wish| {
        let bench = &bench;
        async move { preview(bench, of, id, &wish).await.unwrap_err() }
    };
    let month = Interval::Monthly;
    assert!(say(wish("business", month, 5, When::Now)).await.contains("what you have"));
    assert!(say(wish("nothing", month, 5, When::Now)).await.contains("not on offer"));
    assert!(say(wish("personal", month, 5, When::NextBilling)).await.contains("at most 3"));
    assert!(say(wish("enterprise", month, 2, When::NextBilling)).await.contains("begins with 5"));
    assert!(say(wish("business", Interval::Quarterly, 5, When::NextBilling)).await.contains("not sold"));
    bench.commerce.cancel_subscription(of, id).await.unwrap();
    assert!(say(wish("enterprise", month, 5, When::Now)).await.contains("cancelled"));
});

/// Random scenarios: `MAILKEEP_SCENARIOS` says how many.
fn scenarios() -> u64 {
    std::env::var("MAILKEEP_SCENARIOS").ok().and_then(|text| text.parse().ok()).unwrap_or(60)
}

/// In one house; every run of its month looks at all its customers, so that many scenarios want many houses.
const IN_ONE_HOUSE: u64 = 200;

async fn previews_are_bills(bench: Bench, house: u64, scenarios: u64) {
    let bench = trade(&bench).await;
    let mut seed = 0x9e37_79b9_7f4a_7c15u64.wrapping_mul(2 * house + 1);
    let mut next = |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    let (mut done, mut billed) = (0, 0);
    while done < scenarios {
        let interval = if next(2) == 0 { Interval::Monthly } else { Interval::Annual };
        let mailboxes = u32::try_from(5 + next(30)).unwrap();
        // Orders of one name within a week look like an attack and are held.
        bench.days(7 + next(24));
        let (buyer, id) = customer(&bench, "business", interval, mailboxes).await;
        bench.days(next(27));
        bench.commerce.run_billing().await.unwrap();
        for _ in 0..2 {
            if next(3) == 0 {
                billed += besides(&bench, buyer.customer, id, next(4)).await;
                done += 1;
                continue;
            }
            let plan = ["business", "enterprise"][usize::try_from(next(2)).unwrap()];
            let when = if next(4) == 0 { When::NextBilling } else { When::Now };
            let more = u32::try_from(next(20)).unwrap();
            let wish = wish(plan, interval, mailboxes + more, when);
            done += 1;
            let said = preview(&bench, buyer.customer, id, &wish).await;
            let expected = said.as_ref().ok().and_then(|said| Some(said.now.as_ref()?.totals.total_minor));
            let asked = wish.clone();
            let changed = bench
                .commerce
                .change_subscription(buyer.customer, id, asked, AskedBy::Customer, expected)
                .await;
            match (said, changed) {
                (Ok(said), Ok(changed)) => {
                    let Some((now, id)) = said.now.zip(changed.invoice) else { continue };
                    let invoice = bench.commerce.find_invoice(id).await.unwrap();
                    let (_, lines) = bench.commerce.show_invoice(buyer.customer, id).await.unwrap();
                    assert_eq!(invoice.total_minor, now.totals.total_minor);
                    assert_eq!(lines.iter().map(|l| l.total).collect::<Vec<_>>(), now.totals.lines);
                    billed += 1;
                }
                // What would give money back is previewed and not done at once.
                (Ok(said), Err(error)) => {
                    assert!(said.now.is_some_and(|now| now.totals.total_minor < 0), "{wish:?}: {error}");
                }
                (Err(_), Err(_)) => {}
                (Err(said), Ok(_)) => panic!("{wish:?}: refused in the preview ({said}) and done"),
            }
        }
    }
    assert!(bench.commerce.check_journal().await.unwrap().holds());
    assert!(billed * 4 > done, "{billed} of {done} scenarios were billed");
}

/// Adds what may be added as it was previewed, or removes it and perhaps keeps it. Gives how many bills there were.
async fn besides(bench: &Bench, of: CustomerId, id: SubscriptionId, dice: u64) -> u64 {
    let (commerce, key) = (&bench.commerce, "archive");
    if commerce.list_add_ons(of).await.unwrap().iter().any(|had| had.until.is_none()) {
        commerce.remove_add_on(of, id, key, AskedBy::Customer).await.unwrap();
        if dice == 0 {
            commerce.keep_add_on(of, id, key).await.unwrap();
        }
        return 0;
    }
    let party = TaxParty { region: "IL", ..TaxParty::in_country("US") };
    let said = commerce.preview_add_on(of, id, key, party).await;
    let expected = said.as_ref().ok().map(|said| said.now.totals.total_minor);
    let added = commerce.add_add_on(of, id, key, AskedBy::Customer, expected).await;
    let (said, added) = match (said, added) {
        (Ok(said), Ok(added)) => (said, added),
        (Err(_), Err(_)) => return 0,
        (said, added) => panic!("the preview said {said:?}, and then {added:?}"),
    };
    let Some(invoice) = added.invoice else { return 0 };
    let (invoice, lines) = commerce.show_invoice(of, invoice).await.unwrap();
    assert_eq!(invoice.total_minor, said.now.totals.total_minor);
    assert_eq!(lines.iter().map(|line| line.total).collect::<Vec<_>>(), said.now.totals.lines);
    1
}

#[test]
fn the_preview_is_what_is_billed_in_random_scenarios() {
    for (house, first) in (0..scenarios()).step_by(IN_ONE_HOUSE as usize).enumerate() {
        let (house, count) = (u64::try_from(house).unwrap(), IN_ONE_HOUSE.min(scenarios() - first));
        crate::testing::run(mailkeep_storage::sql::Dialect::Sqlite, move |bench| {
            previews_are_bills(bench, house, count)
        });
    }
}
