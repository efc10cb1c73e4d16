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
    Colleague::enrol(&world, "marie", &["billing"]).await?;
    let books = Stolen::of(&world.installation).await?;
    let person = books.person(&ada.registration_id().await?).await?.uuid();

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
    // Nobody by that name, without the permission, and one's own case.
    for (act, by) in [("confirm", "nobody"), ("show", "marie"), ("confirm", "rosalind"), ("show", "rosalind")]
    {
        let refused = world.installation.command(&["break-glass", act, &case, "--by", by]).await;
        anyhow::ensure!(refused.is_err(), "{act} by {by}");
    }
    let words = world.installation.command(&["break-glass", "show", &case, "--by", "emmy"]).await?;
    anyhow::ensure!(words.contains(REASON), "{words}");
    let emmy: StaffId = books.value("SELECT id FROM staff WHERE login = 'emmy'").await?;
    world.installation.command(&["break-glass", "confirm", &case, "--by", &emmy.to_string()]).await?;
    let listed = world.installation.command(&["break-glass", "list"]).await?;
    anyhow::ensure!(!listed.contains(&case), "{listed}");

    // What the report says is what the register says.
    let page = world.visitor()?.open("/transparency.json").await?;
    let report: serde_json::Value = serde_json::from_slice(&page.body)?;
    let cases = &report["halves"][0]["break_glass"];
    anyhow::ensure!(cases["opened"] == 1 && cases["confirmed"] == 1, "{report}");
    world.installation.stop().await
}
