use mailkeep_policy::{Actor, Fact};
use mailkeep_storage::sql::{SqlError, Tx, params};

use super::*;
use crate::catalogue::pricing::{self, PricedLine};
use crate::error::CommerceError;
use crate::invoices::finalise::{Billable, Terms};
use crate::periods::{Interval, nth_period};
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, Buyer, both_engines};

/// A draft of one line of `unit_minor`, for a buyer that has a subscription.
async fn draft(bench: &Bench, buyer: &Buyer, unit_minor: i64) -> finalise::Draft {
    let subscription = bench.commerce.list_subscriptions(buyer.customer).await.unwrap().remove(0);
    let issued_on: Date = "2026-03-01".parse().unwrap();
    let billable = Billable {
        subscription: subscription.id,
        plan_version: subscription.plan_version,
        plan_name: "Business".to_owned(),
        domain: "company.example".to_owned(),
        period: nth_period(issued_on, Interval::Monthly, 0),
    };
    let line = PricedLine {
        plan: Some(0),
        kind: LineKind::Mailboxes,
        key: None,
        name: "Business".to_owned(),
        quantity: Ratio::ONE,
        measure: Measure::Mailbox,
        unit_minor,
        gross_minor: unit_minor,
        tax_class: "standard".to_owned(),
    };
    let tax = TaxDecision::plain("VAT", TaxRate(2000));
    let priced = pricing::total(Currency::USD, vec![line], vec![tax], &[]).unwrap();
    let terms = Terms {
        customer: buyer.customer,
        billing: &buyer.billing,
        brand: "",
        order_number: None,
        issued_on,
        pay_by: None,
        ledger_head: None,
    };
    bench.commerce.draft_invoice(&terms, &[billable], &priced).unwrap()
}

/// Issues an invoice on its own, as tests need one.
async fn issue(bench: &Bench, buyer: &Buyer, unit_minor: i64) -> Invoice {
    let (draft, commerce, person) =
        (draft(bench, buyer, unit_minor).await, bench.commerce.clone(), buyer.person);
    let id = draft.id;
    bench
        .db
        .write(move |tx| -> Result<(), CommerceError> {
            commerce.finalise_invoice(tx, &draft, person)?;
            Ok(())
        })
        .await
        .unwrap();
    bench.commerce.find_invoice(id).await.unwrap()
}

both_engines!(numbers_have_no_gaps_with_parallel_finalisers_and_failures, |bench| async move {
    let buyer = bench.served(1, "company.example", Scenario::Approve).await;
    let mut tasks = Vec::new();
    for worker in 0..8 {
        let mut drafts = Vec::new();
        for _ in 0..6 {
            drafts.push(draft(&bench, &buyer, 1000).await);
        }
        let (commerce, db, person) = (bench.commerce.clone(), bench.db.clone(), buyer.person);
        tasks.push(tokio::spawn(async move {
            let mut issued = 0;
            for (index, draft) in drafts.into_iter().enumerate() {
                let commerce = commerce.clone();
                let fails = (worker + index) % 3 == 0;
                let result = db
                    .write(move |tx| -> Result<(), CommerceError> {
                        commerce.finalise_invoice(tx, &draft, person)?;
                        if fails {
                            Err(CommerceError::State("injected after the number was taken".to_owned()))
                        } else {
                            Ok(())
                        }
                    })
                    .await;
                assert_eq!(result.is_err(), fails, "{result:?}");
                issued += i64::from(!fails);
            }
            issued
        }));
    }
    let mut issued = 1;
    for task in tasks {
        issued += task.await.unwrap();
    }
    let list = bench.commerce.list_invoices(buyer.customer).await.unwrap();
    let mut numbers: Vec<String> = list.into_iter().map(|invoice| invoice.number).collect();
    numbers.sort();
    let expected: Vec<String> = (1..=issued).map(|n| format!("INV-{n:06}")).collect();
    assert_eq!(numbers, expected);
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
});

both_engines!(issued_documents_and_the_journal_cannot_be_edited, |bench| async move {
    bench.served(1, "company.example", Scenario::Approve).await;
    for sql in [
        "UPDATE invoices SET total_minor = 1",
        "UPDATE invoice_lines SET net_minor = 1",
        "UPDATE journal_lines SET amount_minor = 1",
        "UPDATE journal_entries SET kind = 'other'",
        "DELETE FROM journal_lines",
        "DELETE FROM journal_entries",
    ] {
        let result: Result<u64, SqlError> =
            bench.db.write(move |tx: &mut Tx<'_>| tx.execute(sql, params![])).await;
        assert!(result.is_err(), "{sql}");
    }
    assert!(bench.commerce.check_journal().await.unwrap().holds());
});

both_engines!(credit_notes_are_capped_by_line_and_exhaust_it_exactly, |bench| async move {
    let buyer = bench.served(1, "company.example", Scenario::Approve).await;
    let invoice = issue(&bench, &buyer, 76_900).await;
    assert_eq!((invoice.net_minor, invoice.tax_minor, invoice.total_minor), (76_900, 15_380, 92_280));
    let credit = |net| bench.commerce.credit_invoice(bench.staff, invoice.id, vec![(1, net)]);
    assert_eq!(credit(72_686).await.unwrap().total_minor, 87_223);
    assert!(matches!(credit(4215).await, Err(CommerceError::Staff(_))));
    let second = credit(4214).await.unwrap();
    assert_eq!((second.total_minor, second.number.as_str()), (5057, "CN-000002"));
    let after = bench.commerce.find_invoice(invoice.id).await.unwrap();
    assert_eq!((after.credited_minor, after.open_minor, after.settled_at.is_some()), (92_280, 0, true));
    assert!(credit(1).await.is_err());
    // What was paid is not credited away.
    let paid = bench.commerce.list_invoices(buyer.customer).await.unwrap().pop().unwrap();
    assert_eq!(paid.open_minor, 0);
    assert!(bench.commerce.credit_invoice(bench.staff, paid.id, vec![(1, 100)]).await.is_err());
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
});

both_engines!(the_billing_desk_reads_an_invoice_only_while_it_is_due, |bench| async move {
    let buyer = bench.served(1, "company.example", Scenario::Approve).await;
    let due = issue(&bench, &buyer, 10_000).await;
    let staff = Actor::Staff(bench.staff);
    let (_, said) = bench.commerce.open_invoice(staff, Fact::DueInvoice(due.id), due.id).await.unwrap();
    assert_eq!(said.in_test().customer.name, "Robin Sample");
    let paid = bench.commerce.list_invoices(buyer.customer).await.unwrap().pop().unwrap();
    let refused = bench.commerce.open_invoice(staff, Fact::DueInvoice(paid.id), paid.id).await;
    assert!(matches!(refused, Err(CommerceError::Refused(_))), "{refused:?}");
});
