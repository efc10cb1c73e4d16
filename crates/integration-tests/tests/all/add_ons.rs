//! Something for every mailbox besides the plan: ordered, granted, billed, removed with the term, and gone from the mail side.

use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::mail::Imap;
use mailkeep_integration_tests::pages::Page;
use serde_json::json;

use crate::http_api::{Program, text, token};
use crate::on_both_engines;

on_both_engines!(an_archive_is_ordered_added_billed_granted_and_removed);

const DAY: Duration = Duration::from_secs(24 * 3600);
/// Sessions outlive the weeks of this test.
const LONG: &str = "[identity.session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 15\n\
                    [identity.staff_session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 10\n";

/// The quota of a mailbox in MB of 1,000,000 bytes, as a mail program reads it; IMAP counts in units of 1024 bytes.
async fn quota(world: &World, address: &str, password: &str) -> Result<u64> {
    let mut imap = Imap::sign_in(&world.server("imaps"), address, password).await?;
    let said = imap.command("GETQUOTAROOT INBOX").await?;
    let storage = said.split("STORAGE ").nth(1).with_context(|| said.clone())?;
    let limit = storage.split([' ', ')']).nth(1).with_context(|| said.clone())?;
    Ok(limit.parse::<u64>()? * 1024 / 1_000_000)
}

/// Waits until the mail side grants so many MB.
async fn wait_for_quota(world: &World, address: &str, password: &str, megabytes: u64) -> Result<()> {
    let mut last = 0;
    for _ in 0..300 {
        last = quota(world, address, password).await?;
        // What IMAP rounds down is less than a MB.
        if last.abs_diff(megabytes) <= 1 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("{address} has {last} MB, and not {megabytes}")
}

/// The page of the add-ons of the person's only service.
async fn add_ons(person: &mut Person) -> Result<(String, Page)> {
    let services = person.browser.open("/center/services").await?;
    let link = services.links().into_iter().find(|link| link.ends_with("/add-ons"));
    let link = link.with_context(|| services.words())?;
    let page = person.browser.open(&link).await?;
    Ok((link, page))
}

/// The newest invoice.
async fn newest_invoice(person: &mut Person) -> Result<Page> {
    let list = person.browser.open("/center/invoices").await?;
    let link = list.links().into_iter().find(|link| link.starts_with("/center/invoices/"));
    person.browser.open(&link.with_context(|| list.words())?).await
}

fn ensure_says(page: &Page, parts: &[&str]) -> Result<()> {
    let words = page.words();
    for part in parts {
        anyhow::ensure!(words.contains(part), "{part}: {} {words}", page.status);
    }
    Ok(())
}

async fn an_archive_is_ordered_added_billed_granted_and_removed(setup: Setup) -> Result<()> {
    let setup = Setup { more: format!("{}\n{LONG}", setup.more), ..setup };
    let mut world = World::start(setup, None).await?;

    // Ordered with the plan: a plan without it says so; the bill shows it before it is placed.
    let mut bo = Person::register(&world, "Bo Example", "bo@people.example").await?;
    let form = bo.browser.open("/order").await?.form("/order")?;
    let form = form.with("domain", "bo-shop.example").with("mailboxes", "2").with("term", "monthly");
    let form = form.with("add-on-archive", "yes");
    let refused = bo.browser.submit(&form.clone().with("plan", "personal")).await?;
    ensure_says(&refused, &["Personal is not sold with"])?;
    let review = bo.browser.submit(&form.with("plan", "business")).await?;
    ensure_says(&review, &["Archive", "$25.50"])?;
    // Whoever goes back finds the box ticked.
    bo.order_billed("bo-shop.example", 2, "approve", &[("plan", "business"), ("term", "monthly")]).await?;
    ensure_says(&newest_invoice(&mut bo).await?, &["Archive", "$12.00", "$25.50"])?;

    // Added to a service that runs: the preview is the bill.
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let words = [("plan", "business"), ("term", "annual")];
    ada.order_billed("ada-shop.example", 2, "approve", &words).await?;
    ada.prove_domain(&world, "ada-shop.example").await?;
    let password = ada.make_mailbox("ada", "ada-shop.example").await?;
    let address = "ada@ada-shop.example";
    wait_for_quota(&world, address, &password, 25_000).await?;
    let (here, _) = add_ons(&mut ada).await?;
    let page = ada.browser.open(&format!("{here}?add=archive")).await?;
    ensure_says(&page, &["Archive", "$120.00", "Add for $127.50"])?;
    let form = page.form_to(&here)?;
    let wrong = ada.browser.submit(&form.clone().with("total", "1")).await?;
    ensure_says(&wrong, &["has changed meanwhile"])?;
    for _ in 0..2 {
        ensure_says(&ada.browser.submit(&form).await?, &["Added."])?;
    }
    ensure_says(&newest_invoice(&mut ada).await?, &["Archive", "$127.50"])?;
    wait_for_quota(&world, address, &password, 32_000).await?;

    // Programs see it, remove it and keep it; staff see it on the customer.
    let program = Program { world: &world, token: token(&mut ada, "billing:write").await? };
    let reader = Program { world: &world, token: token(&mut ada, "billing:read").await? };
    let listed = reader.expect(200, "GET", "/api/v1/services", None).await?;
    let service = &listed["items"][0];
    anyhow::ensure!(text(&service["add_ons"][0], "key")? == "archive", "{service}");
    let at = format!("/api/v1/services/{}", text(service, "id")?);
    let (preview, archive) = (format!("{at}/add-on-preview"), json!({ "add_on": "archive" }));
    program.expect(422, "POST", &preview, Some(archive)).await?;
    program.expect(204, "DELETE", &format!("{at}/add-ons/archive"), None).await?;
    let going = reader.expect(200, "GET", &at, None).await?;
    anyhow::ensure!(going["add_ons"][0]["until"] == going["next_on"], "{going}");
    let kept = program.expect(200, "POST", &format!("{at}/add-ons/archive/keep"), None).await?;
    anyhow::ensure!(kept["add_ons"][0]["until"].is_null(), "{kept}");
    let (_, page) = add_ons(&mut ada).await?;
    ensure_says(&ada.browser.submit(&page.form("/archive/remove")?).await?, &["It ends with the term"])?;
    let mut staff = Colleague::enrol(&world, "rosalind", &["billing", "support"]).await?;
    let found = staff.browser.open(&format!("/console/customers?q={}", ada.registration_id().await?)).await?;
    let links = found.links();
    let customer =
        links.iter().find(|link| link.starts_with("/console/customers/")).context("Ada's customer")?;
    ensure_says(&staff.browser.open(customer).await?, &["ada-shop.example", "Archive (until"])?;

    // The term is over: the bill of the next one is without it, and so is the mail side.
    world.installation.advance(DAY * 366).await?;
    wait_for_quota(&world, address, &password, 25_000).await?;
    let renewed = ada.wait_for_page("/center/services", |page| !page.words().contains("Archive")).await?;
    ensure_says(&renewed, &["ada-shop.example"])?;
    world.installation.stop().await
}
