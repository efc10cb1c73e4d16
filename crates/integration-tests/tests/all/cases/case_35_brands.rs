//! Case 35: Two customers of one reseller see the reseller's name, server address, terms and invoices, not ours; on pages, papers and in messages.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::pages::Page;
use mailkeep_integration_tests::sink::Taken;

use super::case_19_hand_over::example_catalogue;
use crate::on_both_engines;

on_both_engines!(case_35_customers_of_a_reseller_see_the_reseller);

const HOST: &str = "www.harbour.example";
const RESELLER: &str = r#"
[tls]
names = ["www.harbour.example"]
[[commerce.brand]]
key = "harbour"
name = "Harbour Mail"
hosts = ["www.harbour.example"]
mail_host = "mail.harbour.example"
plans = ["business"]
[commerce.brand.seller]
name = "Harbour Mail Limited"
address = ["1 Quay Street", "Harbourtown"]
country = "IE"
email = "billing@harbour.example"
[commerce.brand.invoices]
series = "HM"
credit_note_series = "HMC"
"#;

/// That a page speaks of the reseller and not of the house.
fn check_page(page: &Page, what: &str, parts: &[&str]) -> Result<()> {
    let words = page.words();
    for part in parts {
        anyhow::ensure!(words.contains(part), "{what} does not say {part}: {words}");
    }
    // The head and the foot of each page bear the name, too.
    anyhow::ensure!(!words.contains("Mailkeep"), "{what} names the house: {words}");
    anyhow::ensure!(!words.contains("mail.mailkeep.example"), "{what} names our server: {words}");
    Ok(())
}

/// That every message to somebody so far comes in the reseller's name, leads to its site and does not speak of the house.
fn check_mails(world: &World, to: &str) -> Result<usize> {
    let theirs = |mail: &Taken| mail.to.iter().any(|address| address == to);
    let mails: Vec<Taken> = world.sink.taken().into_iter().filter(theirs).collect();
    for mail in &mails {
        let text = String::from_utf8_lossy(&mail.message).replace("=\r\n", "");
        let (head, body) = text.split_once("\r\n\r\n").context("a head")?;
        let named = head.contains("From: \"Harbour Mail\" <") && head.contains("billing@harbour.example");
        anyhow::ensure!(named, "the message is not in the reseller's name: {head}");
        let body = body.to_lowercase();
        anyhow::ensure!(!body.contains("mailkeep"), "the message names the house: {head}\n\n{body}");
        anyhow::ensure!(body.contains("harbour mail"), "the message does not name the reseller: {body}");
        for (at, _) in body.match_indices("https://") {
            let link: String = body[at..].chars().take(60).collect();
            anyhow::ensure!(link.starts_with(&format!("https://{HOST}")), "a link leads to {link}");
        }
    }
    Ok(mails.len())
}

/// Orders at the reseller's site, pays, and gives the page of the invoice.
async fn buy(world: &World, person: &mut Person, domain: &str, street: &str) -> Result<Page> {
    let shop = person.browser.open("/order").await?;
    check_page(&shop, "the shop", &["Harbour Mail", "Business"])?;
    let billed = [
        ("plan", "business"),
        ("term", "monthly"),
        ("street", street),
        ("country", "IE"),
        ("region", ""),
        ("language", "de"),
    ];
    let to_payment = person.place_order(domain, 5, &billed).await?;
    // The processor's page is somebody else's site, as the sandbox's is at the house; here it is opened on this one.
    let at = to_payment.path.splitn(4, '/').nth(3).context("the payment page")?;
    let form = person.browser.open(&format!("/{at}")).await?.form("/sandbox")?.with("outcome", "approve");
    let paid = person.browser.submit(&form).await?;
    anyhow::ensure!(paid.status.is_success(), "{} {}", paid.path, paid.words());
    person.prove_domain(world, domain).await?;
    let invoices = person.browser.open("/center/invoices").await?;
    check_page(&invoices, "the list of invoices", &["HM-"])?;
    let of_invoice = |link: &String| link.starts_with("/center/invoices/") && !link.ends_with("/pdf");
    let link = invoices.links().into_iter().find(of_invoice).context("an invoice")?;
    let page = person.browser.open(&link).await?;
    let drawn = person.wait_for_page(&format!("{link}/pdf"), |page| page.body.starts_with(b"%PDF")).await?;
    // The document says of itself, uncompressed, who wrote it and in which language.
    for said in ["Harbour Mail Limited", "Rechnung HM-"] {
        let is_there = drawn.body.windows(said.len()).any(|part| part == said.as_bytes());
        anyhow::ensure!(is_there, "the document does not say {said}");
    }
    Ok(page)
}

async fn case_35_customers_of_a_reseller_see_the_reseller(setup: Setup) -> Result<()> {
    let setup = Setup { more: format!("{}\n{}{RESELLER}", setup.more, example_catalogue()), ..setup };
    let mut world = World::start(setup, None).await?;
    let mut staff = Colleague::enrol(&world, "rosalind", &["billing"]).await?;
    let form = staff.browser.open("/console/catalogue/terms").await?.form("/console/catalogue/terms")?;
    let terms = "# Terms of the harbour\n\nThe quay closes at six.";
    for (brand, title, body) in
        [("harbour", "Terms of Harbour Mail", terms), ("", "Terms of the house", "# Ours\n\nWe never close.")]
    {
        let form = form.clone().with("brand", brand).with("title", title).with("body", body);
        let page = staff.browser.submit(&form.with("notice", "day_after")).await?;
        anyhow::ensure!(page.words().contains(title), "{} {}", page.status, page.words());
    }

    let mut numbers = Vec::new();
    for (name, mailbox, street) in
        [("Bo Sample", "bo", "1 Sample Street"), ("Cy Sample", "cy", "4 Another Road")]
    {
        let browser = world.visitor_at(HOST)?;
        let email = format!("{mailbox}@people.example");
        let mut person = Person::register_in(&world, browser, name, &email).await?;
        let domain = format!("{mailbox}-shop.example");
        let invoice = buy(&world, &mut person, &domain, street).await?;
        check_page(&invoice, "the invoice", &["HM-", "Harbour Mail Limited"])?;
        let number =
            invoice.words().split_whitespace().find(|word| word.starts_with("HM-")).map(str::to_owned);
        numbers.push(number.context("a number")?);
        person.make_mailbox(mailbox, &domain).await?;
        let mailboxes = person.browser.open("/center/mailboxes").await?.links();
        let of_mailbox = |link: &&String| link.starts_with("/center/mailboxes/") && link.len() > 40;
        let link = mailboxes.iter().find(of_mailbox).context("the mailbox")?;
        let link = link.trim_end_matches("/set-up");
        let set_up = person.browser.open(&format!("{link}/set-up")).await?;
        check_page(&set_up, "the set-up", &["mail.harbour.example"])?;
        let terms = person.browser.open("/terms").await?;
        check_page(&terms, "the terms", &["The quay closes at six."])?;
        let missing = person.browser.get("/no-such-page").await?;
        anyhow::ensure!(missing.status.as_u16() == 404, "{}", missing.status);
        check_page(&missing, "the page of what is not there", &["Harbour Mail Limited"])?;
        world.mailed_word(&email, |word| word.contains("HM-")).await.context("the mail of the invoice")?;
        // Of the address, the order, the domain, the mailbox and the invoice.
        let mails = check_mails(&world, &email)?;
        anyhow::ensure!(mails >= 4, "{mails} mails came");
    }
    anyhow::ensure!(numbers == ["HM-000001", "HM-000002"], "{numbers:?}");

    // Who buys from the house sees the house, and its own series of numbers.
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order("ada-shop.example", 1, "approve").await?;
    let invoices = ada.wait_for_page("/center/invoices", |page| page.words().contains("-000001")).await?;
    anyhow::ensure!(!invoices.words().contains("HM-") && invoices.words().contains("Mailkeep"));
    let terms = ada.browser.open("/terms").await?.words();
    anyhow::ensure!(terms.contains("We never close") && !terms.contains("quay"), "{terms}");
    anyhow::ensure!(check_mails(&world, &ada.email).is_err(), "the house wrote in the reseller's name");
    world.installation.stop().await
}
