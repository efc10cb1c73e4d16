//! What comes back of announcements, over real SMTP: reports to the return path of a message end what can be declined when the
//! address is dead or the reader complained, and nothing else does; forged references are no addresses here.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::choosing::{announce, announced, choose};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::mail::hand_in;

use crate::on_both_engines;

const NAMES: [&str; 3] = ["ada", "ben", "cy"];

on_both_engines!(what_comes_back_ends_what_cannot_arrive);

fn address(name: &str) -> String {
    format!("{name}@people.example")
}

/// A delivery report as another server sends it, to the return path of a message.
async fn report(world: &World, back: &str, status: &str, said: &str) -> Result<()> {
    let letter = format!(
        "From: MAILER-DAEMON@mx.people.example\r\nTo: {back}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.people.example\r\n\r\n\
         Final-Recipient: rfc822; somebody@people.example\r\nAction: failed\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; {said}\r\n\r\n--b--\r\n"
    );
    hand_in(world.installation.address("mx"), "", back, &letter).await
}

/// To whom an announcement went, sorted.
fn readers(world: &World, title: &str) -> Vec<String> {
    let taken = world.sink.taken();
    let of_title = taken.iter().filter(|mail| String::from_utf8_lossy(&mail.message).contains(title));
    let mut to: Vec<String> = of_title.flat_map(|mail| mail.to.clone()).collect();
    to.sort();
    to
}

async fn what_comes_back_ends_what_cannot_arrive(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    for name in NAMES {
        let mut person = Person::register(&world, &format!("{name} Example"), &address(name)).await?;
        choose(&mut person, &["special_offers:email"]).await?;
    }
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    announce(&mut writer, "special_offers", "Spring prices").await?;
    let mut back = Vec::new();
    for name in NAMES {
        back.push(announced(&world, &address(name), "Spring prices").await?.from);
    }
    let [ada, ben, cy] = &back[..] else { anyhow::bail!("{back:?}") };
    ensure!(back.iter().all(|path| path.starts_with("returns+")) && ada != ben && ben != cy, "{back:?}");
    ensure!(!ada.contains("ada"), "a reference says nothing about the reader: {ada}");

    // What can be mended ends nothing, and a reference that is not of ours is no address.
    report(&world, ada, "5.2.2", "552 5.2.2 Mailbox full").await?;
    report(&world, ben, "5.7.1", "550 5.7.1 Listed on our blocklist").await?;
    let forged = ada.replacen("returns+", "returns+a", 1);
    let refused = report(&world, &forged, "5.1.1", "550 5.1.1 User unknown").await.err().context("taken")?;
    ensure!(format!("{refused:#}").contains("550"), "{refused:#}");
    announce(&mut writer, "special_offers", "Summer prices").await?;
    for name in NAMES {
        announced(&world, &address(name), "Summer prices").await?;
    }

    // A dead address and a complaint, which names the message by its return path alone.
    report(&world, ada, "5.1.1", "550 5.1.1 User unknown").await?;
    let complaint = format!(
        "From: loop@people.example\r\nTo: returns@mailkeep.example\r\nSubject: Complaint\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\
         Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: Loop/1\r\nVersion: 1\r\n\
         Original-Mail-From: <{ben}>\r\n\r\n--b--\r\n"
    );
    hand_in(world.installation.address("mx"), "loop@people.example", "returns@mailkeep.example", &complaint)
        .await?;
    announce(&mut writer, "special_offers", "Autumn prices").await?;
    announced(&world, &address("cy"), "Autumn prices").await?;
    ensure!(readers(&world, "Autumn prices") == [address("cy")], "{:?}", readers(&world, "Autumn prices"));

    // Our own queue gives up at once where a domain takes no mail; its report goes the same way.
    world.dns.clear("people.example");
    world.dns.mx("people.example", 0, ".");
    // What was looked up before is forgotten with the process.
    world.installation.stop().await?;
    world.installation.start().await?;
    announce(&mut writer, "special_offers", "Winter prices").await?;
    for _ in 0..300 {
        let page = announce(&mut writer, "special_offers", "Prices at last").await?;
        if page.words().contains("Nobody would get it now") {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    anyhow::bail!("the address of a domain without mail is still written to")
}
