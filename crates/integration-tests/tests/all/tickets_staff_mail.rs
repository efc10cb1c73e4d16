//! Staff are told of tickets by mail and answer from there, over real SMTP: only from an address that they proved, whose domain says
//! that the letter is its own; anything else acts nowhere, and no words of a customer leave with what they are told.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::choosing::field;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::mail::hand_in;
use mailkeep_integration_tests::sink::Taken;

use crate::on_both_engines;

on_both_engines!(staff_are_told_by_mail_and_answer_from_there);

const ADA: &str = "ada@people.example";
const TESSA: &str = "tessa@staff.example";
const SECRET: &str = "the aardvark eats envelopes";

async fn mail(world: &World, to: &str, word: &str) -> Result<Taken> {
    let found = world.sink.wait_for(SOON, |mail| {
        let subject = field(&mail.message, "Subject").unwrap_or_default();
        mail.to.iter().any(|t| t == to) && subject.contains(word)
    });
    found.await.with_context(|| format!("a mail to {to} about {word}"))
}

fn told(world: &World) -> usize {
    let news = |mail: &&Taken| {
        let subject = field(&mail.message, "Subject").unwrap_or_default();
        mail.to.iter().any(|to| to == TESSA) && subject.contains("The customer wrote")
    };
    world.sink.taken().iter().filter(news).count()
}

/// A letter of Tessa's to where she was told from.
async fn answer(world: &World, to: &str, id: &str, text: &str) -> Result<()> {
    let letter = format!(
        "From: Tessa <{TESSA}>\r\nTo: {to}\r\nSubject: Re: news\r\nMessage-ID: <{id}@staff.example>\r\n\r\n{text}\r\n"
    );
    hand_in(world.installation.address("mx"), TESSA, to, &letter).await
}

async fn write(person: &mut Person, path: &str, words: &str) -> Result<()> {
    let form = person.browser.open(path).await?.form("/reply")?;
    let page = person.browser.submit(&form.with("words", words)).await?;
    ensure!(page.status.is_success() && page.words().contains(words), "{} {}", page.status, page.words());
    Ok(())
}

async fn staff_are_told_by_mail_and_answer_from_there(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    world.dns.txt("staff.example", "v=spf1 ip4:127.0.0.1 -all");
    world.dns.mx("staff.example", 10, "sink.example.");
    let mut ada = Person::register(&world, "Ada Example", ADA).await?;
    ada.order("told-shop.example", 1, "approve").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;

    // The link proves the address; looking at it changes nothing.
    let form = tessa.browser.open("/console/you").await?.form_to("/console/you/address")?;
    let page = tessa.browser.submit(&form.clone().with("email", "tessa")).await?;
    ensure!(page.words().contains("Enter an e-mail address"), "{}", page.words());
    let page = tessa.browser.submit(&form.with("email", TESSA)).await?;
    ensure!(page.words().contains("Waits for the link"), "{}", page.words());
    let link = world.mailed_link(TESSA, "/console/you/address").await?;
    let page = tessa.browser.open(&link).await?;
    ensure!(tessa.browser.open("/console/you").await?.words().contains("Waits for the link"));
    let page = tessa.browser.submit(&page.form_to("/console/you/address/prove")?).await?;
    ensure!(page.words().contains("Proven") && page.words().contains("staff.example"), "{}", page.words());

    // She takes a ticket, and is told once that its customer wrote, without a word of it.
    let form = ada.browser.open("/center/tickets/new").await?.form_to("/center/tickets")?;
    let form = form.with("subject", SECRET).with("words", "Since Monday.").with("priority", "normal");
    let page = ada.browser.submit(&form).await?;
    let asked = page.path.split('?').next().unwrap_or_default().to_owned();
    let queue = tessa.browser.open("/console/tickets?view=all").await?;
    let at = queue
        .links()
        .into_iter()
        .find(|link| link.len() == "/console/tickets/".len() + 36)
        .context("a ticket")?;
    let page = tessa.browser.open(&at).await?;
    let form = page.form("/assign")?.with("to", "");
    let html = page.text();
    let option = html.split("<option value=\"").skip(1).find(|option| option.contains(">tessa<"));
    let me = option.and_then(|option| option.split('"').next()).context("tessa among those to give it to")?;
    let page = tessa.browser.submit(&form.with("to", me)).await?;
    ensure!(page.status.is_success(), "{} {}", page.status, page.words());
    write(&mut ada, &asked, "It is still so.").await?;
    let news = mail(&world, TESSA, "The customer wrote").await?;
    let said = String::from_utf8_lossy(&news.message).into_owned();
    ensure!(!said.contains("aardvark") && !said.contains("still so") && !said.contains("Ada"), "{said}");
    write(&mut ada, &asked, "And now worse.").await?;
    let back = field(&news.message, "Reply-To").context("where to answer")?;
    let back = back.trim_matches(['<', '>']).to_owned();

    // Her answer goes to the customer, once, without what she quotes.
    let text =
        "#ask\r\nWhich domain is it?\r\n\r\nOn Monday, support wrote:\r\n> This ticket has news for you.\r\n";
    answer(&world, &back, "first", text).await?;
    answer(&world, &back, "first", text).await?;
    let got = mail(&world, ADA, SECRET).await?;
    let got = String::from_utf8_lossy(&got.message).into_owned();
    ensure!(got.contains("Which domain is it?"), "{got}");
    let page = ada.browser.open(&asked).await?;
    ensure!(page.words().matches("Which domain is it?").count() == 1, "{}", page.words());
    ensure!(!page.words().contains("#ask") && !page.words().contains("has news for you"), "{}", page.words());
    ensure!(told(&world) == 1, "told {} times before she looked", told(&world));

    // A note stays among colleagues; what is no order is not taken, and why is said.
    answer(&world, &back, "second", "#note\r\nTove knows him.\r\n").await?;
    ensure!(tessa.browser.open(&at).await?.words().contains("Tove knows him."));
    ensure!(!ada.browser.open(&asked).await?.words().contains("Tove knows him."));
    let refused = answer(&world, &back, "third", "#sovle\r\nDone.\r\n").await.err().context("taken")?;
    ensure!(format!("{refused:#}").contains("is no order"), "{refused:#}");

    // She looked, so the next news is told. From elsewhere nobody acts for her.
    write(&mut ada, &asked, "One more thing.").await?;
    for _ in 0..300 {
        if told(&world) == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    ensure!(told(&world) == 2, "told {} times", told(&world));
    world.dns.clear("staff.example");
    world.dns.txt("staff.example", "v=spf1 -all");
    world.installation.stop().await?;
    world.installation.start().await?;
    let _ = answer(&world, &back, "forged", "You get your money back.\r\n").await;
    let page = ada.browser.open(&asked).await?;
    ensure!(!page.words().contains("money back"), "{}", page.words());

    // In a ticket that is closed nothing is written.
    world.dns.clear("staff.example");
    world.dns.txt("staff.example", "v=spf1 ip4:127.0.0.1 -all");
    world.dns.mx("staff.example", 10, "sink.example.");
    world.installation.stop().await?;
    world.installation.start().await?;
    let page = tessa.browser.open(&at).await?;
    tessa.browser.submit(&page.form("/close")?).await?;
    let refused = answer(&world, &back, "late", "Too late.\r\n").await.err().context("taken")?;
    ensure!(format!("{refused:#}").contains("550"), "{refused:#}");
    world.installation.stop().await
}
