//! `mailkeep policy diff FILE`

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use mailkeep_policy::file::diff::{Direction, Needs, diff};

use super::{compile, text_of};

/// What is compared.
#[derive(Args)]
pub struct Diff {
    /// The other file.
    other: PathBuf,
    /// Compare with this file instead of the one in force.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Prints what changes; true when nothing widens.
pub(super) fn run(config: &Path, asked: &Diff) -> Result<bool> {
    let (text, name) = text_of(asked.file.as_deref(), config)?;
    let before = compile(&text, &name)?;
    let (text, name) = text_of(Some(&asked.other), config)?;
    let after = compile(&text, &name)?;
    let changes = diff(&before, &after);
    if asked.json {
        println!("{}", serde_json::to_string_pretty(&changes)?);
    } else {
        for change in &changes {
            let direction = match change.direction {
                Direction::Widened => "wider",
                Direction::Narrowed => "narrower",
                Direction::Reworded => "words",
            };
            let needs = match change.needs {
                Needs::Nothing => "",
                Needs::Notice => " (needs notice first)",
                Needs::Consent => " (needs consent first)",
            };
            println!("{direction:9} {}{needs}", change.what);
        }
        println!("{} changes from {} to {}", changes.len(), before.id_text(), after.id_text());
    }
    Ok(changes.iter().all(|change| change.direction != Direction::Widened))
}
