//! The feeds and the calendar of the status page, read by programs that nobody here wrote: a change of the plan and giving it up
//! change the event in place.

use anyhow::{Context, Result, ensure};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use mailkeep_integration_tests::choosing::choose;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use serde_json::Value;
use tokio::process::Command;

use crate::outside_clients::{run, script};
use crate::{on_both_engines, python};

on_both_engines!(feeds_and_calendar_are_read_by_others);
on_both_engines!(whoever_chose_a_part_reads_of_it_in_their_language_and_a_copy_stands_elsewhere);

const TITLE: &str = "New disks; faster, we hope";

fn typed(when: DateTime) -> String {
    when.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// What the readers say of the feeds as they are now.
async fn read(world: &World, python: &std::path::Path) -> Result<Value> {
    let folder = tempfile::tempdir()?;
    let mut visitor = world.visitor()?;
    for (name, kind) in [
        ("status.atom", "application/atom+xml"),
        ("status.rss", "application/rss+xml"),
        ("status.ics", "text/calendar"),
    ] {
        let page = visitor.open(&format!("/{name}")).await?;
        ensure!(page.content_type.starts_with(kind), "{name} is {}", page.content_type);
        std::fs::write(folder.path().join(name), page.body)?;
    }
    ensure!(visitor.cookie_names().is_empty(), "visitors get no cookie");
    let said =
        run(Command::new(python).arg(script("status_feeds.py")).arg(folder.path()), "feedparser").await?;
    Ok(serde_json::from_str(&said)?)
}

/// The one event, on which the two readers agree.
fn event(said: &Value) -> Result<&Value> {
    ensure!(said["icalendar"] == said["vobject"], "the readers differ: {said}");
    let events = said["icalendar"].as_array().context("events")?;
    ensure!(events.len() == 1, "{said}");
    events.first().context("an event")
}

async fn feeds_and_calendar_are_read_by_others(setup: Setup) -> Result<()> {
    let Some(python) = python() else { return Ok(()) };
    let mut world = World::start(Setup { web: "time_zone = \"UTC\"\n".to_owned(), ..setup }, None).await?;
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let machine: Timestamp = mailkeep_types::Clock::now(&mailkeep_types::SystemClock).to_jiff();
    let begin = machine.to_zoned(TimeZone::UTC).date().checked_add(9.days())?.at(2, 0, 0, 0);
    let plan = |begin: DateTime| -> Result<(String, String, Value)> {
        let end = begin.checked_add(2.hours())?;
        let times = serde_json::json!([format!("{}+0000", typed(begin)), format!("{}+0000", typed(end))]);
        Ok((typed(begin), typed(end), times))
    };

    let (from, until, times) = plan(begin)?;
    let form = writer.browser.open("/console/incidents/maintenance").await?;
    let mut form = form.form("/console/incidents/maintenance")?;
    form.fields.remove("components");
    let form = form.with("title", TITLE).with("text", "Mail *waits*.\n\nNone is lost.");
    let form = form.with("starts_at", &from).with("planned_until", &until);
    let page = writer.browser.submit_many(&form, "components", &["mailboxes"]).await?;
    let desk = page.path.split('?').next().unwrap_or_default().to_owned();
    let said = read(&world, &python).await?;
    let planned = event(&said)?.clone();
    ensure!(planned["sequence"] == 0 && planned["status"] == "CONFIRMED", "{planned}");
    ensure!(planned["summary"] == TITLE && planned["times"] == times, "{planned} instead of {times}");
    ensure!(said["atom"].as_array().is_some_and(|titles| titles.len() == 1), "{said}");

    // Another day: the same event.
    let (from, until, times) = plan(begin.checked_add(1.day())?)?;
    let mut form = writer.browser.open(&desk).await?.form("/change")?;
    form.fields.remove("components");
    let form = form.with("starts_at", &from).with("planned_until", &until).with("text", "A day later.");
    writer.browser.submit_many(&form, "components", &["mailboxes"]).await?;
    let said = read(&world, &python).await?;
    let changed = event(&said)?;
    ensure!(changed["uid"] == planned["uid"] && changed["sequence"] == 1, "{changed}");
    ensure!(changed["times"] == times && changed["status"] == "CONFIRMED", "{changed} instead of {times}");

    let form = writer.browser.open(&desk).await?.form("/cancel")?.with("text", "Not needed.");
    writer.browser.submit(&form).await?;
    let said = read(&world, &python).await?;
    let gone = event(&said)?;
    ensure!(gone["uid"] == planned["uid"] && gone["sequence"] == 2, "{gone}");
    ensure!(gone["status"] == "CANCELLED", "{gone}");
    let titles = said["atom"].as_array().context("titles")?;
    ensure!(titles.len() == 3 && said["atom"] == said["rss"], "{said}");
    ensure!(titles.iter().all(|title| title.as_str().is_some_and(|text| text.starts_with(TITLE))), "{said}");
    world.installation.stop().await
}

/// A message to an address whose subject begins so.
async fn mailed(world: &World, to: &str, subject: &str) -> Result<String> {
    let (to, start) = (to.to_owned(), format!("Subject: {subject}"));
    let came = world.sink.wait_for(SOON, move |mail| {
        mail.to.contains(&to) && String::from_utf8_lossy(&mail.message).contains(&start)
    });
    let mail = came.await.with_context(|| format!("the message {subject}"))?;
    Ok(String::from_utf8_lossy(&mail.message).replace("=\r\n", ""))
}

async fn whoever_chose_a_part_reads_of_it_in_their_language_and_a_copy_stands_elsewhere(
    setup: Setup,
) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("status");
    let more = format!("{}\n[status]\ncopy_to = {:?}\n", setup.more, copy.display().to_string());
    let mut world = World::start(Setup { more, ..setup }, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("window-shop.example", 1, "approve").await?;
    let mut ben = Person::register(&world, "Ben Example", "ben@people.example").await?;
    for (person, boxes) in
        [(&mut ada, &["status:email"][..]), (&mut ben, &["status_webmail:email", "status:email"][..])]
    {
        let form = person.browser.open("/center/profile").await?.form("/center/profile")?;
        person.browser.submit(&form.with("language", "de")).await?;
        choose(person, boxes).await?;
    }
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let mut form =
        writer.browser.open("/console/incidents/outage").await?.form("/console/incidents/outage")?;
    form.fields.remove("components");
    let form = form.with("title", TITLE).with("text", "We *look* into it.");
    let page = writer.browser.submit_many(&form, "components", &["webmail"]).await?;
    let desk = page.path.split('?').next().unwrap_or_default().to_owned();
    let number = desk.rsplit('/').next().unwrap_or_default().to_owned();

    // The customer is told as one, who cannot decline it; the other one because of what they chose.
    let customers = mailed(&world, "ada@people.example", "Ausfall").await?;
    ensure!(
        customers.contains("Etwas, das Sie bei uns haben") && !customers.contains("List-Unsubscribe"),
        "{customers}"
    );
    let others = mailed(&world, "ben@people.example", "Ausfall").await?;
    ensure!(others.contains("List-Unsubscribe-Post") && others.contains("Webmail"), "{others}");
    ensure!(others.contains(&format!("/status/{number}")) && others.contains("<em>look</em>"), "{others}");
    let page = writer.browser.open(&desk).await?;
    ensure!(page.words().contains("Messages to others who chose to hear of it 1"), "{}", page.words());
    let subject = "Subject: Ausfall";
    let outages = world
        .sink
        .taken()
        .iter()
        .filter(|mail| String::from_utf8_lossy(&mail.message).contains(subject))
        .count();
    ensure!(outages == 2, "one message for each: {outages}");

    // It stands in the copy within a minute, with all that it needs, and the copy outlives the house.
    let index = copy.join("index.html");
    let mut page = String::new();
    for _ in 0..100 {
        page = std::fs::read_to_string(&index).unwrap_or_default();
        if page.contains(TITLE) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    world.installation.stop().await?;
    ensure!(page.contains(TITLE) && page.contains("This is a copy"), "{page}");
    ensure!(page.contains(&format!("href=\"/status/{number}\"")) && !page.contains("<script"), "{page}");
    let links: Vec<&str> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let (here, away): (Vec<&str>, Vec<&str>) = links.iter().partition(|link| link.starts_with('/'));
    let stays = |link: &&str| ["/status", "/assets/"].iter().any(|start| link.starts_with(start));
    ensure!(here.iter().all(stays), "the rest leads to the house: {here:?}");
    ensure!(away.iter().any(|link| link.starts_with("https://") && link.ends_with("/plans")), "{away:?}");
    for file in [format!("status/{number}/index.html"), "status.json".to_owned(), "status.ics".to_owned()] {
        let text = std::fs::read_to_string(copy.join(&file)).with_context(|| file.clone())?;
        ensure!(file.ends_with("ics") || text.contains(TITLE), "{file}: {text}");
    }
    let assets: Vec<&str> = here.iter().filter_map(|link| link.strip_prefix("/assets/")).collect();
    ensure!(assets.iter().any(|asset| asset.ends_with(".css")), "{assets:?}");
    for asset in assets.iter().filter_map(|asset| asset.split('#').next()) {
        ensure!(copy.join("assets").join(asset).exists(), "{asset} is not there");
    }
    Ok(())
}
