//! `mailkeep keys`: the root key and the keys that are wrapped under it.

mod backup;
mod prune;
mod rotate_root;
mod status;

use anyhow::Result;
use clap::{Args, Subcommand};
use std::path::PathBuf;

use crate::config::Config;

pub use prune::prune;

/// What can be done with the keys.
#[derive(Subcommand)]
pub enum KeysCommand {
    /// Say where the root key comes from, whether it fits, and what the database of keys and its backups hold.
    Status(Status),
    /// Replace the root key: wraps every key under a new one. Killed in the middle, it goes on when it is run again.
    #[command(
        after_help = "Examples:\n  mailkeep keys rotate-root                                 a new file in place of the old one\n  \
                      mailkeep keys rotate-root --to-environment NEW_ROOT_KEY   then set it in the configuration"
    )]
    RotateRoot(RotateRoot),
    /// Copy the database of keys, never the root key, into a folder that holds no data.
    Backup(Backup),
    /// Remove backups of the keys, and root keys that were replaced, once they are older than the policy's erasure time.
    Prune,
}

/// How to say it.
#[derive(Args)]
pub struct Status {
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Where the new root key is; a file beside the old one when nothing is named.
#[derive(Args)]
pub struct RotateRoot {
    /// A file with the new root key.
    #[arg(long, conflicts_with_all = ["to_environment", "to_command"])]
    to_file: Option<PathBuf>,
    /// An environment variable with the new root key.
    #[arg(long, conflicts_with = "to_command")]
    to_environment: Option<String>,
    /// A program, and its arguments, that writes the new root key.
    #[arg(long, num_args = 1.., allow_hyphen_values = true)]
    to_command: Option<Vec<String>>,
    /// How many keys to wrap in one transaction.
    #[arg(long, default_value_t = mailkeep_policy::KEYS_AT_ONCE, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    at_once: u32,
}

/// Where the copy goes.
#[derive(Args)]
pub struct Backup {
    /// The folder; the first of `policy.key_backups` when none is named.
    folder: Option<PathBuf>,
}

/// Does what is asked. False when `status` found a fault.
pub async fn run(config: Config, command: KeysCommand) -> Result<bool> {
    match command {
        KeysCommand::Status(status) => status::run(&config, status.json).await,
        KeysCommand::RotateRoot(asked) => rotate_root::run(&config, asked).await.map(|()| true),
        KeysCommand::Backup(asked) => backup::run(&config, asked.folder).await.map(|()| true),
        KeysCommand::Prune => {
            let gone = prune(&config, &mailkeep_types::SystemClock)?;
            for path in &gone {
                println!("removed {}", path.display());
            }
            println!("{} files were past their term", gone.len());
            Ok(true)
        }
    }
}
