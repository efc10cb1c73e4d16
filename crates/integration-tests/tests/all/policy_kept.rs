//! The policy as it is kept by the running program: what stops a start, what the commands find, what anybody can verify.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::{Installation, Setup};
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_storage::sql::{Database, DatabaseConfig, SqlError};
use mailkeep_types::SystemClock;

use crate::on_both_engines;

/// Runs statements on an installation's own database, as somebody would who has its password.
async fn sql(installation: &Installation, setup_url: &str, statements: &'static str) -> Result<()> {
    let config = match setup_url {
        "" => DatabaseConfig::Sqlite { path: installation.folder.join("data/mailkeep.db"), readers: 1 },
        url => DatabaseConfig::parse(url)?,
    };
    let db = Database::open(&config, std::sync::Arc::new(SystemClock)).await?;
    db.write(move |tx| -> Result<(), SqlError> { tx.execute_batch(statements) }).await?;
    Ok(())
}

/// What a command says when it fails.
async fn told(installation: &Installation, arguments: &[&str]) -> Result<String> {
    Ok(installation.command(arguments).await.err().context("it was not refused")?.to_string())
}

on_both_engines!(sabotages_are_found_and_named);

async fn sabotages_are_found_and_named(setup: Setup) -> Result<()> {
    let url = setup.database_url.clone();
    let mut world = World::start(setup, None).await?;
    Person::register(&world, "Ada Example", "ada@people.example").await?;
    let installation = &world.installation;
    let report = installation.command(&["policy", "check"]).await?;
    anyhow::ensure!(report.contains(" 0 BROKEN") && report.contains("P31  PROVEN"), "{report}");
    let page = installation.command(&["policy", "ropa", "--as", "processor"]).await?;
    anyhow::ensure!(page.contains("message_bodies") && !page.contains("persons."), "{page}");
    let due = installation.command(&["retention", "run", "--dry-run"]).await?;
    anyhow::ensure!(due.contains("security_events") && due.contains("nothing was changed"), "{due}");

    // The head is signed, and the ledger verifies against it; cut off, an old head says so.
    let note = installation.command(&["ledger", "sign"]).await?;
    let head: Vec<&str> = note.lines().take(3).collect();
    let head = head.join(" ");
    installation.command(&["ledger", "verify", "--payloads", "--head", &head]).await?;
    let proof = installation.command(&["ledger", "prove", "--entry", "1"]).await?;
    let path = installation.folder.join("proof.json");
    std::fs::write(&path, proof)?;
    let path = path.display().to_string();
    installation.command(&["ledger", "prove", "--check", &path]).await?;
    sql(installation, &url, "DELETE FROM ledger_entries WHERE position > 1; DELETE FROM ledger_checkpoints")
        .await?;
    let cut = told(installation, &["ledger", "verify", "--head", &head]).await?;
    anyhow::ensure!(cut.contains("position 1: Truncated"), "{cut}");
    let broken = told(installation, &["policy", "check"]).await?;
    anyhow::ensure!(broken.contains("P35  BROKEN"), "{broken}");

    // A column that nobody declared: broken, and no start.
    world.installation.stop().await?;
    sql(&world.installation, &url, "ALTER TABLE persons ADD COLUMN shoe_size TEXT").await?;
    let refused = world.installation.start().await.err().context("it started")?.to_string();
    anyhow::ensure!(refused.contains("persons.shoe_size"), "{refused}");
    let broken = told(&world.installation, &["policy", "check"]).await?;
    anyhow::ensure!(broken.contains("P26  BROKEN") && broken.contains("shoe_size"), "{broken}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_in_an_undeclared_country_stops_the_start() -> Result<()> {
    let cases = [
        ("[residency]\ndatabase = \"DE\"", "database is in DE"),
        ("[residency]\nbackups = \"CH\"", "backups is in CH"),
        ("[residency.processors]\ncard-processor = \"IE\"", "card-processor is in IE"),
    ];
    for (more, wanted) in cases {
        let mut installation =
            Installation::make(&Setup { more: more.to_owned(), ..Setup::default() }, None).await?;
        let refused = installation.start().await.err().context("it started")?.to_string();
        anyhow::ensure!(refused.contains(wanted), "{refused}");
        let found = told(&installation, &["residency", "check", "--json"]).await?;
        anyhow::ensure!(found.contains("abroad"), "{found}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_wider_or_leaves_a_template_out_stops_the_start() -> Result<()> {
    let built = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../policy/policy.toml"))?;
    let cases = [
        ("keep_days = 180", "keep_days = 181", "fraud_signal is kept 181 days"),
        ("  \"commerce/invoice_issued\",\n", "", "commerce/invoice_issued belongs to no message class"),
        ("id = \"break-glass\"\npurpose", "id = \"break-glass\"\nprupose", "prupose"),
    ];
    for (from, to, wanted) in cases {
        anyhow::ensure!(built.contains(from), "the policy file has no {from:?} any more");
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("policy.toml");
        std::fs::write(&file, built.replacen(from, to, 1))?;
        let setup = Setup { more: format!("[policy]\nfile = {file:?}"), ..Setup::default() };
        let mut installation = Installation::make(&setup, None).await?;
        let refused = installation.start().await.err().context("it started")?.to_string();
        anyhow::ensure!(refused.contains(wanted), "{refused}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ledgers_head_is_served_to_everybody() -> Result<()> {
    let mut world = World::start(Setup::default(), None).await?;
    Person::register(&world, "Ada Example", "ada@people.example").await?;
    let printed = world.installation.command(&["ledger", "sign"]).await?;
    let mut visitor = world.visitor()?;
    let served = visitor.open("/.well-known/mailkeep-ledger").await?;
    anyhow::ensure!(served.body == printed.as_bytes(), "{}", served.words());
    let key = visitor.open("/.well-known/mailkeep-ledger/key").await?;
    anyhow::ensure!(
        String::from_utf8_lossy(&key.body).starts_with("mail.mailkeep.example/ledger+"),
        "{}",
        key.words()
    );
    world.installation.stop().await
}
