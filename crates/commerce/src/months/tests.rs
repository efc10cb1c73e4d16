//! The billing month: cases 9, 10 and 11, closed mailboxes and space (3, 6, 7), missed days, and the dry run.

use jiff::civil::Date;
use mailkeep_storage::sql::params;
use mailkeep_types::ServiceId;

use crate::carts::change::NewLine;
use crate::catalogue::price_config::SpaceConfig;
use crate::catalogue::sheet::{Gigabyte, SpaceBasis};
use crate::config::CommerceConfig;
use crate::counts::Stage;
use crate::invoices::Invoice;
use crate::periods::Interval;
use crate::periods::calendar::MonthCalendar;
use crate::ports::HeldMailbox;
use crate::processor::sandbox::Scenario;
use crate::subscriptions::run::RunReport;
use crate::testing::{Bench, Buyer, SetUsage, both_engines};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// The bench with the days of the trade.
async fn trade(bench: &Bench) -> Bench {
    bench.reopened(|config| config.month = MonthCalendar::default()).await
}

/// Runs once a day until it is `day` in March to June 2026; a run must never fail silently.
async fn live_until(bench: &Bench, day: &str) -> RunReport {
    let mut sum = RunReport::default();
    loop {
        let today = crate::local_date(bench.now(), "America/New_York");
        if today >= date(day) {
            return sum;
        }
        bench.days(1);
        let report = bench.commerce.run_billing().await.unwrap();
        assert_eq!(report.failed, 0, "{report:?}");
        sum.counted += report.counted;
        sum.previewed += report.previewed;
        sum.reported += report.reported;
        sum.billed += report.billed;
        sum.settled += report.settled;
    }
}

/// A customer's invoices, oldest first.
async fn invoices(bench: &Bench, buyer: &Buyer) -> Vec<Invoice> {
    let mut list = bench.commerce.list_invoices(buyer.customer).await.unwrap();
    list.reverse();
    list
}

async fn service(bench: &Bench, buyer: &Buyer) -> ServiceId {
    bench.commerce.list_services(buyer.customer).await.unwrap()[0].id
}

/// A customer with so many mailboxes of a plan for an interval.
async fn customer(bench: &Bench, interval: Interval, mailboxes: u32, domain: &str) -> (Buyer, ServiceId) {
    let buyer = bench.customer();
    let order = bench.order(&buyer, "business", interval, mailboxes, domain).await;
    bench.pay(&buyer, order, Scenario::Approve).await;
    let service = service(bench, &buyer).await;
    bench.usage.0.lock().insert(service, mailboxes);
    (buyer, service)
}

async fn previews(bench: &Bench) -> i64 {
    bench
        .db
        .read(|tx| {
            tx.query_one(
                "SELECT COUNT(*) FROM outbound_messages WHERE template = 'commerce/billing_preview'",
                params![],
                |row| row.get(0),
            )
        })
        .await
        .unwrap_or_else(|error: mailkeep_storage::sql::SqlError| panic!("{error}"))
}

both_engines!(case_09_count_preview_invoice_and_payment_on_their_days, |bench| async move {
    let bench = trade(&bench).await;
    let (buyer, service) = customer(&bench, Interval::Monthly, 2, "company.example").await;
    // Nothing changed: counted on the 21st, and no preview.
    let done = live_until(&bench, "2026-03-21").await;
    assert_eq!((done.counted, done.previewed, previews(&bench).await), (1, 0, 0));
    let done = live_until(&bench, "2026-03-31").await;
    assert_eq!((done.counted, done.billed), (1, 0));
    let done = live_until(&bench, "2026-04-01").await;
    assert_eq!((done.billed, done.reported, done.settled), (1, 1, 0));
    let list = invoices(&bench, &buyer).await;
    assert_eq!((list[1].issued_on, list[1].due_on), (date("2026-04-01"), date("2026-04-03")));
    assert_eq!((list[1].total_minor, list[1].open_minor), (1275, 1275));
    assert_eq!(live_until(&bench, "2026-04-02").await.settled, 0);
    assert_eq!(live_until(&bench, "2026-04-03").await.settled, 1);
    // A third mailbox: a preview, once.
    bench.usage.0.lock().insert(service, 3);
    let done = live_until(&bench, "2026-04-27").await;
    assert_eq!((done.counted, done.previewed, previews(&bench).await), (1, 1, 1));
    // The payment day is one setting.
    let later = bench.reopened(|config| config.month.payment_day = 5).await;
    live_until(&later, "2026-05-04").await;
    let list = invoices(&later, &buyer).await;
    assert_eq!((list[2].due_on, list[2].total_minor), (date("2026-05-05"), 1913));
    assert_eq!(list[2].open_minor, 1913);
    assert_eq!(live_until(&later, "2026-05-05").await.settled, 1);
    assert!(later.commerce.check_journal().await.unwrap().holds());
});

both_engines!(case_10_what_comes_and_goes_between_the_counts, |bench| async move {
    let bench = trade(&bench).await;
    let (buyer, service) = customer(&bench, Interval::Monthly, 2, "company.example").await;
    live_until(&bench, "2026-03-21").await;
    // Added on the 22nd and deleted on the 27th: absent from the final count.
    live_until(&bench, "2026-03-22").await;
    bench.usage.0.lock().insert(service, 3);
    live_until(&bench, "2026-03-27").await;
    bench.usage.0.lock().insert(service, 2);
    live_until(&bench, "2026-03-28").await;
    // Added on the 29th: the next month's.
    live_until(&bench, "2026-03-29").await;
    bench.usage.0.lock().insert(service, 4);
    live_until(&bench, "2026-04-01").await;
    assert_eq!(invoices(&bench, &buyer).await[1].total_minor, 1275);
    live_until(&bench, "2026-05-01").await;
    assert_eq!(invoices(&bench, &buyer).await[2].total_minor, 2550);
    let reports = bench.commerce.list_hosting_reports(buyer.customer).await.unwrap();
    let rows: Vec<Vec<bool>> = reports
        .iter()
        .map(|stored| stored.report.domains[0].rows.iter().map(|row| row.new).collect())
        .collect();
    assert_eq!(rows, [vec![false, false, true, true], vec![false, false]]);
    assert_eq!(reports[0].report.counted_on, date("2026-04-28"));
    assert_eq!(reports[0].report.lines[0].net_minor, 2400);
    // A count is never edited.
    let edited =
        bench.db.write(|tx| tx.execute("UPDATE mailbox_counts SET open_mailboxes = 1", params![])).await;
    assert!(edited.is_err());
});

both_engines!(case_11_annual_terms_are_billed_for_what_was_added_until_the_renewal, |bench| async move {
    let bench = trade(&bench).await;
    let (buyer, service) = customer(&bench, Interval::Annual, 2, "company.example").await;
    live_until(&bench, "2026-05-10").await;
    assert_eq!(invoices(&bench, &buyer).await.len(), 1, "no changes, no invoice");
    // A hosting report comes all the same.
    assert_eq!(bench.commerce.list_hosting_reports(buyer.customer).await.unwrap().len(), 2);
    bench.usage.0.lock().insert(service, 3);
    live_until(&bench, "2026-06-01").await;
    let list = invoices(&bench, &buyer).await;
    assert_eq!(list.len(), 2);
    let (_, lines) = bench.commerce.show_invoice(buyer.customer, list[1].id).await.unwrap();
    assert_eq!((lines[0].period.start, lines[0].period.end), (date("2026-06-01"), date("2027-03-01")));
    // 60.00 for 273 of 365 days: 44.88.
    assert_eq!((lines[0].quantity.numerator(), lines[0].total.net_minor), (1, 4488));
    // Fewer again, then as many as are paid for: nothing more.
    bench.usage.0.lock().insert(service, 1);
    live_until(&bench, "2026-07-02").await;
    bench.usage.0.lock().insert(service, 3);
    live_until(&bench, "2026-08-02").await;
    assert_eq!(invoices(&bench, &buyer).await.len(), 2);
    // The renewal bills what there is.
    live_until(&bench, "2027-03-01").await;
    let list = invoices(&bench, &buyer).await;
    assert_eq!((list.len(), list[2].net_minor, list[2].issued_on), (3, 18_000, date("2027-03-01")));
    assert!(bench.commerce.check_journal().await.unwrap().holds());
});

both_engines!(an_order_in_the_middle_of_a_month_meets_the_invoice_day, |bench| async move {
    let bench = trade(&bench).await;
    bench.days(9);
    let (buyer, _) = customer(&bench, Interval::Monthly, 1, "company.example").await;
    live_until(&bench, "2026-05-02").await;
    let mut periods = Vec::new();
    for invoice in invoices(&bench, &buyer).await {
        let (_, lines) = bench.commerce.show_invoice(buyer.customer, invoice.id).await.unwrap();
        let period = lines[0].period;
        periods.push((invoice.issued_on, period.start, period.end, invoice.net_minor));
    }
    // Paid until 10 April with the order; from there to May as 21 of 30 days; then whole months.
    assert_eq!(
        periods,
        [
            (date("2026-03-10"), date("2026-03-10"), date("2026-04-10"), 600),
            (date("2026-04-01"), date("2026-04-10"), date("2026-05-01"), 420),
            (date("2026-05-01"), date("2026-05-01"), date("2026-06-01"), 600),
        ]
    );
});

both_engines!(days_that_were_missed_are_made_good, |bench| async move {
    let bench = trade(&bench).await;
    let (buyer, _) = customer(&bench, Interval::Monthly, 2, "company.example").await;
    bench.days(31 + 30 + 31 + 5);
    let report = bench.commerce.run_billing().await.unwrap();
    assert_eq!((report.failed, report.billed, report.counted), (0, 3, 0), "{report:?}");
    let issued: Vec<Date> = invoices(&bench, &buyer).await.iter().map(|i| i.issued_on).collect();
    assert_eq!(issued, ["2026-03-01", "2026-04-01", "2026-05-01", "2026-06-01"].map(date));
    assert_eq!(bench.commerce.run_billing().await.unwrap(), RunReport::default());
    let id = bench.commerce.list_subscriptions(buyer.customer).await.unwrap()[0].id;
    let late = bench
        .db
        .read(move |tx| crate::counts::store::find(tx, id, date("2026-06-01"), Stage::Final))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(late.counted_on, date("2026-06-06"), "counted when it was billed");
});

both_engines!(several_subscriptions_of_a_customer_are_one_invoice, |bench| async move {
    let bench = trade(&bench).await;
    let (buyer, _) = customer(&bench, Interval::Monthly, 2, "company.example").await;
    let order = bench.order(&buyer, "personal", Interval::Monthly, 1, "second.example").await;
    bench.pay(&buyer, order, Scenario::Approve).await;
    live_until(&bench, "2026-04-01").await;
    let list = invoices(&bench, &buyer).await;
    assert_eq!((list.len(), list[2].net_minor), (3, 1500));
    let (_, lines) = bench.commerce.show_invoice(buyer.customer, list[2].id).await.unwrap();
    assert_eq!(lines.len(), 2);
    assert_ne!(lines[0].subscription, lines[1].subscription);
});

/// The bench with a price of space on the business plan.
async fn with_space(bench: &Bench, interval: Interval, by: SpaceBasis, closed: Option<&str>) -> Bench {
    let bench = trade(bench).await;
    let closed = closed.map(str::to_owned);
    bench
        .reopened(move |config| {
            let plan = config.plans.iter_mut().find(|plan| plan.key == "business").unwrap();
            let price = "0.50".to_owned();
            let space = SpaceConfig { by, price, gigabyte: Gigabyte::default(), whole_gigabytes: false };
            match interval {
                Interval::Annual => plan.space.annual = Some(space),
                _ => plan.space.monthly = Some(space),
            }
            plan.closed.monthly = closed;
        })
        .await
}

fn used(service: ServiceId, gigabytes: &[u64]) -> Vec<HeldMailbox> {
    (1u32..)
        .zip(gigabytes)
        .map(|(n, gigabytes)| HeldMailbox {
            used_bytes: gigabytes * 1_000_000_000,
            ..SetUsage::mailbox(service, n)
        })
        .collect()
}

both_engines!(case_06_annual_space_is_pooled, |bench| async move {
    let bench = with_space(&bench, Interval::Annual, SpaceBasis::Pool, None).await;
    let (buyer, service) = customer(&bench, Interval::Annual, 4, "company.example").await;
    bench.usage.0.lock().clear();
    // 50 + 22 + 1 + 1 = 74 GB of 4 × 25 GB: nothing.
    bench.usage.1.lock().insert(service, used(service, &[50, 22, 1, 1]));
    live_until(&bench, "2026-04-02").await;
    assert_eq!(invoices(&bench, &buyer).await.len(), 1);
    // 104 GB: 4 GB, for the days until the renewal.
    bench.usage.1.lock().insert(service, used(service, &[80, 22, 1, 1]));
    live_until(&bench, "2026-05-02").await;
    let list = invoices(&bench, &buyer).await;
    assert_eq!(list.len(), 2);
    let (_, lines) = bench.commerce.show_invoice(buyer.customer, list[1].id).await.unwrap();
    // 4 GB at 0.50 for 304 of 365 days: 1.67.
    assert_eq!((lines.len(), lines[0].quantity.numerator(), lines[0].total.net_minor), (1, 4, 167));
    live_until(&bench, "2026-06-02").await;
    assert_eq!(invoices(&bench, &buyer).await.len(), 2, "what is paid for is not billed again");
});

both_engines!(the_space_of_an_add_on_is_part_of_the_pool, |bench| async move {
    let bench = with_space(&bench, Interval::Annual, SpaceBasis::Pool, None).await;
    let own = |config: &mut CommerceConfig| {
        let plan = config.plans.iter_mut().find(|plan| plan.key == "business").unwrap();
        plan.add_ons[0].included_mb = 7_000;
    };
    let bench = bench.reopened(own).await;
    let buyer = bench.customer();
    let line = NewLine {
        plan_key: "business".to_owned(),
        interval: Interval::Annual,
        mailboxes: 4,
        domain: "company.example".to_owned(),
        add_ons: vec!["archive".to_owned()],
    };
    let cart = bench.commerce.add_to_cart(None, line).await.unwrap();
    let order = bench.commerce.place_order(buyer.order_of(cart)).await.unwrap();
    bench.pay(&buyer, order, Scenario::Approve).await;
    let service = service(&bench, &buyer).await;
    // 128 GB of 4 × (25 + 7) GB: nothing. 130 GB: two.
    bench.usage.1.lock().insert(service, used(service, &[98, 22, 1, 7]));
    live_until(&bench, "2026-04-02").await;
    assert_eq!(invoices(&bench, &buyer).await.len(), 1);
    bench.usage.1.lock().insert(service, used(service, &[100, 22, 1, 7]));
    live_until(&bench, "2026-05-02").await;
    let list = invoices(&bench, &buyer).await;
    assert_eq!(list.len(), 2);
    let (_, lines) = bench.commerce.show_invoice(buyer.customer, list[1].id).await.unwrap();
    assert_eq!((lines.len(), lines[0].quantity.numerator()), (1, 2));
});

both_engines!(case_03_and_07_monthly_space_by_use_or_quota_and_closed_mailboxes, |bench| async move {
    let bench = with_space(&bench, Interval::Monthly, SpaceBasis::Quota, Some("2.00")).await;
    let (buyer, service) = customer(&bench, Interval::Monthly, 2, "company.example").await;
    bench.usage.0.lock().clear();
    let mut mailboxes = used(service, &[10, 4, 2]);
    mailboxes[0].quota_bytes = 0;
    mailboxes[2].closed = true;
    bench.usage.1.lock().insert(service, mailboxes);
    live_until(&bench, "2026-04-01").await;
    let report = bench.commerce.list_hosting_reports(buyer.customer).await.unwrap().remove(0).report;
    let rows: Vec<_> =
        report.domains[0].rows.iter().map(|row| (row.basis.word(), row.closed, row.amount_minor)).collect();
    // By use 10 GB; by quota 25 GB each; the closed one at its own price.
    assert_eq!(rows, [("use", false, 600 + 500), ("quota", false, 600 + 1250), ("quota", true, 200 + 1250)]);
    assert_eq!(report.net_minor, 1100 + 1850 + 1450);
    assert_eq!(report.net_minor, rows.iter().map(|row| row.2).sum::<i64>(), "the rows sum to the lines");
    assert_eq!(invoices(&bench, &buyer).await[1].net_minor, report.net_minor);
    // By use: 16 GB in all. And closed mailboxes in full by one setting.
    let bench = with_space(&bench, Interval::Monthly, SpaceBasis::Use, Some("2.00")).await;
    let (buyer, service) = customer(&bench, Interval::Monthly, 2, "second.example").await;
    let mut mailboxes = used(service, &[10, 4, 2]);
    mailboxes[2].closed = true;
    bench.usage.0.lock().clear();
    bench.usage.1.lock().insert(service, mailboxes);
    let bench = bench.reopened(|config| config.closed_mailboxes_in_full = true).await;
    live_until(&bench, "2026-05-01").await;
    let list = invoices(&bench, &buyer).await;
    assert_eq!(list.last().unwrap().net_minor, 3 * 600 + 800);
});

both_engines!(the_dry_run_says_what_the_run_bills, |bench| async move {
    let bench = trade(&bench).await;
    let (_, service) = customer(&bench, Interval::Monthly, 2, "company.example").await;
    let (_, _) = customer(&bench, Interval::Monthly, 3, "second.example").await;
    live_until(&bench, "2026-04-02").await;
    bench.usage.0.lock().insert(service, 4);
    live_until(&bench, "2026-04-28").await;
    let day = bench.commerce.next_invoice_day();
    assert_eq!(day, date("2026-05-01"));
    let dry = bench.commerce.dry_run(day).await.unwrap();
    assert_eq!((dry.looked_at, dry.billed, dry.failed.len()), (2, 2, 0));
    assert_eq!(dry.sums[0].1 - dry.sums[0].2, 1200);
    assert_eq!(dry.rows.len(), 1, "only what differs is listed");
    assert_eq!((dry.rows[0].mailboxes, dry.rows[0].net_minor, dry.rows[0].before_minor), (4, 2400, 1200));
    let state = bench.commerce.month_state(day).await.unwrap();
    let steps: Vec<_> = state.steps.iter().map(|step| (step.step.as_str(), step.done)).collect();
    assert_eq!((state.subscriptions, steps), (2, vec![("first", 2), ("final", 2)]));
    live_until(&bench, "2026-05-01").await;
    let nets = bench.db.read(move |tx| crate::hosting_reports::store::nets(tx, day)).await.unwrap();
    assert_eq!(nets.iter().map(|(_, net)| net).sum::<i64>(), dry.sums[0].1);
});
