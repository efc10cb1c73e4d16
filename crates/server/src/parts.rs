//! Opens what every command works on: the databases, the bodies, the clock.

use std::sync::Arc;

use anyhow::{Context, Result};
use mailkeep_storage::blobs::{Blobs, BlobsConfig};
use mailkeep_storage::sql::{Database, DatabaseConfig, MigrationSet};
use mailkeep_types::{SharedClock, SystemClock};

use crate::config::Config;
use crate::steered::Steered;

/// The opened parts of an installation.
pub struct Parts {
    /// All but the keys.
    pub db: Database,
    /// The keys of persons and mailboxes.
    pub keys: Database,
    /// Large bodies.
    pub blobs: Blobs,
    /// The time.
    pub clock: SharedClock,
    /// The same clock when it can be moved.
    pub steered: Option<Steered>,
}

/// Where the main database is.
pub fn database_config(config: &Config) -> Result<DatabaseConfig> {
    place(&config.database.url, config, "mailkeep.db")
}

/// Where the database of keys is.
pub fn keys_config(config: &Config) -> Result<DatabaseConfig> {
    place(&config.database.keys_url, config, "keys.db")
}

fn place(url: &str, config: &Config, file: &str) -> Result<DatabaseConfig> {
    if url.is_empty() {
        return Ok(DatabaseConfig::Sqlite { path: config.server.data_dir.join(file), readers: 4 });
    }
    place_of(url, config)
}

/// What a URL means with the other settings of `config`.
///
/// # Errors
/// When it is neither SQLite nor PostgreSQL.
pub fn place_of(url: &str, config: &Config) -> Result<DatabaseConfig> {
    let root = &config.database.tls_root;
    Ok(match DatabaseConfig::parse(url)? {
        DatabaseConfig::Postgres { url, connections, .. } if !root.as_os_str().is_empty() => {
            DatabaseConfig::Postgres { url, connections, tls_root: Some(root.clone()) }
        }
        place => place,
    })
}

/// Where bodies are.
pub fn blobs_config(config: &Config) -> BlobsConfig {
    let section = &config.blobs;
    if section.endpoint.is_empty() {
        let folder = if section.folder.is_empty() {
            config.server.data_dir.join("blobs")
        } else {
            section.folder.clone().into()
        };
        return BlobsConfig::Folder(folder);
    }
    BlobsConfig::S3 {
        endpoint: section.endpoint.clone(),
        bucket: section.bucket.clone(),
        region: section.region.clone(),
        access_key_id: section.access_key_id.clone(),
        secret_access_key: section.secret_access_key.clone(),
    }
}

impl Parts {
    /// Opens the parts; the tables must be up to date.
    ///
    /// # Errors
    /// When a database cannot be opened, or lacks a migration: `mailkeep migrate` mends that.
    pub async fn open(config: &Config) -> Result<Self> {
        let parts = Self::open_unmigrated(config).await?;
        let mut pending = parts.db.pending_migrations(MigrationSet::Main).await?;
        pending.extend(parts.keys.pending_migrations(MigrationSet::Keys).await?);
        anyhow::ensure!(
            pending.is_empty(),
            "the databases lack {}: run `mailkeep migrate`",
            pending.join(", ")
        );
        Ok(parts)
    }

    /// Opens the parts and brings the tables up to date.
    ///
    /// # Errors
    /// When a database cannot be opened or migrated.
    pub async fn open_and_migrate(config: &Config) -> Result<(Self, Vec<String>)> {
        let parts = Self::open_unmigrated(config).await?;
        let mut done = parts.db.migrate(MigrationSet::Main).await.context("the main database")?;
        done.extend(parts.keys.migrate(MigrationSet::Keys).await.context("the database of keys")?);
        Ok((parts, done))
    }

    async fn open_unmigrated(config: &Config) -> Result<Self> {
        make_private(&config.server.data_dir)?;
        let steered = if config.server.steered_clock { Some(Steered::open(config)?) } else { None };
        let clock: SharedClock = match &steered {
            Some(steered) => Arc::clone(&steered.clock) as SharedClock,
            None => Arc::new(SystemClock),
        };
        let db = Database::open(&database_config(config)?, Arc::clone(&clock))
            .await
            .context("the main database")?;
        let keys = Database::open(&keys_config(config)?, Arc::clone(&clock))
            .await
            .context("the database of keys")?;
        let blobs = Blobs::open(&blobs_config(config)).context("the store of bodies")?;
        Ok(Parts { db, keys, blobs, clock, steered })
    }
}

/// Makes the data folder where it is missing, for the program's own user alone.
pub fn make_private(folder: &std::path::Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true).mode(0o700).create(folder).with_context(|| folder.display().to_string())
}
