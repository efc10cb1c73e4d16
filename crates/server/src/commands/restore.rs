//! `mailkeep restore FOLDER`: puts a backup in place of an empty installation.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use mailkeep_policy::RootKey;
use mailkeep_storage::blobs::{Blobs, BlobsConfig};
use mailkeep_storage::sql::DatabaseConfig;

use crate::config::Config;
use crate::parts::{Parts, blobs_config, database_config, keys_config};
use crate::wiring::services::{open_policy, root_key};

/// What is put in place.
#[derive(Args)]
pub struct Restore {
    /// The folder of the backup.
    folder: PathBuf,
    /// The copy of the database of keys, from `mailkeep keys backup`.
    #[arg(long)]
    keys: PathBuf,
}

/// Copies a backup into place and opens it.
pub async fn run(config: Config, Restore { folder, keys: saved_keys }: Restore) -> Result<()> {
    let _held = crate::node::serve_alone(&config)?;
    let main = file_of(&database_config(&config)?, "database.url")?;
    let keys = file_of(&keys_config(&config)?, "database.keys_url")?;
    for target in [&main, &keys] {
        anyhow::ensure!(
            !target.exists(),
            "{} exists: restore only into an empty installation",
            target.display()
        );
    }
    // Without it nothing personal could be read afterwards: better said before anything is copied.
    RootKey::load(&root_key(&config)).context("put the root key in its place before the restore")?;
    copy(&folder.join("mailkeep.db"), &main)?;
    copy(&saved_keys, &keys)?;
    let (mut bodies, mut files) = (0, 0);
    let saved = folder.join("blobs");
    if saved.is_dir() {
        let (from, to) = (Blobs::open(&BlobsConfig::Folder(saved))?, Blobs::open(&blobs_config(&config))?);
        for key in from.list("bodies").await? {
            to.put(&key, from.get(&key).await?).await?;
            bodies += 1;
        }
        for what in ["downloads", "hand-overs", "tickets"] {
            for key in from.list(what).await? {
                from.copy_to(&key, &to).await?;
                files += 1;
            }
        }
    }
    let (_, done) = Parts::open_and_migrate(&config).await.context("the restored databases")?;
    println!(
        "restored the databases, {bodies} large bodies and {files} files of downloads, hand-overs and tickets; {} newer migrations applied",
        done.len()
    );
    // The list of this installation is left alone: it knows what was declined after the backup was made.
    let policy = open_policy(&config).await?;
    let saved = folder.join("suppressions.list");
    let more: Vec<PathBuf> = saved.is_file().then_some(saved).into_iter().collect();
    let merged = policy.merge_suppressions(&more).await.context("the suppression list")?;
    println!("{} refusals that the backup did not have were brought back", merged.brought_back);
    println!("run `mailkeep doctor` before `mailkeep serve`");
    Ok(())
}

fn file_of(config: &DatabaseConfig, key: &str) -> Result<PathBuf> {
    match config {
        DatabaseConfig::Sqlite { path, .. } => Ok(path.clone()),
        DatabaseConfig::Postgres { .. } => {
            anyhow::bail!("{key} is PostgreSQL: restore it with pg_restore or from a base backup")
        }
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).with_context(|| format!("{} to {}", from.display(), to.display()))?;
    fs::File::open(to)?.sync_all().with_context(|| to.display().to_string())
}
