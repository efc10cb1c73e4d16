use mailkeep_policy::{Actor, Fact};
use mailkeep_types::{SessionId, SystemClock};

use super::*;
use crate::invoices::Invoice;
use crate::processor::sandbox::Scenario;
use crate::services::BlockKind;
use crate::testing::{Bench, Buyer, both_engines};

/// A run must never fail silently in a test.
async fn run(bench: &Bench) -> run::RunReport {
    let report = bench.commerce.run_billing().await.unwrap();
    assert_eq!(report.failed, 0, "{report:?}");
    report
}

/// Runs once a day, as the scheduler would, until `days` have passed.
async fn live(bench: &Bench, days: u64) {
    for _ in 0..days {
        bench.days(1);
        run(bench).await;
    }
}

/// A customer's invoices, oldest first.
async fn invoices(bench: &Bench, buyer: &Buyer) -> Vec<Invoice> {
    let mut list = bench.commerce.list_invoices(buyer.customer).await.unwrap();
    list.reverse();
    list
}

both_engines!(each_period_is_counted_billed_and_paid_once, |bench| async move {
    let buyer = bench.served(2, "company.example", Scenario::Approve).await;
    assert_eq!(run(&bench).await, run::RunReport::default());
    let service = bench.commerce.list_services(buyer.customer).await.unwrap().remove(0);
    bench.usage.0.lock().insert(service.id, 5);
    bench.days(31);
    let report = run(&bench).await;
    assert_eq!((report.billed, report.settled), (1, 1));
    assert_eq!(run(&bench).await, run::RunReport::default());
    let list = invoices(&bench, &buyer).await;
    // Five mailboxes are held now: 30.00 and 6.25 %.
    assert_eq!(
        list.iter().map(|i| (i.number.as_str(), i.total_minor, i.open_minor)).collect::<Vec<_>>(),
        [("INV-000001", 1275, 0), ("INV-000002", 3188, 0)]
    );
    let (_, lines) = bench.commerce.show_invoice(buyer.customer, list[1].id).await.unwrap();
    assert_eq!(
        (lines[0].period.start.to_string(), lines[0].period.end.to_string()),
        ("2026-04-01".to_owned(), "2026-05-01".to_owned())
    );
    // Months missed while the program stood still are billed one by one, fewer mailboxes than ordered as ordered.
    bench.usage.0.lock().insert(service.id, 1);
    bench.days(65);
    assert_eq!(run(&bench).await.billed, 2);
    assert_eq!(invoices(&bench, &buyer).await[2].total_minor, 1275);
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
    assert_eq!(bench.sandbox.taken().await.unwrap(), (4, 1275 + 3188 + 1275 + 1275));
});

both_engines!(periods_follow_the_customers_own_days, |bench| async move {
    // 12:00 UTC on 1 March is 2 March in Auckland (UTC+13), and still 1 March in New York.
    let mut anchors = Vec::new();
    for (zone, domain) in [("Pacific/Auckland", "far.example"), ("America/New_York", "near.example")] {
        let buyer = bench.customer();
        let line = crate::carts::change::NewLine {
            plan_key: "business".to_owned(),
            interval: Interval::Monthly,
            mailboxes: 1,
            domain: domain.to_owned(),
            add_ons: Vec::new(),
        };
        let cart = bench.commerce.add_to_cart(None, line).await.unwrap();
        let request = crate::orders::place::PlaceOrder {
            device: None,
            time_zone: Some(zone.to_owned()),
            ..buyer.order_of(cart)
        };
        let order = bench.commerce.place_order(request).await.unwrap();
        bench.pay(&buyer, order, Scenario::Approve).await;
        anchors.push(bench.commerce.list_subscriptions(buyer.customer).await.unwrap()[0].anchor.to_string());
    }
    assert_eq!(anchors, ["2026-03-02", "2026-03-01"]);
    // Noon UTC on 31 March: 1 April has begun in Auckland, and what is left until May is billed; New York follows a day
    // later.
    bench.days(29);
    assert_eq!(run(&bench).await.billed, 0);
    bench.days(1);
    assert_eq!(run(&bench).await.billed, 1);
    bench.days(1);
    assert_eq!(run(&bench).await.billed, 1);
});

both_engines!(soft_declines_are_tried_on_the_calendar_and_paying_settles, |bench| async move {
    let buyer = bench.served(1, "company.example", Scenario::RenewalDeclinedSoft).await;
    live(&bench, 31).await;
    assert_eq!(invoices(&bench, &buyer).await[1].open_minor, 638);
    // Declined on day 0 and day 3; the third try on day 8 works.
    live(&bench, 7).await;
    assert_eq!(invoices(&bench, &buyer).await[1].open_minor, 638);
    live(&bench, 1).await;
    assert_eq!(invoices(&bench, &buyer).await[1].open_minor, 0);
    let days: Vec<String> = bench
        .commerce
        .list_payments(buyer.customer)
        .await
        .unwrap()
        .into_iter()
        .filter(|attempt| attempt.kind == crate::payments::AttemptKind::Charge)
        .map(|attempt| attempt.local_day.to_string())
        .collect();
    assert_eq!(days.len(), 3);
    for day in ["2026-04-01", "2026-04-04", "2026-04-09"] {
        assert!(days.iter().any(|d| d == day), "{day} {days:?}");
    }
    assert!(bench.commerce.check_journal().await.unwrap().holds());
});

both_engines!(an_overdue_invoice_blocks_then_ends_the_service, |bench| async move {
    let buyer = bench.served(1, "company.example", Scenario::RenewalDeclinedHard).await;
    live(&bench, 31).await;
    let service = || async { bench.commerce.list_services(buyer.customer).await.unwrap().remove(0) };
    assert!(service().await.may_send());
    live(&bench, 13).await;
    assert!(service().await.may_send());
    live(&bench, 1).await;
    assert_eq!(service().await.blocks, [BlockKind::Overdue]);
    // A hard decline is tried once only.
    assert_eq!(bench.sandbox.taken().await.unwrap().0, 1);
    // Another block is another's; paying lifts only its own.
    let cause = uuid::Uuid::from_u128(7);
    bench.commerce.block_service(service().await.id, BlockKind::Abuse, cause).await.unwrap();
    assert_eq!(service().await.blocks, [BlockKind::Overdue, BlockKind::Abuse]);
    let open = invoices(&bench, &buyer).await[1].clone();
    bench.commerce.credit_invoice(bench.staff, open.id, vec![(1, 600)]).await.unwrap();
    assert_eq!(service().await.blocks, [BlockKind::Abuse]);
    bench.commerce.lift_block(service().await.id, BlockKind::Abuse, cause).await.unwrap();
    assert!(service().await.may_send());
    // The next month, due on 1 May, is not paid either and nobody helps: it ends on 15 June.
    live(&bench, 16 + 44).await;
    assert!(service().await.ended_at.is_none());
    live(&bench, 1).await;
    assert!(service().await.ended_at.is_some());
    let subscription = bench.commerce.list_subscriptions(buyer.customer).await.unwrap().remove(0);
    assert_eq!(subscription.status, SubscriptionStatus::Ended);
    let billed = invoices(&bench, &buyer).await.len();
    live(&bench, 40).await;
    assert_eq!(invoices(&bench, &buyer).await.len(), billed, "what has ended is not billed");
    assert!(bench.commerce.check_journal().await.unwrap().holds());
});

both_engines!(cancelling_ends_on_the_renewal_date_and_can_be_taken_back, |bench| async move {
    let buyer = bench.served(1, "company.example", Scenario::Approve).await;
    let id = bench.commerce.list_subscriptions(buyer.customer).await.unwrap()[0].id;
    bench.commerce.cancel_subscription(buyer.customer, id).await.unwrap();
    bench.commerce.keep_subscription(buyer.customer, id).await.unwrap();
    live(&bench, 31).await;
    assert_eq!(invoices(&bench, &buyer).await.len(), 2);
    bench.commerce.cancel_subscription(buyer.customer, id).await.unwrap();
    assert!(bench.commerce.list_services(buyer.customer).await.unwrap()[0].may_send());
    live(&bench, 31).await;
    assert_eq!(invoices(&bench, &buyer).await.len(), 2);
    assert!(!bench.commerce.list_services(buyer.customer).await.unwrap()[0].may_send());
    let ended = bench.commerce.show_subscription(buyer.customer, id).await.unwrap();
    assert_eq!(ended.ended_on.map(|d| d.to_string()), Some("2026-05-01".to_owned()));
    assert!(bench.commerce.keep_subscription(buyer.customer, id).await.is_err());
    let other = bench.customer();
    assert!(bench.commerce.cancel_subscription(other.customer, id).await.is_err());
});

both_engines!(a_card_that_was_not_permitted_is_never_charged, |bench| async move {
    let buyer = bench.served(1, "company.example", Scenario::Approve).await;
    let id = bench.commerce.list_subscriptions(buyer.customer).await.unwrap()[0].id;
    bench.db.write(move |tx| crate::payments::store::withdraw(tx, id)).await.unwrap();
    live(&bench, 31).await;
    assert_eq!(bench.sandbox.taken().await.unwrap().0, 1);
    assert_eq!(invoices(&bench, &buyer).await[1].open_minor, 638);
});

both_engines!(a_changed_address_leaves_old_documents_as_they_are, |bench| async move {
    let buyer = bench.served(1, "company.example", Scenario::Approve).await;
    let first = invoices(&bench, &buyer).await[0].id;
    let (actor, fact) = (Actor::Person(buyer.person), Fact::OwnSession(SessionId::new(&SystemClock)));
    let (_, before) = bench.commerce.invoice_pdf(actor, fact, first).await.unwrap();
    assert!(before.in_test().starts_with(b"%PDF-"));

    let mut moved = buyer.billing.clone();
    moved.street = vec!["99 Elsewhere Road".to_owned()];
    bench.commerce.change_billing_details(buyer.customer, moved).await.unwrap();
    live(&bench, 31).await;
    let second = invoices(&bench, &buyer).await[1].id;
    let said = async |id| bench.commerce.open_invoice(actor, fact, id).await.unwrap().1;
    assert_eq!(said(first).await.in_test().customer.street, buyer.billing.street);
    assert_eq!(said(second).await.in_test().customer.street, ["99 Elsewhere Road"]);
    let (_, after) = bench.commerce.invoice_pdf(actor, fact, first).await.unwrap();
    assert_eq!(before.in_test(), after.in_test());
});

both_engines!(another_card_pays_an_open_invoice_at_once_and_the_next_renewal, |bench| async move {
    let buyer = bench.served(1, "company.example", Scenario::RenewalDeclinedHard).await;
    live(&bench, 31 + 14).await;
    let open = invoices(&bench, &buyer).await[1].clone();
    assert_eq!(open.open_minor, 638);
    assert!(!bench.commerce.list_services(buyer.customer).await.unwrap()[0].may_send());
    let start = |customer| bench.commerce.start_invoice_payment(customer, open.id, "https://x.example", true);
    assert!(start(bench.customer().customer).await.is_err(), "another customer's invoice");
    for (scenario, paid) in [(Scenario::DeclineSoft, false), (Scenario::TimeoutAfterCharging, true)] {
        let url = start(buyer.customer).await.unwrap();
        bench.sandbox.choose(url.rsplit('/').next().unwrap(), scenario).await.unwrap();
        assert_eq!(bench.commerce.advance_invoice_payment(open.id).await.unwrap(), paid, "{scenario:?}");
    }
    assert!(bench.commerce.advance_invoice_payment(open.id).await.unwrap());
    assert!(start(buyer.customer).await.is_err(), "nothing is owed any more");
    assert!(bench.commerce.list_services(buyer.customer).await.unwrap()[0].may_send());
    assert_eq!(bench.sandbox.taken().await.unwrap(), (2, 2 * 638));
    // The new card is permitted for the renewal.
    live(&bench, 17).await;
    assert_eq!(invoices(&bench, &buyer).await.iter().map(|i| i.open_minor).collect::<Vec<_>>(), [0, 0, 0]);
    assert_eq!(bench.sandbox.taken().await.unwrap(), (3, 3 * 638));
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
});
