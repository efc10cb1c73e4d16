//! Experiment 7: A new order on a stored card without fresh permission: refused. The recurring invoice goes through.

use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_integration_tests::stolen::Stolen;

use super::force;
use crate::on_both_engines;

on_both_engines!(a_stored_card_pays_only_what_it_was_kept_for);

async fn a_stored_card_pays_only_what_it_was_kept_for(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order_billed("first-shop.example", 1, "approve", &[("term", "monthly")]).await?;
    ada.wait_for_page("/center/services", |page| page.words().contains("first-shop.example")).await?;
    let books = Stolen::of(&world.installation).await?;
    let cards: i64 = books.value("SELECT COUNT(*) FROM payment_methods").await?;
    anyhow::ensure!(cards == 1, "the card was kept for the renewals: {cards}");

    // Something new: the card is there, and is not touched. The order waits until it is paid on the processor's own page.
    let payment = ada.place_order("second-shop.example", 1, &[("term", "monthly")]).await?;
    payment.form("/sandbox").context("the processor asks for a card")?;
    let second: uuid::Uuid =
        books.value("SELECT id FROM orders ORDER BY placed_at DESC, number DESC LIMIT 1").await?;
    let method: uuid::Uuid = books.value("SELECT id FROM payment_methods").await?;
    // Nor does it help to name the card.
    let named = method.to_string();
    for field in ["payment_method", "method", "card", "payment_method_id", "token"] {
        let action = format!("/order/{second}/pay");
        let page = force(&mut ada.browser, "/center/services", &action, &[(field, &named)]).await?;
        page.form("/sandbox").context("the processor asks for a card again")?;
    }
    let charges = "SELECT COALESCE(MAX(charges), 0) FROM sandbox_cards";
    anyhow::ensure!(books.value::<i64>(charges).await? == 0, "the stored card was charged");
    let unpaid: String = books
        .value(format!("{} ORDER BY placed_at DESC, number DESC LIMIT 1", "SELECT status FROM orders"))
        .await?;
    anyhow::ensure!(unpaid == "placed", "the order is {unpaid}");
    let attempts: i64 = books
        .value(
            "SELECT COUNT(*) FROM payment_attempts WHERE payment_method_id IS NOT NULL AND kind = 'charge'",
        )
        .await?;
    anyhow::ensure!(attempts == 0, "{attempts} charges of the stored card");

    // The second month of what was ordered first is paid with it.
    world.installation.advance(Duration::from_secs(32 * 86_400)).await?;
    let paid = "SELECT COUNT(*) FROM invoice_balances WHERE settled_at IS NOT NULL";
    for _ in 0..300 {
        if books.value::<i64>(paid).await? == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::ensure!(books.value::<i64>(paid).await? == 2, "the renewal was not paid");
    anyhow::ensure!(books.value::<i64>(charges).await? == 1, "the stored card was charged once");
    let served: i64 = books.value("SELECT COUNT(*) FROM services").await?;
    anyhow::ensure!(served == 1, "what was not paid is not served: {served}");
    world.installation.stop().await
}
