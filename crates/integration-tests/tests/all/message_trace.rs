//! What became of a message: found by who looks after the domain and by support under a ticket, and by nobody else.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::mail::{Imap, hand_in, submit};
use mailkeep_integration_tests::pages::{Page, Visitor};

use crate::on_both_engines;

on_both_engines!(a_message_is_traced_from_submission_to_each_final_answer);

const DOMAIN: &str = "trace-shop.example";
const CENTER: &str = "/center/traces";
const SOON: Duration = Duration::from_secs(60);

async fn find(browser: &mut Visitor, at: &str, asked: &[(&str, &str)]) -> Result<Page> {
    let form = browser.open(at).await?.form_to(at)?;
    browser.submit(&asked.iter().fold(form, |form, (field, value)| form.with(field, value))).await
}

async fn find_in_center(who: &mut Person, asked: &[(&str, &str)]) -> Result<String> {
    Ok(find(&mut who.browser, CENTER, asked).await?.words())
}

async fn a_message_is_traced_from_submission_to_each_final_answer(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 2, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let (user, password) = (format!("ada@{DOMAIN}"), ada.make_mailbox("ada", DOMAIN).await?);
    let mut eve = Person::register(&world, "Eve Stranger", "eve@people.example").await?;
    eve.order("eve-shop.example", 1, "approve").await?;

    let text = format!("From: {user}\r\nMessage-ID: <out-1@{DOMAIN}>\r\nSubject: two\r\n\r\nhello\r\n");
    let to = ["bo@remote.example", "gone@remote.example"];
    submit(&world.server("submissions"), &user, &password, &to, &text).await?;
    let mut client = Imap::sign_in(&world.server("imaps"), &user, &password).await?;
    client.command("SELECT INBOX").await?;
    client.wait_for("SUBJECT \"could not be delivered\"", SOON).await?;
    let text =
        "From: bo@remote.example\r\nMessage-ID: <in-1@remote.example>\r\nSubject: back\r\n\r\nhello\r\n";
    hand_in(world.installation.address("mx"), "bo@remote.example", &user, text).await?;
    client.wait_for("SUBJECT \"back\"", SOON).await?;

    // By its Message-ID, each recipient's final answer; by a recipient, theirs alone.
    let message = format!("<out-1@{DOMAIN}>");
    let words = find_in_center(&mut ada, &[("message", &message)]).await?;
    let (taken, refused) = ("Taken by the recipient’s server", "there is no such address (550 5.1.1)");
    ensure!(words.contains("Taken, and waits to be sent") && words.contains(taken), "{words}");
    ensure!(words.contains("Refused for good") && words.contains(refused), "{words}");
    let words = find_in_center(&mut ada, &[("sender", &user), ("recipient", to[0])]).await?;
    ensure!(words.contains(taken) && !words.contains(refused), "{words}");
    // What arrived, by its sender and by our mailbox; who did not write is not found.
    let (sender, recipient) = (("sender", to[0]), ("recipient", user.as_str()));
    let words = find_in_center(&mut ada, &[sender, recipient]).await?;
    ensure!(words.contains("Stored in the mailbox") && words.contains(&user), "{words}");
    let words = find_in_center(&mut ada, &[("sender", "mallory@remote.example")]).await?;
    ensure!(words.contains("No such message"), "{words}");
    let words = find_in_center(&mut ada, &[("sender", "no address")]).await?;
    ensure!(words.contains("This is no mail address"), "{words}");
    // Another customer finds nothing of it.
    let words = find_in_center(&mut eve, &[("message", &message)]).await?;
    ensure!(words.contains("No such message"), "{words}");

    // Support looks under a ticket of the customer, which the customer reads; closed, it lets nobody look.
    let form = ada.browser.open("/center/tickets/new").await?.form_to("/center/tickets")?;
    let page = ada.browser.submit(&form.with("subject", "Where is it?").with("words", "It bounced.")).await?;
    let ticket = page.path.split('?').next().and_then(|path| path.rsplit('/').next()).context("a ticket")?;
    let at = format!("/console/tickets/{ticket}");
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let trace = format!("{at}/trace");
    let links = tessa.browser.open(&at).await?.links();
    ensure!(links.contains(&trace), "{links:?}");
    let page = find(&mut tessa.browser, &trace, &[("message", &message)]).await?;
    ensure!(page.words().contains(refused), "{}", page.words());
    ensure!(!page.text().contains(&user), "staff see no address of a mailbox: {}", page.words());
    let uses = ada.browser.open("/center/privacy/uses").await?.words();
    ensure!(
        uses.contains("mend a fault") && uses.contains("what became of messages"),
        "the look is on record: {uses}"
    );
    let form = tessa.browser.open(&at).await?.form("/close")?;
    tessa.browser.submit(&form).await?;
    let page = find(&mut tessa.browser, &trace, &[("message", &message)]).await?;
    ensure!(page.status == 422 && !page.words().contains(refused), "{} {}", page.status, page.words());
    world.installation.stop().await
}
