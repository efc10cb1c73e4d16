//! The root key and the keys under it, as an operator handles them.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::installation::{Setup, binary};
use mailkeep_integration_tests::journey::{Person, World};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::on_both_engines;

async fn the_root_key_is_replaced_also_when_that_is_killed_in_the_middle(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    for name in ["ada", "bo", "cleo"] {
        Person::register(&world, name, &format!("{name}@people.example")).await?;
    }
    let rotate = ["keys", "rotate-root"];
    let refused = world.installation.command(&rotate).await.err().context("rotated while it served")?;
    ensure!(refused.to_string().contains("stop it first"), "{refused}");
    world.installation.stop().await?;
    let data = world.installation.folder.join("data");
    let old = std::fs::read_to_string(data.join("root.key"))?;

    // One key in a transaction, and kill -9 after the first: some keys are under each root.
    let mut killed = Command::new(binary()?)
        .arg("--config")
        .arg(world.installation.config())
        .args(["keys", "rotate-root", "--at-once", "1"])
        .stdout(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut lines = BufReader::new(killed.stdout.take().context("no output")?).lines();
    lines.next_line().await?.context("it ended without a word")?;
    killed.kill().await?;
    let status: serde_json::Value = match world.installation.command(&["keys", "status", "--json"]).await {
        Ok(_) => serde_json::Value::Null,
        Err(error) => {
            let text = error.to_string();
            let json = text.split_once('\n').map_or("", |(_, json)| json);
            serde_json::from_str(json.trim()).with_context(|| text.clone())?
        }
    };
    ensure!(status["rotating"] == true, "the rotation was not killed in the middle: {status}");
    let early = world.installation.start().await;
    ensure!(
        early.is_err() && world.installation.log_tail().contains("rotate-root"),
        "it started between two roots"
    );

    let done = world.installation.command(&rotate).await?;
    ensure!(done.contains("the new root key is in force"), "{done}");
    let new = std::fs::read_to_string(data.join("root.key"))?;
    ensure!(new != old, "the file holds the old root key");
    world.installation.command(&["keys", "status"]).await?;
    world.installation.start().await?;
    // The address still finds the person, the password's hash opens, and so does the profile.
    let mut ada = Person { browser: world.visitor()?, email: "ada@people.example".to_owned() };
    let page = ada.sign_in().await?;
    ensure!(page.path.starts_with("/center"), "{}", page.words());
    let profile = ada.browser.open("/center/profile").await?;
    ensure!(profile.text().contains("ada@people.example"), "{}", profile.words());
    world.installation.stop().await?;

    // The old root opens nothing any more.
    std::fs::write(data.join("root.key"), &old)?;
    let refused = world.installation.command(&["doctor"]).await.err().context("the old root was taken")?;
    ensure!(refused.to_string().contains("does not fit"), "{refused}");
    Ok(())
}
on_both_engines!(the_root_key_is_replaced_also_when_that_is_killed_in_the_middle);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_of_keys_stand_apart_from_the_data_and_end_in_their_time() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let copies = folder.path().join("copies-of-keys");
    let more = format!("[policy]\nkey_backups = [{copies:?}]\n");
    let mut world = World::start(Setup { more, ..Setup::default() }, None).await?;
    let installation = &world.installation;
    let saved = installation.folder.join("saved");
    installation.command(&["backup", &saved.display().to_string()]).await?;
    let beside = saved.join("keys").display().to_string();
    let in_data = installation.folder.join("data/copies").display().to_string();
    for place in [beside, in_data] {
        let refused =
            installation.command(&["keys", "backup", &place]).await.err().context("keys beside data")?;
        ensure!(refused.to_string().contains("holds data"), "{refused}");
    }
    installation.command(&["keys", "backup"]).await?;
    let files = || -> Result<Vec<std::path::PathBuf>> {
        Ok(std::fs::read_dir(&copies)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?)
    };
    let [copy] = files()?.try_into().map_err(|all| anyhow::anyhow!("{all:?}"))?;
    let root = std::fs::read_to_string(installation.folder.join("data/root.key"))?;
    let bytes = data_encoding::HEXLOWER.decode(root.trim().as_bytes())?;
    let content = std::fs::read(&copy)?;
    ensure!(!content.windows(32).any(|window| window == bytes), "the root key is in the copy");

    let eight_days_ago = std::fs::metadata(&copy)?.modified()? - Duration::from_secs(8 * 86_400);
    std::fs::File::options().write(true).open(&copy)?.set_modified(eight_days_ago)?;
    let status = installation.command(&["keys", "status"]).await.err().context("an old copy was not told")?;
    ensure!(status.to_string().contains("too old"), "{status}");
    installation.command(&["keys", "prune"]).await?;
    ensure!(files()?.is_empty(), "the old copy is still there");
    world.installation.stop().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_root_key_can_come_from_a_command() -> Result<()> {
    let key = "5a".repeat(32);
    let more = format!("[policy]\nroot_key = {{ command = [\"/bin/echo\", {key:?}] }}\n");
    let mut world = World::start(Setup { more, ..Setup::default() }, None).await?;
    Person::register(&world, "Ada Example", "ada@people.example").await?;
    ensure!(!world.installation.folder.join("data/root.key").exists(), "a file was made too");
    let log = std::fs::read_to_string(world.installation.folder.join("log"))?;
    ensure!(!log.contains(&key), "the root key is in the log");
    let status = world.installation.command(&["keys", "status"]).await?;
    ensure!(status.contains("/bin/echo") && !status.contains(&key), "{status}");
    world.installation.stop().await
}
