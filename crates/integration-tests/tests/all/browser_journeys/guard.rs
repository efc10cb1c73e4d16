//! What the outbound guard holds, and who decides on it: the owner of a mailing, the owner of a stolen mailbox, the abuse desk.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::browser::walk;
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_integration_tests::mail::{Server, hand_in, submit_and_hear};
use serde_json::{Value, json};

use super::{DOMAIN, finish, world};
use crate::reports_of_others::dmarc_letter;

/// Who sends.
struct Sender {
    user: String,
    password: String,
}

async fn sender(world: &World, email: &str, domain: &str, plan: &[(&str, &str)]) -> Result<Sender> {
    let mut owner = Person::register(world, "Ada Example", email).await?;
    owner.order_billed(domain, 2, "approve", plan).await?;
    owner.prove_domain(world, domain).await?;
    Ok(Sender { user: format!("ada@{domain}"), password: owner.make_mailbox("ada", domain).await? })
}

const BUSINESS: [(&str, &str); 2] = [("plan", "business"), ("term", "monthly")];

/// The same offer to each of so many strangers; which of them were held.
async fn offer(world: &World, from: &Sender, name: &str, many: usize) -> Result<Vec<String>> {
    let words: Vec<String> = (0..90).map(|word| format!("{name}{word}")).collect();
    let lines: Vec<String> = words.chunks(9).map(|line| line.join(" ")).collect();
    let text = format!("From: {}\r\nSubject: offer\r\n\r\n{}\r\n", from.user, lines.join("\r\n"));
    let mut held = Vec::new();
    for number in 0..many {
        let to = format!("{name}{number}@remote.example");
        let server = world.server("submissions");
        let said = submit_and_hear(&server, &from.user, &from.password, &[&to], &text).await?;
        if said.contains("held (campaign)") {
            held.push(to);
        }
    }
    ensure!(held.len() > 1, "{name}: {held:?}");
    Ok(held)
}

pub(super) async fn held_owner(mut options: Value) -> Result<()> {
    let mut world = world().await?;
    let ada = sender(&world, "ada@people.example", DOMAIN, &BUSINESS).await?;
    // The word of an owner counts after some paid weeks.
    world.installation.advance(Duration::from_secs(32 * 86_400)).await?;
    world.installation.kill().await?;
    world.installation.start().await?;
    let held = offer(&world, &ada, "reader", 40).await?;
    options["address"] = json!(ada.user);
    options["password"] = json!(ada.password);
    options["held"] = json!(held[0]);
    walk(&world, "held_owner", options).await?;
    finish(world).await
}

/// Writes a letter of its own to each; how many are held for the sign-in.
async fn write(server: &Server, from: &Sender, names: std::ops::Range<u32>) -> Result<usize> {
    let mut held = 0;
    for name in names {
        let words: String = (0..40).map(|word| format!("w{name}x{word} ")).collect();
        let text = format!("From: {}\r\nSubject: letter {name}\r\n\r\n{words}\r\n", from.user);
        let to = format!("new{name}@remote.example");
        let said = submit_and_hear(server, &from.user, &from.password, &[&to], &text).await?;
        held += usize::from(said.contains("held (sign-in)"));
    }
    Ok(held)
}

pub(super) async fn stolen(mut options: Value) -> Result<()> {
    let world = world().await?;
    let ada = sender(&world, "ada@people.example", DOMAIN, &BUSINESS).await?;
    let home = world.server("submissions");
    ensure!(write(&home, &ada, 0..2).await? == 0, "at home");
    world.installation.advance(Duration::from_secs(20 * 60)).await?;
    let away = world.server("submissions").reached_from(IpAddr::V4(Ipv4Addr::new(127, 0, 9, 9)));
    ensure!(write(&away, &ada, 10..16).await? == 2, "from a strange place");
    options["address"] = json!(ada.user);
    options["password"] = json!(ada.password);
    walk(&world, "stolen", options).await?;
    finish(world).await
}

pub(super) async fn abuse_desk(mut options: Value) -> Result<()> {
    let world = world().await?;
    world.dns.txt("receiver.example", "v=spf1 ip4:127.0.0.1 -all");
    let honest = sender(&world, "ada@people.example", DOMAIN, &BUSINESS).await?;
    let pushy = sender(&world, "otto@people.example", "second-shop.example", &BUSINESS).await?;
    let held = offer(&world, &honest, "reader", 18).await?;
    offer(&world, &pushy, "stranger", 18).await?;
    let letter = dmarc_letter("receiver.example", DOMAIN, "one", &[("203.0.113.9", 12, false)]);
    hand_in(
        world.installation.address("mx"),
        "dmarc@receiver.example",
        "dmarc-reports@mailkeep.example",
        &letter,
    )
    .await
    .context("a report of another provider")?;
    options["honest"] = json!(held.len());
    options["held"] = json!(held[0]);
    walk(&world, "abuse_desk", options).await?;
    finish(world).await
}
