//! Measures a month close: `cargo run --release -p mailkeep-commerce --features testing --example month_close -- 1000`.
//!
//! Makes so many subscriptions on SQLite (each ordered and paid, which is not measured), moves the clock on by a month,
//! and prints the time of the run that counts, bills and charges them all, without documents.

use std::time::Instant;

use mailkeep_commerce::processor::sandbox::Scenario;
use mailkeep_commerce::testing::run;
use mailkeep_storage::sql::Dialect;

fn main() {
    let count: u32 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(200);
    run(Dialect::Sqlite, move |bench| async move {
        for n in 0..count {
            let mut buyer = bench.customer();
            buyer.network = Some(std::net::Ipv4Addr::from(0x0a00_0001 + n * 256).into());
            let interval = mailkeep_commerce::periods::Interval::Monthly;
            let order = bench.order(&buyer, "business", interval, 5, &format!("d{n}.example")).await;
            bench.pay(&buyer, order, Scenario::Approve).await;
        }
        bench.days(31);
        let started = Instant::now();
        let report = bench.commerce.run_billing().await.expect("the run lists what is due");
        let took = started.elapsed();
        println!("{count} subscriptions: {report:?} in {took:?}, {:?} each", took / count.max(1));
        assert!(bench.commerce.check_journal().await.expect("the journal is there").holds());
    });
}
