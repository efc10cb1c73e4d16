//! Experiment 3: An agent makes the fact: still refused. A ticket that staff open is none of the customer's; so is an order that a
//! reviewer tries to take back into review.

use anyhow::Result;
use mailkeep_integration_tests::installation::Setup;

use super::{Review, force, refused};
use crate::on_both_engines;

on_both_engines!(an_agent_cannot_make_the_fact);

async fn an_agent_cannot_make_the_fact(setup: Setup) -> Result<()> {
    let mut scene = Review::start(setup, "own-fact.example").await?;
    scene.rosalind.approve_first_order().await?;
    scene.otto.wait_for_page("/center/services", |page| page.words().contains("own-fact.example")).await?;
    let status = "SELECT status FROM orders";
    let decided: String = scene.books.value(status).await?;
    for (verb, field) in [("ask", "question"), ("refuse", "reason"), ("approve", "")] {
        let action = format!("{}/{verb}", scene.order);
        force(&mut scene.rosalind.browser, "/console", &action, &[(field, "One more look, please.")]).await?;
        let now: String = scene.books.value(status).await?;
        anyhow::ensure!(now == decided, "{verb} made {decided} into {now}");
        let page = scene.open().await?;
        refused(&page, &scene.reviews().await?)?;
    }
    scene.world.installation.stop().await
}
