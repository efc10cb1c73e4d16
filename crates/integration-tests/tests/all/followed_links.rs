//! Two subjects of one announcement, and links that are counted by nobody in particular.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::choosing::{Program, choose, field};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};

use crate::on_both_engines;

on_both_engines!(links_are_counted_by_subject_and_lead_where_the_writer_said);

const SUBJECTS: [&str; 2] = ["Our lamp is lit", "Light for nothing"];
const LAMP: &str = "https://shop.example/lamp?colour=red&size=2";

/// The path of the only counted link in a message, as its HTML has it.
fn counted(message: &[u8]) -> Result<String> {
    let text = String::from_utf8_lossy(message).replace("=\r\n", "").replace("=3D", "=");
    let at = text.find("/l/").context("a counted link")?;
    let path = text[at..].split(['"', '\'', '<', '>', ' ', '\r']).next().unwrap_or_default();
    ensure!(!text[at + 3..].contains("/l/"), "one link, not two: {text}");
    // The plain text shows where it goes.
    ensure!(text.contains(LAMP), "{text}");
    Ok(path.to_owned())
}

async fn links_are_counted_by_subject_and_lead_where_the_writer_said(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    for name in ["ada", "ben"] {
        let mut person =
            Person::register(&world, &format!("{name} Example"), &format!("{name}@people.example")).await?;
        choose(&mut person, &["newsletter:email"]).await?;
    }
    let mut wilma = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let form = wilma.browser.open("/console/announcements/new").await?.form("/console/announcements")?;
    let form = form.with("topic", "newsletter").with("language", "en").with("counts_links", "yes");
    let form = form.with("body", &format!("Look at [our lamp]({LAMP})."));
    let same = form.clone().with("title", SUBJECTS[0]).with("other_title", SUBJECTS[0]);
    let page = wilma.browser.submit(&same).await?;
    ensure!(page.words().contains("Write another subject than the first"), "{}", page.words());
    let page =
        wilma.browser.submit(&form.with("title", SUBJECTS[0]).with("other_title", SUBJECTS[1])).await?;
    let path = page.path.split('?').next().unwrap_or_default().to_owned();
    let program = Program::new(&world)?;
    let early = format!("/l/{}/a0", path.rsplit('/').next().unwrap_or_default());
    for whole in [true, false] {
        let status = program.look(&early, whole).await?.status();
        ensure!(status == 404, "what nobody has yet leads somewhere: {status}");
    }
    wilma.browser.submit(&page.form("/send")?).await?;

    let mut links = Vec::new();
    for subject in SUBJECTS {
        let mail = world
            .sink
            .wait_for(SOON, |mail| field(&mail.message, "Subject").as_deref() == Some(subject))
            .await
            .with_context(|| subject.to_owned())?;
        links.push(counted(&mail.message)?);
    }
    ensure!(links[0] != links[1], "each subject has its own: {links:?}");
    for (link, times) in [(&links[0], 1), (&links[1], 3)] {
        for _ in 0..times {
            let answer = program.look(link, true).await?;
            let head = answer.headers();
            ensure!(answer.status() == 302, "{link}: {}", answer.status());
            ensure!(head["location"] == LAMP && head["referrer-policy"] == "no-referrer", "{head:?}");
            ensure!(!head.contains_key("set-cookie"), "it says who follows: {head:?}");
        }
        // A scanner that asks for the head alone follows nothing.
        ensure!(program.look(link, false).await?.status() == 302);
    }
    let beyond = links[0].replace("a0", "a1");
    for nothing in [beyond.as_str(), "/l/x/a0", "/l/00000000-0000-0000-0000-000000000000/a0"] {
        let status = program.look(nothing, true).await?.status();
        ensure!(status == 404, "{nothing}: {status}");
    }
    let page = wilma.browser.open(&path).await?;
    let words = page.words();
    ensure!(words.contains(&format!("Leads to A B {LAMP} 1 3")), "{words}");
    for (letter, subject) in ["A", "B"].iter().zip(SUBJECTS) {
        ensure!(words.contains(&format!("Subject {letter} {subject} One reader")), "{words}");
    }
    world.installation.stop().await
}
