//! Experiment 16: Erased: unrecoverable, also from an older backup once its keys are past their term. The invoice stays, with the reason
//! and its end, and opens with its books key; the ledger verifies.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::{Installation, Setup};
use mailkeep_integration_tests::markers::Markers;
use mailkeep_integration_tests::stolen::{Stolen, in_files};
use mailkeep_policy::{CategoryId, Place, Subject, testing};
use mailkeep_storage::sql::Dialect;
use mailkeep_storage::testing::copied_postgres_url;

use super::e14_export::named;
use super::planting::Planted;
use super::told;
use crate::on_both_engines;

on_both_engines!(what_was_erased_is_nowhere_and_the_invoice_stays);

async fn what_was_erased_is_nowhere_and_the_invoice_stays(setup: Setup) -> Result<()> {
    let mut planted = Planted::plant(setup).await?;
    let subjects = [planted.person, planted.customer, planted.mailbox];
    let readable = planted.readable_letters().await?;
    let missing: Vec<usize> = planted.letters.clone().filter(|number| !readable.contains(number)).collect();
    anyhow::ensure!(missing.is_empty(), "before, letters lack {missing:?}");
    planted.world.installation.stop().await?;
    let old = backup(&planted).await?;
    // A copy of a database of PostgreSQL ends whoever is connected to it.
    planted.books = Stolen::of(&planted.world.installation).await?;
    let invoices = kept(&planted.books).await?;
    anyhow::ensure!(invoices.len() == 4, "two invoices and their documents: {}", invoices.len());

    let installation = &planted.world.installation;
    let mut certificates = Vec::new();
    for subject in subjects {
        let name = named(subject);
        let erase = ["subject", "erase", &name, "--verified-by", "anna", "--proof", "letter 18"];
        let unsure = told(installation, &erase).await?;
        anyhow::ensure!(unsure.contains("cannot be undone"), "{unsure}");
        let certificate = installation.command(&[&erase[..], &["--yes"]].concat()).await?;
        certificates.push(serde_json::from_str::<serde_json::Value>(&certificate)?);
    }
    let of_customer = certificates[1]["lines"].as_array().context("lines")?;
    let line = of_customer.iter().find(|line| line["table"] == "invoices").context("the invoices")?;
    anyhow::ensure!(line["rows"] == 2 && line["fate"]["kept"]["days"] == 3650, "{line}");
    anyhow::ensure!(line["fate"]["kept"]["from"] == "the date of issue", "the reason and the end: {line}");
    for certificate in &certificates {
        anyhow::ensure!(
            certificate["entry"].is_string() && certificate["final_at"].is_number(),
            "{certificate}"
        );
    }

    // In the living installation, in the older backup, and in every file of both: nothing.
    let folder = installation.folder.clone();
    nothing_left(&planted.books, &folder, &planted.markers).await?;
    let (restored, older) = restore(&planted, &old).await?;
    nothing_left(&older, &restored.folder, &planted.markers).await?;
    // Nor does the program itself get at it: in the backup every row is there, and no key is.
    for (where_, books) in [(installation, &planted.books), (&restored, &older)] {
        let policy = books.policy(where_).await?;
        for subject in subjects {
            let refused = where_
                .run(&["subject", "export", &named(subject), "--verified-by", "anna", "--proof", "letter 19"])
                .await?;
            anyhow::ensure!(
                planted.markers.numbers_in(&refused.out).is_empty(),
                "{subject:?}: {}",
                refused.out
            );
            let held = sealed_values(books, subject).await?;
            anyhow::ensure!(!held.is_empty(), "{subject:?}: rows are there, unreadable");
            for (place, category, sealed) in held {
                let opened = testing::opened(&policy, subject, place, category, &sealed);
                anyhow::ensure!(opened.is_err(), "{place:?} opens");
            }
        }
        // The invoices stay as they were, byte by byte, and open with their own key.
        let still = kept(books).await?;
        anyhow::ensure!(still == invoices, "the rows of the invoices changed");
        let mut seen = BTreeSet::new();
        for (place, sealed) in &still {
            let plain = testing::opened(&policy, planted.customer, *place, CategoryId::Invoice, sealed)?;
            anyhow::ensure!(place.column == "snapshot" || plain.starts_with(b"%PDF"), "{place:?}");
            seen.extend(planted.markers.numbers_in(&String::from_utf8_lossy(&plain)));
        }
        anyhow::ensure!(seen.len() >= 8, "the invoices say to whom they were written: {seen:?}");
        where_.command(&["ledger", "verify", "--payloads"]).await?;
    }

    // The doors are closed.
    planted.world.installation.start().await?;
    planted.ada.browser = planted.world.visitor()?;
    let entered = planted.ada.sign_in().await;
    anyhow::ensure!(
        !entered.is_ok_and(|page| page.path.starts_with("/center")),
        "an erased person signed in"
    );
    let letters = planted.readable_letters().await;
    anyhow::ensure!(letters.is_err(), "an erased mailbox let somebody in");
    let entries = planted.books.entries(&planted.world.installation, planted.person).await?;
    let last = entries.iter().rev().find(|entry| entry.act == "erase").context("the erasure is on record")?;
    anyhow::ensure!(last.purpose == "rights" && last.fact == "request", "{last:?}");
    let log = in_files(&planted.world.installation.folder, &planted.markers.search())?;
    anyhow::ensure!(log.is_empty(), "{log:?}");
    planted.world.installation.stop().await
}

async fn nothing_left(books: &Stolen, folder: &std::path::Path, markers: &Markers) -> Result<()> {
    let places = books.sightings(folder, markers).await?;
    anyhow::ensure!(places.is_empty(), "{}: {places:#?}", folder.display());
    Ok(())
}

/// The rows of invoices and of their documents.
async fn kept(books: &Stolen) -> Result<Vec<(Place, Vec<u8>)>> {
    let mut rows = Vec::new();
    for (table, column, id) in [("invoices", "snapshot", "id"), ("invoice_documents", "pdf", "invoice_id")] {
        let ids: Vec<uuid::Uuid> = books.column(format!("SELECT {id} FROM {table} ORDER BY {id}")).await?;
        let values: Vec<Vec<u8>> =
            books.column(format!("SELECT {column} FROM {table} ORDER BY {id}")).await?;
        rows.extend(ids.into_iter().zip(values).map(|(row, value)| (Place { table, column, row }, value)));
    }
    Ok(rows)
}

/// Some of what is stored of a subject, as it is sealed.
async fn sealed_values(books: &Stolen, subject: Subject) -> Result<Vec<(Place, CategoryId, Vec<u8>)>> {
    let columns: &[(&'static str, &'static str, &'static str, &'static str, CategoryId)] = match subject {
        Subject::Person(_) => &[
            ("persons", "name", "id", "id", CategoryId::Identity),
            ("persons", "phone", "id", "id", CategoryId::Contact),
            ("persons", "postal", "id", "id", CategoryId::Postal),
            ("persons", "email", "id", "id", CategoryId::Contact),
        ],
        Subject::Customer(_) => &[
            ("orders", "billing", "id", "customer_id", CategoryId::BillingAddress),
            ("orders", "applicant", "id", "customer_id", CategoryId::Contact),
            ("contacts", "email", "id", "customer_id", CategoryId::Contact),
        ],
        _ => &[
            ("mailboxes", "address", "id", "id", CategoryId::Identity),
            ("addresses", "address", "alias_id", "mailbox_id", CategoryId::Identity),
        ],
    };
    let mut held = Vec::new();
    for (table, column, row, owner, category) in columns {
        let digits = subject.uuid().simple();
        let literal = match books.main.dialect() {
            Dialect::Sqlite => format!("x'{digits}'"),
            Dialect::Postgres => format!("'\\x{digits}'::bytea"),
        };
        let rest = format!(
            "FROM {table} WHERE {owner} = {literal} AND {column} IS NOT NULL AND {row} IS NOT NULL ORDER BY {row}"
        );
        let rows: Vec<uuid::Uuid> = books.column(format!("SELECT {row} {rest}")).await?;
        let values: Vec<Vec<u8>> = books.column(format!("SELECT {column} {rest}")).await?;
        let (table, column, category) = (*table, *column, *category);
        held.extend(
            rows.into_iter().zip(values).map(|(row, value)| (Place { table, column, row }, category, value)),
        );
    }
    Ok(held)
}

/// A backup of all but the keys: with SQLite by the program's own command, with PostgreSQL as a copy of the database.
enum Old {
    Folder(std::path::PathBuf),
    Copy(String),
}

async fn backup(planted: &Planted) -> Result<Old> {
    let installation = &planted.world.installation;
    let [url, _] = &installation.database_urls;
    if url.is_empty() {
        let folder = installation.folder.join("backup");
        installation.command(&["backup", &folder.display().to_string()]).await?;
        // Copies of keys stand elsewhere and live seven days; by now there is none.
        anyhow::ensure!(!folder.join("keys").exists(), "the backup has keys beside the data");
        return Ok(Old::Folder(folder));
    }
    Ok(Old::Copy(copied_postgres_url(url)))
}

/// The older backup with today's keys: what somebody has who restores it.
async fn restore(planted: &Planted, old: &Old) -> Result<(Installation, Stolen)> {
    let first = &planted.world.installation;
    let [_, keys_url] = first.database_urls.clone();
    let setup = match old {
        Old::Folder(_) => Setup::default(),
        Old::Copy(url) => Setup { database_url: url.clone(), keys_url, ..Setup::default() },
    };
    let restored = Installation::make(&setup, None).await?;
    let (from, to) = (first.folder.join("data"), restored.folder.join("data"));
    std::fs::create_dir_all(&to)?;
    std::fs::copy(from.join("root.key"), to.join("root.key"))?;
    if let Old::Folder(folder) = old {
        std::fs::copy(folder.join("mailkeep.db"), to.join("mailkeep.db"))?;
        for file in ["keys.db", "keys.db-wal"] {
            if from.join(file).is_file() {
                std::fs::copy(from.join(file), to.join(file))?;
            }
        }
    }
    let books = Stolen::of(&restored).await?;
    Ok((restored, books))
}
