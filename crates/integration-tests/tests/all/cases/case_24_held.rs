//! Case 24: What is held for looking like a campaign is decided on: by the abuse desk, by its owner, or after 48 hours by going back.

use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::mail::{Imap, submit_and_hear};
use mailkeep_integration_tests::sink::Taken;

use crate::on_both_engines;

on_both_engines!(case_24_what_is_held_is_decided_on);

const LONG: &str = "[identity.session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 15\n\
                    [identity.staff_session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 10\n";
const SOON: Duration = Duration::from_secs(60);

/// The same text to each; the numbers of those who are held.
async fn send(world: &World, user: &str, password: &str, numbers: std::ops::Range<u32>) -> Result<Vec<u32>> {
    let words: String = (0..90)
        .map(|word| format!("offer{word} "))
        .collect::<Vec<_>>()
        .chunks(9)
        .map(|line| line.concat() + "\r\n")
        .collect();
    let mut held = Vec::new();
    for number in numbers {
        let (to, text) = (to(number), format!("From: {user}\r\nSubject: offer\r\n\r\n{words}"));
        let said = submit_and_hear(&world.server("submissions"), user, password, &[&to], &text).await?;
        if said.contains("held (campaign)") {
            held.push(number);
        }
    }
    Ok(held)
}

fn to(number: u32) -> String {
    format!("stranger{number}@remote.example")
}

fn reached(number: u32) -> impl Fn(&Taken) -> bool {
    move |mail| mail.to == [to(number)]
}

async fn case_24_what_is_held_is_decided_on(setup: Setup) -> Result<()> {
    let mut world = World::start(Setup { more: format!("{}\n{LONG}", setup.more), ..setup }, None).await?;
    let domain = "held-shop.example";
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(domain, 2, "approve").await?;
    ada.prove_domain(&world, domain).await?;
    let (user, password) = (format!("ada@{domain}"), ada.make_mailbox("ada", domain).await?);
    let mut rosalind = Colleague::enrol(&world, "rosalind", &["abuse_desk"]).await?;

    let held = send(&world, &user, &password, 100..116).await?;
    anyhow::ensure!((5..=7).contains(&held.len()), "a new customer: {held:?}");
    let told = |mail: &Taken| {
        mail.to.iter().any(|to| to == "ada@people.example")
            && String::from_utf8_lossy(&mail.message).contains("was not sent yet")
    };
    world.sink.wait_for(SOON * 2, told).await.context("the owner is told by mail")?;

    // The desk sees a cluster and nobody's addresses, and releases one message of it.
    let page = rosalind.browser.open("/console/held").await?;
    let words = page.words();
    anyhow::ensure!(
        words.contains("Campaign") && words.contains(&format!("{} messages", held.len())),
        "{words}"
    );
    anyhow::ensure!(!page.text().contains("@remote.example") && !page.text().contains(&user), "{words}");
    let customer =
        page.links().into_iter().find(|link| link.starts_with("/console/held/")).context("a cluster")?;
    let page = rosalind.browser.open(&customer).await?;
    let ids: Vec<String> = page
        .text()
        .split("name=\"held\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    anyhow::ensure!(ids.len() == held.len(), "{}", page.words());
    let form = page.form_to(&customer)?.with("held", &ids[0]).with("act", "release").with("why", "mistaken");
    let page = rosalind.browser.submit(&form).await?;
    anyhow::ensure!(page.words().contains("One message goes out now"), "{}", page.words());
    anyhow::ensure!(
        page.words().contains("It is harmless") && page.words().contains("rosalind"),
        "{}",
        page.words()
    );
    world.sink.wait_for(SOON, reached(held[0])).await.context("what was released goes out")?;

    // The owner says that they are theirs: a new customer's wait on, and the desk sees it. One is taken back.
    let mut browser = world.visitor()?;
    let form = browser.open("/mail/sign-in").await?.form("/mail/sign-in")?;
    let page = browser.submit(&form.with("address", &user).with("password", &password)).await?;
    anyhow::ensure!(page.words().contains("wait and were not sent yet"), "{}", page.words());
    let form = browser.open("/mail/held").await?.form("/mail/held")?;
    let page = browser.submit(&form.clone().with("do", "confirm")).await?;
    anyhow::ensure!(page.words().contains("are looked at by our abuse desk"), "{}", page.words());
    let page = browser.submit(&form.with("do", "withdraw").with("held", &ids[1])).await?;
    anyhow::ensure!(page.words().contains("is taken back"), "{}", page.words());
    let mut client = Imap::sign_in(&world.server("imaps"), &user, &password).await?;
    client.command("SELECT INBOX").await?;
    client
        .wait_for("SUBJECT \"could not be delivered\"", SOON)
        .await
        .context("the report of what was taken back")?;
    let page = rosalind.browser.open("/console/held").await?;
    anyhow::ensure!(page.words().contains("The owners said of"), "{}", page.words());

    // After 48 hours the others go back, and not before.
    world.installation.advance(Duration::from_secs(47 * 3600)).await?;
    world.installation.kill().await?;
    world.installation.start().await?;
    let page = rosalind.browser.open("/console/held").await?;
    anyhow::ensure!(page.words().contains(&format!("{} messages", held.len() - 2)), "{}", page.words());
    world.installation.advance(Duration::from_secs(2 * 3600)).await?;
    let mut client = Imap::sign_in(&world.server("imaps"), &user, &password).await?;
    client.command("SELECT INBOX").await?;
    client.wait_for("BODY \"within 48 hours\"", SOON * 8).await.context("the report after 48 hours")?;
    let mut tries = 0;
    while !rosalind.browser.open("/console/held").await?.words().contains("Nothing is held") {
        tries += 1;
        anyhow::ensure!(tries < 600, "what waited 48 hours is held still");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    // Trusted by staff, the customer's campaigns are held no more.
    let id = customer.rsplit('/').next().context("the customer")?.to_owned();
    let said = world
        .installation
        .command(&["guard", "trust", &id, "--why", "consented", "--by", "rosalind"])
        .await?;
    anyhow::ensure!(said.contains("trusted by staff"), "{said}");
    let held = send(&world, &user, &password, 200..225).await?;
    anyhow::ensure!(held.is_empty(), "{held:?}");
    let page = rosalind.browser.open(&customer).await?;
    let form = page.form_to(&format!("{customer}/untrust"))?.with("why", "other");
    let page = rosalind.browser.submit(&form).await?;
    anyhow::ensure!(page.words().contains("paid for alone now"), "{}", page.words());
    world.installation.stop().await
}
