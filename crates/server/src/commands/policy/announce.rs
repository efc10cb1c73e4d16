//! `mailkeep policy announce`: people are told of a policy before it is in force.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use mailkeep_policy::Subject;
use mailkeep_policy::file::CompiledPolicy;
use mailkeep_policy::versions::announce;
use mailkeep_types::Timestamp;
use serde_json::json;

use super::{compile, text_of};
use crate::config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// What is announced, and for when.
#[derive(Args)]
pub struct Announce {
    /// The day from which it is in force: YYYY-MM-DD, midnight UTC; `now` for at once.
    #[arg(long)]
    from: String,
    /// The policy file to come; else the one that is configured. It may be that of the next release.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

fn day(text: &str, now: Timestamp) -> Result<Timestamp> {
    if text == "now" {
        return Ok(now);
    }
    Timestamp::of_day(text).with_context(|| format!("“{text}” is no day such as 2026-12-24"))
}

/// Writes a message to every person, and records it.
pub(super) async fn run(path: &Path, asked: &Announce) -> Result<bool> {
    let (text, name) = text_of(asked.file.as_deref(), path)?;
    // The file of the next release may have words that this one does not know yet.
    let next = compile(&text, &name).or_else(|_| CompiledPolicy::of_record(&text)).context(name)?;
    let mut config = config::load(path)?;
    // What is configured may be the file to come; the message is let through by what is built in.
    if asked.file.is_none() {
        config.policy.file = PathBuf::new();
    }
    let parts = Parts::open(&config).await?;
    let services = Services::open(&config, &parts, false).await?;
    let from = day(&asked.from, services.policy.clock().now())?;
    let people: Vec<Subject> =
        services.identity.active_persons().await?.into_iter().map(Subject::person).collect();
    let told = announce(&services.policy, &next, from, &people).await?;
    if asked.json {
        println!(
            "{}",
            serde_json::to_string_pretty(&json!({
                "announcement": told.announcement, "changes": told.changes,
            }))?
        );
        return Ok(true);
    }
    for change in &told.changes {
        println!("{}", change.what);
    }
    println!(
        "{} persons are told that policy {} is in force from {from}",
        told.announcement.told,
        next.id_text()
    );
    Ok(true)
}
