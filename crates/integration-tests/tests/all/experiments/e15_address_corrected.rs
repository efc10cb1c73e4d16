//! Experiment 15: The address is corrected: the next invoice has the new one, and the bytes of the old invoice do not change.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};

use crate::on_both_engines;

on_both_engines!(a_corrected_address_stands_on_the_next_invoice_only);

/// The paths of a customer's invoices, newest first.
async fn invoices(ada: &mut Person, count: usize) -> Result<Vec<String>> {
    let of = |page: &mailkeep_integration_tests::pages::Page| -> Vec<String> {
        let one = |link: &String| link.starts_with("/center/invoices/") && !link.ends_with("/pdf");
        page.links().into_iter().filter(one).collect()
    };
    let page = ada.wait_for_page("/center/invoices", |page| of(page).len() >= count).await?;
    let mut links = of(&page);
    links.dedup();
    Ok(links)
}

async fn a_corrected_address_stands_on_the_next_invoice_only(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order_billed("old-place.example", 1, "approve", &[("street", "1 Old Street")]).await?;
    let first = invoices(&mut ada, 1).await?.pop().context("an invoice")?;
    let is_pdf = |page: &mailkeep_integration_tests::pages::Page| page.body.starts_with(b"%PDF");
    let document = ada.wait_for_page(&format!("{first}/pdf"), is_pdf).await?.body;
    let shown = ada.browser.open(&first).await?.words();
    anyhow::ensure!(shown.contains("1 Old Street"), "{shown}");

    ada.order_billed("new-place.example", 1, "approve", &[("street", "2 New Street")]).await?;
    let both = invoices(&mut ada, 2).await?;
    let second = both.iter().find(|link| **link != first).context("another invoice")?;
    let shown = ada.browser.open(second).await?.words();
    anyhow::ensure!(shown.contains("2 New Street") && !shown.contains("1 Old Street"), "{shown}");
    let shown = ada.browser.open(&first).await?.words();
    anyhow::ensure!(shown.contains("1 Old Street") && !shown.contains("2 New Street"), "{shown}");
    let again = ada.browser.open(&format!("{first}/pdf")).await?.body;
    anyhow::ensure!(again == document, "the old invoice's bytes changed");
    let newer = ada.wait_for_page(&format!("{second}/pdf"), is_pdf).await?.body;
    anyhow::ensure!(newer != document, "the new invoice is another document");
    world.installation.stop().await
}
