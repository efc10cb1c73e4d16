//! Rules on the real binary: one is tried on the last tickets, kept, and runs on what comes by the page and by mail.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::mail::hand_in;

use crate::on_both_engines;
use crate::tickets_tools::ask;

on_both_engines!(a_rule_is_tried_kept_and_runs_on_what_comes);

/// How many entries her record of uses shows.
async fn uses_of(person: &mut Person) -> Result<usize> {
    let links = person.browser.open("/center/privacy/uses").await?.links();
    Ok(links.iter().filter(|link| link.starts_with("/center/privacy/uses/")).count())
}

async fn a_rule_is_tried_kept_and_runs_on_what_comes(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("rule-shop.example", 1, "approve").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let before = ask(&mut ada, "The quokka zone is gone", "Since dawn.").await?;

    // Tried on what is there: its subject stays sealed, so it says “if”, and nothing is kept or done.
    let uses = uses_of(&mut ada).await?;
    let page = tessa.browser.open("/console/rules/new").await?;
    let form = page.form_to("/console/rules")?.with("title", "Zones").with("words", "Zóne, spf");
    let form = form.with("priority", "high").with("tags", "zone").with("when", "opened");
    let page = tessa.browser.submit(&form.clone().with("look", "yes")).await?;
    ensure!(page.words().contains("What it would do") && page.links().contains(&before), "{}", page.words());
    ensure!(page.words().contains("if its subject has one of the words"), "{}", page.words());
    ensure!(tessa.browser.open("/console/rules").await?.words().contains("No rules yet"), "it was kept");
    let after = uses_of(&mut ada).await?;
    ensure!(uses == after, "her ticket was opened: {uses} {after}");

    // Without anything to do it is refused, with what was typed; then it is kept, with one for the customer's plan.
    let page = tessa.browser.submit(&form.clone().with("priority", "").with("tags", "")).await?;
    ensure!(page.words().contains("Choose at least one thing that it does"), "{}", page.words());
    let page = tessa.browser.submit(&form).await?;
    ensure!(page.words().contains("The rule is kept"), "{} {}", page.status, page.words());
    let page = tessa.browser.open("/console/rules/new").await?;
    let plans: Vec<String> = page
        .text()
        .split("name=\"if_plan\"")
        .nth(1)
        .and_then(|rest| rest.split("</select>").next())
        .context("the plans")?
        .split("<option value=\"")
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .filter(|key| !key.trim().is_empty())
        .collect();
    ensure!(plans.len() > 1, "{plans:?}");
    for key in &plans {
        let form = page.form_to("/console/rules")?.with("title", &format!("Plan {key}")).with("if_plan", key);
        tessa.browser.submit(&form.with("tags", &format!("plan-{key}"))).await?;
    }

    // What comes by the page and by mail is sorted, by the program, and the customer sees nothing of it.
    let sorted = ask(&mut ada, "All zones are gone", "Since dawn.").await?;
    let page = tessa.browser.open(&sorted).await?;
    ensure!(
        page.words().contains("Rule “Zones”") && page.words().contains("Priority: high"),
        "{}",
        page.words()
    );
    let tags = page.words().matches("Tag plan-").count();
    ensure!(tags == 1, "one of the plans is hers: {}", page.words());
    let page = tessa.browser.open(&before).await?;
    ensure!(!page.words().contains("Rule “Zones”"), "{}", page.words());
    let own = ada.browser.open(&sorted.replace("/console/", "/center/")).await?;
    ensure!(!own.text().contains("Zones") && !own.text().contains("plan-"), "a customer sees rules");
    let letter = "From: zoe@far.example\r\nTo: support@mailkeep.example\r\nSubject: An SPF question\r\nMessage-ID: <spf@far.example>\r\n\r\nHow?\r\n";
    let at = world.installation.address("mx");
    hand_in(at, "zoe@far.example", "support@mailkeep.example", letter).await?;
    let queue = tessa.browser.open("/console/tickets?view=all&tag=zone").await?;
    let found = queue.links().into_iter().filter(|link| link.starts_with("/console/tickets/")).count();
    ensure!(found >= 2, "the letter has the tag, too: {}", queue.words());
    world.installation.stop().await
}
