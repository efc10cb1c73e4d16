//! Experiment 13: The text of the policy changes: receipts keep the number of the old one, and a wider use is refused until the
//! consent is renewed.

use anyhow::{Context, Result};
use mailkeep_integration_tests::choosing::{announce, announced, choose};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::stolen::Stolen;

use super::narrowed;
use crate::on_both_engines;

/// The rule under which chosen news is sent, as the build has it and with less.
const WIDE: &str = "purpose = \"inform\"\ncategories = [\"identity\", \"contact\", \"preferences\"]";
const NARROW: &str = "purpose = \"inform\"\ncategories = [\"identity\", \"contact\"]";

on_both_engines!(receipts_keep_their_policy_and_a_wider_use_asks_anew);

async fn receipts_keep_their_policy_and_a_wider_use_asks_anew(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    world.installation.stop().await?;
    let books = Stolen::of(&world.installation).await?;
    // The story begins with the narrower one.
    books.run("DELETE FROM policy_versions").await?;
    narrowed(&world.installation, WIDE, NARROW)?;
    world.installation.start().await?;
    let mut ben = Person::register(&world, "Ben Example", "ben@people.example").await?;
    choose(&mut ben, &["special_offers:email"]).await?;
    let given = "SELECT policy_id FROM consents WHERE topic = 'special_offers' AND channel = 'email' \
                 AND state = 'given' ORDER BY sequence";
    let first: Vec<Vec<u8>> = books.column(given).await?;
    let first = first.last().context("a receipt")?.clone();
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    announce(&mut writer, "special_offers", "Spring prices").await?;
    announced(&world, "ben@people.example", "Spring prices").await?;
    world.installation.stop().await?;

    // Now offers may also look at preferences: people are told, and those who said yes to less are asked anew.
    narrowed(&world.installation, "", "")?;
    let refused = format!("{:#}", world.installation.start().await.err().context("it started")?);
    anyhow::ensure!(refused.contains("policy announce"), "{refused}");
    world.installation.command(&["policy", "announce", "--from", "now"]).await?;
    world.installation.start().await?;
    let receipts: Vec<Vec<u8>> = books.column(given).await?;
    anyhow::ensure!(receipts.last() == Some(&first), "the receipt keeps its policy");
    let page = announce(&mut writer, "special_offers", "Summer prices").await?;
    anyhow::ensure!(page.words().contains("Nobody would get it now"), "{}", page.words());

    choose(&mut ben, &["special_offers:email"]).await?;
    let receipts: Vec<Vec<u8>> = books.column(given).await?;
    anyhow::ensure!(receipts.contains(&first) && receipts.last() != Some(&first), "a receipt of its own");
    announce(&mut writer, "special_offers", "Autumn prices").await?;
    announced(&world, "ben@people.example", "Autumn prices").await?;
    let summer = world
        .sink
        .taken()
        .iter()
        .any(|mail| String::from_utf8_lossy(&mail.message).contains("Summer prices"));
    anyhow::ensure!(!summer, "a use that was not agreed to");
    world.installation.stop().await
}
