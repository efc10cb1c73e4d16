//! Case 26: The From address belongs to the sender's customer, and to the sender's own mailbox.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_integration_tests::mail::submit_and_hear;

use crate::on_both_engines;

on_both_engines!(case_26_nobody_writes_under_the_address_of_another);

async fn case_26_nobody_writes_under_the_address_of_another(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut passwords = Vec::new();
    for (name, domain) in [("ada", "one-shop.example"), ("otto", "other-shop.example")] {
        let mut person =
            Person::register(&world, &format!("{name} Example"), &format!("{name}@people.example")).await?;
        person.order(domain, 1, "approve").await?;
        person.prove_domain(&world, domain).await?;
        passwords.push(person.make_mailbox(name, domain).await?);
    }
    let password = passwords.first().context("a password")?;
    let user = "ada@one-shop.example";
    for (author, taken) in [
        ("ada@one-shop.example", true),
        ("otto@other-shop.example", false),
        ("nobody@one-shop.example", false),
        ("ada@far.example", false),
        ("Ada <ada@one-shop.example>, otto@other-shop.example", false),
    ] {
        let text = format!("From: {author}\r\nSubject: x\r\n\r\nHello.\r\n");
        let heard =
            submit_and_hear(&world.server("submissions"), user, password, &["friend@remote.example"], &text)
                .await;
        match heard {
            Ok(said) => anyhow::ensure!(taken, "{author} was taken: {said}"),
            Err(refused) => {
                let said = format!("{refused:#}");
                anyhow::ensure!(!taken && said.contains("550 5.7.1"), "{author}: {said}");
            }
        }
    }
    world.installation.stop().await
}
