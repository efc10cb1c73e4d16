//! Canned replies on the real binary: one is kept, refused with a variable that there is not, chosen in a ticket, and read before it goes.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};

use crate::on_both_engines;

on_both_engines!(a_canned_reply_is_put_into_an_answer_and_read_before_it_goes);

async fn a_canned_reply_is_put_into_an_answer_and_read_before_it_goes(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("canned-shop.example", 1, "approve").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let form = ada.browser.open("/center/tickets/new").await?.form_to("/center/tickets")?;
    let form =
        form.with("subject", "The numbat zone").with("words", "Since dawn.").with("priority", "normal");
    let page = ada.browser.submit(&form).await?;
    let ticket = page.path.split('?').next().unwrap_or_default().replace("/center/", "/console/");

    // A name that is not on the list is refused, and what was typed is kept.
    let new = tessa.browser.open("/console/canned-replies/new").await?.form_to("/console/canned-replies")?;
    let new = new.with("title", "Put the record back").with("category", "Zones");
    let page = tessa.browser.submit(&new.clone().with("words", "Dear {{ name }},")).await?;
    ensure!(page.words().contains("There is no variable “name”"), "{} {}", page.status, page.words());
    let words = "Dear {{ customer_name }},\n\nabout “{{ ticket_subject }}”: put it back. {{ agent_name }}";
    let page = tessa.browser.submit(&new.with("words", words)).await?;
    ensure!(page.words().contains("The canned reply is kept"), "{} {}", page.status, page.words());
    ensure!(page.words().contains("about “Mail to our suppliers bounces”"), "a preview: {}", page.words());

    // A part of the title chooses it; it stands in the field, filled in, and nothing was sent.
    let page = tessa.browser.open(&ticket).await?;
    let reply = format!("{ticket}/reply");
    let mut form = page.form_to(&reply)?.with("canned", "record back").with("words", "Good morning.");
    form.action = format!("{ticket}/canned");
    let page = tessa.browser.submit(&form).await?;
    let filled = page.form_to(&reply)?;
    let text = filled.fields.get("words").context("the words")?.replace("\r\n", "\n");
    let wanted = "Good morning.\n\nDear Ada Example,\n\nabout “The numbat zone”: put it back. tessa";
    ensure!(text == wanted, "{text}");
    let own = ada.browser.open(&ticket.replace("/console/", "/center/")).await?;
    ensure!(!own.text().contains("put it back"), "it went without being sent");

    // A variable that still stands in an answer keeps it from going.
    let open = filled.clone().with("words", "Dear {{ customer_name }},").with("how", "answer");
    let page = tessa.browser.submit(&open).await?;
    ensure!(page.words().contains("in double braces"), "{} {}", page.status, page.words());
    let page = tessa.browser.submit(&filled.with("how", "answer")).await?;
    ensure!(page.words().contains("put it back"), "{} {}", page.status, page.words());
    let own = ada.browser.open(&ticket.replace("/console/", "/center/")).await?;
    ensure!(own.text().contains("put it back"), "the answer did not arrive");
    world.installation.stop().await
}
