//! What a person does with their own data, over HTTPS on the real binary: corrects it, takes a copy along, objects, is erased.

use std::io::Read as _;

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, PASSWORD, Person, SOON, World};
use mailkeep_integration_tests::mail::Imap;
use mailkeep_integration_tests::pages::Page;
use mailkeep_integration_tests::sink::Taken;
use serde_json::Value;

use crate::on_both_engines;

const DOMAIN: &str = "own-shop.example";

/// Asks for a copy and fetches it when it is ready.
async fn take_a_copy(person: &mut Person) -> Result<Page> {
    let form = person.browser.open("/center/privacy/copy").await?.form("/center/privacy/copy")?;
    person.browser.submit(&form).await?;
    let ready = |page: &Page| page.words().contains("Your copy is ready");
    let page = person.wait_for_page("/center/privacy/copy", ready).await?;
    let links = page.links();
    let file = links.iter().find(|link| link.starts_with("/center/privacy/copy/")).context("a link to it")?;
    person.browser.open(file).await
}

/// A file of the archive.
fn unpacked(archive: &[u8], wanted: &str) -> Result<Vec<u8>> {
    let number = |at: usize, width: usize| {
        archive[at..at + width].iter().rev().fold(0usize, |sum, byte| sum << 8 | usize::from(*byte))
    };
    let mut at = number(archive.len() - 6, 4);
    while archive[at..].starts_with(b"PK\x01\x02") {
        let (packed, length, offset) = (number(at + 20, 4), number(at + 28, 2), number(at + 42, 4));
        if &archive[at + 46..at + 46 + length] == wanted.as_bytes() {
            let from = offset + 30 + length;
            let mut content = Vec::new();
            flate2::read::DeflateDecoder::new(&archive[from..from + packed]).read_to_end(&mut content)?;
            return Ok(content);
        }
        at += 46 + length;
    }
    anyhow::bail!("{wanted} is not in the archive")
}

on_both_engines!(a_copy_holds_everything_of_its_person_and_nothing_of_others);

async fn a_copy_holds_everything_of_its_person_and_nothing_of_others(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Marker", "ada@people.example").await?;
    let mut bo = Person::register(&world, "Bo Stranger", "bo@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    ada.make_mailbox("ada", DOMAIN).await?;
    bo.order("bo-shop.example", 1, "approve").await?;
    let form = ada.browser.open("/center/profile").await?.form("/center/profile")?;
    let form = form.with("street", "77 Marker Mews").with("city", "Springfield").with("country", "US");
    ada.browser.submit(&form).await?;

    let archive = take_a_copy(&mut ada).await?;
    let machine = unpacked(&archive.body, "your-data.json")?;
    let text = String::from_utf8(machine)?;
    let mailbox = format!("ada@{DOMAIN}");
    for marker in ["Ada Marker", "77 Marker Mews", "ada@people.example", "1 Sample Street", &mailbox, DOMAIN]
    {
        ensure!(text.contains(marker), "{marker} is not in the copy: {text}");
    }
    for other in ["Bo Stranger", "bo@people.example", "bo-shop.example", "password_hash", "$argon2"] {
        ensure!(!text.contains(other), "{other} is in the copy: {text}");
    }
    let uses: Value = serde_json::from_slice(&unpacked(&archive.body, "uses-with-proofs.json")?)?;
    ensure!(uses["entries"].as_array().is_some_and(|entries| entries.len() > 5), "{uses}");
    unpacked(&archive.body, "documents/invoice_documents-1-pdf.pdf")?;
    // The proof of one use is verified by the command that anybody can run.
    let page = ada.browser.open("/center/privacy/uses").await?;
    let links = page.links();
    let one = links.iter().find(|link| link.starts_with("/center/privacy/uses/0")).context("a use")?;
    let proof: Value = serde_json::from_slice(&ada.browser.open(&format!("{one}/proof")).await?.body)?;
    let mut alone = proof["entries"][0].clone();
    for part in ["checkpoint", "verifier_key"] {
        alone[part] = proof[part].clone();
    }
    let file = world.installation.folder.join("proof.json");
    std::fs::write(&file, alone.to_string())?;
    let said = world.installation.command(&["ledger", "prove", "--check", &file.to_string_lossy()]).await?;
    ensure!(said.contains("is in the ledger"), "{said}");
    // Nobody else fetches it.
    let path = archive.path.clone();
    let refused = bo.browser.get(&path).await?;
    ensure!(refused.status == 404, "{}", refused.status);
    world.installation.stop().await
}

on_both_engines!(an_erased_person_is_gone_and_the_invoice_stays);

async fn an_erased_person_is_gone_and_the_invoice_stays(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Marker", "ada@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let mailbox_password = ada.make_mailbox("ada", DOMAIN).await?;
    let page = ada.browser.open("/center/privacy/erasure").await?;
    let words = page.words();
    for part in
        ["Your profile", "Invoices", "for 10 years from its date", "one mailbox with all its messages"]
    {
        ensure!(words.contains(part), "the preview does not say “{part}”: {words}");
    }
    let number = words.split_whitespace().find(|word| word.starts_with("R-") && word.len() > 10);
    let number = number.context("the number is on the page")?.trim_end_matches(',').to_owned();
    let form = page.form("/center/privacy/erasure")?;
    let form = form.with("registration_id", &number).with("password", PASSWORD).with("at_once", "yes");
    ada.browser.submit(&form).await?;

    let link = world.mailed_link("ada@people.example", "/erasure").await?;
    let mut stranger = Person { browser: world.visitor()?, email: String::new() };
    let erased = |page: &Page| page.words().contains("Your data is erased");
    let form = stranger.wait_for_page(&link, erased).await?.form("/erasure/certificate")?;
    let certificate = stranger.browser.submit(&form).await?;
    ensure!(certificate.status == 200 && certificate.text().contains(&number), "{}", certificate.words());
    ensure!(certificate.words().contains("kept for 10 years"), "{}", certificate.words());
    ensure!(stranger.browser.submit(&form).await?.status == 400, "a certificate is given once");

    let page = ada.browser.get("/center").await?;
    ensure!(page.path.starts_with("/sign-in"), "the session goes on: {}", page.path);
    let form = ada.browser.open("/sign-in").await?.form("/sign-in")?;
    let form = form.with("login", "ada@people.example").with("password", PASSWORD);
    ensure!(ada.browser.submit(&form).await?.status == 422, "the erased person signs in");
    let (server, address) = (world.server("imaps"), format!("ada@{DOMAIN}"));
    let imap = Imap::sign_in(&server, &address, &mailbox_password);
    ensure!(imap.await.is_err(), "the mailbox opens after the erasure");
    let verified = world.installation.command(&["ledger", "verify"]).await?;
    ensure!(!verified.contains("BROKEN"), "{verified}");
    // The address is free: who comes back is somebody new, and is asked to confirm it as anybody is.
    let form = stranger.browser.open("/register").await?.form("/register")?;
    let form = form.with("name", "Ada Again").with("email", "ada@people.example").with("password", PASSWORD);
    stranger.browser.submit(&form).await?;
    let asked_twice = |mails: &[Taken]| {
        let asks = |mail: &&Taken| String::from_utf8_lossy(&mail.message).contains("/confirm?token");
        mails.iter().filter(asks).count() == 2
    };
    world.sink.wait_for_all(SOON, asked_twice).await?;
    world.installation.stop().await
}

on_both_engines!(an_objection_is_answered_and_the_person_sees_who_read_it);

async fn an_objection_is_answered_and_the_person_sees_who_read_it(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Marker", "ada@people.example").await?;
    let form = ada.browser.open("/center/privacy/objections").await?.form("/objections")?;
    let refused = ada.browser.submit(&form.clone().with("purpose", "protect")).await?;
    ensure!(refused.status == 422, "a reason is asked for what the service rests on");
    let form = form.with("purpose", "protect").with("reason", "Please forget what the screening found.");
    ada.browser.submit(&form).await?;

    let mut desk = Colleague::enrol(&world, "rosalind", &["support"]).await?;
    ensure!(desk.browser.get("/console/requests").await?.status == 403, "support sees the queue");
    let mut officer = Colleague::enrol(&world, "dorothea", &["privacy_officer"]).await?;
    let queue = officer.browser.open("/console/requests").await?;
    ensure!(!queue.words().contains("Please forget"), "the queue shows what was written");
    let links = queue.links();
    let request = links.iter().find(|link| link.starts_with("/console/requests/")).context("it waits")?;
    let page = officer.browser.open(request).await?;
    ensure!(!page.words().contains("Please forget"), "it is open before it is opened");
    let page = officer.browser.submit(&page.form("/open")?).await?;
    ensure!(page.words().contains("Please forget"), "{}", page.words());

    let told =
        world.sink.wait_for(SOON, |mail| String::from_utf8_lossy(&mail.message).contains("used your data"));
    told.await?;
    let uses = ada.browser.open("/center/privacy/uses?user=staff").await?;
    ensure!(uses.words().contains("what you wrote in an objection"), "{}", uses.words());
    ensure!(
        ada.browser.open("/center").await?.words().contains("A member of staff used your data"),
        "a banner"
    );
    let seen = uses.form("/uses/seen")?;
    ada.browser.submit(&seen).await?;
    ensure!(!ada.browser.open("/center").await?.words().contains("A member of staff used your data"), "seen");

    let form =
        page.form("/answer")?.with("outcome", "granted").with("answer", "You are right; it is removed.");
    officer.browser.submit(&form).await?;
    let own = ada.browser.open("/center/privacy/objections").await?.words();
    ensure!(own.contains("You are right; it is removed.") && own.contains("The use ends"), "{own}");
    world.installation.stop().await
}
