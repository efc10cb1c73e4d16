//! `mailkeep ledger prove`

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use mailkeep_policy::ledger::{self, EntryProof};

use crate::config::Config;
use crate::wiring::services::open_policy;

/// What to prove.
#[derive(Args)]
#[group(required = true, multiple = false, id = "what")]
pub struct Prove {
    /// The position of an entry.
    #[arg(long, group = "what")]
    entry: Option<i64>,
    /// The number of entries of an earlier head.
    #[arg(long, group = "what")]
    since: Option<u64>,
    /// A file with the proof of an entry, to be verified.
    #[arg(long, group = "what")]
    check: Option<PathBuf>,
    /// The published key, for --check; that of this installation when it is left out.
    #[arg(long, requires = "check")]
    key: Option<String>,
    /// Answer in JSON, also to --check.
    #[arg(long)]
    json: bool,
}

/// Prints the proof, or what a check of one says.
pub(super) async fn run(config: Config, asked: Prove) -> Result<bool> {
    if let Some(path) = &asked.check {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let proof: EntryProof = serde_json::from_str(&text).context("this is no proof of an entry")?;
        let key = match asked.key {
            Some(key) => key,
            None => open_policy(&config).await?.ledger_key().await?,
        };
        let verified = proof.verify(&key, None);
        if asked.json {
            let why = verified.as_ref().err().map(ToString::to_string);
            println!(
                "{}",
                serde_json::json!({ "entry": proof.entry.position, "holds": verified.is_ok(), "why": why })
            );
            return Ok(verified.is_ok());
        }
        return Ok(match verified {
            Ok(()) => {
                println!("entry {} is in the ledger under\n{}", proof.entry.position, proof.checkpoint);
                true
            }
            Err(error) => {
                println!("the proof does not hold: {error}");
                false
            }
        });
    }
    let policy = open_policy(&config).await?;
    let proof = match (asked.entry, asked.since) {
        (Some(position), _) => serde_json::to_string_pretty(&ledger::prove_entry(&policy, position).await?)?,
        (None, since) => {
            serde_json::to_string_pretty(&ledger::prove_consistency(&policy, since.unwrap_or(0)).await?)?
        }
    };
    println!("{proof}");
    Ok(true)
}
