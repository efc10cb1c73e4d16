//! Experiment 2: With the fact: only the fields that it justifies, and the end of the fact is the end of the look. (The fact is an order
//! in review, until there is a help desk with tickets.)

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_policy::ledger::Decision;

use super::{Review, STREET, refused};
use crate::on_both_engines;

/// What a review may open: the order itself, what the screening found, and what was asked about it.
const FIELDS: [&str; 6] = [
    "orders.billing",
    "orders.applicant",
    "screenings.facts",
    "screenings.assessment",
    "order_questions.question",
    "order_questions.answer",
];

on_both_engines!(a_fact_opens_its_fields_until_it_ends);

async fn a_fact_opens_its_fields_until_it_ends(setup: Setup) -> Result<()> {
    let mut scene = Review::start(setup, "with-fact.example").await?;
    let closed = scene.rosalind.browser.open(&scene.order).await?;
    anyhow::ensure!(!closed.text().contains(STREET), "the file is open before anybody opened it");
    let page = scene.open().await?;
    anyhow::ensure!(page.text().contains(STREET), "{}: {}", page.status, page.words());
    let entries = scene.reviews().await?;
    anyhow::ensure!(entries.iter().all(|entry| entry.decision == Decision::Allowed), "{entries:?}");
    let opened: BTreeSet<&str> = entries.iter().flat_map(|entry| &entry.fields).map(String::as_str).collect();
    anyhow::ensure!(opened.contains("orders.billing"), "{opened:?}");
    let outside: Vec<_> = opened.iter().filter(|field| !FIELDS.contains(field)).collect();
    anyhow::ensure!(outside.is_empty(), "a review opens {outside:?}");

    // The decision ends it, at once; and a minute later still.
    scene.rosalind.approve_first_order().await?;
    let page = scene.open().await?;
    refused(&page, &scene.reviews().await?)?;
    scene.world.installation.advance(std::time::Duration::from_secs(61)).await?;
    let page = scene.open().await?;
    let entries = scene.reviews().await?;
    refused(&page, &entries)?;
    let last = entries.last().context("just looked at")?;
    anyhow::ensure!(last.reason.contains("order_in_review"), "the reason names what is missing: {last:?}");
    scene.world.installation.stop().await
}
