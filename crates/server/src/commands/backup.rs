//! `mailkeep backup FOLDER`: a consistent copy while the program runs.
//!
//! The main database is copied before the bodies, so that every body that its rows name is in the copy. The keys are never
//! put beside them: `mailkeep keys backup` copies those elsewhere, because their copies may live a few days at most.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mailkeep_storage::blobs::{Blobs, BlobsConfig};
use mailkeep_storage::sql::Dialect;

use crate::config::Config;
use crate::parts::{Parts, blobs_config};
use crate::wiring::services::suppression_file;

/// Copies everything into a new folder.
pub async fn run(config: Config, folder: PathBuf) -> Result<()> {
    anyhow::ensure!(!folder.exists(), "{} exists already; name a new folder", folder.display());
    let parts = Parts::open(&config).await?;
    anyhow::ensure!(
        parts.db.dialect() == Dialect::Sqlite && parts.keys.dialect() == Dialect::Sqlite,
        "the database is PostgreSQL: back it up with pg_dump or a base backup, the keys apart, and the bodies with your store's tools"
    );
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    parts.db.backup_to(folder.join("mailkeep.db")).await?;
    let list = suppression_file(&config);
    if list.is_file() {
        fs::copy(&list, folder.join("suppressions.list")).with_context(|| list.display().to_string())?;
    }
    let (mut bodies, mut files) = (0, 0);
    if let BlobsConfig::Folder(_) = blobs_config(&config) {
        for key in parts.blobs.list("bodies").await? {
            // A body that was removed meanwhile is named by no row of the copy that matters: its message was deleted.
            match parts.blobs.get(&key).await {
                Ok(content) => write(&folder.join("blobs").join(&key), &content)?,
                Err(mailkeep_storage::blobs::BlobError::NotFound(_)) => continue,
                Err(error) => return Err(error.into()),
            }
            bodies += 1;
        }
        let to = Blobs::open(&BlobsConfig::Folder(folder.join("blobs")))?;
        for what in ["downloads", "hand-overs", "tickets"] {
            for key in parts.blobs.list(what).await? {
                match parts.blobs.copy_to(&key, &to).await {
                    // A draft was removed, or a hand-over or a ticket ended, meanwhile.
                    Err(mailkeep_storage::blobs::BlobError::NotFound(_)) => continue,
                    copied => copied?,
                }
                files += 1;
            }
        }
    } else {
        println!(
            "Bodies, downloads, hand-overs and files of tickets are in an S3 store and are not copied: use the store's versions or replication."
        );
    }
    println!(
        "backed up the database, {bodies} large bodies and {files} files of downloads, hand-overs and tickets to {}",
        folder.display()
    );
    println!("The keys are not in it: `mailkeep keys backup FOLDER` copies them to a place of their own.");
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content).with_context(|| path.display().to_string())
}
