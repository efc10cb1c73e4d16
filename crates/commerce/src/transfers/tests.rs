use crate::error::CommerceError;
use crate::invoices::Invoice;
use crate::processor::sandbox::Scenario;
use crate::testing::{Bench, Buyer, both_engines};
use crate::transfers::record::NewTransfer;

/// A customer with an open invoice: their card is declined for good from now on.
async fn with_open_invoice(bench: &Bench) -> (Buyer, Invoice) {
    let buyer = bench.served(5, "company.example", Scenario::RenewalDeclinedHard).await;
    bench.days(35);
    assert_eq!(bench.commerce.run_billing().await.unwrap().failed, 0);
    let invoice = bench.commerce.list_invoices(buyer.customer).await.unwrap().remove(0);
    assert_eq!((invoice.total_minor, invoice.open_minor), (3188, 3188));
    (buyer, invoice)
}

both_engines!(too_little_pays_a_part_and_too_much_is_credit, |bench| async move {
    let (buyer, invoice) = with_open_invoice(&bench).await;
    let transfer = |amount_minor, line: &str| NewTransfer {
        invoice_number: invoice.number.clone(),
        amount_minor,
        received_on: "2026-04-05".parse().unwrap(),
        statement_line: line.to_owned(),
    };
    let record = |transfer| bench.commerce.record_transfer(bench.staff, transfer);
    let part = record(transfer(1000, "17/4")).await.unwrap();
    assert_eq!((part.paid.minor, part.open.minor, part.credited.minor), (1000, 2188, 0));
    let again = record(transfer(1000, " 17/4 ")).await;
    assert!(matches!(again, Err(CommerceError::Invalid { field: "statement_line", .. })), "{again:?}");
    let rest = record(transfer(3000, "17/9")).await.unwrap();
    assert_eq!((rest.paid.minor, rest.open.minor, rest.credited.minor), (2188, 0, 812));
    assert_eq!(bench.commerce.account_credit(buyer.customer).await.unwrap().minor, 812);
    let wrong = NewTransfer { invoice_number: "INV-999999".to_owned(), ..transfer(1, "18/1") };
    let wrong = record(wrong).await;
    assert!(matches!(wrong, Err(CommerceError::Invalid { field: "invoice_number", .. })), "{wrong:?}");
    let check = bench.commerce.check_journal().await.unwrap();
    assert!(check.holds(), "{check:?}");
});
