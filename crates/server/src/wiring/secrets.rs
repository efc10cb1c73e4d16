//! Secrets of others, from files or the environment.

use std::path::Path;

use anyhow::{Context, Result};

/// The secret in a file, or in the environment when no file is named.
///
/// # Errors
/// A sentence that says where it was looked for, and never what it is.
pub fn read(file: &Path, variable: &str) -> Result<String> {
    if file.as_os_str().is_empty() { from_environment(variable) } else { from_file(file) }
}

/// The secret in a file.
///
/// # Errors
/// When there is none.
pub fn from_file(path: &Path) -> Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("the secret in {}", path.display()))?;
    let secret = text.trim().to_owned();
    anyhow::ensure!(!secret.is_empty(), "{} holds no secret", path.display());
    Ok(secret)
}

/// The secret in a variable of the environment.
///
/// # Errors
/// When there is none.
pub fn from_environment(name: &str) -> Result<String> {
    let secret = std::env::var(name).unwrap_or_default().trim().to_owned();
    anyhow::ensure!(!secret.is_empty(), "neither a file nor {name} holds the secret");
    Ok(secret)
}
