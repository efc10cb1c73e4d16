//! The feeds and the calendar of the status page, read by programs that nobody here wrote: a change of the plan and giving it up
//! change the event in place.

use anyhow::{Context, Result, ensure};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, World};
use serde_json::Value;
use tokio::process::Command;

use crate::outside_clients::{run, script};
use crate::{on_both_engines, python};

on_both_engines!(feeds_and_calendar_are_read_by_others);

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
