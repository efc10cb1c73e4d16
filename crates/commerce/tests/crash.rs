//! Kills the work after each single statement of the database, on both engines, and goes on as a restarted program
//! would: every order is paid, billed and served once, every period billed and paid once, and the journal holds.
//!
//! A test program of its own, since the failing of statements is a setting of the whole process.

use std::sync::{Arc, Mutex};

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::changes::{AskedBy, When, Wish};
use mailkeep_commerce::credits::GrantReason;
use mailkeep_commerce::credits::grant::Grant;
use mailkeep_commerce::journal::store::fingerprint;
use mailkeep_commerce::orders::OrderStatus;
use mailkeep_commerce::payments::AttemptKind;
use mailkeep_commerce::periods::Interval;
use mailkeep_commerce::periods::calendar::MonthCalendar;
use mailkeep_commerce::processor::DisputeReply;
use mailkeep_commerce::processor::sandbox::Scenario;
use mailkeep_commerce::refunds::begin::RefundWish;
use mailkeep_commerce::testing::{Bench, run};
use mailkeep_storage::sql::Dialect;
use mailkeep_storage::testing::StatementsFail;
use mailkeep_types::{CreditNoteId, Currency, CustomerId, InvoiceId, Money, PaymentAttemptId, new_uuid};
use uuid::Uuid;

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

/// A change of plan, killed after each statement and asked for again: done once, credited once.
async fn changes(bench: Bench) {
    let mut at = 0;
    loop {
        let buyer = bench.served(5, &format!("change-{at}.example"), Scenario::Approve).await;
        let customer = buyer.customer;
        let id = bench.commerce.list_subscriptions(customer).await.unwrap()[0].id;
        bench.days(1);
        let wish = || Wish {
            plan_key: "enterprise".to_owned(),
            interval: Interval::Monthly,
            mailboxes: 5,
            when: When::Now,
        };
        let failing = StatementsFail::after(at);
        let asked = bench.commerce.change_subscription(customer, id, wish(), AskedBy::Customer, None).await;
        drop(failing);
        let again = bench.reopened(|_| {}).await;
        let done = again.commerce.list_invoices(customer).await.unwrap().len() == 2;
        if !done {
            let asked = again.commerce.change_subscription(customer, id, wish(), AskedBy::Customer, None);
            asked.await.unwrap_or_else(|error| panic!("after {at}: {error}"));
        }
        let refused = again.commerce.change_subscription(customer, id, wish(), AskedBy::Customer, None).await;
        assert!(refused.is_err(), "after {at}: done twice");
        assert_eq!(again.commerce.list_invoices(customer).await.unwrap().len(), 2, "after {at}");
        let check = again.commerce.check_journal().await.unwrap();
        assert!(check.holds(), "after {at}: {check:?}");
        if asked.is_ok() {
            assert!(at > 20, "a change takes more statements than {at}");
            println!("{:?}: a change killed after each of {at} statements", bench.db.dialect());
            break;
        }
        at += stride(&bench) * 2;
    }
}

/// Ten customers from March to June, with the run killed at random statements as often as `kills` says; gives the journal.
fn spring(dialect: Dialect, kills: u64) -> Vec<String> {
    let journal = Arc::new(Mutex::new(Vec::new()));
    let result = Arc::clone(&journal);
    run(dialect, move |bench| async move {
        let mut bench = bench.reopened(|config| config.month = MonthCalendar::default()).await;
        for n in 0..10u32 {
            let mut buyer = bench.customer();
            buyer.network = Some(std::net::Ipv4Addr::from(0x0a00_0001 + n * 256).into());
            let interval = if n % 4 == 3 { Interval::Annual } else { Interval::Monthly };
            let order = bench.order(&buyer, "business", interval, 2, &format!("s{n}.example")).await;
            bench.pay(&buyer, order, Scenario::Approve).await;
            let service = bench.commerce.list_services(buyer.customer).await.unwrap().remove(0);
            bench.usage.0.lock().insert(service.id, 2 + n % 3);
        }
        let mut seed = 0x2545_f491_4f6c_dd1du64;
        let mut next = |below: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed % below
        };
        let mut killed = 0;
        for day in 0..95u64 {
            bench.days(1);
            // The days on which much is done take most of the kills.
            let busy = matches!(day % 31, 19..=21 | 26..=28 | 0..=3 | 30);
            let today = if busy { (kills - killed).min(kills / 30 + 1) } else { 0 };
            for _ in 0..today {
                let failing = StatementsFail::after(next(120));
                let _ = bench.commerce.run_billing().await;
                drop(failing);
                bench = bench.reopened(|_| {}).await;
                killed += 1;
            }
            bench.commerce.reconcile_open_attempts().await.unwrap();
            assert_eq!(bench.commerce.run_billing().await.unwrap().failed, 0, "on day {day}");
        }
        assert_eq!(killed, kills, "every kill found its day");
        let check = bench.commerce.check_journal().await.unwrap();
        assert!(check.holds(), "{check:?}");
        *result.lock().unwrap() = bench.db.read(fingerprint).await.unwrap();
    });
    Arc::try_unwrap(journal).unwrap().into_inner().unwrap()
}

/// What is done about the money of one customer after they paid.
#[derive(Clone, Copy)]
enum Act {
    /// A part of the first line goes back to the card.
    RefundToCard,
    /// Another part becomes credit on the account.
    RefundToAccount,
    /// Credit is given.
    Grant,
    /// The bank's word that the payment is disputed is taken in.
    Take,
    /// It is contested, or accepted.
    Answer,
    /// The bank's decision is taken in.
    Decide,
}

const ACTS: [Act; 6] =
    [Act::RefundToCard, Act::RefundToAccount, Act::Grant, Act::Take, Act::Answer, Act::Decide];

/// A customer whose money is moved, with the names of the acts that are told apart by them.
struct Paid {
    customer: CustomerId,
    invoice: InvoiceId,
    payment: PaymentAttemptId,
    notes: [CreditNoteId; 2],
    grant: Uuid,
    contests: bool,
}

/// Does an act, or goes on with it. What was done before is done.
async fn act(bench: &Bench, of: &Paid, act: Act) -> Result<(), CommerceError> {
    let commerce = &bench.commerce;
    let refund = |note, minor, to_card| {
        let wish = RefundWish { note, asked: vec![(1, minor)], to_card, seen_minor: None };
        commerce.refund_once(bench.staff, of.invoice, wish)
    };
    match act {
        Act::RefundToCard => refund(of.notes[0], 700, true).await.map(drop),
        Act::RefundToAccount => refund(of.notes[1], 300, false).await.map(drop),
        Act::Grant => {
            let (id, customer) = (of.grant, of.customer);
            let grant = Grant { id, customer, amount_minor: 250, reason: GrantReason::Outage };
            commerce.grant_credit(bench.staff, grant).await.map(drop)
        }
        Act::Take | Act::Decide => commerce.reconcile_attempt(of.payment).await,
        Act::Answer => {
            let dispute = commerce.list_disputes_of(of.customer).await?.remove(0);
            let reply = if of.contests {
                let document = commerce.dispute_document(dispute.id, "It was used.").await?;
                DisputeReply::Contest { summary: "It was used.".to_owned(), document }
            } else {
                DisputeReply::Accept
            };
            match commerce.answer_dispute(bench.staff, dispute.id, reply).await {
                // Answered before it died.
                Ok(_) | Err(CommerceError::Staff(_)) => Ok(()),
                Err(error) => Err(error),
            }
        }
    }
}

/// Refunds, credit and disputes of eight customers, killed at random statements as often as `kills` says; gives the journal.
fn money_back(dialect: Dialect, kills: u64) -> Vec<String> {
    let journal = Arc::new(Mutex::new(Vec::new()));
    let result = Arc::clone(&journal);
    run(dialect, move |mut bench| async move {
        let mut paid = Vec::new();
        for n in 0..8u32 {
            // Of every other one the answers to captures and refunds are lost as well.
            let scenario = if n % 2 == 0 { Scenario::Approve } else { Scenario::TimeoutAfterCharging };
            let mut buyer = bench.customer();
            buyer.network = Some(std::net::Ipv4Addr::from(0x0a00_0001 + n * 256).into());
            let order = bench.order(&buyer, "business", Interval::Monthly, 5, &format!("m{n}.example")).await;
            bench.pay(&buyer, order, scenario).await;
            bench.commerce.reconcile_open_attempts().await.unwrap();
            let payments = bench.commerce.list_payments(buyer.customer).await.unwrap();
            let note = || CreditNoteId::new(&*bench.clock);
            paid.push(Paid {
                customer: buyer.customer,
                invoice: bench.commerce.list_invoices(buyer.customer).await.unwrap()[0].id,
                payment: payments.iter().find(|one| one.kind == AttemptKind::Capture).unwrap().id,
                notes: [note(), note()],
                grant: new_uuid(&*bench.clock),
                contests: n % 3 != 0,
            });
        }
        let mut seed = 0x9e37_79b9_7f4a_7c15u64;
        let mut next = |below: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed % below
        };
        let (mut killed, mut died) = (0, 0);
        let acts = u64::try_from(ACTS.len() * paid.len()).unwrap();
        for one in &paid {
            for what in ACTS {
                match what {
                    Act::Take => {
                        bench.sandbox.dispute(one.payment, Money::new(900, Currency::USD)).await.unwrap();
                    }
                    Act::Decide => bench.clock.advance(std::time::Duration::from_secs(61)),
                    _ => {}
                }
                for _ in 0..(kills - killed).min(kills / acts + 1) {
                    let failing = StatementsFail::after(next(45));
                    died += u64::from(act(&bench, one, what).await.is_err());
                    drop(failing);
                    bench = bench.reopened(|_| {}).await;
                    killed += 1;
                }
                // Started again: what waits is looked at, as the scheduler would; then whoever was at it tries again.
                bench.commerce.reconcile_open_attempts().await.unwrap();
                act(&bench, one, what).await.unwrap();
                act(&bench, one, what).await.unwrap();
                let check = bench.commerce.check_journal().await.unwrap();
                assert!(check.holds(), "{check:?}");
            }
        }
        assert_eq!(killed, kills, "every kill found its act");
        // Once an act is done, the kills that are left for it meet nothing.
        assert!(died * 6 >= kills, "{died} of {kills} kills met something");
        println!("{dialect:?}: money back killed {kills} times, {died} of them in the middle");
        let returned = bench.sandbox.returned().await.unwrap();
        assert_eq!(returned, (8, 8 * 744), "each refund once");
        *result.lock().unwrap() = bench.db.read(fingerprint).await.unwrap();
    });
    Arc::try_unwrap(journal).unwrap().into_inner().unwrap()
}

/// How often the months are killed, and half of how often money back is: `MAILKEEP_KILLS`, else a number that suits every build.
fn kills() -> u64 {
    std::env::var("MAILKEEP_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(25)
}

#[test]
fn killed_after_each_statement_nothing_is_done_twice_and_nothing_is_lost() {
    // One after the other: the failing of statements is a setting of the whole process.
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        run(dialect, orders);
        run(dialect, months);
        run(dialect, changes);
    }
    // Killed at random points, months leave the journal that an undisturbed run leaves.
    let undisturbed = spring(Dialect::Sqlite, 0);
    assert!(undisturbed.len() > 10, "{undisturbed:?}");
    assert_eq!(spring(Dialect::Sqlite, kills()), undisturbed);
    // So do refunds, credit and disputes.
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let undisturbed = money_back(dialect, 0);
        assert!(undisturbed.iter().any(|line| line.starts_with("chargeback_lost")), "{undisturbed:#?}");
        assert_eq!(money_back(dialect, kills() * 2), undisturbed);
    }
}
