//! Experiment 22: A store, a backup or a processor in a country that the policy does not declare: no start.

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::{Installation, Setup};

use super::told;
use crate::on_both_engines;

on_both_engines!(nothing_starts_with_a_place_abroad);

async fn nothing_starts_with_a_place_abroad(setup: Setup) -> Result<()> {
    let s3 = |region: &str| {
        format!("[blobs]\nendpoint = \"http://127.0.0.1:9\"\nbucket = \"bodies\"\nregion = \"{region}\"")
    };
    let cases = [
        ("[residency]\nserver = \"FR\"".to_owned(), "server is in FR"),
        ("[residency]\ndatabase = \"DE\"".to_owned(), "database is in DE"),
        ("[residency]\nkeys = \"GB\"".to_owned(), "database of keys is in GB"),
        ("[residency]\nblobs = \"IE\"".to_owned(), "bodies is in IE"),
        (s3("eu-central-1"), "bodies is in DE"),
        // What the region says counts, whatever else is claimed.
        (format!("{}\n[residency]\nblobs = \"US\"", s3("ap-northeast-1")), "bodies is in JP"),
        ("[residency]\nbackups = \"CH\"".to_owned(), "backups is in CH"),
        ("[residency.processors]\ncard-processor = \"IE\"".to_owned(), "card-processor is in IE"),
    ];
    let (database_url, keys_url) = (setup.database_url, setup.keys_url);
    let with = |more: &str| Setup {
        database_url: database_url.clone(),
        keys_url: keys_url.clone(),
        migrated: setup.migrated,
        more: more.to_owned(),
        ..Setup::default()
    };
    // At home it starts: what is refused below is refused for the country alone.
    let home =
        "[residency]\nserver = \"US\"\nbackups = \"US\"\n[residency.processors]\ncard-processor = \"US\"";
    let mut installation = Installation::make(&with(home), None).await?;
    installation.start().await?;
    installation.stop().await?;
    let root = std::fs::read(installation.folder.join("data/root.key"))?;
    for (more, wanted) in cases {
        let mut installation = Installation::make(&with(&more), None).await?;
        // On PostgreSQL the databases are those of the first start, and so is the key.
        if !database_url.is_empty() {
            let data = installation.folder.join("data");
            std::fs::create_dir_all(&data)?;
            let key = data.join("root.key");
            std::fs::write(&key, &root)?;
            std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        }
        let refused = installation.start().await.err().context("it started")?.to_string();
        anyhow::ensure!(refused.contains(wanted), "{wanted}: {refused}");
        let found = told(&installation, &["residency", "check", "--json"]).await?;
        anyhow::ensure!(found.contains("abroad"), "{found}");
    }
    Ok(())
}
