//! `mailkeep keys rotate-root`.

use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mailkeep_policy::{RootKey, RootKeySource, rotate_root};
use mailkeep_types::{Clock as _, SystemClock};

use super::{RotateRoot, prune};
use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::{ROOT_KEY_PATIENCE, root_key};

/// Wraps every key under the new root, and puts its file in place when it is one beside the old.
pub async fn run(config: &Config, asked: RotateRoot) -> Result<()> {
    let _alone = crate::node::serve_alone(config)?;
    let parts = Parts::open(config).await?;
    let old = root_key(config);
    let (new, in_place) = target(&old, &asked)?;
    let (old_root, new_root) = (RootKey::load(&old)?, RootKey::load(&new)?);
    let done = rotate_root(&parts.keys, &old_root, &new_root, asked.at_once, |so_far| {
        println!("{} keys are under the new root", so_far.before + so_far.wrapped);
        // Whoever watches through a pipe sees it as it happens.
        let _ = std::io::stdout().flush();
        ControlFlow::Continue(())
    })
    .await?;
    println!("the new root key is in force: {} keys wrapped now, {} before", done.wrapped, done.before);
    match in_place {
        Some((file, next)) => put_in_place(&file, &next)?,
        None => println!(
            "Set policy.root_key to {new} before the next start, and destroy the old root key when the backups of the \
             keys made until now are gone."
        ),
    }
    Ok(())
}

/// Where the new root key is, and the old and new file when one takes the place of the other.
fn target(old: &RootKeySource, asked: &RotateRoot) -> Result<(RootKeySource, Option<(PathBuf, PathBuf)>)> {
    if let Some(path) = &asked.to_file {
        return Ok((RootKeySource::File(path.clone()), None));
    }
    if let Some(name) = &asked.to_environment {
        return Ok((RootKeySource::Environment(name.clone()), None));
    }
    if let Some(words) = &asked.to_command {
        return Ok((RootKeySource::Command { words: words.clone(), patience: ROOT_KEY_PATIENCE }, None));
    }
    let RootKeySource::File(file) = old else {
        anyhow::bail!(
            "the root key is in {old}: say where the new one is with --to-file, --to-environment or --to-command"
        );
    };
    let next = beside(file, "next");
    // The one of a run that was interrupted stays.
    RootKey::create_file(&next)?;
    Ok((RootKeySource::File(next.clone()), Some((file.clone(), next))))
}

fn beside(file: &Path, word: &str) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{word}"));
    file.with_file_name(name)
}

/// The new file takes the name of the old one, which is kept until the backups that need it are gone.
fn put_in_place(file: &Path, next: &Path) -> Result<()> {
    let retired = beside(file, &format!("{}-{}", prune::RETIRED, SystemClock.now().as_seconds()));
    crate::tls::write_secret(&retired, &std::fs::read(file).with_context(|| file.display().to_string())?)?;
    std::fs::rename(next, file).with_context(|| file.display().to_string())?;
    if let Some(folder) = file.parent() {
        std::fs::File::open(folder)?.sync_all()?;
    }
    println!("The old root key is in {}; `mailkeep keys prune` removes it in its time.", retired.display());
    Ok(())
}
