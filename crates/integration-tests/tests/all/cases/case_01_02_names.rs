//! Case 1: One account has one primary address and any number of aliases; aliases cost 0.
//! Case 2: Adding the alias domain: mailboxes and aliases that exist, and a mailbox created the next day, all receive there;
//! the price does not change.

use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, SOON, World};
use mailkeep_integration_tests::mail::{Imap, hand_in};

use crate::on_both_engines;

on_both_engines!(case_01_02_aliases_and_alias_domains_receive_and_cost_nothing);

const DOMAIN: &str = "names-shop.example";
const OTHER: &str = "names-shop-too.example";

/// What the page of services says that the service costs.
async fn price(ada: &mut Person) -> Result<String> {
    let page = ada.browser.open("/center/services").await?.words();
    let at = page.find('$').with_context(|| format!("a price: {page}"))?;
    Ok(page[at..].split(' ').next().unwrap_or_default().to_owned())
}

async fn case_01_02_aliases_and_alias_domains_receive_and_cost_nothing(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 2, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let password = ada.make_mailbox("ada", DOMAIN).await?;
    let before = price(&mut ada).await?;

    let list = ada.browser.open("/center/mailboxes").await?;
    let is_one = |link: &&String| link.starts_with("/center/mailboxes/") && !link.ends_with("/new");
    let mailbox = list.links().iter().find(is_one).context("the mailbox")?.clone();
    for alias in ["sales", "office", "invoices"] {
        let form = ada.browser.open(&mailbox).await?.form_to("/center/aliases")?;
        let page = ada.browser.submit(&form.with("address", &format!("{alias}@{DOMAIN}"))).await?;
        anyhow::ensure!(page.words().contains(&format!("{alias}@{DOMAIN}")), "{}", page.words());
    }

    let page = ada.browser.open("/center/domains").await?;
    let html = page.text();
    let option = html.split("<option").find(|option| option.contains("Another name")).context("an option")?;
    let target = option.split("value=\"").nth(1).and_then(|v| v.split('"').next()).context("a value")?;
    let form = page.form("/center/domains")?.with("domain", OTHER).with("alias_of", target);
    ada.browser.submit(&form).await?;
    ada.prove_domain(&world, OTHER).await?;

    // A mailbox that is made the next day has its address there, too.
    world.installation.advance(Duration::from_secs(24 * 3600)).await?;
    ada.sign_in().await?;
    let shop_password = ada.make_mailbox("shop", DOMAIN).await?;

    let mx = world.installation.address("mx");
    let letters = [("ada", OTHER), ("sales", DOMAIN), ("office", OTHER), ("shop", OTHER)];
    for (local, domain) in letters {
        let text =
            format!("From: friend@remote.example\r\nSubject: to {local} at {domain}\r\n\r\nHello.\r\n");
        hand_in(mx, "friend@remote.example", &format!("{local}@{domain}"), &text).await?;
    }
    for (user, password, count) in [("ada", &password, 3), ("shop", &shop_password, 1)] {
        let mut imap = Imap::sign_in(&world.server("imaps"), &format!("{user}@{DOMAIN}"), password).await?;
        imap.command("SELECT INBOX").await?;
        for (local, domain) in
            letters.iter().filter(|(local, _)| (*local == "shop") == (user == "shop")).take(count)
        {
            imap.wait_for(&format!("SUBJECT \"to {local} at {domain}\""), SOON).await?;
        }
    }
    let refused =
        hand_in(mx, "friend@remote.example", &format!("nobody@{OTHER}"), "Subject: x\r\n\r\nx\r\n").await;
    anyhow::ensure!(refused.is_err(), "an address that nobody has is taken");

    anyhow::ensure!(price(&mut ada).await? == before, "names changed the price of {before}");
    world.installation.stop().await
}
