//! `mailkeep policy ropa`: the record of processing activities.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use mailkeep_policy::records::record_of_processing;

use crate::config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// How to answer.
#[derive(Args)]
pub struct Ropa {
    /// Only what is held as controller or as processor.
    #[arg(long = "as", value_parser = ["controller", "processor"])]
    held_as: Option<String>,
    /// Another policy file than the one in force; it may be narrower, not wider.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Prints the record.
pub(super) async fn run(config: &Path, asked: &Ropa) -> Result<bool> {
    let mut config = config::load(config)?;
    if let Some(file) = &asked.file {
        config.policy.file.clone_from(file);
    }
    let parts = Parts::open(&config).await?;
    let policy = Services::open(&config, &parts, false).await?.policy;
    let mut record = record_of_processing(policy.compiled(), &policy.records());
    record.retain(|entry| asked.held_as.as_ref().is_none_or(|held| *held == entry.held_as));
    if asked.json {
        println!("{}", serde_json::to_string_pretty(&record)?);
        return Ok(true);
    }
    for entry in &record {
        let purposes: Vec<&str> = entry.purposes.iter().map(|purpose| purpose.id()).collect();
        println!("{} ({}): {}", entry.category, entry.held_as, entry.words);
        println!("  for {}; received by {}", purposes.join(", "), entry.recipients.join(", "));
        println!(
            "  kept {} days after {}; {}; in {}",
            entry.keep_days, entry.keep_from, entry.erasure, entry.country
        );
        for table in &entry.tables {
            println!("  {}.{}: {}, from {}", table.table, table.columns.join("/"), table.about, table.source);
        }
    }
    Ok(true)
}
