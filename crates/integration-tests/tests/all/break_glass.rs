//! A case of break-glass: opened with a reason, told to the person, looked at by somebody else.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::stolen::Stolen;
use mailkeep_types::StaffId;

use crate::on_both_engines;

const REASON: &str = "The account seems to be used by a stranger; I must reach its owner today.";

on_both_engines!(a_case_is_told_to_the_person_and_confirmed_by_another);

async fn a_case_is_told_to_the_person_and_confirmed_by_another(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let mut rosalind = Colleague::enrol(&world, "rosalind", &["abuse_desk"]).await?;
    Colleague::enrol(&world, "emmy", &["privacy_officer"]).await?;
    let books = Stolen::of(&world.installation).await?;
    let person = books.person(&ada.registration_id().await?).await?.uuid();
    let staff = async |login: &str| -> Result<String> {
        let id: StaffId = books.value(format!("SELECT id FROM staff WHERE login = '{login}'")).await?;
        Ok(id.to_string())
    };

    let page = rosalind.browser.open(&format!("/console/persons/{person}")).await?;
    anyhow::ensure!(!page.text().contains("ada@people.example"), "masked: {}", page.words());
    let form = page.form("/console/break-glass")?.with("cause", "account_at_risk").with("reason", REASON);
    let page = rosalind.browser.submit(&form).await?;
    let case = page.path.rsplit('/').next().context("the case has a page")?.to_owned();
    let page = rosalind.browser.submit(&page.form("/open")?).await?;
    anyhow::ensure!(page.text().contains("ada@people.example"), "open: {}", page.words());
    let told = |mail: &mailkeep_integration_tests::sink::Taken| {
        mail.to.iter().any(|to| to == "ada@people.example")
            && String::from_utf8_lossy(&mail.message).contains("used your data")
    };
    world.sink.wait_for(SOON, told).await.context("the person is told")?;

    let listed = world.installation.command(&["break-glass", "list"]).await?;
    anyhow::ensure!(listed.contains(&case) && listed.contains("account_at_risk"), "{listed}");
    let (own, other) = (staff("rosalind").await?, staff("emmy").await?);
    let refused = world.installation.command(&["break-glass", "confirm", &case, "--by", &own]).await;
    anyhow::ensure!(refused.is_err(), "one's own case is for another person");
    let refused = world.installation.command(&["break-glass", "show", &case, "--by", &own]).await;
    anyhow::ensure!(refused.is_err(), "the gate refuses one's own words");
    let words = world.installation.command(&["break-glass", "show", &case, "--by", &other]).await?;
    anyhow::ensure!(words.contains(REASON), "{words}");
    world.installation.command(&["break-glass", "confirm", &case, "--by", &other]).await?;
    let listed = world.installation.command(&["break-glass", "list"]).await?;
    anyhow::ensure!(!listed.contains(&case), "{listed}");

    // What the report says is what the register says.
    let page = world.visitor()?.open("/transparency.json").await?;
    let report: serde_json::Value = serde_json::from_slice(&page.body)?;
    let cases = &report["halves"][0]["break_glass"];
    anyhow::ensure!(cases["opened"] == 1 && cases["confirmed"] == 1, "{report}");
    world.installation.stop().await
}
