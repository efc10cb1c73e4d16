//! Macros on the real binary: one is kept, looked at as it would change a ticket, and used with its words changed.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};

use crate::on_both_engines;
use crate::tickets_tools::ask;

on_both_engines!(a_macro_is_looked_at_and_does_all_at_once);

async fn a_macro_is_looked_at_and_does_all_at_once(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("macro-shop.example", 1, "approve").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let ticket = ask(&mut ada, "The quokka bill is wrong", "It has two lines.").await?;

    // A canned reply, and a macro with it; one that does nothing is refused with what was typed.
    let new = tessa.browser.open("/console/canned-replies/new").await?.form_to("/console/canned-replies")?;
    let words = "Dear {{ customer_name }}, which invoice?";
    tessa.browser.submit(&new.with("title", "Which invoice").with("words", words)).await?;
    let page = tessa.browser.open("/console/macros/new").await?;
    let canned = page.text();
    let canned = canned.split("<option value=\"").filter_map(|rest| rest.split_once("\">Which invoice<"));
    let canned = canned.map(|(id, _)| id.to_owned()).last().context("the canned reply")?;
    let form = page.form_to("/console/macros")?.with("title", "Ask which");
    let page = tessa.browser.submit(&form).await?;
    ensure!(page.words().contains("Choose at least one thing that it does"), "{}", page.words());
    let form = page.form_to("/console/macros")?;
    ensure!(form.fields.get("title").map(String::as_str) == Some("Ask which"), "{form:?}");
    let form = form.with("priority", "low").with("tags", "Bill, two lines").with("give", "me");
    let page = tessa.browser.submit(&form.with("ending", "ask").with("canned", &canned)).await?;
    ensure!(page.words().contains("The macro is kept"), "{} {}", page.status, page.words());

    // On the ticket it is looked at: nothing is done yet, and the words are filled in.
    let page = tessa.browser.open(&ticket).await?;
    let link = page.links().into_iter().find(|link| link.contains("/macros/")).context("the macro")?;
    let page = tessa.browser.open(&link).await?;
    for does in ["Priority: low", "Tag bill", "Tag two-lines", "Assigned to tessa", "wait for the customer"] {
        ensure!(page.words().contains(does), "{does}: {}", page.words());
    }
    let form = page.form_to(&link)?;
    let filled = form.fields.get("words").cloned().unwrap_or_default();
    ensure!(filled == "Dear Ada Example, which invoice?", "{filled}");
    let own = ticket.replace("/console/", "/center/");
    ensure!(!ada.browser.open(&own).await?.text().contains("which invoice"), "it went without being sent");

    // Used with other words it does all of it; then there is nothing left but to speak.
    let page = tessa.browser.submit(&form.with("words", "Dear Ada, which invoice is it?")).await?;
    ensure!(page.words().contains("Done: Ask which."), "{} {}", page.status, page.words());
    ensure!(page.words().contains("Macro “Ask which”"), "it stands in the history: {}", page.words());
    ensure!(ada.browser.open(&own).await?.text().contains("which invoice is it?"), "the words are sent");
    let page = tessa.browser.open(&link).await?;
    ensure!(!page.words().contains("Priority: low"), "{}", page.words());

    // Thrown away, what was done stays.
    let list = tessa.browser.open("/console/macros").await?;
    let one =
        list.links().into_iter().find(|link| link.starts_with("/console/macros/") && !link.ends_with("new"));
    let page = tessa.browser.open(&one.context("the macro")?).await?;
    let page = tessa.browser.submit(&page.form("/delete")?).await?;
    ensure!(page.words().contains("No macros yet"), "{}", page.words());
    ensure!(tessa.browser.open(&ticket).await?.words().contains("Macro “Ask which”"), "the history stays");
    world.installation.stop().await
}
