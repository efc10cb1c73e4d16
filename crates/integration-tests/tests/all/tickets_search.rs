//! Open tickets are found by their words on the real binary; the customer reads that they were; nobody else's words find anything.

use anyhow::{Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::pages::Page;

use crate::on_both_engines;

on_both_engines!(tickets_are_found_by_their_words_and_their_customers_read_of_it);

async fn ask(person: &mut Person, subject: &str, words: &str) -> Result<()> {
    let form = person.browser.open("/center/tickets/new").await?.form_to("/center/tickets")?;
    let form = form.with("subject", subject).with("words", words).with("priority", "normal");
    let page = person.browser.submit(&form).await?;
    ensure!(page.words().contains("has come to us"), "{} {}", page.status, page.words());
    Ok(())
}

async fn find(colleague: &mut Colleague, typed: &str) -> Result<Page> {
    let form = colleague.browser.open("/console/tickets").await?.form_to("/console/tickets/find")?;
    colleague.browser.submit(&form.with("q", typed)).await
}

fn found(page: &Page) -> usize {
    let one = |link: &&String| {
        link.starts_with("/console/tickets/") && link.len() == "/console/tickets/".len() + 36
    };
    page.links().iter().filter(one).count()
}

async fn tickets_are_found_by_their_words_and_their_customers_read_of_it(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("find-shop.example", 1, "approve").await?;
    let mut eve = Person::register(&world, "Eve Stranger", "eve@people.example").await?;
    eve.order("eve-shop.example", 1, "approve").await?;
    ask(&mut ada, "Letters bounce", "The aardvarks complain since Monday.").await?;
    ask(&mut ada, "Another thing", "Nothing of that.").await?;
    ask(&mut eve, "Our printers", "No animals here.").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;

    let page = find(&mut tessa, "aardvark bounced").await?;
    ensure!(page.path == "/console/tickets/find" && found(&page) == 1, "{} {}", page.path, page.words());
    ensure!(!page.text().contains("complain since Monday"), "no words stand in a list");
    let uses = ada.browser.open("/center/privacy/uses?user=staff").await?;
    ensure!(uses.words().contains("what was written in a ticket"), "{}", uses.words());
    let uses = eve.browser.open("/center/privacy/uses?user=staff").await?;
    ensure!(!uses.words().contains("what was written in a ticket"), "{}", uses.words());

    let page = find(&mut tessa, "xylophone").await?;
    ensure!(page.words().contains("Nothing was found") && found(&page) == 0, "{}", page.words());
    let page = find(&mut tessa, "the").await?;
    ensure!(page.words().contains("Type a word that says what you look for"), "{}", page.words());
    let queue = tessa.browser.open("/console/tickets?view=all").await?;
    let words = queue.words();
    let number = words.split_whitespace().find(|word| word.starts_with("T-") && word.len() == 11);
    let number = number.map(str::to_owned).unwrap_or_default();
    let page = find(&mut tessa, &number).await?;
    ensure!(page.path.starts_with("/console/tickets/") && page.words().contains(&number), "{}", page.path);

    // Customers search all that they wrote, and only that.
    for (person, count) in [(&mut ada, 1), (&mut eve, 0)] {
        let page = person.browser.open("/center/tickets?q=aardvarks").await?;
        let hits = page.links().iter().filter(|link| link.len() == "/center/tickets/".len() + 36).count();
        ensure!(hits == count, "{hits}: {}", page.words());
    }
    world.installation.stop().await
}
