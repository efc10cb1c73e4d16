//! What comes back of announcements, over real SMTP: reports to the return path of a message end what can be declined when the
//! address is dead or the reader complained, and nothing else does; forged references are no addresses here.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::choosing::{announce, announced, choose, field};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::mail::hand_in;

use crate::experiments::e08_one_click::signatures_hold;
use crate::on_both_engines;
use crate::outside_clients::{DOMAIN, publish_dkim};

const NAMES: [&str; 3] = ["ada", "ben", "cy"];

on_both_engines!(what_comes_back_ends_what_cannot_arrive);
on_both_engines!(announcements_come_from_a_domain_of_their_own);

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

/// Proves a domain and publishes its keys.
async fn set_up(ada: &mut Person, world: &World, domain: &str) -> Result<()> {
    ada.prove_domain(world, domain).await?;
    let path = ada.domain_page(domain).await?;
    let page = ada.wait_for_page(&path, |page| page.form("/prove").is_err()).await?;
    publish_dkim(world, domain, &page.text());
    Ok(())
}

async fn announcements_come_from_a_domain_of_their_own(setup: Setup) -> Result<()> {
    let news = format!("news.{DOMAIN}");
    let web = format!("support_email = \"support@{DOMAIN}\"");
    let more = format!("[announcements]\nfrom = \"letters@{news}\"\n");
    let mut world = World::start(Setup { web, more, ..setup }, None).await?;
    let mut ada = Person::register(&world, "Ada Example", &address("ada")).await?;
    ada.order(DOMAIN, 2, "approve").await?;
    set_up(&mut ada, &world, DOMAIN).await?;
    choose(&mut ada, &["newsletter:email"]).await?;

    // Until the domain can be signed for, whoever writes is told.
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let form = writer.browser.open("/console/announcements/new").await?.form("/console/announcements")?;
    let form = form.with("topic", "newsletter").with("title", "Early").with("body", "Soon.");
    let draft = writer.browser.submit(&form).await?;
    let warning = format!("Nothing can be signed for {news}");
    ensure!(draft.words().contains(&warning), "{}", draft.words());
    let page = ada.browser.open("/center/domains").await?;
    let html = page.text();
    let option = html.split("<option").find(|option| option.contains("Another name")).context("an option")?;
    let target = option.split("value=\"").nth(1).and_then(|v| v.split('"').next()).context("a value")?;
    let form = page.form("/center/domains")?.with("domain", &news).with("alias_of", target);
    ada.browser.submit(&form).await?;
    set_up(&mut ada, &world, &news).await?;
    let path = draft.path.split('?').next().unwrap_or_default().to_owned();
    let page = writer.browser.open(&path).await?;
    ensure!(!page.words().contains("Nothing can be signed"), "{}", page.words());

    announce(&mut writer, "newsletter", "The letter of May").await?;
    let letter = announced(&world, &address("ada"), "The letter of May").await?;
    let of = |name: &str| field(&letter.message, name).with_context(|| format!("no {name}"));
    ensure!(of("From")?.contains(&format!("<letters@{news}>")), "{}", of("From")?);
    ensure!(of("Reply-To")?.contains(&format!("support@{DOMAIN}")), "{}", of("Reply-To")?);
    ensure!(letter.from.starts_with("returns+") && letter.from.ends_with(&news), "{}", letter.from);
    ensure!(
        of("DKIM-Signature")?.replace(' ', "").contains(&format!("d={news};")),
        "{}",
        of("DKIM-Signature")?
    );
    signatures_hold(&world, &letter.message).await?;

    // What is always sent stays with the house's own domain.
    let mut visitor = world.visitor()?;
    let form = visitor.open("/reset").await?.form("/reset")?.with("login", &address("ada"));
    visitor.submit(&form.with("email", &address("ada"))).await?;
    world.mailed_link(&address("ada"), "/reset/new").await?;
    let reset = world.sink.taken().into_iter().next_back().context("a message")?;
    ensure!(String::from_utf8_lossy(&reset.message).contains(&format!("<support@{DOMAIN}>")));

    report(&world, &letter.from, "5.1.1", "550 5.1.1 User unknown").await?;
    let page = announce(&mut writer, "newsletter", "The letter of June").await?;
    ensure!(page.words().contains("Nobody would get it now"), "{}", page.words());
    world.installation.stop().await
}
