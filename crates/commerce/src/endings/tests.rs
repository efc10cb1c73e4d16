//! Cases 18 and 19 as far as they are of commerce: the days of leaving, taking back, restoring.

use jiff::civil::Date;
use mailkeep_types::SubscriptionId;

use super::*;
use crate::changes::AskedBy;
use crate::periods::calendar::MonthCalendar;
use crate::processor::sandbox::Scenario;
use crate::subscriptions::SubscriptionStatus;
use crate::testing::{Bench, Buyer, both_engines};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

async fn trade(bench: &Bench) -> Bench {
    bench.reopened(|config| config.month = MonthCalendar::default()).await
}

async fn live(bench: &Bench, days: u64) {
    for _ in 0..days {
        bench.days(1);
        assert_eq!(bench.commerce.run_billing().await.unwrap().failed, 0);
    }
}

async fn served(bench: &Bench) -> (Buyer, SubscriptionId) {
    let buyer = bench.served(1, "company.example", Scenario::Approve).await;
    let id = bench.commerce.list_subscriptions(buyer.customer).await.unwrap()[0].id;
    (buyer, id)
}

async fn messages(bench: &Bench, template: &'static str) -> i64 {
    let count = bench.db.read(move |tx| {
        let sql = "SELECT COUNT(*) FROM outbound_messages WHERE template = $1";
        tx.query_one(sql, mailkeep_storage::sql::params![template], |row| row.get(0))
    });
    count.await.unwrap_or_else(|error: mailkeep_storage::sql::SqlError| panic!("{error}"))
}

both_engines!(case_18_pause_deletion_and_restoring_on_their_days, |bench| async move {
    let bench = trade(&bench).await;
    let (buyer, id) = served(&bench).await;
    let of = buyer.customer;
    live(&bench, 10).await;
    // Taken back before the daily run: nothing happened.
    let ends = bench.commerce.end_subscription(of, id, EndWhen::AtRenewal, AskedBy::Customer).await.unwrap();
    assert_eq!(ends, date("2026-04-01"));
    bench.commerce.keep_subscription(of, id).await.unwrap();
    assert_eq!(bench.commerce.list_endings(of).await.unwrap(), []);
    live(&bench, 22).await;
    assert_eq!(bench.commerce.list_invoices(of).await.unwrap().len(), 2);
    // Cancelled for the renewal on 1 May: paused then, and not billed.
    bench.commerce.cancel_subscription(of, id).await.unwrap();
    live(&bench, 29).await;
    let ending = || async { bench.commerce.list_endings(of).await.unwrap().remove(0) };
    assert_eq!(
        (ending().await.paused_on, ending().await.delete_on),
        (Some(date("2026-05-01")), Some(date("2026-05-15")))
    );
    assert_eq!(
        (
            messages(&bench, "commerce/service_paused").await,
            bench.commerce.list_invoices(of).await.unwrap().len()
        ),
        (1, 2)
    );
    assert!(bench.commerce.list_services(of).await.unwrap()[0].ended_at.is_some());
    // After the pause the customer cannot take it back; staff can.
    let refused = bench.commerce.keep_subscription(of, id).await.unwrap_err();
    assert!(refused.to_string().contains("write to us"));
    bench.commerce.restore_subscription(bench.staff, id).await.unwrap();
    let subscription = bench.commerce.show_subscription(of, id).await.unwrap();
    assert_eq!((subscription.status, subscription.next_on), (SubscriptionStatus::Active, date("2026-05-01")));
    assert!(bench.commerce.list_services(of).await.unwrap()[0].may_send());
    // Cancelled again, at once: paused when the day is over, deleted 14 days later, restored on the 29th day after.
    bench.commerce.run_billing().await.unwrap();
    bench.commerce.end_subscription(of, id, EndWhen::Now, AskedBy::Customer).await.unwrap();
    live(&bench, 14).await;
    assert_eq!(ending().await.deleted_on, None);
    live(&bench, 1).await;
    assert_eq!(
        (ending().await.deleted_on, ending().await.restore_until),
        (Some(date("2026-05-16")), Some(date("2026-06-15")))
    );
    assert_eq!(messages(&bench, "commerce/service_deleted").await, 1);
    live(&bench, 29).await;
    bench.commerce.restore_subscription(bench.staff, id).await.unwrap();
    // And once more, until after the 30th day.
    bench.commerce.end_subscription(of, id, EndWhen::Now, AskedBy::Staff(bench.staff)).await.unwrap();
    live(&bench, 1 + 14 + 30).await;
    assert!(ending().await.can_be_restored(date("2026-07-29")));
    assert_eq!(ending().await.purged_on, None);
    live(&bench, 1).await;
    assert!(ending().await.purged_on.is_some());
    let refused = bench.commerce.restore_subscription(bench.staff, id).await.unwrap_err();
    assert!(refused.to_string().contains("gone"), "{refused}");
    let service = bench.commerce.list_services(of).await.unwrap()[0].id;
    assert!(bench.commerce.desired_service(service).await.unwrap().purged);
    assert!(bench.commerce.check_journal().await.unwrap().holds());
});

both_engines!(case_18_with_notice_periods_before_the_end_are_billed, |bench| async move {
    let bench = bench
        .reopened(|config| {
            config.month = MonthCalendar::default();
            config.leaving.notice_days = 35;
        })
        .await;
    let (buyer, id) = served(&bench).await;
    live(&bench, 10).await;
    let ends = bench
        .commerce
        .end_subscription(buyer.customer, id, EndWhen::AtRenewal, AskedBy::Customer)
        .await
        .unwrap();
    assert_eq!(ends, date("2026-05-01"), "35 days from 11 March reach beyond 1 April");
    live(&bench, 21).await;
    assert_eq!(bench.commerce.list_invoices(buyer.customer).await.unwrap().len(), 2);
    live(&bench, 31).await;
    assert_eq!(bench.commerce.list_invoices(buyer.customer).await.unwrap().len(), 2);
    assert!(bench.commerce.list_services(buyer.customer).await.unwrap()[0].ended_at.is_some());
});
