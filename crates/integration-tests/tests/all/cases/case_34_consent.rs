//! Case 34: Billing and outage mail goes to someone who opted out of everything else; one click stops mail, post and telephone
//! together; later offers of any of the three are refused by the system.

use anyhow::{Context, Result};
use mailkeep_integration_tests::choosing::{announce, announced, choose, ticked};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};

use crate::on_both_engines;

on_both_engines!(case_34_one_click_stops_offers_on_every_way_and_bills_still_come);

async fn case_34_one_click_stops_offers_on_every_way_and_bills_still_come(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ben = Person::register(&world, "Ben Example", "ben@people.example").await?;
    let form = ben.browser.open("/center/profile").await?.form("/center/profile")?;
    let form = form
        .with("phone", "+1 217 555 0104")
        .with("street", "4 Larkspur Lane")
        .with("city", "Springfield")
        .with("postal_code", "62701")
        .with("country", "US");
    ben.browser.submit(&form).await?;
    choose(&mut ben, &["special_offers:email", "special_offers:post", "special_offers:telephone"]).await?;
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    announce(&mut writer, "special_offers", "Spring prices").await?;
    announced(&world, "ben@people.example", "Spring prices").await?;

    // One click on the page stops all three.
    let form = ben.browser.open("/center/choices").await?.form("/center/choices/stop")?;
    ben.browser.submit(&form).await?;
    anyhow::ensure!(ticked(&mut ben).await?.is_empty(), "{:?}", ticked(&mut ben).await?);

    let page = announce(&mut writer, "special_offers", "Summer prices").await?;
    anyhow::ensure!(page.words().contains("Nobody would get it now"), "{}", page.words());
    let today = mailkeep_types::Clock::now(&mailkeep_types::SystemClock).to_string();
    let today = today.split('T').next().context("a date")?.to_owned();
    let registry = world.installation.folder.join("registry.txt");
    std::fs::write(&registry, "+1 217 555 0999\n")?;
    let registry = registry.display().to_string();
    for (channel, more) in
        [("post", vec![]), ("telephone", vec!["--scrubbed-on", today.as_str(), "--registry", &registry])]
    {
        let out = world.installation.folder.join(format!("{channel}.csv")).display().to_string();
        let mut words =
            vec!["outreach", "export", "--channel", channel, "--topic", "special_offers", "--by", "anna"];
        words.extend(["--out", &out, "--json"]);
        words.extend(more);
        let said = world.installation.command(&words).await?;
        anyhow::ensure!(said.contains("\"people\": 0"), "{channel}: {said}");
    }

    // What is about the account and its bills comes all the same.
    ben.order("consent-shop.example", 1, "approve").await?;
    let is_bill = |mail: &mailkeep_integration_tests::sink::Taken| {
        let text = String::from_utf8_lossy(&mail.message).to_lowercase();
        mail.to.iter().any(|to| to == "ben@people.example")
            && text.contains("subject:")
            && text.contains("invoice")
    };
    world.sink.wait_for(SOON, is_bill).await.context("the invoice by mail")?;
    world.installation.stop().await
}
