//! `mailkeep retention run`: ends what is past its term; the program does so by itself once a day.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, Subcommand};
use mailkeep_policy::retention;

use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// What can be done.
#[derive(Subcommand)]
pub enum RetentionCommand {
    /// End what is past its term, table by table.
    #[command(
        after_help = "Examples:\n  mailkeep retention run --dry-run      what would go\n  mailkeep retention run --json"
    )]
    Run(Run),
}

/// How to run.
#[derive(Args)]
pub struct Run {
    /// Count, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// With the terms of another policy file, narrower than the built-in one; only to count.
    #[arg(long, requires = "dry_run")]
    file: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Runs, and says what went.
pub async fn run(mut config: Config, command: RetentionCommand) -> Result<()> {
    let RetentionCommand::Run(asked) = command;
    if let Some(file) = &asked.file {
        config.policy.file.clone_from(file);
    }
    let parts = Parts::open(&config).await?;
    let policy = Services::open(&config, &parts, false).await?.policy;
    let due =
        if asked.dry_run { retention::dry_run(&policy).await? } else { retention::run(&policy).await? };
    if asked.json {
        println!("{}", serde_json::to_string_pretty(&due)?);
        return Ok(());
    }
    for due in &due {
        println!(
            "{:6} {:18} {:14} {} from before {}",
            due.rows, due.table, due.category, due.ending, due.before
        );
    }
    if asked.dry_run {
        println!("nothing was changed");
    }
    Ok(())
}
