//! Experiment 6: The number of a test card typed into a form, an order, the API or a message to a person is found nowhere: not in a table,
//! not in a file, not in a log, not in a mail. Whoever typed it is told at the field.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::markers::Markers;
use mailkeep_integration_tests::pages::{Page, Visitor};
use serde_json::json;

use super::Review;
use crate::http_api::{Program, token};
use crate::on_both_engines;

/// Numbers that the networks publish for tests, as people write them.
const CARDS: [&str; 3] = ["4111111111111111", "5555 5555 5555 4444", "3782-822463-10005"];
const TOLD: &str = "the number of a payment card";

on_both_engines!(the_number_of_a_card_is_found_nowhere);

async fn the_number_of_a_card_is_found_nowhere(setup: Setup) -> Result<()> {
    let mut scene = Review::start(setup, "card-shop.example").await?;
    let mut markers = Markers::new();
    for card in CARDS {
        markers.also(card);
    }

    // The profile: a field that takes any text, and the street.
    for (field, card) in ["name", "street"].into_iter().zip(CARDS) {
        let said =
            fill_in(&mut scene.otto.browser, "/center/profile", "/center/profile", field, card).await?;
        anyhow::ensure!(!said.text().contains(card), "the number stands in the page again");
    }
    // An order.
    let form = scene.otto.browser.open("/order").await?.form("/order")?;
    let form = form.with("domain", "second-card-shop.example").with("mailboxes", "1");
    let review = scene.otto.browser.submit(&form).await?;
    let form = review.form("/order/place")?.with("organisation", CARDS[1]).with("terms", "yes");
    let page = scene.otto.browser.submit(&form).await?;
    told_at_the_field(&page, "organisation")?;
    // A question of the reviewer, which would be a mail to the person.
    let ask = format!("{}/ask", scene.order);
    let opened = scene.open().await?;
    let form = opened.form(&ask)?.with("question", &format!("Is {} your card?", CARDS[0]));
    let page = scene.rosalind.browser.submit(&form).await?;
    told_at_the_field(&page, "question")?;
    // The API, where the answer names the field.
    let token = token(&mut scene.otto, "profile:write").await?;
    let program = Program { world: &scene.world, token };
    let change = json!({ "name": "Otto Example", "phone": CARDS[2] });
    let answer = program.expect(422, "PATCH", "/api/v1/profile", Some(change)).await?;
    anyhow::ensure!(answer["errors"][0]["field"] == "phone", "{answer}");
    anyhow::ensure!(answer.to_string().contains(TOLD) && !answer.to_string().contains(CARDS[2]), "{answer}");

    scene.world.installation.stop().await?;
    let folder = scene.world.installation.folder.clone();
    let places = scene.books.sightings(&folder, &markers).await?;
    anyhow::ensure!(places.is_empty(), "a number of a card is in {places:#?}");
    for mail in scene.world.sink.taken() {
        let text = String::from_utf8_lossy(&mail.message).into_owned();
        anyhow::ensure!(
            CARDS.iter().all(|card| !text.contains(card)),
            "a number of a card was mailed: {text}"
        );
    }
    Ok(())
}

/// Fills one field of a page's form in and sends it.
async fn fill_in(browser: &mut Visitor, page: &str, action: &str, field: &str, value: &str) -> Result<Page> {
    let form = browser.open(page).await?.form(action)?.with(field, value);
    let page = browser.submit(&form).await?;
    told_at_the_field(&page, field)?;
    Ok(page)
}

fn told_at_the_field(page: &Page, field: &str) -> Result<()> {
    anyhow::ensure!(page.status.as_u16() == 422, "{}: {}", page.status, page.words());
    let html = page.text();
    let told = html.find(TOLD).with_context(|| format!("nothing is said: {}", page.words()))?;
    let before = html[..told].rfind("name=\"").map(|at| &html[at + 6..told]).unwrap_or_default();
    anyhow::ensure!(
        before.starts_with(&format!("{field}\"")),
        "said at another field than {field}: {before}"
    );
    Ok(())
}
