//! Experiment 23: A policy that is widened: page, table, identifier, difference and notice move together; one that is wider than the build does not
//! start; a page that is edited by hand is BROKEN (that one stands in `sabotages.rs`, with the proxy that edits it).

use std::path::Path;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Person, World};

use super::told;
use crate::on_both_engines;

/// The policy file of the build.
const BUILT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policy/policy.toml");
/// What the narrower file says, and the built one.
const NARROW: (&str, &str) = ("keep_days = 180", "keep_days = 90");

on_both_engines!(everything_moves_together);

async fn everything_moves_together(setup: Setup) -> Result<()> {
    let built = std::fs::read_to_string(BUILT)?;
    anyhow::ensure!(built.contains(NARROW.0), "the policy file has no {:?} any more", NARROW.0);
    let folder = tempfile::tempdir()?;
    let (file, next) = (folder.path().join("policy.toml"), folder.path().join("next.toml"));
    std::fs::write(&file, built.replacen(NARROW.0, NARROW.1, 1))?;
    std::fs::write(&next, &built)?;
    let setup = Setup { more: format!("[policy]\nfile = {file:?}"), ..setup };
    let mut world = World::start(setup, None).await?;
    let ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let before = id_of(&world, &file).await?;
    let after = id_of(&world, &next).await?;
    let mut visitor = world.visitor()?;
    let page = visitor.open("/policy").await?.words();
    anyhow::ensure!(page.contains("90 days after the decision") && page.contains(&before), "{page}");

    // The difference is of the tables, and the same on the command line, in the refusal and on the page.
    let wider = "fraud_signal is kept 180 days instead of 90";
    let diff = told(&world.installation, &["policy", "diff", "--file", text(&file)?, text(&next)?]).await?;
    anyhow::ensure!(diff.contains(wider) && diff.contains("needs notice first"), "{diff}");
    world.installation.stop().await?;
    std::fs::write(&file, &built)?;
    let refused = world.installation.start().await.err().context("it started unannounced")?.to_string();
    anyhow::ensure!(refused.contains(wider) && refused.contains("policy announce"), "{refused}");

    // Announced for a day to come it does not start either; announced for now it does, and everybody was written to.
    world.installation.command(&["policy", "announce", "--from", "2100-01-01"]).await?;
    let early = world.installation.start().await.err().context("it started before its day")?.to_string();
    anyhow::ensure!(
        early.contains("people were told that this policy is in force from 2100-01-01"),
        "{early}"
    );
    let announced = world.installation.command(&["policy", "announce", "--from", "now"]).await?;
    anyhow::ensure!(announced.contains(wider) && announced.contains("1 persons are told"), "{announced}");
    world.installation.start().await?;
    let link = world.mailed_link(&ada.email, "/policy/versions/").await?;
    anyhow::ensure!(link.contains(&after), "{link}");

    let mut visitor = world.visitor()?;
    let page = visitor.open("/policy").await?.words();
    anyhow::ensure!(page.contains("180 days after the decision") && page.contains(&after), "{page}");
    let changes = visitor.open(&format!("/policy/versions/{after}/changes")).await?.words();
    anyhow::ensure!(changes.contains("One thing becomes wider") && changes.contains(wider), "{changes}");
    let former = visitor.open(&format!("/policy/versions/{before}")).await?.words();
    anyhow::ensure!(
        former.contains("90 days after the decision") && former.contains("not in force any more"),
        "{former}"
    );
    let json: serde_json::Value = serde_json::from_slice(&visitor.open("/policy.json").await?.body)?;
    anyhow::ensure!(json["policy"]["policy_id"] == after.as_str(), "{}", json["policy"]["policy_id"]);
    anyhow::ensure!(json["versions"].as_array().is_some_and(|all| all.len() == 2), "{}", json["versions"]);
    let listed = world.installation.command(&["policy", "versions"]).await?;
    anyhow::ensure!(listed.contains(&before) && listed.contains(&after), "{listed}");

    // Wider than the build: no start, announced or not.
    world.installation.stop().await?;
    std::fs::write(&file, built.replacen(NARROW.0, "keep_days = 181", 1))?;
    let refused =
        world.installation.start().await.err().context("it started wider than the build")?.to_string();
    anyhow::ensure!(refused.contains("wider than this program was built for"), "{refused}");
    Ok(())
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().context("a path in UTF-8")
}

async fn id_of(world: &World, file: &Path) -> Result<String> {
    let said = world.installation.command(&["policy", "lint", "--file", text(file)?]).await?;
    said.split_whitespace().last().map(str::to_owned).context("no identifier")
}
