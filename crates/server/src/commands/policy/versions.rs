//! `mailkeep policy versions`: every policy that was in force, and those that are announced.

use std::path::Path;

use anyhow::Result;
use clap::Args;
use mailkeep_policy::versions;
use serde_json::json;

use crate::config;
use crate::wiring::services::open_policy;

/// How to answer.
#[derive(Args)]
pub struct Versions {
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Prints them, newest first.
pub(super) async fn run(config: &Path, asked: &Versions) -> Result<bool> {
    let policy = open_policy(&config::load(config)?).await?;
    let (list, announced) = (versions::list(&policy).await?, versions::announcements(&policy).await?);
    if asked.json {
        println!("{}", serde_json::to_string_pretty(&json!({ "versions": list, "announced": announced }))?);
        return Ok(true);
    }
    for next in &announced {
        println!(
            "to come   {} {} from {}, {} persons told",
            hex(&next.policy_id),
            next.version,
            next.from,
            next.told
        );
    }
    for version in &list {
        println!(
            "{:9} {} {} from {}",
            version.sequence,
            hex(&version.policy_id),
            version.version,
            version.from
        );
    }
    Ok(true)
}

fn hex(id: &[u8; 32]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}
