//! One-click POST without cookie opts out at once; GET or HEAD changes nothing; service mail still arrives. The fields that
//! carry the click are signed.

use std::process::Stdio;

use anyhow::{Context, Result};
use mailkeep_integration_tests::choosing::{
    Program, announce, announced, choose, field, one_click_path, ticked,
};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::outside_clients::{DOMAIN, customer, script};
use crate::{on_both_engines, python};

on_both_engines!(one_click_counts_at_once_and_looking_changes_nothing);

async fn one_click_counts_at_once_and_looking_changes_nothing(setup: Setup) -> Result<()> {
    // The house writes from a domain that it serves itself, so that its messages are signed.
    let web = format!("support_email = \"support@{DOMAIN}\"");
    let more = format!("[smtp]\ncomplaints_to = \"abuse@{DOMAIN}\"\n");
    let mut world = World::start(Setup { web, more, ..setup }, None).await?;
    customer(&world).await?;
    let mut ben = Person::register(&world, "Ben Example", "ben@people.example").await?;
    let both = ["newsletter:email", "special_offers:email"];
    choose(&mut ben, &both).await?;
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let page = announce(&mut writer, "special_offers", "Spring prices").await?;
    anyhow::ensure!(page.words().contains("Sent"), "{}", page.words());
    let mail = announced(&world, "ben@people.example", "Spring prices").await?;
    looks_right(&world, &mail.message).await?;
    anyhow::ensure!(!String::from_utf8_lossy(&mail.message).contains("<script"));

    let (path, program) = (one_click_path(&mail.message)?, Program::new(&world)?);
    for whole in [true, false, true] {
        let looked = program.look(&path, whole).await?;
        anyhow::ensure!(looked.status() == 200 && !looked.headers().contains_key("set-cookie"));
        let said = looked.text().await?;
        anyhow::ensure!(!said.contains("ben@people.example") && !said.contains("Ben Example"), "it says who");
    }
    let unclear = program.post(&path, "application/x-www-form-urlencoded", "a=b").await?;
    anyhow::ensure!(unclear.status() == 400, "{}", unclear.status());
    anyhow::ensure!(ticked(&mut ben).await? == ticked_of(&both), "looking changed something");

    program.one_click(&path, false).await?;
    anyhow::ensure!(ticked(&mut ben).await? == ticked_of(&both[..1]), "{:?}", ticked(&mut ben).await?);
    program.one_click(&path, true).await?;
    let page = announce(&mut writer, "special_offers", "Summer prices").await?;
    anyhow::ensure!(page.words().contains("Nobody would get it now"), "{}", page.words());
    announce(&mut writer, "newsletter", "The letter of June").await?;
    let letter = announced(&world, "ben@people.example", "The letter of June").await?;
    // The click of the other form, on the other topic: multipart first this time.
    program.one_click(&one_click_path(&letter.message)?, true).await?;
    anyhow::ensure!(ticked(&mut ben).await? == ticked_of(&[]), "{:?}", ticked(&mut ben).await?);

    // What is about the account arrives all the same.
    let mut browser = world.visitor()?;
    let form = browser.open("/reset").await?.form("/reset")?.with("login", "ben@people.example");
    let form = form.with("email", "ben@people.example");
    browser.submit(&form).await?;
    world.mailed_link("ben@people.example", "/reset/new").await?;
    let receipts = ben.browser.open("/center/choices").await?;
    anyhow::ensure!(receipts.words().contains("by the link under a message"), "{}", receipts.words());
    let came = world.sink.taken();
    anyhow::ensure!(
        !came.iter().any(|mail| String::from_utf8_lossy(&mail.message).contains("Summer prices"))
    );
    world.installation.stop().await
}

/// The boxes as the page of choices has them; questions come until declined.
fn ticked_of(boxes: &[&str]) -> Vec<String> {
    // `choose` ticks exactly what it is told, so the questions were declined with it.
    boxes.iter().map(|one| (*one).to_owned()).collect()
}

/// The head says how to stop it, the signature covers that, and another's implementation of DKIM agrees.
async fn looks_right(world: &World, message: &[u8]) -> Result<()> {
    let one = |name: &str| field(message, name).with_context(|| format!("no {name}"));
    anyhow::ensure!(one("List-Unsubscribe-Post")? == "List-Unsubscribe=One-Click");
    anyhow::ensure!(one("List-Id")? == "<special_offers.mail.mailkeep.example>", "{}", one("List-Id")?);
    anyhow::ensure!(one("List-Unsubscribe")?.starts_with("<https://"), "{}", one("List-Unsubscribe")?);
    anyhow::ensure!(
        one("CFBL-Address")? == format!("abuse@{DOMAIN}; report=arf"),
        "{}",
        one("CFBL-Address")?
    );
    let signature = one("DKIM-Signature")?.to_ascii_lowercase().replace(' ', "");
    let signed = signature.split(';').find_map(|part| part.strip_prefix("h=")).context("no h=")?;
    for name in ["list-unsubscribe", "list-unsubscribe-post", "list-id", "cfbl-address"] {
        anyhow::ensure!(signed.split(':').any(|field| field == name), "{name} is not signed: {signed}");
    }
    signatures_hold(world, message).await
}

/// Another's implementation of DKIM agrees with the signatures.
pub async fn signatures_hold(world: &World, message: &[u8]) -> Result<()> {
    let Some(python) = python() else { return Ok(()) };
    let mut verifier = Command::new(&python)
        .arg(script("verify_dkim.py"))
        .args(["127.0.0.1", &world.dns.address.port().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    verifier.stdin.take().context("piped")?.write_all(message).await?;
    let output = verifier.wait_with_output().await?;
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(said.contains("ok rsa") && said.contains("ok ed25519"), "dkimpy: {said}{failed}");
    Ok(())
}
