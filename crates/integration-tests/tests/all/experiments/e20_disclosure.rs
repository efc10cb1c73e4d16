//! Experiment 20: A disclosure without ground, document, scope or second person: refused. With all of them: on record, sealed where the
//! law forbids to tell, and counted.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, SOON, World};
use mailkeep_integration_tests::pages::Page;
use mailkeep_integration_tests::stolen::Stolen;
use mailkeep_policy::ledger::{Decision, Entry};

use crate::on_both_engines;

/// An order of a court, as far as the register is concerned.
const ORDER: &[u8] = b"%PDF-1.4 an order of the District Court of Example";

/// Fills the form in; what is `None` is left out.
pub(super) async fn ask(
    officer: &mut Colleague,
    ground: Option<&str>,
    document: Option<&[u8]>,
    scope: Option<&str>,
    fields: &[(&str, &str)],
) -> Result<Page> {
    let form = officer.browser.open("/console/disclosures/new").await?;
    let mut form = form.form("/console/disclosures")?.with("recipient", "District Court of Example");
    let choices = [("ground", ground), ("scope", scope)];
    for (name, value) in choices.iter().filter_map(|(name, value)| Some((name, (*value)?))) {
        form = form.with(name, value);
    }
    for (name, value) in fields {
        form = form.with(name, value);
    }
    officer.browser.submit_with_file(&form, "document", "order.pdf", document.unwrap_or_default()).await
}

/// How many disclosures the register holds.
pub(super) async fn registered(books: &Stolen) -> Result<i64> {
    books.value("SELECT COUNT(*) FROM disclosures").await
}

on_both_engines!(nothing_is_disclosed_without_all_four);

async fn nothing_is_disclosed_without_all_four(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let number = ada.registration_id().await?;
    let mut first = Colleague::enrol(&world, "rosalind", &["privacy_officer"]).await?;
    let mut second = Colleague::enrol(&world, "barbara", &["privacy_officer"]).await?;
    let mut support = Colleague::enrol(&world, "dorothy", &["support"]).await?;
    let books = Stolen::of(&world.installation).await?;
    let person = books.person(&number).await?;
    let whose = [("subject", &*number)];
    let (ground, document, scope) = (Some("legal_process"), Some(ORDER), Some("identity"));

    // One of the four is missing each time, and nothing comes into the register.
    for (ground, document, scope) in [
        (None, document, scope),
        (Some("because_we_can"), document, scope),
        (ground, None, scope),
        (ground, document, None),
        (ground, document, Some("payment_token")),
        (ground, document, Some("credential")),
    ] {
        let page = ask(&mut first, ground, document, scope, &whose).await?;
        anyhow::ensure!(page.status.is_client_error(), "{ground:?} {scope:?}: {}", page.words());
        anyhow::ensure!(registered(&books).await? == 0, "{ground:?} {scope:?} was registered");
    }
    let page = support.browser.get("/console/disclosures/new").await?;
    anyhow::ensure!(!page.status.is_success(), "support opens disclosures: {}", page.words());

    // With all but the second person: it waits, and nothing opens, not for who opened it either.
    let page = ask(&mut first, ground, document, scope, &whose).await?;
    anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
    let at = page.path.clone();
    let disclosed = |entries: &[Entry], decision: Decision| {
        entries.iter().filter(|entry| entry.act == "disclose" && entry.decision == decision).count()
    };
    for act in ["produce", "agree"] {
        let form = super::force(&mut first.browser, &at, &format!("{at}/{act}"), &[("read", "yes")]).await?;
        anyhow::ensure!(form.status.is_success() || form.status.is_client_error(), "{}", form.words());
        let produced: i64 = books
            .value("SELECT COUNT(*) FROM disclosures WHERE produced_at IS NOT NULL OR agreed_at IS NOT NULL")
            .await?;
        anyhow::ensure!(produced == 0, "{act} by one person");
    }
    let entries = books.entries(&world.installation, person).await?;
    anyhow::ensure!(disclosed(&entries, Decision::Allowed) == 0, "{entries:?}");

    // The second person agrees: it is handed over, within the scope, on record, and the person is told.
    let page = second.browser.open(&at).await?;
    let page = second.browser.submit(&page.form("/agree")?.with("read", "yes")).await?;
    anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
    let page = first.browser.open(&at).await?;
    let page = first.browser.submit(&page.form("/produce")?).await?;
    anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
    let archive = first.browser.open(&format!("{at}/package")).await?;
    anyhow::ensure!(archive.body.starts_with(b"PK"), "an archive");
    let clear = String::from_utf8_lossy(&archive.body).contains("Ada Example");
    anyhow::ensure!(!clear, "the archive opens without its passphrase");
    let entries = books.entries(&world.installation, person).await?;
    let entry = entries.iter().find(|entry| entry.act == "disclose" && entry.decision == Decision::Allowed);
    let entry = entry.context("the disclosure is on record")?;
    anyhow::ensure!(entry.purpose == "comply" && entry.fact == "ground", "{entry:?}");
    anyhow::ensure!(entry.categories == ["identity"], "within the scope: {entry:?}");
    let wider = entry.fields.iter().any(|field| field.ends_with(".email") || field.ends_with(".phone"));
    anyhow::ensure!(!wider, "within the scope: {entry:?}");
    // The mail of the registration, and the one about this.
    let told = |all: &[mailkeep_integration_tests::sink::Taken]| {
        all.iter().filter(|mail| mail.to.iter().any(|to| to == "ada@people.example")).count() >= 2
    };
    world.sink.wait_for_all(SOON, told).await.context("the person is told at once")?;

    // Gagged: it stands in the chain of who does it, not in the person's, until it is revealed.
    let known = entries.len();
    let review = day_after(&books, 30).await?;
    let sealed = [("subject", &*number), ("sealed", "yes"), ("review", &review)];
    let page = ask(&mut first, ground, document, scope, &sealed).await?;
    let at = page.path.clone();
    let page = second.browser.open(&at).await?;
    second.browser.submit(&page.form("/agree")?.with("read", "yes")).await?;
    let page = first.browser.open(&at).await?;
    let page = first.browser.submit(&page.form("/produce")?).await?;
    anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
    let entries = books.entries(&world.installation, person).await?;
    anyhow::ensure!(disclosed(&entries, Decision::Allowed) == 1 && entries.len() >= known, "told too early");
    let report = world.installation.command(&["disclosure", "report", "--json"]).await?;
    let report: serde_json::Value = serde_json::from_str(&report)?;
    let counted =
        report["grounds"].as_array().context("grounds")?.iter().find(|one| one["ground"] == "legal_process");
    let counted = counted.context("the ground")?;
    anyhow::ensure!(counted["sealed"] == 1, "counted although sealed: {report}");

    // Its review date comes.
    world.installation.advance(std::time::Duration::from_secs(31 * 86_400)).await?;
    for round in 0.. {
        let entries = books.entries(&world.installation, person).await?;
        if disclosed(&entries, Decision::Allowed) == 2 {
            break;
        }
        anyhow::ensure!(round < 300, "not revealed: {entries:?}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    world.installation.command(&["ledger", "verify", "--payloads"]).await?;
    world.installation.stop().await
}

/// A day from today on, as a date field sends it.
async fn day_after(books: &Stolen, days: u64) -> Result<String> {
    let now = mailkeep_types::Clock::now(&**books.main.clock());
    let then = now.plus(std::time::Duration::from_secs(days * 86_400)).to_string();
    Ok(then.split('T').next().context("a date")?.to_owned())
}
