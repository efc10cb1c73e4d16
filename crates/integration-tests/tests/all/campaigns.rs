//! An announcement on its way: a test to the house, approval by somebody else above a size, and a time at which it begins.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use jiff::tz::TimeZone;
use mailkeep_integration_tests::choosing::{announced, choose};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};

use crate::on_both_engines;

on_both_engines!(somebody_else_approves_and_it_begins_at_its_time);

const TITLE: &str = "The letter of June";

async fn somebody_else_approves_and_it_begins_at_its_time(setup: Setup) -> Result<()> {
    let more = format!("{}\n[announcements]\nsecond_person_above = 1\n", setup.more);
    let web = "time_zone = \"UTC\"\nsupport_email = \"support@remote.example\"\n".to_owned();
    let mut world = World::start(Setup { web, more, ..setup }, None).await?;
    for name in ["ada", "ben"] {
        let address = format!("{name}@people.example");
        let mut person = Person::register(&world, &format!("{name} Example"), &address).await?;
        choose(&mut person, &["newsletter:email"]).await?;
    }
    let mut wilma = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let mut rosa = Colleague::enrol(&world, "rosa", &["writer"]).await?;
    let form = wilma.browser.open("/console/announcements/new").await?.form("/console/announcements")?;
    let form = form.with("topic", "newsletter").with("language", "en").with("title", TITLE);
    let page = wilma.browser.submit(&form.with("body", "There *is* news.")).await?;
    let path = page.path.split('?').next().unwrap_or_default().to_owned();

    // A test goes to the house, and to nobody else.
    let refused = wilma.browser.submit(&page.form("/test")?.with("to", "ada@people.example")).await?;
    ensure!(refused.words().contains("Tests go to addresses at remote.example only"), "{}", refused.words());
    let page = wilma.browser.submit(&page.form("/test")?.with("to", "wilma@remote.example")).await?;
    ensure!(page.words().contains("The test is on its way"), "{}", page.words());
    let test = announced(&world, "wilma@remote.example", &format!("Test: {TITLE}")).await?;
    let text = String::from_utf8_lossy(&test.message).replace("=\r\n", "");
    ensure!(text.contains("There <em>is</em> news") && text.contains("There *is* news"), "{text}");

    // Two would get it, and one person alone may write to one.
    ensure!(page.form("/send").is_err() && page.form("/schedule").is_err(), "{}", page.words());
    ensure!(page.form("/approve").is_err(), "nobody approves their own words");
    let page = wilma.browser.submit(&page.form("/ask")?).await?;
    ensure!(page.words().contains("It waits for a colleague"), "{}", page.words());
    let list = rosa.browser.open("/console/announcements").await?;
    ensure!(list.words().contains("Waits for approval"), "{}", list.words());
    let page = rosa.browser.open(&path).await?;
    let page = rosa.browser.submit(&page.form("/approve")?).await?;
    ensure!(page.words().contains("Approved by rosa"), "{}", page.words());

    // In ten minutes, by the minute.
    let now = mailkeep_types::Clock::now(&mailkeep_types::SystemClock);
    let at = now.plus(Duration::from_secs(600)).to_jiff().to_zoned(TimeZone::UTC);
    let typed = at.strftime("%Y-%m-%dT%H:%M").to_string();
    let page = wilma.browser.open(&path).await?;
    let page = wilma.browser.submit(&page.form("/schedule")?.with("send_at", &typed)).await?;
    ensure!(page.words().contains("It begins at its time"), "{}", page.words());
    let page = wilma.browser.submit(&page.form("/unschedule")?).await?;
    let page = wilma.browser.submit(&page.form("/schedule")?.with("send_at", &typed)).await?;
    ensure!(page.words().contains("Scheduled"), "{}", page.words());
    let early = world.sink.taken();
    ensure!(
        !early.iter().any(|mail| mail.to.iter().any(|to| to.starts_with("ada@")) && names(&mail.message))
    );
    world.installation.advance(Duration::from_secs(660)).await?;
    for name in ["ada", "ben"] {
        announced(&world, &format!("{name}@people.example"), TITLE).await.context(name)?;
    }
    let page = wilma.browser.open(&path).await?;
    ensure!(page.form("/unschedule").is_err(), "it went out: {}", page.words());
    world.installation.stop().await
}

/// Whether it is the announcement.
fn names(message: &[u8]) -> bool {
    String::from_utf8_lossy(message).contains(TITLE)
}
