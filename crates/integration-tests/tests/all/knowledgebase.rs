//! P20: the knowledgebase on the real binary. A visitor finds an article by a mistyped word and gets no cookie; what is for
//! customers is nowhere for visitors; what staff publish is found.

use anyhow::Result;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::pages::Page;

use crate::on_both_engines;

on_both_engines!(knowledgebase);

/// What a visitor without any cookie gets; a fresh one for each page.
async fn visit(world: &World, path: &str) -> Result<Page> {
    let mut visitor = world.visitor()?;
    let page = visitor.open(path).await?;
    anyhow::ensure!(visitor.cookie_names().is_empty(), "{path} set a cookie");
    Ok(page)
}

/// Writes an article and publishes it through the pages; gives the path of its page.
async fn publish(writer: &mut Colleague, title: &str, audience: &str, body: &str) -> Result<String> {
    let form = writer.browser.open("/console/articles/new").await?.form_to("/console/articles")?;
    let form = form
        .with("title", title)
        .with("summary", "What there is to know of it.")
        .with("audience", audience)
        .with("body", body);
    let page = writer.browser.submit(&form).await?;
    anyhow::ensure!(page.words().contains("The draft is saved"), "{} {}", page.status, page.words());
    let desk = page.path.split('?').next().unwrap_or_default().to_owned();
    review(writer, page).await?;
    Ok(desk)
}

/// Gives the draft on a page to review, and publishes it.
async fn review(writer: &mut Colleague, page: Page) -> Result<()> {
    let page = writer.browser.submit(&page.form("/submit")?).await?;
    anyhow::ensure!(page.words().contains("It waits for review"), "{}", page.words());
    let page = writer.browser.submit(&page.form("/publish")?).await?;
    anyhow::ensure!(page.words().contains("It is published"), "{}", page.words());
    Ok(())
}

fn leads_to(page: &Page, slug: &str) -> bool {
    page.links().iter().any(|link| link == &format!("/help/{slug}"))
}

async fn knowledgebase(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;

    // A visitor finds what the program brought, by a mistyped word.
    let page = visit(&world, "/help").await?;
    anyhow::ensure!(page.words().contains("Mail programs"), "{}", page.words());
    let page = visit(&world, "/help/search?q=thunderbrid").await?;
    let mut found = page.links().into_iter().filter(|link| link.starts_with("/help/set-up-"));
    anyhow::ensure!(
        found.by_ref().take(3).any(|link| link == "/help/set-up-thunderbird"),
        "{}",
        page.words()
    );
    let page = visit(&world, "/help/set-up-thunderbird").await?;
    anyhow::ensure!(page.words().contains("993") && !page.text().contains("{mail_host}"), "{}", page.words());

    // Whether it helped is counted, and says thank you without a cookie.
    let mut visitor = world.visitor()?;
    let form = visitor.open("/help/set-up-thunderbird").await?.form("/vote")?.with("helped", "yes");
    let page = visitor.submit(&form).await?;
    anyhow::ensure!(page.words().contains("Thank you"), "{} {}", page.status, page.words());
    anyhow::ensure!(visitor.cookie_names().is_empty(), "a vote set a cookie");

    // Staff write: one article for everybody, one for customers.
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let open = publish(&mut writer, "Keeping an axolotl", "public", "Feed the *axolotl* at dawn.").await?;
    publish(&mut writer, "Numbat keys", "customers", "Where the numbat is.").await?;
    let page = visit(&world, "/help/search?q=axolotel").await?;
    anyhow::ensure!(leads_to(&page, "keeping-an-axolotl"), "{}", page.words());

    // What is for customers is nowhere for visitors.
    anyhow::ensure!(world.visitor()?.get("/help/numbat-keys").await?.status == 404, "a visitor reads it");
    for path in ["/help", "/help/search?q=numbat", "/help/search?q=nubmat", "/help.atom", "/sitemap.xml"] {
        let page = visit(&world, path).await?;
        let results = page.text().replace("value=\"numbat\"", "");
        anyhow::ensure!(!results.to_lowercase().contains("numbat"), "{path}: {}", page.words());
    }
    let feed = visit(&world, "/help.atom").await?.text();
    let map = visit(&world, "/sitemap.xml").await?.text();
    anyhow::ensure!(
        feed.contains("/help/keeping-an-axolotl") && map.contains("/help/keeping-an-axolotl"),
        "{feed}"
    );
    anyhow::ensure!(map.contains("hreflang=\"de\""), "{map}");
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let page = ada.browser.open("/help/search?q=nubmat").await?;
    anyhow::ensure!(leads_to(&page, "numbat-keys"), "{}", page.words());
    anyhow::ensure!(ada.browser.open("/help/numbat-keys").await?.status == 200, "a customer reads it");

    // A new revision is read once it is published, and the old address leads to the new one.
    let page = writer.browser.open(&open).await?;
    let form = page
        .form_to(&open)?
        .with("body", "Feed the axolotl at dusk, in the grotto.")
        .with("slug", "axolotls");
    let page = writer.browser.submit(&form).await?;
    anyhow::ensure!(page.words().contains("The draft is saved"), "{}", page.words());
    anyhow::ensure!(
        !leads_to(&visit(&world, "/help/search?q=grotto").await?, "axolotls"),
        "a draft is found"
    );
    review(&mut writer, page).await?;
    anyhow::ensure!(
        leads_to(&visit(&world, "/help/search?q=groto").await?, "axolotls"),
        "the new word is not found"
    );
    let page = visit(&world, "/help/keeping-an-axolotl").await?;
    anyhow::ensure!(
        page.path == "/help/axolotls" && page.words().contains("dusk"),
        "{} {}",
        page.path,
        page.words()
    );
    let page = writer.browser.open(&open).await?;
    anyhow::ensure!(page.text().contains("<ins>Feed the axolotl at dusk"), "the desk shows what changed");

    // Every link of the articles leads somewhere.
    let page = writer.browser.open("/console/articles/links").await?;
    anyhow::ensure!(page.words().contains("No dead link"), "{}", page.words());

    // Others of the staff have no business there.
    let mut clerk = Colleague::enrol(&world, "bert", &["billing"]).await?;
    let status = clerk.browser.get("/console/articles").await?.status;
    anyhow::ensure!(status == 403, "{status}");
    world.installation.stop().await
}
