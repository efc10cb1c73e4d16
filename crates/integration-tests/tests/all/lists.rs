//! Distribution lists with members elsewhere: they say themselves that they want it, and leave with one click. What five hundred
//! of them want passes without anybody's word; what nobody asked for is not sent.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::choosing::{Program, field, one_click_path};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, SOON, World, link_in};
use mailkeep_integration_tests::mail::{Imap, hand_in, submit_and_hear};
use mailkeep_integration_tests::pages::Page;
use mailkeep_integration_tests::sink::Taken;

use crate::experiments::e08_one_click::signatures_hold;
use crate::on_both_engines;
use crate::outside_clients::publish_dkim;

on_both_engines!(a_consented_newsletter_of_five_hundred_passes_without_staff);
on_both_engines!(a_new_customer_asks_no_more_than_its_tier_and_nobody_twice);

const LONG: &str =
    "[identity.session]\nidle_minutes = 1000000\nabsolute_hours = 20000\nrecent_password_minutes = 15\n";
const DOMAIN: &str = "consented-shop.example";
const DAY: Duration = Duration::from_secs(24 * 3600 + 600);
const LATER: Duration = Duration::from_secs(180);
const FORM: &str = "application/x-www-form-urlencoded";

fn reader(number: usize) -> String {
    format!("reader-{number}@remote.example")
}

/// Makes a list; gives its page.
async fn make_list(owner: &mut Person, local: &str) -> Result<Page> {
    let form = owner.browser.open("/center/lists").await?.form_to("/center/lists")?.with("local", local);
    let page = owner.browser.submit(&form).await?;
    anyhow::ensure!(page.status.is_success() && page.path.starts_with("/center/lists/"), "{}", page.words());
    Ok(page)
}

/// Asks these; gives the page that answers.
async fn ask(owner: &mut Person, list: &str, addresses: &[String]) -> Result<Page> {
    let form = owner.browser.open(list).await?.form_to(&format!("{list}/guests"))?;
    owner.browser.submit(&form.with("addresses", &addresses.join("\n"))).await
}

/// The path of the link that each was mailed; nothing else was mailed to readers yet.
async fn invitations(world: &World, count: usize) -> Result<BTreeMap<usize, String>> {
    let to_reader = |mail: &Taken| -> Option<usize> {
        let number = mail.to.first()?.strip_prefix("reader-")?;
        number.strip_suffix("@remote.example")?.parse().ok()
    };
    let there = |taken: &[Taken]| taken.iter().filter(|mail| to_reader(mail).is_some()).count() >= count;
    world.sink.wait_for_all(LATER, there).await.context("the invitations")?;
    let taken = world.sink.taken();
    let links: BTreeMap<usize, String> = taken
        .iter()
        .filter_map(|mail| Some((to_reader(mail)?, link_in(&mail.message, "/lists/")?)))
        .collect();
    anyhow::ensure!(links.len() == count, "{} links", links.len());
    Ok(links)
}

/// The copies of a message, by reader.
fn copies(world: &World, subject: &str) -> BTreeMap<String, Vec<Taken>> {
    let mut copies: BTreeMap<String, Vec<Taken>> = BTreeMap::new();
    for mail in world.sink.taken() {
        if field(&mail.message, "Subject").as_deref() == Some(subject) {
            for to in mail.to.clone() {
                copies.entry(to).or_default().push(mail.clone());
            }
        }
    }
    copies
}

/// Waits until so many readers have a message, once each and by a transaction of their own.
async fn all_have(world: &World, subject: &str, readers: usize) -> Result<BTreeMap<String, Vec<Taken>>> {
    let from = format!("news+bounces@{DOMAIN}");
    let title = format!("Subject: {subject}\r\n");
    let is_copy = |mail: &&Taken| {
        mail.from == from && mail.message.windows(title.len()).any(|part| part == title.as_bytes())
    };
    let sent = |taken: &[Taken]| taken.iter().filter(|mail| mail.from == from).count();
    let before = world.sink.taken().iter().filter(|mail| mail.from == from && !is_copy(mail)).count();
    let there = |taken: &[Taken]| sent(taken) >= before + readers;
    world.sink.wait_for_all(LATER, there).await.context(subject.to_owned())?;
    let copies = copies(world, subject);
    anyhow::ensure!(copies.len() == readers, "{} readers have {subject}", copies.len());
    anyhow::ensure!(copies.values().all(|mails| mails.len() == 1 && mails[0].to.len() == 1), "more than one");
    Ok(copies)
}

fn letter(subject: &str) -> String {
    let words: Vec<String> = (0..90).map(|word| format!("{}{word}", subject.replace(' ', ""))).collect();
    let lines: Vec<String> = words.chunks(9).map(|line| line.join(" ")).collect();
    format!("From: ada@{DOMAIN}\r\nTo: news@{DOMAIN}\r\nSubject: {subject}\r\n\r\n{}\r\n", lines.join("\r\n"))
}

async fn a_consented_newsletter_of_five_hundred_passes_without_staff(setup: Setup) -> Result<()> {
    let mut world = World::start(Setup { more: format!("{}\n{LONG}", setup.more), ..setup }, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order_billed(DOMAIN, 2, "approve", &[("plan", "business"), ("term", "monthly")]).await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let path = ada.domain_page(DOMAIN).await?;
    let page = ada.wait_for_page(&path, |page| page.form("/prove").is_err()).await?;
    publish_dkim(&world, DOMAIN, &page.text());
    let password = ada.make_mailbox("ada", DOMAIN).await?;
    let user = format!("ada@{DOMAIN}");
    world.installation.advance(Duration::from_secs(32 * 86_400)).await?;
    world.installation.kill().await?;
    world.installation.start().await?;

    let page = make_list(&mut ada, "news").await?;
    let list = page.path.split('?').next().context("a path")?.to_owned();
    let page = ada.browser.submit(&page.form_to(&format!("{list}/mailboxes"))?).await?;
    anyhow::ensure!(page.words().contains("The mailbox is on the list"), "{}", page.words());
    // A trusted customer asks two hundred a day, a hundred at once.
    for first in [0, 100, 200, 300, 400] {
        let addresses: Vec<String> = (first..first + 100).map(reader).collect();
        let page = ask(&mut ada, &list, &addresses).await?;
        anyhow::ensure!(page.words().contains("100 invitations are on their way"), "{}", page.words());
        // They are all on their way before the clock jumps.
        invitations(&world, first + 100).await?;
        if first % 200 == 100 {
            let page = ask(&mut ada, &list, &[reader(first + 100)]).await?;
            anyhow::ensure!(
                page.status == 422 && page.words().contains("200 invitations"),
                "{}",
                page.words()
            );
            world.installation.advance(DAY).await?;
        }
    }
    ask(&mut ada, &list, &[reader(500)]).await?;
    let links = invitations(&world, 501).await?;
    let program = Program::new(&world)?;

    // What scanners do changes nothing; what says nothing is refused.
    for whole in [true, false, true] {
        let looked = program.look(&links[&0], whole).await?;
        anyhow::ensure!(looked.status() == 200 && !looked.headers().contains_key("set-cookie"));
        let said = looked.text().await?;
        anyhow::ensure!(!said.contains("reader-0") && !said.contains("Ada Example"), "it says who");
    }
    anyhow::ensure!(program.post(&links[&0], FORM, "a=b").await?.status() == 400);
    let page = ada.browser.open(&list).await?.words();
    anyhow::ensure!(page.contains("Joined 0 Asked 501 Left 0"), "{page}");

    // One joins as a person does; the others by the same act, without a browser.
    let mut vera = world.visitor()?;
    let form = vera.open(&links[&0]).await?.form("/lists/")?;
    let page = vera.submit(&form).await?;
    anyhow::ensure!(page.status == 200 && page.words().contains("You have joined"), "{}", page.words());
    for number in 1..500 {
        let answer = program.post(&links[&number], FORM, "act=join").await?;
        anyhow::ensure!(answer.status() == 200, "{number}: {}", answer.status());
    }
    let page = ada.browser.open(&list).await?.words();
    anyhow::ensure!(page.contains("Joined 500 Asked 1 Left 0"), "{page}");

    let server = world.server("submissions");
    let news = format!("news@{DOMAIN}");
    let said = submit_and_hear(&server, &user, &password, &[&news], &letter("Issue one")).await?;
    anyhow::ensure!(!said.contains("held"), "{said}");
    let copies = all_have(&world, "Issue one", 500).await?;
    anyhow::ensure!(!copies.contains_key(&reader(500)), "who was only asked got it");
    let mut imap = Imap::sign_in(&server_of(&world), &user, &password).await?;
    imap.command("SELECT INBOX").await?;
    imap.wait_for("SUBJECT \"Issue one\"", SOON).await?;
    // Whoever knows the address and nothing more reaches nobody by it.
    let mx = world.installation.address("mx");
    let forged = letter("Issue forged");
    for sender in ["stranger@remote.example", &reader(500), &user] {
        let refused = hand_in(mx, sender, &news, &forged).await;
        anyhow::ensure!(
            refused.as_ref().is_err_and(|error| format!("{error:#}").contains("5.7.1")),
            "{sender}: {refused:?}"
        );
    }
    let page = ada.browser.open(&list).await?;
    let form = page.form_to(&format!("{list}/writers"))?;
    anyhow::ensure!(form.fields.get("writers").is_some_and(|writers| writers == "members"), "{form:?}");
    let page = ada.browser.submit(&form.with("writers", "inside")).await?;
    anyhow::ensure!(page.words().contains("It counts from now on"), "{}", page.words());
    looks_right(&world, &copies[&reader(7)][0]).await?;
    let ways_out: std::collections::BTreeSet<String> =
        copies.values().map(|mails| one_click_path(&mails[0].message)).collect::<Result<_>>()?;
    anyhow::ensure!(ways_out.len() == 500, "each has a way out of their own: {}", ways_out.len());

    // One click, in either form, and the next message does not go there; looking at the link does nothing.
    let path = |number: usize| one_click_path(&copies[&reader(number)][0].message);
    for whole in [true, false] {
        program.look(&path(3)?, whole).await?;
    }
    program.one_click(&path(1)?, false).await?;
    program.one_click(&path(2)?, true).await?;
    program.one_click(&path(2)?, false).await?;
    submit_and_hear(&server, &user, &password, &[&news], &letter("Issue two")).await?;
    let second = all_have(&world, "Issue two", 498).await?;
    anyhow::ensure!(!second.contains_key(&reader(1)) && !second.contains_key(&reader(2)));
    let page = ada.browser.open(&format!("{list}?state=left")).await?;
    anyhow::ensure!(page.text().contains(&reader(1)) && page.text().contains(&reader(2)), "{}", page.words());
    // They come back by the link in the last message, and by nobody else's word.
    let page = ask(&mut ada, &list, &[reader(600), reader(1)]).await?;
    anyhow::ensure!(
        page.status == 422 && page.words().contains("Line 2: this person left"),
        "{}",
        page.words()
    );
    anyhow::ensure!(program.post(&path(1)?, FORM, "act=join").await?.status() == 200);
    submit_and_hear(&server, &user, &password, &[&news], &letter("Issue three")).await?;
    let third = all_have(&world, "Issue three", 499).await?;
    anyhow::ensure!(third.contains_key(&reader(1)) && !third.contains_key(&reader(2)));
    world.installation.stop().await
}

fn server_of(world: &World) -> mailkeep_integration_tests::mail::Server {
    world.server("imaps")
}

/// The head says what list it is and how to leave; the author's signature holds, and the one that covers the way out.
async fn looks_right(world: &World, copy: &Taken) -> Result<()> {
    let one = |name: &str| field(&copy.message, name).with_context(|| format!("no {name}"));
    anyhow::ensure!(one("List-Id")? == format!("<news.{DOMAIN}>"), "{}", one("List-Id")?);
    anyhow::ensure!(one("List-Post")? == format!("<mailto:news@{DOMAIN}>"), "{}", one("List-Post")?);
    anyhow::ensure!(one("Precedence")? == "list");
    anyhow::ensure!(one("List-Unsubscribe-Post")? == "List-Unsubscribe=One-Click");
    anyhow::ensure!(one("List-Unsubscribe")?.starts_with("<https://"), "{}", one("List-Unsubscribe")?);
    anyhow::ensure!(copy.from == format!("news+bounces@{DOMAIN}"), "{}", copy.from);
    let signature = one("DKIM-Signature")?.to_ascii_lowercase().replace(' ', "");
    let signed = signature.split(';').find_map(|part| part.strip_prefix("h=")).context("no h=")?;
    for name in ["list-unsubscribe", "list-unsubscribe-post", "list-id"] {
        anyhow::ensure!(signed.split(':').any(|field| field == name), "{name} is not signed: {signed}");
    }
    let text = String::from_utf8_lossy(&copy.message);
    anyhow::ensure!(text.matches("DKIM-Signature:").count() == 4, "{text}");
    anyhow::ensure!(text.ends_with(letter("Issue one").split("\r\n\r\n").nth(1).context("a body")?));
    signatures_hold(world, &copy.message).await
}

async fn a_new_customer_asks_no_more_than_its_tier_and_nobody_twice(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ben = Person::register(&world, "Ben Example", "ben@people.example").await?;
    ben.order_billed(DOMAIN, 2, "approve", &[("plan", "business"), ("term", "monthly")]).await?;
    ben.prove_domain(&world, DOMAIN).await?;
    ben.make_mailbox("ben", DOMAIN).await?;
    let page = make_list(&mut ben, "news").await?;
    let list = page.path.split('?').next().context("a path")?.to_owned();
    let many: Vec<String> = (0..21).map(reader).collect();
    let page = ask(&mut ben, &list, &many).await?;
    anyhow::ensure!(
        page.status == 422 && page.words().contains("20 invitations in 24 hours"),
        "{}",
        page.words()
    );
    let page = ask(&mut ben, &list, &["x@remote.example".to_owned(), "nobody".to_owned()]).await?;
    anyhow::ensure!(page.status == 422 && page.words().contains("Line 2: that is no"), "{}", page.words());
    let page = ask(&mut ben, &list, &many[..20]).await?;
    anyhow::ensure!(page.words().contains("20 invitations are on their way"), "{}", page.words());
    // Neither another list nor making it anew gives more of them.
    let page = make_list(&mut ben, "offers").await?;
    let other = page.path.split('?').next().context("a path")?.to_owned();
    let page = ask(&mut ben, &other, &[reader(20)]).await?;
    anyhow::ensure!(
        page.status == 422 && page.words().contains("20 invitations in 24 hours"),
        "{}",
        page.words()
    );

    // Whoever refuses by the link of the invitation is not asked again, by no list of the customer.
    let links = invitations(&world, 20).await?;
    anyhow::ensure!(world.sink.taken().iter().all(|mail| !mail.to.contains(&reader(20))));
    let mut vera = world.visitor()?;
    let page = vera.open(&links[&5]).await?;
    anyhow::ensure!(page.words().contains(&format!("news@{DOMAIN}")), "{}", page.words());
    let refuse = page.forms().into_iter().find(|form| form.fields.contains_key("List-Unsubscribe"));
    let page = vera.submit(&refuse.context("a button to refuse")?).await?;
    anyhow::ensure!(page.status == 200 && page.words().contains("not asked again"), "{}", page.words());
    for path in [&list, &other] {
        let page = ask(&mut ben, path, &[reader(5)]).await?;
        let said = page.words();
        anyhow::ensure!(page.status == 422 && said.contains("Line 1: this person left"), "{said}");
    }
    // Somebody else's list is not there.
    let mut eve = Person::register(&world, "Eve Example", "eve@people.example").await?;
    eve.order("foreign-shop.example", 1, "approve").await?;
    anyhow::ensure!(eve.browser.get(&list).await?.status == 404);
    let page = ben.browser.open(&list).await?;
    let page = ben.browser.submit(&page.form_to(&format!("{list}/remove"))?).await?;
    anyhow::ensure!(page.words().contains("The list is removed"), "{}", page.words());
    let gone = vera.open(&links[&6]).await?;
    anyhow::ensure!(gone.words().contains("leads nowhere any more"), "{}", gone.words());
    world.installation.stop().await
}
