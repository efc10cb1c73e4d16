//! Kills the work after each single statement of the database, on both engines, and goes on as a restarted program
//! would: every order is paid, billed and served once, every period billed and paid once, and the journal holds.
//!
//! A test program of its own, since the failing of statements is a setting of the whole process.

use mailkeep_commerce::orders::OrderStatus;
use mailkeep_commerce::periods::Interval;
use mailkeep_commerce::processor::sandbox::Scenario;
use mailkeep_commerce::testing::{Bench, run};
use mailkeep_storage::sql::Dialect;
use mailkeep_storage::testing::StatementsFail;

/// Every statement on SQLite; on PostgreSQL every third, to spare time.
fn stride(bench: &Bench) -> u64 {
    if bench.db.dialect() == Dialect::Sqlite { 1 } else { 3 }
}

async fn orders(bench: Bench) {
    // The capture's answer is lost as well, which is the hardest case.
    for (scenario, offset) in [(Scenario::TimeoutAfterCharging, 0), (Scenario::Approve, 1)] {
        let mut at = offset;
        loop {
            let mut buyer = bench.customer();
            buyer.network = Some(format!("10.{}.{}.1", at / 200 + 1, at % 200).parse().unwrap());
            let domain = format!("d{at}.{}.example", scenario.word().replace('_', "-"));
            let order = bench.order(&buyer, "business", Interval::Monthly, 5, &domain).await;
            let url = bench.commerce.start_payment(buyer.customer, order, "https://x.example").await.unwrap();
            bench.sandbox.choose(url.rsplit('/').next().unwrap(), scenario).await.unwrap();
            let before = bench.sandbox.taken().await.unwrap();

            let failing = StatementsFail::after(at);
            let died = bench.commerce.advance_order(order).await.is_err();
            drop(failing);
            // Started again: what waits is looked at, as the scheduler would.
            let again = bench.reopened(|_| {}).await;
            again.commerce.reconcile_open_attempts().await.unwrap();
            assert_eq!(
                again.commerce.advance_order(order).await.unwrap(),
                OrderStatus::Fulfilled,
                "after {at}"
            );

            let commerce = &again.commerce;
            assert_eq!(commerce.list_invoices(buyer.customer).await.unwrap().len(), 1, "after {at}");
            assert_eq!(commerce.list_services(buyer.customer).await.unwrap().len(), 1, "after {at}");
            let after = bench.sandbox.taken().await.unwrap();
            assert_eq!((after.0 - before.0, after.1 - before.1), (1, 3188), "after {at}");
            let check = commerce.check_journal().await.unwrap();
            assert!(check.holds(), "after {at}: {check:?}");
            if !died {
                assert!(at > 50, "an order takes more statements than {at}");
                println!(
                    "{:?}: an order killed after each of {at} statements ({})",
                    bench.db.dialect(),
                    scenario.word()
                );
                break;
            }
            at += stride(&bench);
        }
    }
}

async fn months(bench: Bench) {
    let buyer = bench.served(5, "company.example", Scenario::TimeoutAfterCharging).await;
    let service = bench.commerce.list_services(buyer.customer).await.unwrap().remove(0);
    bench.usage.0.lock().insert(service.id, 5);
    let mut at = 0;
    let mut months = 1;
    loop {
        bench.days(31);
        let due = bench.commerce.list_subscriptions(buyer.customer).await.unwrap().remove(0);
        let failing = StatementsFail::after(at);
        // A failure within one customer's work is counted in the report; one of the listing is the run's own.
        let died = bench.commerce.run_billing().await.map_or(true, |report| report.failed > 0);
        drop(failing);
        let again = bench.reopened(|_| {}).await;
        again.commerce.reconcile_open_attempts().await.unwrap();
        assert_eq!(again.commerce.run_billing().await.unwrap().failed, 0, "after {at}");
        let done = again.commerce.run_billing().await.unwrap();
        assert_eq!((done.billed, done.settled), (0, 0), "a run more changes nothing (after {at})");

        let now = again.commerce.list_subscriptions(buyer.customer).await.unwrap().remove(0);
        months += usize::try_from(now.next_index - due.next_index).unwrap();
        let invoices = again.commerce.list_invoices(buyer.customer).await.unwrap();
        assert_eq!(invoices.len(), months, "after {at}");
        assert!(invoices.iter().all(|invoice| invoice.open_minor == 0), "after {at}");
        let taken = bench.sandbox.taken().await.unwrap();
        assert_eq!(
            taken,
            (i64::try_from(months).unwrap(), 3188 * i64::try_from(months).unwrap()),
            "after {at}"
        );
        let check = again.commerce.check_journal().await.unwrap();
        assert!(check.holds(), "after {at}: {check:?}");
        if !died {
            assert!(at > 30, "a month takes more statements than {at}");
            println!("{:?}: a month killed after each of {at} statements", bench.db.dialect());
            break;
        }
        at += stride(&bench);
    }
}

#[test]
fn killed_after_each_statement_nothing_is_done_twice_and_nothing_is_lost() {
    // One after the other: the failing of statements is a setting of the whole process.
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        run(dialect, orders);
        run(dialect, months);
    }
}
