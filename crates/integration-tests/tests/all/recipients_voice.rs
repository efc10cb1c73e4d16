//! What recipients say: addresses that do not exist, and readers here who move mail to Junk, have the sender's mail held; the owner is told.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, SOON, World};
use mailkeep_integration_tests::mail::{Imap, hand_in, submit_and_hear};
use mailkeep_integration_tests::sink::Taken;

use crate::on_both_engines;

on_both_engines!(a_list_of_dead_addresses_is_stopped);
on_both_engines!(complaints_that_providers_pass_on_are_believed_of_their_own_readers);
on_both_engines!(mail_that_readers_here_move_to_junk_is_stopped_and_let_go_when_they_take_it_back);

/// A department that reports come to.
const DESK: &str = "support@mailkeep.example";

/// Owners are told once a minute; the clock is moved there instead of being waited for.
const TELL_EVERY: Duration = Duration::from_secs(61);

struct Shop {
    owner: Person,
    user: String,
    password: String,
}

async fn shop(world: &World, domain: &str, email: &str) -> Result<Shop> {
    let mut owner = Person::register(world, "Ada Example", email).await?;
    owner.order_billed(domain, 5, "approve", &[("plan", "business"), ("term", "monthly")]).await?;
    owner.prove_domain(world, domain).await?;
    let password = owner.make_mailbox("ada", domain).await?;
    Ok(Shop { owner, user: format!("ada@{domain}"), password })
}

/// Sends a letter of its own; what the server says.
async fn send(world: &World, from: &Shop, to: &str, name: &str) -> Result<String> {
    let words: String = (0..40).map(|word| format!("w{name}x{word} ")).collect();
    let text = format!(
        "From: {}\r\nTo: {to}\r\nSubject: letter {name}\r\nMessage-ID: <{name}@{}>\r\n\r\n{words}\r\n",
        from.user, from.user
    );
    submit_and_hear(&world.server("submissions"), &from.user, &from.password, &[to], &text).await
}

/// Sends letters until one is held for a reason.
async fn until_held(world: &World, from: &Shop, to: &str, code: &str) -> Result<()> {
    let started = std::time::Instant::now();
    let mut tries = 0;
    while started.elapsed() < SOON {
        tries += 1;
        let said = send(world, from, to, &format!("try{tries}")).await?;
        if said.contains(&format!("held ({code})")) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    anyhow::bail!("nothing was held after {tries} letters")
}

fn told(to: &'static str, subject: &'static str) -> impl Fn(&Taken) -> bool {
    move |mail| {
        let text = String::from_utf8_lossy(&mail.message).into_owned();
        mail.to.iter().any(|one| one == to) && text.contains(subject)
    }
}

async fn a_list_of_dead_addresses_is_stopped(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let ada = shop(&world, "old-list.example", "ada@people.example").await?;
    // The other server does not know who is gone.
    for name in 0..10 {
        let said = send(&world, &ada, &format!("gone@list{name}.example"), &format!("dead{name}")).await?;
        ensure!(!said.contains("held"), "letter {name}: {said}");
    }
    until_held(&world, &ada, "ada@people.example", "returns").await?;
    world.installation.advance(TELL_EVERY).await?;
    let subject = "Many addresses that you wrote to do not exist";
    world.sink.wait_for(SOON * 3, told("ada@people.example", subject)).await.context("the owner is told")?;
    world.installation.stop().await
}

/// A report of a complaint (RFC 5965) of a reader about a letter.
fn report(from: &str, about: &str, sender: &str) -> String {
    format!(
        "From: <fbl@{from}>\r\nTo: <{DESK}>\r\nSubject: complaint\r\nMessage-ID: <{about}.report@{from}>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=part\r\n\r\n--part\r\n\
         Content-Type: text/plain\r\n\r\nA reader says that this is spam.\r\n--part\r\n\
         Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: Loop/1\r\nVersion: 1\r\n\r\n--part\r\n\
         Content-Type: message/rfc822\r\n\r\nFrom: {sender}\r\nMessage-ID: <{about}@{sender}>\r\nSubject: an offer\r\n\r\nwords\r\n--part--\r\n"
    )
}

async fn complaints_that_providers_pass_on_are_believed_of_their_own_readers(setup: Setup) -> Result<()> {
    let more = format!("{}\n[guard]\nfeedback_from = [\"loop.example\"]\n", setup.more);
    let mut world = World::start(Setup { more, ..setup }, None).await?;
    for domain in ["people.example", "stranger.example", "loop.example"] {
        world.dns.txt(domain, "v=spf1 ip4:127.0.0.1 -all");
    }
    let sender = shop(&world, "offers-shop.example", "ada@people.example").await?;
    for n in 0..6 {
        let said = send(&world, &sender, &format!("reader{n}@people.example"), &format!("offer{n}")).await?;
        ensure!(!said.contains("held"), "{said}");
    }
    let pass_on = async |from: &str, n: usize| {
        let text = report(from, &format!("offer{n}"), &sender.user);
        hand_in(world.installation.address("mx"), &format!("fbl@{from}"), DESK, &text).await
    };
    // Whoever is not these readers' provider is not believed, however often.
    for n in 0..6 {
        pass_on("stranger.example", n).await?;
    }
    tokio::time::sleep(Duration::from_secs(2)).await;
    let said = send(&world, &sender, "reader0@people.example", "later").await?;
    ensure!(!said.contains("held"), "{said}");
    // Their provider is, and so is a feedback loop that is named.
    for n in 0..3 {
        pass_on("people.example", n).await?;
    }
    for n in 3..6 {
        pass_on("loop.example", n).await?;
    }
    until_held(&world, &sender, "reader0@people.example", "complaints").await?;
    world.installation.stop().await
}

async fn junk(world: &World, user: &str, password: &str, from: &str, into: &str) -> Result<()> {
    let mut client = Imap::sign_in(&world.server("imaps"), user, password).await?;
    client.command(&format!("SELECT {from}")).await?;
    client.wait_for("SUBJECT \"letter offer\"", SOON).await?;
    let said = client.command(&format!("MOVE 1 {into}")).await?;
    ensure!(said.contains("OK"), "{said}");
    Ok(())
}

async fn mail_that_readers_here_move_to_junk_is_stopped_and_let_go_when_they_take_it_back(
    setup: Setup,
) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let sender = shop(&world, "pushy-shop.example", "ada@people.example").await?;
    let mut readers = shop(&world, "readers.example", "bo@people.example").await?;
    let mut boxes = vec![(readers.user.clone(), readers.password.clone())];
    for name in ["bea", "cem", "dora", "emil"] {
        let password = readers.owner.make_mailbox(name, "readers.example").await?;
        boxes.push((format!("{name}@readers.example"), password));
    }
    for (n, (user, _)) in boxes.iter().enumerate() {
        let said = send(&world, &sender, user, &format!("offer{n}")).await?;
        ensure!(!said.contains("held"), "{said}");
    }
    for (user, password) in &boxes {
        junk(&world, user, password, "INBOX", "Junk").await.with_context(|| user.clone())?;
    }
    until_held(&world, &sender, &boxes[0].0, "complaints").await?;
    world.installation.advance(TELL_EVERY).await?;
    let subject = "Some of those you write to take your mail for unwanted";
    world.sink.wait_for(SOON * 3, told("ada@people.example", subject)).await.context("the owner is told")?;

    // It was a mistake, they say, and mail flows again.
    for (user, password) in boxes.iter().take(4) {
        junk(&world, user, password, "Junk", "INBOX").await.with_context(|| user.clone())?;
    }
    let started = std::time::Instant::now();
    loop {
        let n = started.elapsed().as_millis();
        if !send(&world, &sender, &boxes[1].0, &format!("again{n}")).await?.contains("held") {
            break;
        }
        ensure!(started.elapsed() < SOON, "it is held for ever");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    world.installation.stop().await
}
