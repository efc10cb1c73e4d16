use super::*;
use crate::catalogue::drafts::publish::ForExisting;
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, Buyer, both_engines};

/// Raises the monthly price of the business plan and tells everybody.
async fn raise(bench: &Bench, price: &str, mode: NoticeMode) {
    let commerce = &bench.commerce;
    let mut plan = commerce.plan_to_edit("business").await.unwrap();
    plan.prices.monthly = Some(price.to_owned());
    commerce.write_plan_draft(bench.staff, plan).await.unwrap();
    let id = commerce.publish_plan_draft(bench.staff, "business", ForExisting::Change(mode)).await.unwrap();
    let change = commerce
        .read(move |tx| {
            let sql = "SELECT id FROM price_changes WHERE plan_version_id = $1";
            Ok(tx.query_one(sql, mailkeep_storage::sql::params![id], |row| row.get::<Uuid>(0))?)
        })
        .await
        .unwrap();
    // The job may run more than once.
    commerce.announce_prices(change).await.unwrap();
    commerce.announce_prices(change).await.unwrap();
}

async fn told(bench: &Bench) -> i64 {
    let sql = "SELECT COUNT(*) FROM outbound_messages WHERE template = 'commerce/price_change'";
    bench
        .commerce
        .read(move |tx| Ok(tx.query_one(sql, mailkeep_storage::sql::params![], |row| row.get(0))?))
        .await
        .unwrap()
}

async fn nets(bench: &Bench, buyer: &Buyer) -> Vec<(String, i64)> {
    let mut invoices = bench.commerce.list_invoices(buyer.customer).await.unwrap();
    invoices.reverse();
    invoices.iter().map(|invoice| (invoice.issued_on.to_string(), invoice.net_minor)).collect()
}

both_engines!(case_15_a_price_holds_from_the_day_after_the_notice_or_thirty_days_after, |bench| async move {
    // Begun on 1 March; the price is raised on 28 March in one case and on 5 April in the other.
    let buyer = bench.served(3, "one.example", Scenario::Approve).await;
    bench.days(27);
    raise(&bench, "7.00", NoticeMode::DayAfter).await;
    assert_eq!(told(&bench).await, 1);
    bench.days(8);
    bench.commerce.run_billing().await.unwrap();
    // From the day after the notice, but no period that is paid for is changed: April is the first.
    assert_eq!(
        nets(&bench, &buyer).await,
        [("2026-03-01".to_owned(), 1800), ("2026-04-01".to_owned(), 2100)]
    );

    raise(&bench, "8.00", NoticeMode::ThirtyDays).await;
    assert_eq!(told(&bench).await, 2);
    for _ in 0..2 {
        bench.days(31);
        bench.commerce.run_billing().await.unwrap();
    }
    // Thirty days after 5 April is 5 May: May costs what it did, June is the first that costs more.
    let nets = nets(&bench, &buyer).await;
    assert_eq!(nets[2..], [("2026-05-01".to_owned(), 2100), ("2026-06-01".to_owned(), 2400)]);
    let subscription = bench.commerce.list_subscriptions(buyer.customer).await.unwrap().remove(0);
    assert_eq!(bench.commerce.plan_version(subscription.plan_version).await.unwrap().version, 3);
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
});

#[test]
fn a_notice_runs_from_the_day_it_is_told() {
    let told: Date = "2026-01-31".parse().unwrap();
    assert_eq!(NoticeMode::DayAfter.earliest(told).to_string(), "2026-02-01");
    assert_eq!(NoticeMode::ThirtyDays.earliest(told).to_string(), "2026-03-02");
    for mode in [NoticeMode::DayAfter, NoticeMode::ThirtyDays] {
        assert_eq!(NoticeMode::from_word(mode.word()), Some(mode));
    }
}
