//! Backups of keys, and root keys that were replaced, end with the policy's erasure time: an erasure is final when the
//! last copy of the key is gone.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_policy::file::{BUILT_FILE, CompiledPolicy};
use mailkeep_types::{Clock, Timestamp};

use crate::config::Config;

/// What a replaced root key's file is called before its date.
pub const RETIRED: &str = "retired";

/// The erasure time of the policy in force, in days.
pub fn term(config: &Config) -> Result<u64> {
    let file = &config.policy.file;
    let text = match file.as_os_str().is_empty() {
        true => BUILT_FILE.to_owned(),
        false => std::fs::read_to_string(file).with_context(|| file.display().to_string())?,
    };
    Ok(CompiledPolicy::compile(&text)?.raw.erasure.days.into())
}

/// The backups of keys in the configured folders, with the time of each.
pub fn backups(config: &Config) -> Vec<(PathBuf, Timestamp)> {
    let mut found: Vec<_> =
        config.policy.key_backups.iter().flat_map(|folder| files(folder, is_backup)).collect();
    found.sort_by_key(|(_, at)| *at);
    found
}

fn is_backup(name: &str) -> bool {
    name.starts_with("keys-") && name.ends_with(".db")
}

fn is_retired_root(name: &str) -> bool {
    name.contains(&format!(".{RETIRED}-"))
}

fn files(folder: &Path, named: fn(&str) -> bool) -> Vec<(PathBuf, Timestamp)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let file = |entry: std::fs::DirEntry| {
        if !named(entry.file_name().to_str()?) {
            return None;
        }
        let changed = entry.metadata().ok()?.modified().ok()?;
        let since = changed.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some((entry.path(), Timestamp::from_seconds(i64::try_from(since.as_secs()).ok()?)))
    };
    entries.filter_map(file).collect()
}

/// Removes what is past its term, and says what.
pub fn prune(config: &Config, clock: &dyn Clock) -> Result<Vec<PathBuf>> {
    let limit = clock.now().minus(Duration::from_secs(term(config)? * 86_400));
    let mut old = backups(config);
    old.extend(files(&config.server.data_dir, is_retired_root));
    let mut gone = Vec::new();
    for (path, _) in old.into_iter().filter(|(_, at)| *at < limit) {
        std::fs::remove_file(&path).with_context(|| path.display().to_string())?;
        gone.push(path);
    }
    Ok(gone)
}
