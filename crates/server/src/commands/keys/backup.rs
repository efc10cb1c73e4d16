//! `mailkeep keys backup`: the keys apart from the data, because their copies may live a few days only.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mailkeep_storage::sql::Dialect;
use mailkeep_types::{Clock as _, SystemClock};

use super::prune;
use crate::config::Config;
use crate::parts::Parts;

/// Copies the database of keys into the folder.
pub async fn run(config: &Config, folder: Option<PathBuf>) -> Result<()> {
    let named = folder.or_else(|| config.policy.key_backups.first().cloned());
    let folder = named.context("name a folder, or set policy.key_backups in the configuration")?;
    let parts = Parts::open(config).await?;
    anyhow::ensure!(
        parts.keys.dialect() == Dialect::Sqlite,
        "the database of keys is PostgreSQL: back it up with pg_dump, apart from the data, and let no copy grow older \
         than the policy's erasure time"
    );
    if !folder.is_dir() {
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
        made.with_context(|| folder.display().to_string())?;
    }
    apart(config, &folder)?;
    let name = format!("keys-{}.db", SystemClock.now().to_jiff().strftime("%Y%m%dT%H%M%S%fZ"));
    let file = folder.join(name);
    parts.keys.backup_to(file.clone()).await?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600))?;
    println!("copied the keys to {}", file.display());
    println!("The root key is not in it: keep that apart from this copy and from the data.");
    for gone in prune(config, &SystemClock)? {
        println!("removed {}, which was past its term", gone.display());
    }
    Ok(())
}

/// Refuses a folder that holds data, or lies in one: who finds the one would have the other too.
fn apart(config: &Config, folder: &Path) -> Result<()> {
    let folder = folder.canonicalize().with_context(|| folder.display().to_string())?;
    let data = config.server.data_dir.canonicalize().unwrap_or_else(|_| config.server.data_dir.clone());
    let holds_data =
        |place: &Path| place == data || place.join("mailkeep.db").exists() || place.join("blobs").is_dir();
    match folder.ancestors().find(|place| holds_data(place)) {
        None => Ok(()),
        Some(place) => anyhow::bail!(
            "{} holds data: keys are kept apart from it, in a folder of their own, best on another machine",
            place.display()
        ),
    }
}
