//! The power goes at any moment: what was acknowledged is there, once, and the next start needs no hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Result;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_integration_tests::mail::{Imap, Server, submit};
use parking_lot::Mutex;

use crate::on_both_engines;

const DOMAIN: &str = "crash-shop.example";

/// How often the process is killed: few by default, `MAILKEEP_TEST_KILLS=100` for the long run.
fn kills() -> u64 {
    std::env::var("MAILKEEP_TEST_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(5)
}

on_both_engines!(what_was_acknowledged_survives_kill_9_once);

async fn what_was_acknowledged_survives_kill_9_once(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let path = ada.domain_page(DOMAIN).await?;
    ada.wait_for_page(&path, |page| page.form("/prove").is_err()).await?;
    let password = ada.make_mailbox("ada", DOMAIN).await?;
    let user = format!("ada@{DOMAIN}");

    let acknowledged: Arc<Mutex<Vec<String>>> = Arc::default();
    let numbers = Arc::new(AtomicU64::new(0));
    // A simple generator: the moments differ from run to run of the loop, and can be repeated.
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..kills() {
        let (submission, imaps) = (world.server("submissions"), world.server("imaps"));
        let stop = Arc::new(AtomicBool::new(false));
        let mut clients = Vec::new();
        for client in 0..4 {
            let (user, password, stop) = (user.clone(), password.clone(), Arc::clone(&stop));
            let (acknowledged, numbers) = (Arc::clone(&acknowledged), Arc::clone(&numbers));
            let (submission, imaps) = (submission.clone(), imaps.clone());
            clients.push(tokio::spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    let name = format!("mail-{}-end", numbers.fetch_add(1, Ordering::Relaxed));
                    let sent = if client % 2 == 0 {
                        by_smtp(&submission, &user, &password, &name).await
                    } else {
                        by_imap(&imaps, &user, &password, &name).await
                    };
                    match sent {
                        Ok(()) => acknowledged.lock().push(name),
                        // The process was killed in the middle: this one may be there or not.
                        Err(_) => return,
                    }
                }
            }));
        }
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        tokio::time::sleep(Duration::from_millis(50 + (random >> 33) % 700)).await;
        world.installation.kill().await?;
        stop.store(true, Ordering::Relaxed);
        for client in clients {
            client.await?;
        }
        world.installation.start().await?;
        if round % 5 == 4 || round + 1 == kills() {
            let names = acknowledged.lock().clone();
            compare(&world.server("imaps"), &user, &password, &names).await?;
        }
    }
    world.installation.stop().await?;
    let report = world.installation.command(&["doctor", "--repair"]).await?;
    let lost: Vec<&str> =
        report.lines().filter(|line| !line.contains("can be mended") && !line.contains("findings")).collect();
    anyhow::ensure!(lost.is_empty(), "{report}");
    eprintln!("{} acknowledged messages survived {} kills", acknowledged.lock().len(), kills());
    Ok(())
}

async fn by_smtp(server: &Server, user: &str, password: &str, name: &str) -> Result<()> {
    let letter = format!("From: {user}\r\nTo: {user}\r\nSubject: {name}\r\n\r\nHello.\r\n");
    submit(server, user, password, &[user], &letter).await
}

async fn by_imap(server: &Server, user: &str, password: &str, name: &str) -> Result<()> {
    let mut imap = Imap::sign_in(server, user, password).await?;
    let letter = format!("From: {user}\r\nTo: {user}\r\nSubject: {name}\r\n\r\nHello.\r\n");
    imap.append("INBOX", letter.as_bytes()).await
}

async fn compare(server: &Server, user: &str, password: &str, acknowledged: &[String]) -> Result<()> {
    let mut imap = Imap::sign_in(server, user, password).await?;
    imap.command("SELECT INBOX").await?;
    let listing = imap.command("FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])").await?;
    for name in acknowledged {
        let copies = listing.matches(name.as_str()).count();
        anyhow::ensure!(copies == 1, "{name} was acknowledged and is there {copies} times");
    }
    Ok(())
}
