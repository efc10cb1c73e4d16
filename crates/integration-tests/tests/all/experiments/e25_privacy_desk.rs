//! Experiment 25: a letter to the privacy desk whose subject names the policy, however it is written, opens a case, starts its clock and
//! is acknowledged; all other mail there waits for a person and is not lost. Support sees none of it.

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::choosing::field;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::mail::hand_in;
use mailkeep_integration_tests::sink::Taken;
use mailkeep_integration_tests::stolen::Stolen;

use crate::on_both_engines;

const DESK: &str = "privacy@example.com";
const ADA: &str = "ada@people.example";

on_both_engines!(letters_to_the_privacy_desk_become_cases);

/// How people, and their programs, write it.
const CERTAIN: [&str; 12] = [
    "Privacy Policy",
    "privacy policy",
    "RE: PRIVACY POLICY",
    "Fwd: [members] About your Privacy-Policy!",
    "=?utf-8?q?Priv=61cy=20Policy?=",
    "=?utf-8?b?UHJpdmFjeQ==?= =?utf-8?b?IFBvbGljeQ==?=",
    "Privacy \t    Policy",
    "Question on the privacy\r\n  policy of yours",
    "P r i v a c y   P o l i c y",
    "=?utf-8?q?Datenschutzerkl=C3=A4rung?=",
    "=?iso-8859-1?q?Pol=EDtica_de_privacidad?=",
    "=?utf-8?b?77yw772S772J772W772B772D772ZIFBvbGljeQ==?=",
];

/// What a person has to read first.
const OTHERS: [&str; 4] = ["Private policing", "My invoice", "Policy", ""];

async fn write(world: &World, from: &str, to: &str, subject: &str, text: &str) -> Result<()> {
    let id = from.replace('@', ".");
    let letter = format!(
        "From: {from}\r\nTo: {to}\r\nSubject: {subject}\r\nMessage-ID: <{id}@there.example>\r\n\r\n{text}\r\n"
    );
    hand_in(world.installation.address("mx"), from, to, &letter).await
}

async fn mail(world: &World, to: &str, word: &str) -> Result<Taken> {
    let found = world.sink.wait_for(SOON, |mail| {
        let subject = field(&mail.message, "Subject").unwrap_or_default();
        mail.to.iter().any(|t| t == to) && subject.contains(word)
    });
    found.await.with_context(|| format!("a mail to {to} about {word}"))
}

async fn letters_to_the_privacy_desk_become_cases(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    world.dns.txt("people.example", "v=spf1 ip4:127.0.0.1 -all");
    world.dns.mx("far.example", 10, "sink.example.");
    let mut ada = Person::register(&world, "Ada Example", ADA).await?;
    let mut petra = Colleague::enrol(&world, "petra", &["privacy_officer"]).await?;
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;

    for (n, subject) in CERTAIN.iter().enumerate() {
        write(&world, &format!("certain{n}@far.example"), DESK, subject, "What do you hold?").await?;
    }
    for (n, subject) in OTHERS.iter().enumerate() {
        write(&world, &format!("other{n}@far.example"), DESK, subject, "Please read this.").await?;
    }

    // Each is told: the one of a case with its term, the other that a letter came.
    for (n, subject) in CERTAIN.iter().enumerate() {
        let told = mail(&world, &format!("certain{n}@far.example"), "request about your data").await;
        let told = told.with_context(|| format!("{subject:?} is no case"))?;
        let text = String::from_utf8_lossy(&told.message).replace("=\r\n", "");
        ensure!(text.contains("A privacy officer answers it by 20"), "{text}");
    }
    for n in 0..OTHERS.len() {
        mail(&world, &format!("other{n}@far.example"), "We have your letter").await?;
    }
    let queue = petra.browser.open("/console/privacy-cases?view=unread").await?;
    let listed = queue.links().into_iter().filter(|link| link.starts_with("/console/privacy-cases/"));
    ensure!(listed.count() == CERTAIN.len() + OTHERS.len(), "{}", queue.words());
    let books = Stolen::of(&world.installation).await?;
    let terms: Vec<i64> = books
        .column("SELECT answer_due - received_at FROM privacy_cases WHERE certain = 1".to_owned())
        .await?;
    let month = 30 * 86_400 * 1_000_000_i64;
    ensure!(terms.len() == CERTAIN.len() && terms.iter().all(|term| *term >= month), "{terms:?}");

    // It can be followed without an account, by its link alone.
    let link = world.mailed_link("certain0@far.example", "/privacy/cases/").await?;
    let mut visitor = world.visitor()?;
    let page = visitor.open(&link).await?;
    ensure!(page.words().contains("a privacy officer will read it"), "{}", page.words());
    ensure!(!page.text().contains("What do you hold?"), "{}", page.words());
    let (start, token) = link.rsplit_once('/').context("a link")?;
    let guessed = format!("{start}/{}", token.chars().rev().collect::<String>());
    ensure!(visitor.get(&guessed).await?.status.as_u16() == 404, "a guessed link opens a case");

    // Support sees none of it, by no way.
    let all = tessa.browser.open("/console/tickets?view=all").await?;
    ensure!(!all.links().iter().any(|link| link.starts_with("/console/tickets/")), "{}", all.words());
    let one = queue.links().into_iter().find(|link| link.starts_with("/console/privacy-cases/"));
    let one = one.context("a case")?;
    for path in [&*one, &one.replace("privacy-cases", "tickets"), "/console/privacy-cases"] {
        let page = tessa.browser.get(path).await?;
        ensure!(page.status.is_client_error() && !page.text().contains("hold?"), "{path}: {}", page.words());
    }

    // A proven letter of a person with an account is that person's own: their record says who read it.
    write(&world, ADA, DESK, "Re: Privacy Policy", "What do you hold about me?").await?;
    mail(&world, ADA, "request about your data").await?;
    let own = ada.browser.open("/center/privacy/cases").await?;
    let link =
        own.links().into_iter().find(|link| link.starts_with("/center/privacy/cases/")).context("hers")?;
    let hers = link
        .split('?')
        .next()
        .unwrap_or_default()
        .replace("/center/privacy/cases/", "/console/privacy-cases/");
    let page = petra.browser.open(&hers).await?;
    ensure!(page.words().contains("What do you hold about me?"), "{}", page.words());
    let uses = ada.browser.open("/center/privacy/uses?user=staff").await?;
    ensure!(
        uses.words().contains("a request about this data was open at the privacy desk"),
        "{}",
        uses.words()
    );
    let form = page.form("/triage")?.with("kind", "access").with("law", "gdpr");
    let page = petra.browser.submit(&form).await?;
    let form =
        page.form("/settle")?.with("words", "All of it stands in Your data.").with("outcome", "granted");
    petra.browser.submit(&form).await?;
    let answer = mail(&world, ADA, "Privacy Policy").await?;
    ensure!(String::from_utf8_lossy(&answer.message).contains("stands in Your data"), "the answer");
    let policy = visitor.open("/policy").await?;
    ensure!(policy.words().contains("Requests about data"), "the month's figures are on the page");
    world.installation.stop().await
}
