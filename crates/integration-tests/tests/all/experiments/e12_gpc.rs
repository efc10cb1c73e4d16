//! `Sec-GPC: 1`: honoured, receipt stored, `/.well-known/gpc.json` answers.

use anyhow::Result;
use mailkeep_integration_tests::choosing::{Program, choose, ticked};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};

use crate::on_both_engines;

on_both_engines!(the_signal_of_a_browser_is_honoured);

async fn the_signal_of_a_browser_is_honoured(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let said = Program::new(&world)?.look("/.well-known/gpc.json", true).await?;
    anyhow::ensure!(said.status() == 200, "{}", said.status());
    let said: serde_json::Value = serde_json::from_slice(&said.bytes().await?)?;
    anyhow::ensure!(said["gpc"] == true && said["lastUpdate"].is_string(), "{said}");

    // A visitor is proposed no offers.
    let mut visitor = world.visitor()?;
    let page = visitor.open("/subscribe").await?.text();
    anyhow::ensure!(page.contains("value=\"special_offers\""), "offers can be asked for");
    visitor.say("sec-gpc", "1");
    let page = visitor.open("/subscribe").await?;
    anyhow::ensure!(!page.text().contains("value=\"special_offers\""), "{}", page.words());
    anyhow::ensure!(page.words().contains("Global Privacy Control") && visitor.cookie_names().is_empty());

    // A person's browser begins to send it: offers end, on every channel, with one receipt each.
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    choose(&mut ada, &["newsletter:email", "special_offers:email", "special_offers:telephone"]).await?;
    ada.browser.say("sec-gpc", "1");
    for _ in 0..3 {
        anyhow::ensure!(ticked(&mut ada).await? == ["newsletter:email"], "{:?}", ticked(&mut ada).await?);
    }
    let page = ada.browser.open("/center/choices").await?.words();
    anyhow::ensure!(page.matches("No to All offers").count() == 3, "{page}");
    anyhow::ensure!(page.contains("by your browser’s signal") && page.contains("asks not to be marketed to"));
    // What she ticks herself afterwards counts, though the browser goes on sending it.
    choose(&mut ada, &["newsletter:email", "special_offers:email"]).await?;
    anyhow::ensure!(ticked(&mut ada).await? == ["newsletter:email", "special_offers:email"]);
    world.installation.stop().await?;
    world.installation.start().await?;
    anyhow::ensure!(ticked(&mut ada).await?.contains(&"special_offers:email".to_owned()));
    world.installation.stop().await
}
