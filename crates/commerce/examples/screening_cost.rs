//! What a screening costs: `cargo run --release -p mailkeep-commerce --features testing --example screening_cost [ORDERS]`
//!
//! Prints the time of the decision itself, and of a whole screening on SQLite: facts opened under their grant, lists asked,
//! other orders counted among the given number, the decision stored. Names are looked up by a stand-in that answers at once.

use std::hint::black_box;
use std::time::{Duration, Instant};

use mailkeep_commerce::periods::Interval;
use mailkeep_commerce::processor::sandbox::Scenario;
use mailkeep_commerce::screening::{ScreeningConfig, assess};
use mailkeep_commerce::testing::run;
use mailkeep_storage::sql::Dialect;

fn percentiles(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |per_cent: usize| times[(times.len() - 1) * per_cent / 100];
    println!("{what}: p50 {:?}, p99 {:?}, longest {:?}", at(50), at(99), at(100));
}

fn main() {
    let orders: u32 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(2_000);
    let facts = serde_json::from_str(include_str!("screening_facts.json")).expect("facts as they are stored");
    let config = ScreeningConfig::default();
    let decision = (0..100_000).map(|_| {
        let started = Instant::now();
        black_box(assess(black_box(&facts), &config));
        started.elapsed()
    });
    percentiles("screening, the decision", decision.collect());

    run(Dialect::Sqlite, move |bench| async move {
        let mut times = Vec::new();
        for n in 0..orders {
            let mut buyer = bench.customer();
            buyer.network = Some(std::net::Ipv4Addr::from(0x0a00_0001 + n * 256).into());
            buyer.device = Some(format!("Browser/{}", n % 50));
            buyer.billing.name = format!("Robin Sample {n}");
            let order = bench.order(&buyer, "personal", Interval::Monthly, 1, &format!("d{n}.example")).await;
            bench.authorise(&buyer, order, Scenario::WrongCode).await;
            let started = Instant::now();
            bench.commerce.advance_order(order).await.expect("the order goes on");
            times.push(started.elapsed());
            bench.clock.advance(Duration::from_secs(600));
        }
        percentiles(&format!("screening among {orders} orders, to the stored decision"), times);
    });
}
