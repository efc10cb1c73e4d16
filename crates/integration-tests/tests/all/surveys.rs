//! Surveys over the real program: written, sent, answered by links, once each; what is kept of whoever answers, and what staff read.

use anyhow::{Result, ensure};
use mailkeep_integration_tests::choosing::announced;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::pages::{Page, Visitor};
use mailkeep_integration_tests::stolen::Stolen;
use reqwest::Method;

use crate::on_both_engines;

on_both_engines!(an_anonymous_survey_keeps_nothing_of_whoever_answers);
on_both_engines!(a_survey_with_names_is_read_and_recorded);

const TITLE: &str = "How did we do?";

/// Writes a survey with a question that follows from the first, publishes it and sends it; gives its page.
async fn ask(writer: &mut Colleague, mode: &str) -> Result<String> {
    let form = writer.browser.open("/console/surveys/new").await?.form("/console/surveys")?;
    let form = form.with("title", TITLE).with("mode", mode).with("introduction", "Two *minutes*.");
    let page = writer.browser.submit(&form).await?;
    ensure!(page.status.is_success(), "{} {}", page.status, page.words());
    let desk = page.path.split('?').next().unwrap_or_default().to_owned();
    let new = format!("{desk}/questions/new");
    let add = format!("{desk}/questions");
    for fields in [
        &[("kind", "nps"), ("text", "Would you recommend us?"), ("required", "yes")][..],
        &[("kind", "text"), ("text", "What went wrong?"), ("after", "1"), ("value1", "3")][..],
        &[("kind", "one"), ("text", "Where do you read mail?"), ("options", "Webmail\r\nA program")][..],
    ] {
        let mut form = writer.browser.open(&new).await?.form_to(&add)?;
        form.fields.remove("required");
        for (name, value) in fields {
            form = form.with(name, value);
        }
        let page = writer.browser.submit(&form).await?;
        ensure!(page.words().contains("The question is saved"), "{} {}", page.status, page.words());
    }
    let page = writer.browser.open(&desk).await?;
    ensure!(page.words().contains("Asked when 1 was answered with 3"), "{}", page.words());
    let page = writer.browser.submit(&page.form("/publish")?).await?;
    let page = writer.browser.submit(&page.form("/announce")?).await?;
    ensure!(page.path.starts_with("/console/announcements/"), "{} {}", page.path, page.words());
    writer.browser.submit(&page.form("/send")?).await?;
    Ok(desk)
}

/// The link of an address.
async fn link(world: &World, to: &str) -> Result<String> {
    announced(world, to, TITLE).await?;
    world.mailed_link(to, "/survey?token=").await
}

/// Goes on with these answers, from the page that is there.
async fn go(visitor: &mut Visitor, page: &Page, answers: &[(&str, &str)]) -> Result<Page> {
    let mut form = page.form("/survey")?;
    for (name, value) in answers {
        form = form.with(name, value);
    }
    visitor.submit(&form.with("go", "next")).await
}

async fn answer(world: &World, link: &str, score: &str, words: &str) -> Result<()> {
    let mut visitor = world.visitor()?;
    let page = visitor.open(link).await?;
    let mut page = go(&mut visitor, &page, &[("q1", score), ("q3", "2")]).await?;
    if score == "3" {
        ensure!(page.words().contains("What went wrong?"), "{}", page.words());
        page = go(&mut visitor, &page, &[("q2", words)]).await?;
    }
    ensure!(page.words().contains("Look over your answers"), "{}", page.words());
    let page = go(&mut visitor, &page, &[]).await?;
    ensure!(page.words().contains("Thank you"), "{} {}", page.status, page.words());
    ensure!(visitor.cookie_names().is_empty(), "whoever answers gets no cookie");
    Ok(())
}

async fn an_anonymous_survey_keeps_nothing_of_whoever_answers(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let names: Vec<String> = (0..6).map(|number| format!("p{number}@people.example")).collect();
    for name in &names {
        Person::register(&world, "Ada Example", name).await?;
    }
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let mut agent = Colleague::enrol(&world, "anna", &["support"]).await?;
    let desk = ask(&mut writer, "anonymous").await?;
    let results = format!("{desk}/results");
    ensure!(agent.browser.get(&results).await?.status == 403, "surveys are for those who write");

    // A scanner that follows links changes nothing, however often it does.
    let first = link(&world, &names[0]).await?;
    let scanner = world.visitor()?;
    for method in [Method::GET, Method::HEAD, Method::GET] {
        ensure!(scanner.fetch(method, &first, &[]).await?.status().is_success());
    }
    for name in &names[..4] {
        answer(&world, &link(&world, name).await?, "3", &format!("=1+1 by {}", &name[..2])).await?;
    }
    let page = writer.browser.open(&results).await?;
    ensure!(page.words().contains("No answers to show yet"), "four are too few: {}", page.words());
    answer(&world, &link(&world, &names[4]).await?, "3", "The marker of the fifth").await?;
    let page = writer.browser.open(&results).await?;
    ensure!(page.words().contains("The marker of the fifth") || page.words().contains("All 5 texts"));
    ensure!(page.words().contains("−100") && page.words().contains("83 %"), "{}", page.words());

    // Once by a link, and what leads nowhere says so.
    let mut visitor = world.visitor()?;
    ensure!(visitor.open(&first).await?.words().contains("Nothing says any more that they are yours"));
    let page = visitor.get("/survey?token=nothing").await?;
    ensure!(page.words().contains("This link leads nowhere"), "{}", page.words());

    // The file runs nothing in a spreadsheet, and what is not shown on the page is not in it.
    let file = writer.browser.open(&format!("{desk}/file")).await?.text();
    ensure!(file.contains("What went wrong?,text,'=1+1 by p0,1"), "{file}");
    ensure!(file.contains("Would you recommend us?,nps,3,5"), "{file}");

    // The last one opens the page, and it is closed before the answers are sent.
    let last = link(&world, &names[5]).await?;
    let page = visitor.open(&last).await?;
    let desk_page = writer.browser.open(&desk).await?;
    writer.browser.submit(&desk_page.form("/close")?).await?;
    let page = go(&mut visitor, &page, &[("q1", "10")]).await?;
    ensure!(page.words().contains("This survey is closed"), "{}", page.words());

    let books = Stolen::of(&world.installation).await?;
    let named = "SELECT COUNT(*) FROM survey_invitations WHERE person_id IS NOT NULL";
    ensure!(books.value::<i64>(named).await? == 0, "a link says whose it was");
    ensure!(books.value::<i64>("SELECT COUNT(*) FROM survey_answers").await? == 0);
    ensure!(books.value::<i64>("SELECT COUNT(*) FROM survey_sheets").await? == 0);
    ensure!(books.value::<i64>("SELECT COUNT(*) FROM survey_texts").await? == 5);
    let page = writer.browser.open(&desk).await?;
    writer.browser.submit(&page.form("/delete")?).await?;
    ensure!(books.value::<i64>("SELECT COUNT(*) FROM survey_texts").await? == 0);
    ensure!(visitor.get(&last).await?.words().contains("This link leads nowhere"));
    world.installation.stop().await
}

async fn a_survey_with_names_is_read_and_recorded(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    Person::register(&world, "Otto Example", "otto@people.example").await?;
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let desk = ask(&mut writer, "named").await?;
    let first = link(&world, "ada@people.example").await?;
    let mut visitor = world.visitor()?;
    let page = visitor.open(&first).await?;
    ensure!(page.words().contains("We keep your answers with your name for 730 days"), "{}", page.words());
    // What is missing, and what cannot be answered so, is said beside its question.
    for (value, said) in [("", "Choose an answer."), ("11", "Choose one of the answers that are offered")] {
        let wrong = visitor.submit(&page.form("/survey")?.with("q1", value).with("go", "next")).await?;
        ensure!(wrong.status == 422 && wrong.words().contains(said), "{}", wrong.words());
    }
    answer(&world, &first, "3", "@SUM(A1) The marker of Ada").await?;
    let number = ada.registration_id().await?;

    let page = writer.browser.open(&format!("{desk}/answers")).await?;
    ensure!(page.words().contains(&number) && page.words().contains("The marker of Ada"), "{}", page.words());
    ensure!(!page.words().contains("Ada Example"), "the number is enough: {}", page.words());
    let file = writer.browser.open(&format!("{desk}/file")).await?.text();
    ensure!(file.starts_with("registration_id,answered_at,Would you recommend us?"), "{file}");
    ensure!(file.contains(&format!("{number},")) && file.contains("'@SUM(A1) The marker of Ada"), "{file}");

    let uses =
        ada.wait_for_page("/center/privacy/uses", |page| page.words().contains("answered a survey")).await?;
    ensure!(uses.words().contains("you had answered a survey with your name"), "{}", uses.words());
    let held = ada.browser.open("/center/privacy/held").await?;
    ensure!(held.words().contains("what you answered in a survey"), "{}", held.words());
    ensure!(held.words().contains("The marker of Ada"), "{}", held.words());
    world.installation.stop().await
}
