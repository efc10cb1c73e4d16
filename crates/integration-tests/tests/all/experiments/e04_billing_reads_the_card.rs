//! Experiment 4: The billing run reads the reference to the card: allowed. For feedback it is refused, and does not compile: that is
//! held by `crates/policy/tests/walls/bypass_wrong_purpose.rs`.

use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_integration_tests::stolen::Stolen;
use mailkeep_policy::ledger::Decision;

use crate::on_both_engines;

const CARD: &str = "payment_methods.token";

on_both_engines!(the_card_is_read_to_bill_and_for_nothing_else);

async fn the_card_is_read_to_bill_and_for_nothing_else(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let number = ada.registration_id().await?;
    ada.order_billed("monthly-shop.example", 1, "approve", &[("term", "monthly")]).await?;
    ada.wait_for_page("/center/services", |page| page.words().contains("monthly-shop.example")).await?;
    let books = Stolen::of(&world.installation).await?;
    world.installation.advance(Duration::from_secs(32 * 86_400)).await?;
    ada.sign_in().await?;
    let paid = |page: &mailkeep_integration_tests::pages::Page| {
        page.links().iter().filter(|link| link.starts_with("/center/invoices/")).count() >= 2
    };
    ada.wait_for_page("/center/invoices", paid).await?;
    wait_until_charged(&books).await?;

    let entries = books.entries(&world.installation, books.customer(&number).await?).await?;
    let reads: Vec<_> =
        entries.iter().filter(|entry| entry.fields.iter().any(|field| field == CARD)).collect();
    let read = reads.first().context("reading the reference is on record")?;
    anyhow::ensure!(read.decision == Decision::Allowed, "{read:?}");
    anyhow::ensure!(read.actor == "billing run" && read.purpose == "deliver", "{read:?}");
    anyhow::ensure!(read.fact == "due_invoice" && read.fields == [CARD], "{read:?}");
    anyhow::ensure!(reads.iter().all(|entry| entry.purpose == "deliver"), "{reads:?}");

    // Of every other purpose the policy in force says no, whoever asks.
    for purpose in ["feedback", "inform", "troubleshoot", "prefill", "audit", "comply"] {
        for role in ["system", "support", "billing", "writer", "operator"] {
            let explained = ["policy", "explain", purpose, "payment_token", role, "read"];
            let said = world.installation.command(&explained).await?;
            anyhow::ensure!(said.contains("refused"), "{said}");
        }
    }
    let wall =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../policy/tests/walls/bypass_wrong_purpose.rs"));
    anyhow::ensure!(
        wall.contains("purpose::Feedback") && wall.contains("category::PaymentToken"),
        "the wall is another now"
    );
    world.installation.stop().await
}

/// Waits until the sandbox's card was charged for the second month.
async fn wait_until_charged(books: &Stolen) -> Result<()> {
    for _ in 0..300 {
        let charges: i64 = books.value("SELECT COALESCE(MAX(charges), 0) FROM sandbox_cards").await?;
        if charges > 0 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("the card was not charged")
}
