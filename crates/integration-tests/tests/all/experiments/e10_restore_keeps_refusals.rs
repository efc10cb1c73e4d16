//! Opt-out, restore of an older backup, campaign: still suppressed. Also after an import, and after the person was erased.

use anyhow::{Context, Result};
use mailkeep_integration_tests::choosing::{Program, announce, announced, choose, one_click_path, ticked};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_storage::sql::{Database, DatabaseConfig, SqlError};
use mailkeep_types::SystemClock;

use crate::on_both_engines;

on_both_engines!(a_restore_does_not_bring_offers_back);

async fn a_restore_does_not_bring_offers_back(setup: Setup) -> Result<()> {
    let (main, keys) = (setup.database_url.clone(), setup.keys_url.clone());
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let mut ben = Person::register(&world, "Ben Example", "ben@people.example").await?;
    choose(&mut ada, &["special_offers:email"]).await?;
    choose(&mut ben, &["special_offers:email"]).await?;
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    announce(&mut writer, "special_offers", "Spring prices").await?;
    let path = one_click_path(&announced(&world, "ben@people.example", "Spring prices").await?.message)?;

    let backup = world.installation.folder.join("backup");
    let copies = world.installation.folder.join("copies-of-keys");
    if main.is_empty() {
        world.installation.command(&["backup", &backup.display().to_string()]).await?;
        world.installation.command(&["keys", "backup", &copies.display().to_string()]).await?;
    }
    Program::new(&world)?.one_click(&path, false).await?;
    anyhow::ensure!(ticked(&mut ben).await?.is_empty());
    world.installation.stop().await?;
    let data = world.installation.folder.join("data");
    let list = std::fs::read_to_string(data.join("suppressions.list"))?;
    anyhow::ensure!(list.lines().count() >= 2 && !list.contains("ben"), "{list}");
    if main.is_empty() {
        for name in ["mailkeep.db", "keys.db"] {
            for ending in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(data.join(format!("{name}{ending}")));
            }
        }
        let copy = std::fs::read_dir(&copies)?.next().context("no copy of the keys")??.path();
        let (backup, copy) = (backup.display().to_string(), copy.display().to_string());
        let said = world.installation.command(&["restore", &backup, "--keys", &copy]).await?;
        anyhow::ensure!(said.contains("refusals that the backup did not have"), "{said}");
    } else {
        // A base backup from before the click has none of what the click wrote, in either database.
        forget(&main, "DELETE FROM consents WHERE source = 'one-click'; DELETE FROM suppressions").await?;
        forget(&keys, "DELETE FROM suppressions").await?;
    }
    world.installation.start().await?;
    // The page says what counts, not what the old receipts said.
    anyhow::ensure!(ticked(&mut ben).await?.is_empty(), "{:?}", ticked(&mut ben).await?);
    announce(&mut writer, "special_offers", "Summer prices").await?;
    announced(&world, "ada@people.example", "Summer prices").await?;
    let came = world.sink.taken();
    let summer = came.iter().filter(|mail| String::from_utf8_lossy(&mail.message).contains("Summer prices"));
    let to: Vec<&String> = summer.flat_map(|mail| &mail.to).collect();
    anyhow::ensure!(to == ["ada@people.example"], "{to:?}");
    world.installation.command(&["policy", "check"]).await?;

    // An import does not bring it back either, also not under another subject once the person is erased.
    let file = world.installation.folder.join("addresses.txt");
    std::fs::write(&file, "ben@people.example\nvera@remote.example\n")?;
    let file = file.display().to_string();
    let import = ["outreach", "import", "--topic", "special_offers", "--proof", "fair of 3 March", &file];
    let said = world.installation.command(&import).await?;
    anyhow::ensure!(said.contains("1 subscribed, 1 left out"), "{said}");
    let number = ben.browser.open("/center/profile").await?.words();
    let number = number.split_whitespace().find(|word| word.starts_with("R-")).unwrap_or_default().to_owned();
    let erase = ["subject", "erase", &number, "--verified-by", "anna", "--proof", "letter 18", "--yes"];
    world.installation.command(&erase).await?;
    let newsletter = ["outreach", "import", "--topic", "newsletter", "--proof", "fair of 3 March", &file];
    let said = world.installation.command(&newsletter).await?;
    anyhow::ensure!(said.contains("1 subscribed, 1 left out"), "{said}");
    world.installation.stop().await
}

async fn forget(url: &str, statements: &'static str) -> Result<()> {
    let db = Database::open(&DatabaseConfig::parse(url)?, std::sync::Arc::new(SystemClock)).await?;
    db.write(move |tx| -> Result<(), SqlError> { tx.execute_batch(statements) }).await?;
    Ok(())
}

on_both_engines!(a_refusal_that_was_taken_out_is_missed);

async fn a_refusal_that_was_taken_out_is_missed(setup: Setup) -> Result<()> {
    let main = setup.database_url.clone();
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    choose(&mut ada, &["special_offers:post"]).await?;
    let form = ada.browser.open("/center/choices").await?.form("/center/choices/stop")?;
    ada.browser.submit(&form).await?;
    anyhow::ensure!(ticked(&mut ada).await?.is_empty());
    let report = world.installation.command(&["policy", "check"]).await?;
    anyhow::ensure!(report.contains("P17  PROVEN") && report.contains("P16  PROVEN"), "{report}");
    let place = if main.is_empty() {
        format!("sqlite:{}", world.installation.folder.join("data/mailkeep.db").display())
    } else {
        main
    };
    forget(&place, "DELETE FROM suppressions").await?;
    let broken = world.installation.command(&["policy", "check"]).await.err().map(|error| error.to_string());
    anyhow::ensure!(broken.as_ref().is_some_and(|said| said.contains("P17  BROKEN")), "{broken:?}");
    world.installation.stop().await?;
    // The next start brings it back.
    world.installation.start().await?;
    world.installation.command(&["policy", "check"]).await?;
    world.installation.stop().await
}
