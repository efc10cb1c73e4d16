//! Experiment 1: An agent opens a customer's file without a fact: refused, and recorded. (The fact is an order in review, until there is
//! a help desk with tickets.)

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;

use super::{Review, refused};
use crate::on_both_engines;

on_both_engines!(an_agent_without_a_fact_is_refused);

async fn an_agent_without_a_fact_is_refused(setup: Setup) -> Result<()> {
    let mut scene = Review::start(setup, "no-fact.example").await?;
    scene.rosalind.approve_first_order().await?;
    scene.otto.wait_for_page("/center/services", |page| page.words().contains("no-fact.example")).await?;
    let before = scene.reviews().await?.len();

    // The order is decided: nothing justifies a look any more.
    let page = scene.open().await?;
    let entries = scene.reviews().await?;
    refused(&page, &entries)?;
    anyhow::ensure!(entries.len() == before + 1, "one refusal, one entry: {entries:?}");
    // The customer reads it at once.
    let uses = scene.otto.browser.open("/center/privacy/uses").await?.words();
    anyhow::ensure!(uses.contains("wanted to read"), "{uses}");

    // Neither does a role that never reviews orders get at it, nor somebody who is not of staff.
    let mut visitor = scene.world.visitor()?;
    let page = visitor.get(&scene.order).await?;
    anyhow::ensure!(page.path.starts_with("/console/sign-in"), "{}: {}", page.path, page.words());
    let newest = entries.last().context("just looked at")?;
    anyhow::ensure!(newest.fields.iter().any(|field| field == "orders.billing"), "{newest:?}");
    scene.world.installation.stop().await
}
