use mailkeep_storage::sql::Tx;
use mailkeep_types::Currency;

use super::read;
use crate::processor::sandbox::Scenario;
use crate::testing::both_engines;

both_engines!(a_statement_goes_from_balance_to_balance, |bench| async move {
    let buyer = bench.served(2, "company.example", Scenario::RenewalDeclinedHard).await;
    bench.days(31);
    bench.commerce.run_billing().await.unwrap();
    let date = |text: &str| text.parse().unwrap();
    let of = buyer.customer;
    let march = bench.commerce.statement(of, date("2026-03-01"), date("2026-04-01")).await.unwrap();
    let rows: Vec<_> = march[0]
        .movements
        .iter()
        .map(|row| (row.kind.as_str(), row.number.as_deref(), row.amount_minor, row.balance_minor))
        .collect();
    assert_eq!(
        rows,
        [
            ("invoice_issued", Some("INV-000001"), 1275, 1275),
            ("payment_received", Some("INV-000001"), -1275, 0)
        ]
    );
    assert_eq!((march[0].opening_minor, march[0].closing_minor), (0, 0));
    let april = bench.commerce.statement(of, date("2026-04-01"), date("2026-05-01")).await.unwrap();
    assert_eq!((april[0].opening_minor, april[0].closing_minor), (0, 1275));
    // Of a time with more movements than are listed, the rest is one sum.
    let all = (date("2026-03-01"), date("2026-05-01"));
    let short =
        bench.commerce.read(move |tx: &mut Tx<'_>| read(tx, of, Currency::USD, all, 2)).await.unwrap();
    let rows = short.movements.iter().map(|row| (row.kind.as_str(), row.amount_minor, row.balance_minor));
    let expected = [("invoice_issued", 1275, 1275), ("payment_received", -1275, 0), ("further", 1275, 1275)];
    assert_eq!(rows.collect::<Vec<_>>(), expected);
    assert_eq!(short.closing_minor, 1275);
    let may = bench.commerce.statement(of, date("2026-05-01"), date("2026-06-01")).await.unwrap();
    assert_eq!((may[0].opening_minor, may[0].movements.len(), may[0].closing_minor), (1275, 0, 1275));
    let nobody = bench.customer().customer;
    assert_eq!(bench.commerce.statement(nobody, date("2026-01-01"), date("2027-01-01")).await.unwrap(), []);
});
