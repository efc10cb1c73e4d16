//! Tickets by mail on the real binary, over real SMTP: a contact's letter is the customer's, its answer goes out with marks and
//! comes back into the ticket; attacks land beside it; a stranger is answered; machines are not.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::choosing::field;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::mail::hand_in;
use mailkeep_integration_tests::sink::Taken;

use crate::on_both_engines;

const SUPPORT: &str = "support@mailkeep.example";
const ADA: &str = "ada@people.example";

on_both_engines!(letters_become_tickets_and_answers_come_back);

/// A letter to support or to the address that a letter of ours named.
async fn write(world: &World, from: &str, to: &str, subject: &str, head: &str, text: &str) -> Result<()> {
    let letter = format!(
        "From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{}@there.example>\r\n{head}\r\n{text}\r\n",
        subject.replace(|c: char| !c.is_ascii_alphanumeric(), "-"),
    );
    hand_in(world.installation.address("mx"), from, to, &letter).await
}

/// The newest mail to an address whose subject holds a word.
async fn mail(world: &World, to: &str, word: &str) -> Result<Taken> {
    let found = world.sink.wait_for(SOON, |mail| {
        let subject = field(&mail.message, "Subject").unwrap_or_default();
        mail.to.iter().any(|t| t == to) && subject.contains(word)
    });
    found.await.with_context(|| format!("a mail to {to} about {word}"))
}

/// The number in the subject of a mail.
fn number(mail: &Taken) -> Result<String> {
    let subject = field(&mail.message, "Subject").context("a subject")?;
    let number = subject.split(['[', ']']).nth(1).context("a number")?;
    Ok(number.to_owned())
}

/// The page of a ticket, by its number.
async fn page_of(tessa: &mut Colleague, number: &str) -> Result<String> {
    let form = tessa.browser.open("/console/tickets").await?.form_to("/console/tickets/find")?;
    let page = tessa.browser.submit(&form.with("q", number)).await?;
    let path = page.path.split('?').next().unwrap_or_default().to_owned();
    ensure!(path.starts_with("/console/tickets/"), "{} {}", page.path, page.words());
    Ok(path)
}

/// The tickets of a department.
async fn of_department(tessa: &mut Colleague, department: &str) -> Result<Vec<String>> {
    let queue = tessa.browser.open(&format!("/console/tickets?view=all&department={department}")).await?;
    Ok(queue.links().into_iter().filter(|link| link.starts_with("/console/tickets/")).collect())
}

async fn letters_become_tickets_and_answers_come_back(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    world.dns.txt("people.example", "v=spf1 ip4:127.0.0.1 -all");
    world.dns.mx("far.example", 10, "sink.example.");
    let mut ada = Person::register(&world, "Ada Example", ADA).await?;
    ada.order("letter-shop.example", 1, "approve").await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;

    // A contact's letter is a ticket of the customer; both see it, and who wrote is told its number.
    let text = "The aardvark sends no mail.\r\n\r\n-- \r\nAda Example\r\nAardvark Keeper\r\n";
    write(&world, ADA, SUPPORT, "Aardvark silent", "", text).await?;
    let told = mail(&world, ADA, "We have your letter").await?;
    let first = number(&told)?;
    ensure!(
        field(&told.message, "Auto-Submitted").as_deref() == Some("auto-generated"),
        "marked as a machine's"
    );
    let list = ada.browser.open("/center/tickets").await?;
    ensure!(list.words().contains("Aardvark silent") && list.words().contains(&first), "{}", list.words());
    let at = page_of(&mut tessa, &first).await?;
    let page = tessa.browser.open(&at).await?;
    ensure!(page.words().contains("The aardvark sends no mail."), "{}", page.words());
    ensure!(page.words().contains("the address is proven"), "{}", page.words());
    ensure!(page.words().contains("Show the whole letter"), "{}", page.words());
    let link = page.links().into_iter().find(|link| link.contains("/letters/")).context("the original")?;
    let original = tessa.browser.open(&link).await?;
    ensure!(original.text().contains("Subject: Aardvark silent"), "{}", original.text());

    // The answer of staff goes out as an answer to the letter, and the answer to it comes back by its token.
    let form =
        page.form("/reply")?.with("words", "Is the zoo's DNS well?\nLook at its MX.").with("how", "ask");
    tessa.browser.submit(&form).await?;
    let answer = mail(&world, ADA, "Aardvark silent").await?;
    let head = |name: &str| field(&answer.message, name).with_context(|| format!("{name} in the answer"));
    ensure!(head("In-Reply-To")?.contains("Aardvark-silent@there.example"), "{}", head("In-Reply-To")?);
    let back = head("Reply-To")?.trim_matches(['<', '>', ' ']).to_owned();
    ensure!(back.starts_with("support+") && head("From")?.contains(SUPPORT), "{back}");
    write(
        &world,
        ADA,
        &back,
        "Re: it",
        "",
        "The MX is gone.\r\n\r\nOn Monday support wrote:\r\n> Is it well?",
    )
    .await?;
    let page = ada.browser.open(&at.replace("/console/", "/center/")).await?;
    ensure!(page.words().contains("The MX is gone."), "{}", page.words());

    // Forged and foreign references land beside it, and the ticket has its three entries still.
    let signed = head("Message-ID")?.trim_matches(['<', '>']).to_owned();
    let mallory = "mallory@far.example";
    for (from, to, subject, more) in [
        (mallory, SUPPORT, format!("Re: [{first}] Aardvark one"), String::new()),
        (mallory, &*back, "Aardvark two".to_owned(), String::new()),
        (mallory, SUPPORT, "Aardvark three".to_owned(), format!("In-Reply-To: <{signed}>\r\n")),
        (
            ADA,
            SUPPORT,
            "Aardvark four".to_owned(),
            format!("In-Reply-To: <{}>\r\n", signed.replacen("desk.", "desk.a", 1)),
        ),
    ] {
        write(&world, from, to, &subject, &more, "Let me in.").await?;
    }
    let page = tessa.browser.open(&at).await?;
    ensure!(!page.words().contains("Let me in."), "{}", page.words());
    let told = mail(&world, mallory, "We have your letter").await?;
    let beside = page_of(&mut tessa, &number(&told)?).await?;
    let page = tessa.browser.open(&beside).await?;
    ensure!(page.words().contains("takes no part") && page.words().contains(&first), "{}", page.words());
    ensure!(
        page.words().contains("Somebody without an account") && page.text().contains(mallory),
        "{}",
        page.words()
    );

    // A copy is no second letter; a machine's letter is a ticket and gets no answer.
    let before = world.sink.taken().len();
    write(&world, ADA, SUPPORT, "Aardvark silent", "", text).await?;
    write(&world, "bot@far.example", SUPPORT, "I am away", "Auto-Submitted: auto-replied\r\n", "Until May.")
        .await?;
    let queue = tessa.browser.open("/console/tickets?view=all").await?;
    ensure!(
        queue.links().iter().filter(|link| link.starts_with("/console/tickets/")).count() == 6,
        "{}",
        queue.words()
    );

    // A stranger is answered, and their answer by the number goes on with the ticket.
    write(&world, "zoe@far.example", SUPPORT, "Prices", "", "How much?").await?;
    let told = mail(&world, "zoe@far.example", "We have your letter").await?;
    let theirs = page_of(&mut tessa, &number(&told)?).await?;
    let form = tessa
        .browser
        .open(&theirs)
        .await?
        .form("/reply")?
        .with("words", "Ten a month.")
        .with("how", "answer");
    tessa.browser.submit(&form).await?;
    let answer = mail(&world, "zoe@far.example", "Prices").await?;
    ensure!(String::from_utf8_lossy(&answer.message).contains("Ten a month."), "the words go out");
    write(&world, "zoe@far.example", SUPPORT, &format!("Re: [{}] Prices", number(&told)?), "", "Thanks.")
        .await?;
    let page = tessa.browser.open(&theirs).await?;
    ensure!(page.words().contains("Thanks.") && page.words().contains("nothing proves"), "{}", page.words());
    let since: Vec<String> =
        world.sink.taken().iter().skip(before).flat_map(|mail| mail.to.clone()).collect();
    ensure!(!since.iter().any(|to| to == "bot@far.example"), "a machine was answered");

    // What every mail server has (RFC 2142, RFC 5321 section 4.5.1) leads to the desk without being set up.
    for (to, department, text) in [
        ("abuse@mailkeep.example", "abuse", "Junk comes from you."),
        ("postmaster", "support", "Mail comes back."),
    ] {
        let before = of_department(&mut tessa, department).await?;
        write(&world, "zoe@far.example", to, "To the house", "", text).await?;
        let after = of_department(&mut tessa, department).await?;
        let new: Vec<&String> = after.iter().filter(|link| !before.contains(link)).collect();
        ensure!(new.len() == 1, "{department}: {before:?} {after:?}");
        let page = tessa.browser.open(new[0]).await?;
        ensure!(page.words().contains(text), "{}", page.words());
    }
    world.installation.stop().await
}
