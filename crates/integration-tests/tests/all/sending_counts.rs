//! What went out is counted by destination and by sender, and shown with what block lists say; nobody's address is.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::mail::submit;
use mailkeep_integration_tests::stolen::Stolen;

use crate::on_both_engines;

on_both_engines!(deliveries_are_counted_and_shown_with_what_block_lists_say);

const DOMAIN: &str = "counted-shop.example";
const LONG: &str = "[identity.staff_session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 10\n";

/// A new customer, who writes a letter of its own to each.
async fn send(world: &World, email: &str, domain: &str, to: &[String]) -> Result<()> {
    let mut owner = Person::register(world, "Ada Example", email).await?;
    owner.order_billed(domain, 5, "approve", &[("plan", "business"), ("term", "monthly")]).await?;
    owner.prove_domain(world, domain).await?;
    let (user, password) = (format!("ada@{domain}"), owner.make_mailbox("ada", domain).await?);
    for (number, to) in to.iter().enumerate() {
        let words: String = (0..40).map(|word| format!("w{number}x{word} ")).collect();
        let text = format!("From: {user}\r\nSubject: letter {number}\r\n\r\n{words}\r\n");
        submit(&world.server("submissions"), &user, &password, &[to], &text).await?;
    }
    Ok(())
}

async fn deliveries_are_counted_and_shown_with_what_block_lists_say(setup: Setup) -> Result<()> {
    let more = format!("{}\n{LONG}[reputation]\nblock_lists = [\"bl.example\"]\n", setup.more);
    let delivery = format!("{}\nown_addresses = [\"192.0.2.25\", \"192.0.2.26\"]\n", setup.delivery);
    let mut world = World::start(Setup { more, delivery, ..setup }, None).await?;
    world.dns.address("25.2.0.192.bl.example", [127, 0, 0, 4].into());
    world.dns.mx("tiny.example", 10, "sink.example.");
    let mut to: Vec<String> = (0..19).map(|number| format!("reader{number}@remote.example")).collect();
    to.push("gone@remote.example".to_owned());
    send(&world, "ada@people.example", DOMAIN, &to).await?;
    send(&world, "otto@people.example", "second-shop.example", &["one@tiny.example".to_owned()]).await?;
    world.sink.wait_for(SOON, |mail| mail.to.iter().any(|to| to == "one@tiny.example")).await?;

    let mut desk = Colleague::enrol(&world, "rosalind", &["abuse_desk"]).await?;
    let mut tries = 0;
    let page = loop {
        let page = desk.browser.open("/console/sending").await?;
        if page.words().contains("95.0%") && page.words().contains("second-shop.example") {
            break page;
        }
        tries += 1;
        ensure!(tries < 300, "nothing was counted: {}", page.words());
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let words = page.words();
    for part in [
        "127.0.0.1",
        DOMAIN,
        "remote.example",
        "1 no such address",
        "All with few recipients",
        "The house itself",
    ] {
        ensure!(words.contains(part), "“{part}” is missing: {words}");
    }
    ensure!(!words.contains("tiny.example"), "a destination of one has a name: {words}");
    ensure!(!page.text().contains("@remote.example"), "an address is shown");
    ensure!(page.links().iter().any(|link| link.starts_with("/console/held/")), "the way to the customer");

    // The database does not say who wrote to whom either.
    let stolen = Stolen::of(&world.installation).await?;
    let sums = "SELECT COUNT(*) FROM (SELECT SUM(delivered) AS d, SUM(dead) AS g FROM delivery_senders GROUP BY domain_id) AS s \
                WHERE d = 19 AND g = 1";
    let senders: i64 = stolen.value(sums).await?;
    ensure!(senders == 1, "{senders}");

    // Lists are asked once an hour, by the house's own resolver.
    world.installation.advance(Duration::from_secs(3_601)).await?;
    let mut tries = 0;
    let page = loop {
        let page = desk.browser.open("/console/sending?over=week").await?;
        if page.words().contains("stands on the block list") {
            break page;
        }
        tries += 1;
        ensure!(tries < 600, "no list was asked: {}", page.words());
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let words = page.words();
    ensure!(words.contains("192.0.2.25 stands on the block list bl.example"), "{words}");
    ensure!(words.contains("127.0.0.4") && words.contains("Not listed"), "{words}");
    let log = std::fs::read_to_string(world.installation.folder.join("log"))?;
    ensure!(log.contains("an address of ours stands on a block list"), "the operator is told");

    // Days later the small destination has lost its name where it is kept.
    world.installation.advance(Duration::from_secs(3 * 86_400)).await?;
    let kept = "SELECT COUNT(*) FROM delivery_destinations WHERE destination = 'tiny.example'";
    let mut tries = 0;
    while stolen.value::<i64>(kept).await.context("counts")? > 0 {
        tries += 1;
        ensure!(tries < 600, "a small destination keeps its name");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    world.installation.stop().await
}
