//! Experiment 5: Raw SQL on any personal column yields ciphertext: what was typed stands nowhere in clear, in no table, index or file.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::SOON;

use super::planting::Planted;
use crate::on_both_engines;

/// Personal columns of the registry that a customer's life does not fill in this test, and why.
const EMPTY: [(&str, &str); 26] = [
    ("credit_note_documents.pdf", "nothing was credited; looked for in clear in a test of crate commerce"),
    ("ticket_writers.email", "nobody without an account wrote; sealed in a test of crate helpdesk"),
    ("ticket_attachments.name", "no file came with a ticket; sealed in a test of crate helpdesk"),
    ("ticket_attachments.content", "no file came with a ticket; sealed in a test of crate helpdesk"),
    ("ticket_times.note", "nobody noted time on a ticket; sealed in a test of crate helpdesk"),
    ("ticket_letters.raw", "no letter came to support; sealed in a test of crate helpdesk"),
    ("ticket_letters.message_id", "no letter came to support; sealed in a test of crate helpdesk"),
    ("outbound_messages.context", "what a message says goes when it is sent"),
    ("unusual_uses.explanation", "nothing unusual happened"),
    ("search_packs.words", "made from 256 messages on; searched for in a test of crate mailbox"),
    ("search_packs.places", "made from 256 messages on; searched for in a test of crate mailbox"),
    ("exports.content", "a copy with invoices is long, and rests in the store of bodies"),
    ("order_decisions.note", "only where the reviewer wrote one"),
    (
        "order_documents.document",
        "only where the reviewer asked for one; searched for in a test of crate commerce",
    ),
    ("order_appeals.appeal", "only where an order was refused"),
    ("order_appeals.answer", "only where an order was refused"),
    ("cover_cases.findings", "no card was misused"),
    ("hand_overs.reason", "nobody leaves; looked for in clear in a test of crate commerce"),
    ("hand_over_files.name", "nobody leaves; looked for in clear in a test of crate commerce"),
    ("hand_over_files.content", "nobody leaves; looked for in clear in a test of crate commerce"),
    ("disputes.evidence", "no payment is disputed"),
    ("disputes.summary", "no payment is disputed"),
    ("qualifications.evidence", "nobody asked for a discount"),
    ("survey_answers.answers", "nobody was asked; looked for in clear in a test of crate outreach"),
    ("contest_entries.number", "nobody entered a contest; looked for in clear in a test of crate outreach"),
    ("order_refusals.note", "only where somebody is to be blocked"),
];

on_both_engines!(raw_sql_yields_ciphertext);

async fn raw_sql_yields_ciphertext(setup: Setup) -> Result<()> {
    let mut planted = Planted::plant(setup).await?;
    // The server that never answers has been tried.
    let tried = "SELECT COUNT(*) FROM queue_recipients WHERE last_answer IS NOT NULL";
    let waited = std::time::Instant::now();
    while planted.books.value::<i64>(tried).await? == 0 {
        anyhow::ensure!(waited.elapsed() < SOON, "no attempt was made");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    // Everything is there, and can be read by the one whose it is.
    let readable = planted.readable_letters().await?;
    let missing: Vec<usize> = planted.letters.clone().filter(|number| !readable.contains(number)).collect();
    anyhow::ensure!(missing.is_empty(), "letters without {missing:?}");
    planted.plant_words_of_staff().await?;
    let profile = planted.ada.browser.open("/center/profile").await?.text();
    anyhow::ensure!(planted.markers.numbers_in(&profile).len() >= 3, "the profile shows what was typed");

    let folder = planted.world.installation.folder.clone();
    let places = planted.books.sightings(&folder, &planted.markers).await?;
    anyhow::ensure!(places.is_empty(), "in clear: {places:#?}");

    // The search went over values, not over emptiness: every personal column of the registry has some.
    let record = planted.world.installation.command(&["policy", "ropa", "--json"]).await?;
    let record: serde_json::Value = serde_json::from_str(&record)?;
    let mut columns = BTreeSet::new();
    for table in
        record.as_array().context("a list")?.iter().flat_map(|entry| entry["tables"].as_array()).flatten()
    {
        let name = table["table"].as_str().context("a table")?;
        for column in table["columns"].as_array().context("columns")? {
            columns.insert(format!("{name}.{}", column.as_str().context("a column")?));
        }
    }
    anyhow::ensure!(columns.len() > 45, "{} personal columns: {columns:?}", columns.len());
    let (mut empty, mut filled_after_all) = (Vec::new(), Vec::new());
    for column in &columns {
        let (table, name) = column.split_once('.').context("table and column")?;
        let filled = format!("SELECT COUNT(*) FROM {table} WHERE {name} IS NOT NULL AND LENGTH({name}) > 0");
        let filled: i64 = planted.books.value(filled).await?;
        match (filled, EMPTY.iter().any(|(known, _)| known == column)) {
            (0, false) => empty.push(column),
            (1.., true) => filled_after_all.push(column),
            _ => {}
        }
    }
    anyhow::ensure!(empty.is_empty(), "nothing was planted in {empty:?}");
    anyhow::ensure!(
        filled_after_all.is_empty(),
        "not empty, so strike them off the list: {filled_after_all:?}"
    );
    let long: i64 =
        planted.books.value("SELECT COUNT(*) FROM message_bodies WHERE blob_key IS NOT NULL").await?;
    anyhow::ensure!(long > 0, "no letter is long enough for the store of bodies");
    let copies: i64 = planted.books.value("SELECT COUNT(*) FROM exports WHERE blob_key IS NOT NULL").await?;
    anyhow::ensure!(copies == 1, "the copy of everything is there");
    planted.world.installation.stop().await
}
