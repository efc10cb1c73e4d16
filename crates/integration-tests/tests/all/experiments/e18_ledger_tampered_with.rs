//! Experiment 18: The ledger is edited, an entry is deleted, one inserted, its end cut off: each is located; the cut is shown by an
//! invoice that was printed earlier, also when every hash in the database was made to fit.

use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::{Installation, Setup};
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_integration_tests::stolen::Stolen;

use crate::on_both_engines;

/// Puts the ledger back as it was kept.
const AS_KEPT: &str = "DELETE FROM ledger_entries; INSERT INTO ledger_entries SELECT * FROM kept_entries;
    DELETE FROM ledger_heads; INSERT INTO ledger_heads SELECT * FROM kept_heads;
    DELETE FROM ledger_nodes; INSERT INTO ledger_nodes SELECT * FROM kept_nodes;
    DELETE FROM ledger_checkpoints; INSERT INTO ledger_checkpoints SELECT * FROM kept_checkpoints;";

/// What the verification finds, as `position: kind`; nothing when it is sound.
async fn findings(installation: &Installation, head: Option<&str>) -> Result<Vec<String>> {
    let mut arguments = vec!["ledger", "verify", "--payloads", "--json"];
    arguments.extend(head.iter().flat_map(|head| ["--head", *head]));
    let ended = installation.run(&arguments).await?;
    let found: serde_json::Value = serde_json::from_str(&ended.out).context(ended.err)?;
    let found = found["findings"].as_array().context("a list")?.clone();
    anyhow::ensure!(ended.code == Some(if found.is_empty() { 0 } else { 3 }), "{:?}: {found:?}", ended.code);
    Ok(found
        .iter()
        .map(|one| format!("{}: {}", one["position"], one["kind"].as_str().unwrap_or_default()))
        .collect())
}

on_both_engines!(each_tampering_is_located_and_an_old_invoice_shows_the_cut);

async fn each_tampering_is_located_and_an_old_invoice_shows_the_cut(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    // An hour later the head is signed, and goes onto invoices.
    let books = Stolen::of(&world.installation).await?;
    world.installation.advance(Duration::from_secs(3_700)).await?;
    for round in 0.. {
        let signed: i64 = books.value("SELECT MAX(size) FROM ledger_checkpoints").await?;
        if signed > 2 {
            break;
        }
        anyhow::ensure!(round < 300, "no head is signed: {signed}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    ada.order("printed.example", 1, "approve").await?;
    let page = ada.wait_for_page("/center/invoices", |page| page.words().contains("INV")).await?;
    let link = page
        .links()
        .into_iter()
        .find(|link| link.starts_with("/center/invoices/") && !link.ends_with("/pdf"))
        .context("an invoice")?;
    let invoice = ada.browser.open(&link).await?.text();
    // “Head of the record of data use”: a number of entries and a root.
    let printed = invoice.split("<code>").skip(1).filter_map(|code| code.split("</code>").next());
    let is_head = |code: &&str| code.split(' ').next().is_some_and(|size| size.parse::<u64>().is_ok());
    let head = printed.map(str::trim).find(is_head).context("the invoice shows a head")?;
    let head = head.replace("&#x2f;", "/").replace("&#x3d;", "=").replace("&#43;", "+");
    let size: i64 = head.split(' ').next().unwrap_or_default().parse()?;
    ada.browser.open("/center/profile").await?;
    world.installation.stop().await?;

    let installation = &world.installation;
    let entries: i64 = books.value("SELECT MAX(position) FROM ledger_entries").await?;
    anyhow::ensure!(size > 2 && entries > size + 2, "{size} entries under the head, {entries} in all");
    anyhow::ensure!(findings(installation, Some(&head)).await?.is_empty(), "untouched");
    books
        .run(
            "CREATE TABLE kept_entries AS SELECT * FROM ledger_entries; CREATE TABLE kept_heads AS SELECT * FROM ledger_heads;
             CREATE TABLE kept_nodes AS SELECT * FROM ledger_nodes; CREATE TABLE kept_checkpoints AS SELECT * FROM ledger_checkpoints;",
        )
        .await?;

    let (middle, last) = (size - 1, entries);
    let columns = "subject_kind, subject_id, sequence, at, policy_id, commitment, previous, hash, payload";
    let tamperings = [
        (
            "edited",
            format!("UPDATE ledger_entries SET at = at + 1 WHERE position = {middle}"),
            format!("{middle}: edited"),
        ),
        (
            "what it says exchanged",
            format!(
                "UPDATE ledger_entries SET payload = (SELECT payload FROM kept_entries WHERE position = {last}) \
                 WHERE position = {middle}"
            ),
            format!("{middle}: payload_changed"),
        ),
        (
            "deleted",
            format!("DELETE FROM ledger_entries WHERE position = {middle}"),
            format!("{middle}: missing"),
        ),
        (
            "inserted",
            // What follows moves on by one, and a copy takes the place between.
            format!(
                "UPDATE ledger_entries SET position = position + 1000001 WHERE position > {middle};
                 UPDATE ledger_entries SET position = position - 1000000 WHERE position > 1000000;
                 INSERT INTO ledger_entries (id, position, {columns})
                 SELECT (SELECT subject_id FROM kept_heads LIMIT 1), {middle} + 1, {copied} FROM kept_entries
                 WHERE position = {last}",
                copied = columns.replace("sequence", "sequence + 7"),
            ),
            format!("{}: edited", middle + 1),
        ),
        (
            "cut off",
            format!("DELETE FROM ledger_entries WHERE position > {middle}"),
            format!("{middle}: truncated"),
        ),
    ];
    for (what, statement, wanted) in tamperings {
        books.run(statement).await.context(what)?;
        let found = findings(installation, None).await?;
        anyhow::ensure!(found.contains(&wanted), "{what}: {wanted} is not in {found:?}");
        // The check of the promises goes over the links; what entries say is opened only when it is asked for.
        let checked = installation.run(&["policy", "check"]).await?;
        let broken = checked.code == Some(3) && checked.out.contains("P35  BROKEN");
        anyhow::ensure!(broken || wanted.ends_with("payload_changed"), "{what}: {}", checked.out);
        books.run(AS_KEPT).await?;
        anyhow::ensure!(findings(installation, None).await?.is_empty(), "{what}: put back");
    }

    // Somebody who knows the rules cuts off the end and makes everything in the database fit: heads of chains, stored
    // subtrees and signed heads. Only the paper is left.
    books
        .run(format!(
            "DELETE FROM ledger_entries WHERE position > {middle}; DELETE FROM ledger_checkpoints; DELETE FROM ledger_nodes;
             DELETE FROM ledger_heads;
             INSERT INTO ledger_heads (subject_kind, subject_id, sequence, hash)
             SELECT e.subject_kind, e.subject_id, e.sequence, e.hash FROM ledger_entries e WHERE e.sequence =
             (SELECT MAX(o.sequence) FROM ledger_entries o WHERE o.subject_kind = e.subject_kind AND o.subject_id = e.subject_id)"
        ))
        .await?;
    anyhow::ensure!(findings(installation, None).await?.is_empty(), "everything in the database fits");
    let found = findings(installation, Some(&head)).await?;
    anyhow::ensure!(found == [format!("{middle}: truncated")], "by the invoice: {found:?}");
    Ok(())
}
