//! From a visitor to a customer's first mail, on both engines.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::mail::{Imap, submit};

use crate::on_both_engines;

on_both_engines!(a_visitor_becomes_a_customer_and_mail_flows);

async fn a_visitor_becomes_a_customer_and_mail_flows(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let domain = "first-shop.example";
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(domain, 2, "approve").await?;
    ada.wait_for_page("/center/services", |page| page.words().contains(domain)).await?;

    // Before the proof nothing is routed to the domain, and no mailbox can be used under it.
    let path = ada.domain_page(domain).await?;
    let unproven = ada.browser.open(&path).await?;
    unproven.form("/prove").context("an unproven domain asks to be proven")?;
    ada.prove_domain(&world, domain).await?;
    ada.wait_for_page(&path, |page| page.form("/prove").is_err()).await?;

    let password = ada.make_mailbox("ada", domain).await?;
    let shop_password = ada.make_mailbox("shop", domain).await?;
    let (from, to) = (format!("ada@{domain}"), format!("shop@{domain}"));
    let letter = format!("From: {from}\r\nTo: {to}\r\nSubject: the first mail\r\n\r\nHello.\r\n");
    submit(&world.server("submissions"), &from, &password, &[&to, "friend@remote.example"], &letter).await?;
    let mut imap = Imap::sign_in(&world.server("imaps"), &to, &shop_password).await?;
    imap.command("SELECT INBOX").await?;
    imap.wait_for("SUBJECT \"the first mail\"", SOON).await?;
    let taken =
        world.sink.wait_for(SOON, |mail| mail.to.iter().any(|to| to == "friend@remote.example")).await?;
    anyhow::ensure!(taken.from == from, "the envelope's sender is {}", taken.from);

    // The invoice is there, with a document.
    let invoices = ada.wait_for_page("/center/invoices", |page| page.words().contains("INV")).await?;
    let link = invoices
        .links()
        .into_iter()
        .find(|link| link.starts_with("/center/invoices/"))
        .context("an invoice")?;
    let pdf = ada.wait_for_page(&format!("{link}/pdf"), |page| page.body.starts_with(b"%PDF")).await?;
    let again = ada.browser.open(&format!("{link}/pdf")).await?;
    anyhow::ensure!(pdf.body == again.body, "the invoice's bytes changed");

    let report = world.installation.command(&["doctor"]).await?;
    anyhow::ensure!(report.contains(" 0 findings"), "{report}");
    world.installation.stop().await
}

on_both_engines!(a_held_order_is_served_only_after_a_person_approved_it);

async fn a_held_order_is_served_only_after_a_person_approved_it(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let domain = "held-shop.example";
    let mut otto = Person::register(&world, "Otto Example", "info@remote.example").await?;
    otto.order(domain, 1, "wrong_code").await?;
    let mut rosalind = Colleague::enrol(&world, "rosalind", &["fraud_reviewer"]).await?;
    rosalind.wait_for_order().await?;
    let services = otto.browser.open("/center/services").await?;
    anyhow::ensure!(!services.words().contains(domain), "a held order is served: {}", services.words());
    rosalind.approve_first_order().await?;
    otto.wait_for_page("/center/services", |page| page.words().contains(domain)).await?;
    world.installation.stop().await
}
