//! Case 33: Signing in by Registration ID works without a cookie and from another machine; a contact address within the hosted
//! domain is warned about.

use anyhow::Result;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{PASSWORD, Person, World};

use crate::on_both_engines;

on_both_engines!(case_33_the_registration_id_opens_from_anywhere);

const DOMAIN: &str = "number-shop.example";

async fn case_33_the_registration_id_opens_from_anywhere(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let number = ada.registration_id().await?;

    // Another computer: an empty browser; the number as it is read out on the telephone.
    for typed in [number.clone(), number.to_lowercase().replace('-', " ")] {
        let mut elsewhere = world.visitor()?;
        let form = elsewhere.open("/sign-in").await?.form("/sign-in")?;
        let page = elsewhere.submit(&form.with("login", &typed).with("password", PASSWORD)).await?;
        anyhow::ensure!(
            page.status.is_success() && page.path.starts_with("/center"),
            "{typed}: {}",
            page.words()
        );
        anyhow::ensure!(elsewhere.open("/center/profile").await?.words().contains(&number));
    }

    ada.order(DOMAIN, 1, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let warning = "in a domain that is hosted here";
    let outside = ada.browser.open("/center/profile").await?;
    anyhow::ensure!(!outside.words().contains(warning), "{}", outside.words());
    ada.make_mailbox("ada", DOMAIN).await?;
    let inside = format!("ada@{DOMAIN}");
    let page = ada.browser.submit(&outside.form("/center/profile/email")?.with("email", &inside)).await?;
    anyhow::ensure!(page.words().contains(warning), "{}", page.words());
    world.installation.stop().await
}
