//! `./dev demo`: starts everything in one temporary folder, walks the main job by the program's own public interfaces,
//! and keeps serving. With `--check` each step is verified from outside, and it ends.

use std::future::Future;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, HOST, PASSWORD, Person, SOON, World};
use mailkeep_integration_tests::mail::{Imap, submit};
use mailkeep_integration_tests::samples;

const DOMAIN: &str = "sample-shop.example";

#[tokio::main]
async fn main() -> Result<()> {
    let check = std::env::args().any(|argument| argument == "--check");
    let folder = tempfile::Builder::new().prefix("mailkeep-demo-").tempdir()?;
    let begun = Instant::now();
    let mut show = Show::default();

    let world = show.step(
        "start on free ports, with a name server of its own",
        World::start(Setup::default(), Some(folder.path())),
    );
    let world = world.await?;

    let work = visitor_reads(&world);
    show.step("a visitor reads home, plans and policy, without a cookie", work).await?;

    let work = Person::register(&world, "Ada Example", "ada@people.example");
    let mut ada = show.step("Ada registers and confirms her address by mail", work).await?;

    let work = async {
        ada.order(DOMAIN, 2, "approve").await?;
        ada.wait_for_page("/center/services", |page| page.words().contains(DOMAIN)).await
    };
    show.step("she orders two mailboxes and pays on the sandbox's page", work).await?;

    let work = async {
        let mut otto = Person::register(&world, "Otto Example", "info@remote.example").await?;
        otto.order("second-shop.example", 1, "wrong_code").await?;
        Ok(otto)
    };
    let mut otto = show.step("Otto orders; the screening holds his order for a person", work).await?;

    let work = Colleague::enrol(&world, "rosalind", &["operator", "fraud_reviewer"]);
    let mut rosalind = show.step("Rosalind joins the staff with a second factor", work).await?;
    show.step("she reads the reasons and approves the order", rosalind.approve_first_order()).await?;
    let work = otto.wait_for_page("/center/services", |page| page.words().contains("second-shop.example"));
    show.step("Otto's service begins", work).await?;

    let work = async {
        ada.prove_domain(&world, DOMAIN).await?;
        let path = ada.domain_page(DOMAIN).await?;
        ada.wait_for_page(&path, |page| !page.forms().iter().any(|form| form.action.contains("/prove"))).await
    };
    show.step("Ada proves her domain with a DNS record", work).await?;

    let work = async {
        let ada_password = ada.make_mailbox("ada", DOMAIN).await?;
        let shop_password = ada.make_mailbox("shop", DOMAIN).await?;
        Ok((ada_password, shop_password))
    };
    let (ada_password, shop_password) = show.step("she makes the mailboxes ada and shop", work).await?;
    let (ada_address, shop_address) = (format!("ada@{DOMAIN}"), format!("shop@{DOMAIN}"));

    let submission = world.server("submissions");
    let imaps = world.server("imaps");
    let work = async {
        let message = letter(&ada_address, &shop_address, "From one mailbox to another");
        submit(&submission, &ada_address, &ada_password, &[&shop_address], &message).await?;
        let mut imap = Imap::sign_in(&imaps, &shop_address, &shop_password).await?;
        imap.command("SELECT INBOX").await?;
        imap.wait_for("SUBJECT \"From one mailbox\"", SOON).await
    };
    show.step("a mail goes from ada to shop and is read over IMAP", work).await?;

    let work = async {
        let message = letter(&ada_address, "friend@remote.example", "Out into the world");
        submit(&submission, &ada_address, &ada_password, &["friend@remote.example"], &message).await?;
        let taken = world
            .sink
            .wait_for(SOON, |mail| String::from_utf8_lossy(&mail.message).contains("Out into the world"));
        let taken = taken.await?;
        let signatures = String::from_utf8_lossy(&taken.message).matches("DKIM-Signature:").count();
        anyhow::ensure!(signatures == 2, "{signatures} DKIM signatures instead of two (RSA and Ed25519)");
        Ok(())
    };
    show.step("a mail leaves, twice signed, and reaches another server", work).await?;

    let mails = samples::load(200);
    let count = mails.len();
    let work = async {
        let mut imap = Imap::sign_in(&imaps, &ada_address, &ada_password).await?;
        for mail in &mails {
            imap.append("INBOX", mail).await?;
        }
        let status = imap.command("STATUS INBOX (MESSAGES)").await?;
        anyhow::ensure!(status.contains(&format!("MESSAGES {count}")), "{status}");
        Ok(())
    };
    show.step(&format!("{count} mails are loaded into a mailbox"), work).await?;

    if check {
        let work = async {
            let doctor = world.installation.command(&["doctor"]).await?;
            anyhow::ensure!(doctor.contains(" 0 findings"), "{doctor}");
            Ok(())
        };
        show.step("the doctor finds nothing", work).await?;
        let mut world = world;
        show.step("it ends in good order", async { world.installation.stop().await }).await?;
        println!("\nAll steps hold. {:.1} s in all.", begun.elapsed().as_secs_f64());
        return Ok(());
    }

    println!(
        "\nReady after {:.1} s. Everything is in {} and goes when this ends.\n",
        begun.elapsed().as_secs_f64(),
        folder.path().display()
    );
    let https = world.installation.address("https").port();
    println!("  site             https://localhost:{https}/          (self-signed: your browser will ask)");
    println!("  Customer Center  https://localhost:{https}/center    ada@people.example / {PASSWORD}");
    println!("  webmail          https://localhost:{https}/mail      {ada_address} / {ada_password}");
    println!("  console          https://localhost:{https}/console   rosalind / {PASSWORD}");
    println!("                   second factor: the secret {} in an authenticator app", rosalind.factor);
    println!(
        "  IMAP (TLS)       {}      {ada_address} / {ada_password}",
        world.installation.address("imaps")
    );
    println!(
        "  submission (TLS) {}      the same; server name {HOST}",
        world.installation.address("submissions")
    );
    println!("  mail to remote.example stays on this machine: the demonstration is its mail server");
    println!(
        "  metrics          http://{}/metrics\n\nCtrl-C ends it.",
        world.installation.address("operator")
    );
    tokio::signal::ctrl_c().await?;
    let mut world = world;
    world.installation.stop().await
}

/// Shows each step with the time that it took.
#[derive(Default)]
struct Show {
    steps: u32,
}

impl Show {
    async fn step<T>(&mut self, what: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
        self.steps += 1;
        let begun = Instant::now();
        let outcome = tokio::time::timeout(Duration::from_secs(120), work).await;
        let outcome = outcome.context("took more than two minutes").and_then(|done| done);
        let mark = if outcome.is_ok() { "✓" } else { "✗" };
        println!("{mark} {:>2}. {what:<66} {:>6.2} s", self.steps, begun.elapsed().as_secs_f64());
        outcome.with_context(|| what.to_owned())
    }
}

async fn visitor_reads(world: &World) -> Result<()> {
    let mut visitor = world.visitor()?;
    for path in ["/", "/plans", "/policy"] {
        visitor.open(path).await?;
    }
    anyhow::ensure!(
        visitor.cookie_names().is_empty(),
        "a page for visitors set {:?}",
        visitor.cookie_names()
    );
    Ok(())
}

fn letter(from: &str, to: &str, subject: &str) -> String {
    format!(
        "From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\nthis is a sample.\r\n"
    )
}
