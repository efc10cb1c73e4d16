//! A mailbox that is used from a strange place and writes to strangers: its mail is held, its owner is asked, and the answer is carried out.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_integration_tests::mail::{Imap, hand_in, submit_and_hear};
use mailkeep_integration_tests::pages::Visitor;

use crate::on_both_engines;

on_both_engines!(a_stolen_mailbox_is_held_and_its_owner_answers);

const LONG: &str =
    "[identity.session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 15\n";
const SOON: Duration = Duration::from_secs(60);
const LATER: Duration = Duration::from_secs(20 * 60);
const HOME: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const AWAY: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 9, 9));
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 10, 10));

/// Writes a letter of its own to each; which of them are held.
async fn send(
    world: &World,
    from: IpAddr,
    (user, password): (&str, &str),
    names: std::ops::Range<u32>,
) -> Result<Vec<u32>> {
    let server = world.server("submissions").reached_from(from);
    let mut held = Vec::new();
    for name in names {
        let words: String = (0..40).map(|word| format!("w{name}x{word} ")).collect();
        let text = format!("From: {user}\r\nSubject: letter {name}\r\n\r\n{words}\r\n");
        let said = submit_and_hear(&server, user, password, &[&to(name)], &text).await?;
        if said.contains("held (sign-in)") {
            held.push(name);
        }
    }
    Ok(held)
}

fn to(name: u32) -> String {
    format!("new{name}@remote.example")
}

async fn webmail(mut browser: Visitor, user: &str, password: &str) -> Result<Visitor> {
    let form = browser.open("/mail/sign-in").await?.form("/mail/sign-in")?;
    browser.submit(&form.with("address", user).with("password", password)).await?;
    Ok(browser)
}

async fn a_stolen_mailbox_is_held_and_its_owner_answers(setup: Setup) -> Result<()> {
    let mut world = World::start(Setup { more: format!("{}\n{LONG}", setup.more), ..setup }, None).await?;
    let domain = "stolen-shop.example";
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(domain, 2, "approve").await?;
    ada.prove_domain(&world, domain).await?;
    let (user, password) = (format!("ada@{domain}"), ada.make_mailbox("ada", domain).await?);
    let ada_signs_in = (user.as_str(), password.as_str());
    anyhow::ensure!(send(&world, HOME, ada_signs_in, 0..2).await?.is_empty(), "at home");
    world.installation.advance(LATER).await?;

    // From a strange place four strangers get their letters; then everything waits, and mail is received and read as before.
    let held = send(&world, AWAY, ada_signs_in, 10..16).await?;
    anyhow::ensure!(held == [14, 15], "{held:?}");
    anyhow::ensure!(send(&world, HOME, ada_signs_in, 0..1).await? == [0], "from home as well");
    let text = "From: far@remote.example\r\nSubject: still arrives\r\n\r\nhello\r\n";
    hand_in(world.installation.address("mx"), "far@remote.example", &user, text).await?;
    let mut client = Imap::sign_in(&world.server("imaps").reached_from(AWAY), &user, &password).await?;
    client.command("SELECT INBOX").await?;
    client.wait_for("SUBJECT \"still arrives\"", SOON).await?;
    let asked = |mail: &mailkeep_integration_tests::sink::Taken| {
        mail.to.iter().any(|to| to == "ada@people.example")
            && String::from_utf8_lossy(&mail.message).contains("Was it you")
    };
    world.sink.wait_for(SOON * 2, asked).await.context("the owner is asked at another address")?;

    // Who is in the strange place cannot vouch for it; at home the owner can, once and for good.
    let mut thief = webmail(world.visitor_from(AWAY)?, &user, &password).await?;
    let page = thief.open("/mail/held").await?;
    anyhow::ensure!(page.words().contains("we cannot take your word from here"), "{}", page.words());
    let form = page.forms().into_iter().find(|form| form.action == "/mail/held").context("a form")?;
    let page = thief.submit(&form.clone().with("do", "known")).await?;
    anyhow::ensure!(page.words().contains("we cannot take your word"), "{}", page.words());
    thief.submit(&form.with("do", "confirm")).await?;
    anyhow::ensure!(send(&world, AWAY, ada_signs_in, 16..17).await? == [16]);
    let mut browser = webmail(world.visitor()?, &user, &password).await?;
    let page = browser.open("/mail/held").await?;
    anyhow::ensure!(page.words().contains("Was that you?"), "{}", page.words());
    let form = page.forms().into_iter().find(|form| form.action == "/mail/held").context("a form")?;
    let page = browser.submit(&form.with("do", "known")).await?;
    anyhow::ensure!(page.words().contains("the place is known"), "{}", page.words());
    for name in [14, 15, 16] {
        let reached = |mail: &mailkeep_integration_tests::sink::Taken| mail.to == [to(name)];
        world.sink.wait_for(SOON, reached).await.with_context(|| format!("letter {name} goes out"))?;
    }
    anyhow::ensure!(send(&world, AWAY, ada_signs_in, 17..18).await?.is_empty(), "known from then on");

    // Another strange place is another question. This time the owner locks the mailbox, in the Customer Center.
    world.installation.advance(LATER).await?;
    let held = send(&world, ELSEWHERE, ada_signs_in, 20..26).await?;
    anyhow::ensure!(held == [24, 25], "{held:?}");
    let page = ada.browser.open("/center").await?;
    anyhow::ensure!(page.words().contains("Was that you?"), "{}", page.words());
    let links = page.links();
    let mailbox = links
        .iter()
        .find(|link| link.starts_with("/center/mailboxes/") && !link.ends_with("/new"))
        .context("the mailbox")?;
    let page = ada.browser.open(mailbox).await?;
    let page = ada.browser.submit(&page.form("/sign-in")?.with("do", "stolen")).await?;
    anyhow::ensure!(page.words().contains("its passwords have ended"), "{}", page.words());
    let refused = send(&world, HOME, ada_signs_in, 30..31).await;
    anyhow::ensure!(refused.is_err_and(|error| error.to_string().contains("535")), "the password ended");
    let page = browser.get("/mail/held").await?;
    anyhow::ensure!(page.path.starts_with("/mail/sign-in"), "the webmail's session ended: {}", page.path);
    anyhow::ensure!(client.command("NOOP").await.is_err(), "the session of IMAP ended");

    // With a new password the owner has the mailbox again, and what the thief wrote came back instead of going out.
    let page = ada.browser.open(mailbox).await?;
    let password = ada.make_password(&page).await?;
    anyhow::ensure!(send(&world, HOME, (&user, &password), 1..2).await?.is_empty());
    let mut client = Imap::sign_in(&world.server("imaps"), &user, &password).await?;
    client.command("SELECT INBOX").await?;
    client.wait_for("SUBJECT \"could not be delivered\"", SOON).await?;
    let reached = |mail: &mailkeep_integration_tests::sink::Taken| mail.to == [to(1)];
    world.sink.wait_for(SOON, reached).await?;
    anyhow::ensure!(world.sink.taken().iter().all(|mail| mail.to != [to(24)] && mail.to != [to(25)]));
    world.installation.stop().await
}
