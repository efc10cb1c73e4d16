//! Which node of the installation this process is: an identifier that stays the same at every start.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result, bail};
use mailkeep_types::{Clock, ids::new_uuid};
use uuid::Uuid;

use crate::config::Config;

/// The identifier of the node whose data is in this folder; it is made at the first start.
///
/// # Errors
/// When the file cannot be read or written, or holds something else.
pub fn identifier(config: &Config, clock: &dyn Clock) -> Result<Uuid> {
    let path = config.server.data_dir.join("node");
    if let Ok(text) = fs::read_to_string(&path) {
        return text.trim().parse().with_context(|| {
            format!("{} does not hold an identifier; remove it and a new one is made", path.display())
        });
    }
    let made = new_uuid(clock);
    crate::parts::make_private(&config.server.data_dir)?;
    write_whole(&path, &made.to_string())?;
    Ok(made)
}

/// Held while the node serves: a second process with the same folder would take the work of the first for its own.
pub struct Serving(#[expect(dead_code, reason = "the lock lasts as long as the file is open")] File);

/// Takes the folder for this process.
///
/// # Errors
/// When another process serves from it.
pub fn serve_alone(config: &Config) -> Result<Serving> {
    let path = config.server.data_dir.join("node.lock");
    crate::parts::make_private(&config.server.data_dir)?;
    let file = File::create(&path).with_context(|| path.display().to_string())?;
    match file.try_lock() {
        Ok(()) => Ok(Serving(file)),
        Err(TryLockError::WouldBlock) => bail!(
            "another mailkeep serves from {}: stop it first, or give this one a data_dir of its own",
            config.server.data_dir.display()
        ),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// Writes the file in one step, so that a crash leaves either nothing or all of it.
fn write_whole(path: &Path, text: &str) -> Result<()> {
    let beside = path.with_extension("new");
    fs::write(&beside, text).with_context(|| beside.display().to_string())?;
    fs::rename(&beside, path).with_context(|| path.display().to_string())
}
