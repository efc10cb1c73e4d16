//! Case 5: At quota the sender gets a mailbox-full failure: for some days a temporary one and then a permanent one, or a
//! permanent one at once. The days are a setting.

use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_integration_tests::mail::hand_in;
use serde_json::json;

use crate::http_api::{Program, token};
use crate::on_both_engines;

on_both_engines!(case_05_a_full_mailbox_refuses_for_now_and_then_for_good);

const DOMAIN: &str = "full-shop.example";
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Hands a message of 12 kB in and gives what it is answered.
async fn answer(world: &World) -> Result<String> {
    let letter =
        format!("From: friend@remote.example\r\nSubject: large\r\n\r\n{}\r\n", "text\r\n".repeat(2000));
    let (mx, to) = (world.installation.address("mx"), format!("ada@{DOMAIN}"));
    Ok(match hand_in(mx, "friend@remote.example", &to, &letter).await {
        Ok(()) => "250".to_owned(),
        Err(error) => error.to_string(),
    })
}

/// An installation with a mailbox of 100 kB that messages filled.
async fn full(setup: Setup, days: &str) -> Result<World> {
    let more = format!("{}\n[smtp]\nfull_mailbox_days = {days}\n", setup.more);
    let world = World::start(Setup { more, ..setup }, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    ada.make_mailbox("ada", DOMAIN).await?;
    let program = Program { world: &world, token: token(&mut ada, "mailboxes:write").await? };
    let listed = program.expect(200, "GET", "/api/v1/mailboxes", None).await?;
    let id = listed["items"][0]["id"].as_str().context("the mailbox")?;
    program
        .expect(200, "PATCH", &format!("/api/v1/mailboxes/{id}"), Some(json!({ "quota_bytes": 100_000 })))
        .await?;
    let mut taken = 0;
    while answer(&world).await? == "250" {
        taken += 1;
    }
    anyhow::ensure!(taken == 8, "{taken} messages had room");
    Ok(world)
}

async fn case_05_a_full_mailbox_refuses_for_now_and_then_for_good(setup: Setup) -> Result<()> {
    let mut world = full(setup, "7").await?;
    let now = answer(&world).await?;
    anyhow::ensure!(now.contains("452 4.2.2"), "{now}");
    world.installation.advance(DAY * 6).await?;
    let still = answer(&world).await?;
    anyhow::ensure!(still.contains("452 4.2.2"), "{still}");
    world.installation.advance(DAY * 2).await?;
    let over = answer(&world).await?;
    anyhow::ensure!(over.contains("552 5.2.2"), "{over}");
    world.installation.stop().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn case_05_a_setting_refuses_at_once() -> Result<()> {
    let mut world = full(Setup::default(), "0").await?;
    let at_once = answer(&world).await?;
    anyhow::ensure!(at_once.contains("552 5.2.2"), "{at_once}");
    world.installation.stop().await
}
