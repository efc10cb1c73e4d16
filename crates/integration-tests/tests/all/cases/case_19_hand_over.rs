//! Case 19: Hand-over: a warning, 30 days to cure, then a full export within 10 days, with a charge.

use std::io::Read as _;
use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, PASSWORD, Person, SOON, World};
use mailkeep_integration_tests::mail::Imap;
use mailkeep_integration_tests::pages::Page;

use super::case_36_roles::contact;
use crate::on_both_engines;

on_both_engines!(case_19_hand_over);

const DOMAIN: &str = "leaving-shop.example";
const DAY: Duration = Duration::from_secs(24 * 3600);
const REASON: &str = "Newsletters went to people who never asked.";
/// Sessions outlive the weeks of this test.
const LONG: &str = "[identity.session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 15\n\
                    [identity.staff_session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 10\n";

/// The example of a catalogue in the section of the configuration that it belongs into.
pub(super) fn example_catalogue() -> String {
    let example = include_str!("../../../../commerce/src/example.toml");
    let mut out = "[commerce]\n".to_owned();
    for line in example.lines() {
        let line = match line.strip_prefix("[[") {
            Some(rest) => format!("[[commerce.{rest}"),
            None => {
                line.strip_prefix('[').map_or_else(|| line.to_owned(), |rest| format!("[commerce.{rest}"))
            }
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// The example of a catalogue, with an item for the hand-over.
fn trade() -> String {
    example_catalogue()
        + "[commerce.hand_over]\nitem = \"handover\"\n[[commerce.item]]\nkey = \"handover\"\nname = \"Hand-over of everything\"\n\
           measure = \"piece\"\nprices = { USD = \"49.00\" }\n"
}

/// How many mails with this subject somebody got.
fn mails(world: &World, to: &str, subject: &str) -> usize {
    let subject = format!("Subject: {subject}");
    let fits = |message: &[u8]| String::from_utf8_lossy(message).contains(&subject);
    world
        .sink
        .taken()
        .iter()
        .filter(|mail| mail.to.iter().any(|one| one == to) && fits(&mail.message))
        .count()
}

async fn wait_for_mail(world: &World, to: &str, subject: &str) -> Result<String> {
    let (to, wanted) = (to.to_owned(), format!("Subject: {subject}"));
    let fits = move |message: &[u8]| String::from_utf8_lossy(message).contains(&wanted);
    let found = world.sink.wait_for(SOON, |mail| mail.to.contains(&to) && fits(&mail.message)).await;
    Ok(String::from_utf8_lossy(&found.with_context(|| format!("the mail {subject}"))?.message).into_owned())
}

/// Every file of an archive.
fn unpacked(archive: &[u8]) -> Result<Vec<(String, String)>> {
    let number = |at: usize, width: usize| {
        archive[at..at + width].iter().rev().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte))
    };
    let (mut at, mut files) = (number(archive.len() - 6, 4), Vec::new());
    while archive[at..].starts_with(b"PK\x01\x02") {
        let (packed, length, offset) = (number(at + 20, 4), number(at + 28, 2), number(at + 42, 4));
        let name = String::from_utf8(archive[at + 46..at + 46 + length].to_vec())?;
        let from = offset + 30 + length;
        let mut content = Vec::new();
        flate2::read::DeflateDecoder::new(&archive[from..from + packed]).read_to_end(&mut content)?;
        files.push((name, String::from_utf8_lossy(&content).into_owned()));
        at += 46 + length;
    }
    Ok(files)
}

/// Signs in to a mailbox and puts letters into two folders.
async fn write_letters(world: &World, local: &str, domain: &str, password: &str, mark: &str) -> Result<()> {
    let mut imap = Imap::sign_in(&world.server("imaps"), &format!("{local}@{domain}"), password).await?;
    imap.command("CREATE \"Projects/2026\"").await?;
    for (folder, number) in [("INBOX", 1), ("Projects/2026", 2), ("Projects/2026", 3)] {
        let letter =
            format!("From: friend@remote.example\r\nSubject: {mark}-{number}\r\n\r\nFrom me, {mark}.\r\n");
        imap.append(folder, letter.as_bytes()).await?;
    }
    imap.command("SELECT \"Projects/2026\"").await?;
    imap.command("STORE 1 +FLAGS (\\Seen \\Flagged Important)").await?;
    Ok(())
}

async fn warn(staff: &mut Colleague, customer: &str) -> Result<Page> {
    let page = staff.browser.open(&format!("{customer}/hand-over")).await?;
    let form = page.form("/hand-over")?;
    let refused = staff.browser.submit(&form.clone().with("reason", "short")).await?;
    anyhow::ensure!(refused.status == 422, "{}", refused.words());
    let page = staff.browser.submit(&form.with("reason", REASON)).await?;
    anyhow::ensure!(page.words().contains("The owners are warned"), "{} {}", page.status, page.words());
    Ok(page)
}

async fn case_19_hand_over(setup: Setup) -> Result<()> {
    let setup = Setup { more: format!("{}\n{LONG}{}", setup.more, trade()), ..setup };
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 2, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    for local in ["ada", "orders"] {
        let password = ada.make_mailbox(local, DOMAIN).await?;
        write_letters(&world, local, DOMAIN, &password, &format!("letter-of-{local}")).await?;
    }
    let mut bill = contact(&world, &mut ada, "Bill Example", "billing").await?;
    let mut bo = Person::register(&world, "Bo Stranger", "bo@people.example").await?;
    bo.order("bo-shop.example", 1, "approve").await?;
    bo.prove_domain(&world, "bo-shop.example").await?;
    let password = bo.make_mailbox("bo", "bo-shop.example").await?;
    write_letters(&world, "bo", "bo-shop.example", &password, "letter-of-bo").await?;

    let mut staff = Colleague::enrol(&world, "rosalind", &["billing", "support"]).await?;
    let found = staff.browser.open(&format!("/console/customers?q={}", ada.registration_id().await?)).await?;
    let links = found.links();
    let customer =
        links.iter().find(|link| link.starts_with("/console/customers/")).context("Ada's customer")?.clone();

    // Warned, not ended before its days, and cured.
    let page = warn(&mut staff, &customer).await?;
    let here = page.path.split('?').next().unwrap_or_default().to_owned();
    anyhow::ensure!(page.form("/end").is_err(), "nothing to end yet: {}", page.words());
    let mail = wait_for_mail(&world, "ada@people.example", "Your services will be ended").await?;
    anyhow::ensure!(mail.contains("Newsletters went to people"), "{mail}");
    let shown = ada.browser.open("/center/hand-over").await?;
    anyhow::ensure!(shown.words().contains(REASON), "{}", shown.words());
    let cure = page.form("/cure")?;
    let mut early = cure.clone();
    early.action = early.action.replace("/cure", "/end");
    let refused = staff.browser.submit(&early).await?;
    anyhow::ensure!(refused.words().contains("nothing is ended before"), "{}", refused.words());
    staff.browser.submit(&cure).await?;
    wait_for_mail(&world, "ada@people.example", "The warning is taken back").await?;

    // Warned again, and nobody cured it.
    let page = warn(&mut staff, &customer).await?;
    let again = page.path.split('?').next().unwrap_or_default().to_owned();
    anyhow::ensure!(again != here, "another one");
    world.installation.advance(DAY * 31).await?;
    let form = staff.browser.open(&again).await?.form("/end")?;
    for _ in 0..2 {
        let page = staff.browser.submit(&form).await?;
        anyhow::ensure!(page.words().contains("The services end when today is over"), "{}", page.words());
    }
    wait_for_mail(&world, "ada@people.example", "Everything we hold for you is ready").await?;
    for subject in ["Your services end, and you get everything", "Everything we hold for you is ready"] {
        anyhow::ensure!(mails(&world, "ada@people.example", subject) == 1, "{subject}");
    }
    for subject in
        ["Your services will be ended", "The warning is", "Your services end,", "Everything we hold"]
    {
        anyhow::ensure!(mails(&world, "billing@people.example", subject) == 0, "only owners are told");
    }
    let invoices = ada.browser.open("/center/hand-over").await?;
    let charge = invoices.links().into_iter().find(|link| link.starts_with("/center/invoices/"));
    let charge = ada.browser.open(&charge.context("the charge")?).await?;
    anyhow::ensure!(charge.words().contains("Hand-over of everything"), "{}", charge.words());

    // Only an owner who gave the password a moment ago fetches the files.
    let page = ada.browser.open("/center/hand-over").await?;
    let prefix = again.replace("/console/hand-overs/", "/center/hand-over/");
    let links: Vec<String> = page.links().into_iter().filter(|link| link.starts_with(&prefix)).collect();
    anyhow::ensure!(links.len() == 3, "the records and two mailboxes: {links:?}");
    for person in [&mut bill, &mut bo] {
        let tried = person.browser.get(&links[1]).await?;
        anyhow::ensure!(!tried.text().starts_with("PK"), "{} fetched it", person.email);
    }
    let asked = ada.browser.open(&links[0]).await?;
    let form = asked.form("/center/password")?.with("password", PASSWORD);
    ada.browser.submit(&form).await?;
    let mut all = Vec::new();
    for link in &links {
        all.push(unpacked(&ada.browser.open(link).await?.body)?);
    }
    anyhow::ensure!(all[0].iter().any(|(name, _)| name == "your-data.json"), "the records");
    for (local, files) in ["ada", "orders"].iter().zip(&all[1..]) {
        let mbox = |name: &str| {
            files
                .iter()
                .find(|(file, _)| file == name)
                .map(|(_, text)| text.clone())
                .with_context(|| name.to_owned())
        };
        let (inbox, projects) = (mbox("INBOX.mbox")?, mbox("Projects/2026.mbox")?);
        anyhow::ensure!(inbox.contains(&format!("Subject: letter-of-{local}-1")), "{inbox}");
        anyhow::ensure!(inbox.contains("\n>From me"), "{inbox}");
        anyhow::ensure!(
            projects.contains(&format!("Status: RO\nX-Status: F\nX-Keywords: Important\nFrom: friend@remote.example\nSubject: letter-of-{local}-2")),
            "{projects}"
        );
        anyhow::ensure!(projects.contains(&format!("Subject: letter-of-{local}-3")), "{projects}");
    }
    for (name, text) in all.iter().flatten() {
        anyhow::ensure!(!text.contains("letter-of-bo") && !text.contains("bo@people.example"), "{name}");
    }
    // The staff's page has figures and no file; the second end changed nothing.
    let page = staff.browser.open(&again).await?;
    anyhow::ensure!(
        page.words().contains("Can be fetched") && page.words().contains("3 files"),
        "{}",
        page.words()
    );

    // Its time is over.
    world.installation.advance(DAY * 31).await?;
    let gone = ada.wait_for_page("/center/hand-over", |page| page.words().contains("were removed")).await?;
    anyhow::ensure!(!gone.links().iter().any(|link| link.starts_with(&prefix)), "{}", gone.words());
    world.installation.stop().await
}
