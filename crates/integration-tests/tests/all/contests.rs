//! A contest over the real program: the house commits, people enter once, the list is published, it is drawn, and a second person
//! does the draw again, with our command and with a program of somebody else.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::choosing::ticked;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::sink::Taken;
use mailkeep_types::{Clock, SystemClock};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::outside_clients::script;
use crate::{on_both_engines, python};

on_both_engines!(a_contest_is_drawn_and_the_draw_done_again);

const AT: &str = "/contests/a-year-of-mail";

async fn a_contest_is_drawn_and_the_draw_done_again(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("first-shop.example", 1, "approve").await?;
    let mut otto = Person::register(&world, "Otto Example", "otto@people.example").await?;
    otto.order("second-shop.example", 1, "approve").await?;
    let mut nils = Person::register(&world, "Nils Newcomer", "nils@people.example").await?;
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let mut agent = Colleague::enrol(&world, "anna", &["support"]).await?;
    ensure!(agent.browser.get("/console/contests").await?.status == 403, "contests are for those who write");

    let form = writer.browser.open("/console/contests/new").await?.form("/console/contests")?;
    // Times are typed by the clocks of the house.
    let (now, zone) = (SystemClock.now().to_jiff(), jiff::tz::TimeZone::get("America/New_York")?);
    let hour = |hours: i64| {
        let at = now + jiff::SignedDuration::from_hours(hours);
        at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string()
    };
    let form = form
        .with("title", "Win a year of mail")
        .with("slug", "a-year-of-mail")
        .with("introduction", "One of you gets **a year of mail**.")
        .with("rules", "One entry for each of you.")
        .with("opens_at", &hour(-2))
        .with("closes_at", &hour(1));
    let page = writer.browser.submit(&form).await?;
    ensure!(page.words().contains("It is saved"), "{} {}", page.status, page.words());
    let desk = page.path.split('?').next().unwrap_or_default().to_owned();
    let mut visitor = world.visitor()?;
    ensure!(visitor.get(AT).await?.status == 404, "a draft is nowhere");
    let page = writer.browser.submit(&page.form("/publish")?).await?;
    ensure!(page.words().contains("Everybody sees it now"), "{}", page.words());
    let page = visitor.open(AT).await?;
    ensure!(page.words().contains("Customers enter, signed in"), "{}", page.words());
    let before: serde_json::Value =
        serde_json::from_str(&visitor.open(&format!("{AT}/draw.json")).await?.text())?;
    ensure!(before["seed"].is_null() && before["entries"] == serde_json::json!([]), "{before}");

    ensure!(nils.browser.open(AT).await?.words().contains("This contest is not for you"));
    // Nothing is ticked before, and a yes to offers is no condition.
    let page = ada.browser.open(AT).await?;
    let form = page.form("/enter")?;
    ensure!(!["rules", "age", "offers"].iter().any(|name| form.fields.contains_key(*name)), "{form:?}");
    let page = ada.browser.submit(&form).await?;
    ensure!(
        page.status == 422 && page.words().contains("Whoever enters accepts the rules"),
        "{}",
        page.words()
    );
    let page = ada.browser.submit(&form.with("rules", "yes").with("age", "yes")).await?;
    ensure!(page.words().contains("You have entered"), "{} {}", page.status, page.words());
    ensure!(!ticked(&mut ada).await?.contains(&"events_and_contests:email".to_owned()), "nobody chose it");
    // Other rules from now on: what Otto has in his browser is the old version.
    let form = otto.browser.open(AT).await?.form("/enter")?.with("rules", "yes").with("age", "yes");
    let rules = writer.browser.open(&desk).await?.form("/rules")?.with("rules", "One entry. No cash.");
    ensure!(writer.browser.submit(&rules).await?.words().contains("Version 2 is in force"));
    let page = otto.browser.submit(&form).await?;
    ensure!(
        page.status == 422 && page.words().contains("The rules were changed meanwhile"),
        "{}",
        page.words()
    );
    let form = otto.browser.open(AT).await?.form("/enter")?;
    let form = form.with("rules", "yes").with("age", "yes").with("offers", "yes");
    ensure!(otto.browser.submit(&form).await?.words().contains("You have entered"));
    ensure!(ticked(&mut otto).await?.contains(&"events_and_contests:email".to_owned()), "he chose it");
    let page = otto.browser.submit(&form).await?;
    ensure!(page.status == 422 && page.words().contains("Once is enough"), "{}", page.words());

    // Its time is over: a job publishes the list, and then it is drawn.
    // A session of staff that is not used for half an hour ends.
    for _ in 0..3 {
        world.installation.advance(Duration::from_secs(25 * 60)).await?;
        writer.browser.open(&desk).await?;
    }
    let mut page = writer.browser.open(&desk).await?;
    for _ in 0..600 {
        if page.form("/draw").is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        page = writer.browser.open(&desk).await?;
    }
    let listed: serde_json::Value =
        serde_json::from_str(&visitor.open(&format!("{AT}/draw.json")).await?.text())?;
    ensure!(listed["seed"].is_null() && listed["list_hash"].is_string(), "{listed}");
    let page = writer.browser.submit(&page.form("/draw")?).await?;
    ensure!(page.words().contains("One entry won"), "{}", page.words());
    let file = visitor.open(&format!("{AT}/draw.json")).await?.text();
    let drawn: serde_json::Value = serde_json::from_str(&file)?;
    ensure!(
        drawn["commitment"] == before["commitment"] && drawn["list_hash"] == listed["list_hash"],
        "{drawn}"
    );
    let winner = drawn["winners"][0].as_str().context("somebody won")?.to_owned();
    ensure!(visitor.open(AT).await?.words().contains(&winner));

    // A second person does it again; what was changed is noticed.
    let kept = world.installation.folder.join("draw.json");
    std::fs::write(&kept, &file)?;
    let path = kept.to_str().context("a path")?;
    let again = world.installation.run(&["contest", "verify", path]).await?;
    ensure!(again.code == Some(0) && again.out.contains(&winner), "{again:?}");
    if let Some(python) = python() {
        let mut other = Command::new(&python)
            .arg(script("contest_draw.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        other.stdin.take().context("piped")?.write_all(file.as_bytes()).await?;
        let output = other.wait_with_output().await?;
        let winners: Vec<String> = serde_json::from_slice(&output.stdout)?;
        ensure!(output.status.success() && winners == [winner.clone()], "{winners:?}");
    }
    std::fs::write(&kept, file.replace(&winner, "0000000000"))?;
    let forged = world.installation.run(&["contest", "verify", path]).await?;
    ensure!(forged.code == Some(3), "{forged:?}");

    // Whoever won is told, and nobody else.
    let told = |mail: &Taken| String::from_utf8_lossy(&mail.message).contains("Subject: You won: Win a year");
    let mail = world.sink.wait_for(SOON, told).await?;
    ensure!(String::from_utf8_lossy(&mail.message).contains(&winner), "the number of the entry");
    ensure!(world.sink.taken().iter().filter(|mail| told(mail)).count() == 1, "one entry won");
    world.installation.stop().await
}
