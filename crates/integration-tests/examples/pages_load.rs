//! How long the pages of the Customer Center take at 200 requests a second: `pages_load [SECONDS]`; how many are answered
//! when four ask as fast as they can: `pages_load SECONDS throughput`.
//!
//! A customer with a paid service, a proven domain and three mailboxes is made by the public pages. Requests begin on a
//! fixed beat whether the ones before are answered or not, and a wait counts from the beat, so that a slow moment cannot
//! hide by slowing the measuring down.

use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};
use tokio::time::Instant;

const DOMAIN: &str = "sample-shop.example";
const PAGES: [&str; 6] = [
    "/center",
    "/center/services",
    "/center/domains",
    "/center/mailboxes",
    "/center/invoices",
    "/center/profile",
];
const A_SECOND: u32 = 200;
const ASKERS: usize = 4;

#[tokio::main]
async fn main() -> Result<()> {
    let seconds: u32 = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(10);
    let setup = Setup { more: "[log]\nlevel = \"warn\"\n".to_owned(), ..Setup::default() };
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 3, "approve").await?;
    ada.wait_for_page("/center/services", |page| page.words().contains(DOMAIN)).await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let path = ada.domain_page(DOMAIN).await?;
    ada.wait_for_page(&path, |page| !page.forms().iter().any(|form| form.action.contains("/prove"))).await?;
    for number in 0..3 {
        ada.make_mailbox(&format!("user{number}"), DOMAIN).await?;
    }
    for page in PAGES {
        ada.browser.open(page).await?;
    }
    let process = world.installation.process().context("it runs")?.to_string();
    if std::env::args().nth(2).is_some_and(|word| word == "throughput") {
        throughput(&ada, &process, seconds).await?;
    } else {
        on_a_beat(&ada, &process, seconds).await?;
    }
    world.installation.stop().await
}

/// Some ask again as soon as they are answered.
async fn throughput(ada: &Person, process: &str, seconds: u32) -> Result<()> {
    let (server, begin) = (processor_seconds(process), Instant::now());
    let end = begin + Duration::from_secs(u64::from(seconds));
    let mut running = tokio::task::JoinSet::new();
    for asker in 0..ASKERS {
        let mut browser = ada.browser.clone();
        running.spawn(async move {
            let mut answered = 0u32;
            while Instant::now() < end {
                browser.open(PAGES[(asker + answered as usize) % PAGES.len()]).await?;
                answered += 1;
            }
            anyhow::Ok(answered)
        });
    }
    let mut answered = 0;
    while let Some(done) = running.join_next().await {
        answered += done??;
    }
    let (count, server) = (f64::from(answered), processor_seconds(process) - server);
    println!(
        "{:.1} requests/s, {:.3} ms of the server's processor each",
        count / begin.elapsed().as_secs_f64(),
        server / count * 1e3
    );
    Ok(())
}

async fn on_a_beat(ada: &Person, process: &str, seconds: u32) -> Result<()> {
    let (server, own) = (processor_seconds(process), processor_seconds("self"));
    let mut running = tokio::task::JoinSet::new();
    let begin = Instant::now();
    for number in 0..seconds * A_SECOND {
        let beat = begin + Duration::from_secs(1) * number / A_SECOND;
        tokio::time::sleep_until(beat).await;
        let page = PAGES[number as usize % PAGES.len()];
        let mut browser = ada.browser.clone();
        running.spawn(async move { browser.open(page).await.map(|_| (page, beat.elapsed())) });
    }
    let mut waits = Vec::new();
    while let Some(done) = running.join_next().await {
        waits.push(done??);
    }
    let count = f64::from(seconds * A_SECOND);
    let (server, own) = (processor_seconds(process) - server, processor_seconds("self") - own);
    print("all pages", waits.iter().map(|(_, wait)| *wait).collect());
    for page in PAGES {
        print(page, waits.iter().filter(|(path, _)| *path == page).map(|(_, wait)| *wait).collect());
    }
    println!(
        "processor per request: server {:.2} ms, driver {:.2} ms",
        server / count * 1e3,
        own / count * 1e3
    );
    Ok(())
}

fn print(what: &str, mut waits: Vec<Duration>) {
    waits.sort_unstable();
    let at = |share: usize| waits.get(waits.len() * share / 100).map_or(0.0, |wait| wait.as_secs_f64() * 1e3);
    println!("{what}: median {:.1} ms, 99th of 100 {:.1} ms, of {} requests", at(50), at(99), waits.len());
}

/// The processor time of a process (proc(5): fields 14 and 15, in ticks of 10 ms).
fn processor_seconds(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or("");
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
