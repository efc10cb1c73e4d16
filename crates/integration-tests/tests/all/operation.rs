//! What an operator does: configuration, backup, restore, health.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::{Installation, Setup, binary};
use mailkeep_integration_tests::journey::{Person, World};
use mailkeep_storage::testing::fresh_postgres_url;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_taken_while_it_runs_is_a_whole_installation() -> Result<()> {
    let mut world = World::start(Setup::default(), None).await?;
    let ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let saved = world.installation.folder.join("saved");
    world.installation.command(&["backup", &saved.display().to_string()]).await?;
    let apart = world.installation.folder.join("saved-keys");
    world.installation.command(&["keys", "backup", &apart.display().to_string()]).await?;
    let keys =
        std::fs::read_dir(&apart)?.next().context("no copy of the keys")??.path().display().to_string();

    let setup = Setup { name_server: Some(world.dns.address), ..Setup::default() };
    let mut second = Installation::make(&setup, None).await?;
    let restore = ["restore", &saved.display().to_string(), "--keys", &keys];
    let rootless = second.command(&restore).await.err().context("restored without a root key")?.to_string();
    anyhow::ensure!(rootless.contains("put the root key in its place"), "{rootless}");
    std::fs::create_dir_all(second.folder.join("data"))?;
    std::fs::copy(world.installation.folder.join("data/root.key"), second.folder.join("data/root.key"))?;
    second.command(&restore).await?;
    let refused = second.command(&restore).await;
    anyhow::ensure!(refused.is_err(), "a restore over an installation was not refused");
    let report = second.command(&["doctor"]).await?;
    anyhow::ensure!(report.contains(" 0 findings"), "{report}");
    second.start().await?;
    // The same person signs in there with the same password: rows, keys and root key fit together.
    let first = std::mem::replace(&mut world.installation, second);
    let mut there = Person { browser: world.visitor()?, email: ada.email.clone() };
    let page = there.sign_in().await?;
    anyhow::ensure!(page.path.starts_with("/center"), "{}", page.words());
    drop(first);
    world.installation.stop().await
}

#[test]
fn a_command_of_whose_words_nobody_reads_the_rest_ends_without_one() -> Result<()> {
    let (reader, writer) = std::io::pipe()?;
    drop(reader);
    let ended =
        std::process::Command::new(binary()?).args(["config", "reference"]).stdout(writer).output()?;
    let said = String::from_utf8_lossy(&ended.stderr);
    anyhow::ensure!(ended.status.code() == Some(141) && said.is_empty(), "{}: {said}", ended.status);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_readiness_and_metrics_are_told() -> Result<()> {
    let mut world = World::start(Setup::default(), None).await?;
    let operator = format!("http://{}", world.installation.address("operator"));
    for (path, wanted) in [("/health", "alive"), ("/ready", "ready"), ("/metrics", "mailkeep_")] {
        let answer = reqwest::get(format!("{operator}{path}")).await?;
        anyhow::ensure!(answer.status().is_success(), "{path}: {}", answer.status());
        let text = answer.text().await?;
        anyhow::ensure!(text.contains(wanted), "{path}: {text}");
    }
    world.installation.stop().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_installation_moves_to_postgresql_with_everybody_in_it() -> Result<()> {
    let (Some(main), Some(keys)) = (fresh_postgres_url(), fresh_postgres_url()) else { return Ok(()) };
    let mut world = World::start(Setup::default(), None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let move_it = ["migrate-to", &main, "--keys", &keys];
    let refused = world.installation.command(&move_it).await.err().context("moved while it ran")?.to_string();
    anyhow::ensure!(refused.contains("stop it first"), "{refused}");
    world.installation.stop().await?;
    world.installation.command(&move_it).await?;
    let file = world.installation.config();
    let moved = std::fs::read_to_string(&file)?
        .replace("\nurl = \"\"", &format!("\nurl = {main:?}"))
        .replace("keys_url = \"\"", &format!("keys_url = {keys:?}"));
    std::fs::write(&file, moved)?;
    std::fs::remove_file(world.installation.folder.join("data/mailkeep.db"))?;
    std::fs::remove_file(world.installation.folder.join("data/keys.db"))?;
    let report = world.installation.command(&["doctor"]).await?;
    anyhow::ensure!(report.contains(" 0 findings"), "{report}");
    world.installation.start().await?;
    ada.browser = world.visitor()?;
    let page = ada.sign_in().await?;
    anyhow::ensure!(page.path.starts_with("/center"), "{}", page.words());
    world.installation.stop().await
}

#[tokio::test]
async fn a_wrong_key_in_the_configuration_is_refused_with_its_line() -> Result<()> {
    let setup = Setup { more: "[listn]\nmx = []".to_owned(), ..Setup::default() };
    let installation = Installation::make(&setup, None).await?;
    let told =
        installation.command(&["config", "check"]).await.err().context("it was not refused")?.to_string();
    anyhow::ensure!(told.contains("line ") && told.contains("Did you mean `listen`?"), "{told}");
    Ok(())
}
