//! Measures a month close: `cargo run --release -p mailkeep-commerce --features testing --example month_close -- 1000`.
//!
//! Makes so many subscriptions on SQLite (each ordered and paid, which is not measured), counts them on the days of counting, and
//! prints the time of the run on the invoice day, without documents, and of the charging two days later. With `wait` after the
//! number it waits for a line on its input before what is measured, so that the rest can be made beside other work.
//!
//! The clock goes on while it works, as a real one does: identifiers begin with the time, and where all were of one millisecond
//! everything would be read and written all over the file, which no installation does.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use mailkeep_commerce::periods::Interval;
use mailkeep_commerce::periods::calendar::MonthCalendar;
use mailkeep_commerce::processor::sandbox::Scenario;
use mailkeep_commerce::subscriptions::run::RunReport;
use mailkeep_commerce::testing::{Bench, run};
use mailkeep_storage::sql::Dialect;

fn main() {
    let count: u32 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(200);
    run(Dialect::Sqlite, move |bench| async move {
        let bench = bench.reopened(|config| config.month = MonthCalendar::default()).await;
        let clock = Arc::clone(&bench.clock);
        std::thread::spawn(move || {
            let mut before = Instant::now();
            loop {
                std::thread::sleep(Duration::from_micros(500));
                let now = Instant::now();
                clock.advance(now - before);
                before = now;
            }
        });
        let started = Instant::now();
        // Many buyers at once: what they write shares its commits.
        futures_util::stream::iter(0..count).for_each_concurrent(64, |n| subscribe(&bench, n)).await;
        println!("{count} subscriptions made in {:?}, {} MB", started.elapsed(), memory_mb());
        if std::env::args().nth(2).is_some_and(|word| word == "wait") {
            println!("write a line to begin");
            std::io::stdin().read_line(&mut String::new()).expect("an input");
        }
        let step = async |what: &str| {
            let (before, started) = (memory_mb(), Instant::now());
            let mut report = RunReport::default();
            bench.commerce.run_month(&mut report).await.expect("the run lists what is due");
            let took = started.elapsed();
            let each = took / count.max(1);
            println!("{count} subscriptions, {what}: {report:?} in {took:?}, {each:?} each");
            println!("  resident memory {before} MB before, {} MB after", memory_mb());
        };
        bench.days(20);
        step("first count").await;
        bench.days(7);
        step("final count").await;
        bench.days(4);
        step("month close").await;
        bench.days(2);
        let (started, mut report) = (Instant::now(), RunReport::default());
        bench.commerce.run_payments(&mut report).await.expect("the run lists what is due");
        println!("{count} subscriptions, payment: {report:?} in {:?}", started.elapsed());
        assert!(bench.commerce.check_journal().await.expect("the journal is there").holds());
    });
}

/// One customer with five mailboxes, billed by the month.
async fn subscribe(bench: &Bench, n: u32) {
    let mut buyer = bench.customer();
    buyer.network = Some(std::net::Ipv4Addr::from(0x0a00_0001 + n * 256).into());
    let order = bench.order(&buyer, "business", Interval::Monthly, 5, &format!("d{n}.example")).await;
    bench.pay(&buyer, order, Scenario::Approve).await;
    let services = bench.commerce.list_services(buyer.customer).await.expect("a service");
    bench.usage.0.lock().insert(services[0].id, 5);
}

/// What the process holds in memory; 0 where the system does not say.
fn memory_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
