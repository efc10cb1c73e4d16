//! Experiment 17: The clock goes past the terms: exactly what is due goes, and the dry run agrees.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::{Installation, Setup};
use mailkeep_integration_tests::journey::Person;
use mailkeep_integration_tests::pages::Page;
use mailkeep_integration_tests::stolen::Stolen;
use mailkeep_types::{Clock as _, SystemClock};

use super::Review;
use crate::on_both_engines;

const DAY: u64 = 86_400;
/// When the second half of the story happens, in days: some terms end between the two.
const LATER: u64 = 45;

/// What stands in the policy and in the tables, written down here a second time: a table, the time its term counts from, the
/// category whose days count, and when a row still holds something.
const TERMS: [(&str, &str, &str, &str); 9] = [
    ("sessions", "expires_at", "network", "TRUE"),
    ("security_events", "at", "network", "TRUE"),
    (
        "orders",
        "placed_at",
        "network",
        "(network IS NOT NULL OR network_hash IS NOT NULL OR device_hash IS NOT NULL OR name_hash IS NOT NULL)",
    ),
    ("screenings", "screened_at", "fraud_signal", "(LENGTH(facts) > 0 OR LENGTH(assessment) > 0)"),
    ("order_decisions", "decided_at", "fraud_signal", "note IS NOT NULL"),
    ("order_questions", "asked_at", "ticket", "TRUE"),
    ("ledger_entries", "at", "use_record", "LENGTH(payload) > 0"),
    ("invoices", "created_at", "invoice", "TRUE"),
    ("invoice_documents", "rendered_at", "invoice", "TRUE"),
];

/// The days of each category, read from the file without the program's help.
fn days() -> Result<BTreeMap<String, u64>> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../policy/policy.toml"))?;
    let file: toml::Table = text.parse()?;
    let categories = file["category"].as_array().context("categories")?;
    let of = |category: &toml::Value| {
        let days = category["keep_days"].as_integer().and_then(|days| u64::try_from(days).ok());
        Some((category["id"].as_str()?.to_owned(), days?))
    };
    Ok(categories.iter().filter_map(of).collect())
}

/// How many rows each table of a run speaks of.
async fn retention(installation: &Installation, dry: bool) -> Result<BTreeMap<String, i64>> {
    let mut arguments = vec!["retention", "run", "--json"];
    arguments.extend(dry.then_some("--dry-run"));
    let due: serde_json::Value = serde_json::from_str(&installation.command(&arguments).await?)?;
    let mut rows = BTreeMap::new();
    for line in due.as_array().context("a list")? {
        let table = line["table"].as_str().context("a table")?;
        *rows.entry(table.to_owned()).or_default() += line["rows"].as_i64().context("a count")?;
    }
    Ok(rows)
}

/// Who has lost the key to what is held: kind and identifier.
async fn without_key(books: &Stolen) -> Result<i64> {
    let lost = "SELECT COUNT(*) FROM subject_keys WHERE key_use = 1 AND wrapped IS NULL";
    let count: Result<i64, mailkeep_storage::sql::SqlError> =
        books.keys.read(move |tx| tx.query_one(lost, &[], |row| row.get(0))).await;
    Ok(count?)
}

on_both_engines!(exactly_what_is_due_goes);

async fn exactly_what_is_due_goes(setup: Setup) -> Result<()> {
    let mut scene = Review::start(setup, "kept.example").await?;
    decide(&mut scene).await?;
    let mut ada = Person::register(&scene.world, "Ada Example", "ada@people.example").await?;
    ada.order_billed("ending.example", 1, "approve", &[("term", "monthly")]).await?;
    let leave = |page: &Page| page.links().into_iter().find(|link| link.ends_with("/leave"));
    let services = ada.wait_for_page("/center/services", |page| leave(page).is_some()).await?;
    let leaving = leave(&services).context("the service can be left")?;
    let page = ada.browser.open(&leaving).await?;
    let form =
        page.forms().into_iter().find(|form| form.fields.get("when").is_some_and(|when| when == "renewal"));
    let page = ada.browser.submit(&form.context("a way to leave on the renewal date")?).await?;
    anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());

    scene.world.installation.advance(Duration::from_secs(LATER * DAY)).await?;
    // Ada's month is over, and with it her last service.
    for round in 0.. {
        let ended: i64 =
            scene.books.value("SELECT COUNT(*) FROM services WHERE ended_at IS NOT NULL").await?;
        if ended == 1 {
            break;
        }
        anyhow::ensure!(round < 300, "the service does not end");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut cora = Person::register(&scene.world, "Cora Example", "cora@people.example").await?;
    cora.order("later.example", 1, "approve").await?;
    cora.wait_for_page("/center/services", |page| page.words().contains("later.example")).await?;
    scene.world.installation.stop().await?;

    let (installation, books, days) = (&scene.world.installation, &scene.books, days()?);
    let (mut passed, mut gone) = (LATER, BTreeMap::<&str, i64>::new());
    // Before and after each term, of the first half and of the second.
    for day in [74, 76, 100, 140, 190, 230, 1_100, 1_145, 3_651, 3_700] {
        installation.advance_stopped(Duration::from_secs((day - passed) * DAY))?;
        passed = day;
        let now = SystemClock.now().as_micros() + i64::try_from(day * DAY * 1_000_000)?;
        let planned = retention(installation, true).await?;
        let mut staying = BTreeMap::new();
        for (table, since, category, full) in TERMS {
            let term = i64::try_from(days[category] * DAY * 1_000_000)?;
            let due: i64 = books
                .value(format!("SELECT COUNT(*) FROM {table} WHERE {since} < {} AND {full}", now - term))
                .await?;
            anyhow::ensure!(
                planned.get(table) == Some(&due),
                "day {day}, {table}: {due} are due, planned {planned:?}"
            );
            *gone.entry(table).or_default() += due;
            let stay =
                format!("SELECT {since} FROM {table} WHERE {since} >= {} AND {full} ORDER BY 1", now - term);
            staying.insert(table, (stay.clone(), books.column::<i64>(stay).await?));
        }
        let keys = without_key(books).await?;
        let done = retention(installation, false).await?;
        anyhow::ensure!(done == planned, "day {day}: the run did {done:?}, the dry run said {planned:?}");
        for (table, (query, before)) in staying {
            // The run itself is on record, so the ledger has more; nothing has less.
            let after: BTreeSet<i64> = books.column(query).await?.into_iter().collect();
            let lost: Vec<_> = before.iter().filter(|time| !after.contains(time)).collect();
            anyhow::ensure!(lost.is_empty(), "day {day}: {table} lost {lost:?}, which are not due");
        }
        // Ada, and the customer whose only contact she is.
        let ended = without_key(books).await? - keys;
        anyhow::ensure!(done["keys"] == ended, "day {day}: {} keys said, {ended} destroyed", done["keys"]);
        anyhow::ensure!(ended == if day == 76 { 2 } else { 0 }, "day {day}: {ended} keys destroyed");
        let again = retention(installation, false).await?;
        anyhow::ensure!(again.values().all(|rows| *rows == 0), "day {day}: a second run does {again:?}");
    }
    let untouched: Vec<_> = gone.iter().filter(|(_, rows)| **rows == 0).collect();
    anyhow::ensure!(untouched.is_empty(), "nothing of {untouched:?} was ever due: the story is too short");
    installation.command(&["ledger", "verify"]).await?;
    let doctor = installation.command(&["doctor"]).await?;
    anyhow::ensure!(doctor.contains(" 0 findings"), "{doctor}");
    Ok(())
}

/// The reviewer asks, Otto answers, the order is approved; another is refused.
async fn decide(scene: &mut Review) -> Result<()> {
    scene.open().await?;
    let page = scene.rosalind.browser.open(&scene.order).await?;
    scene.rosalind.browser.submit(&page.form("/ask")?.with("question", "Is this right?")).await?;
    let own = scene.order.replace("/console/orders/", "/order/");
    let page = scene.otto.wait_for_page(&own, |page| page.form("/answer").is_ok()).await?;
    scene.otto.browser.submit(&page.form("/answer")?.with("answer", "It is.")).await?;
    scene.rosalind.approve_first_order().await?;
    scene.otto.wait_for_page("/center/services", |page| page.words().contains("kept.example")).await?;
    // Another applicant is refused, with a note.
    let mut rita = Person::register(&scene.world, "Rita Example", "rita@remote.example").await?;
    rita.order("refused.example", 1, "wrong_code").await?;
    let order = scene.rosalind.wait_for_order().await?;
    let page = scene.rosalind.browser.open(&order).await?;
    let page =
        scene.rosalind.browser.submit(&page.form("/refuse")?.with("reason", "It does not fit.")).await?;
    anyhow::ensure!(page.status.is_success(), "{}: {}", page.status, page.words());
    Ok(())
}
