//! `mailkeep policy attest`: a person says that a promise is kept, until a date.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use clap::Args;
use mailkeep_policy::checks;

use crate::config;
use crate::wiring::services::open_policy;

/// What is attested.
#[derive(Args)]
pub struct Attest {
    /// The promise, e.g. P1.
    promise: String,
    /// Who attests it.
    #[arg(long)]
    by: String,
    /// What was looked at.
    #[arg(long)]
    words: String,
    /// For how many days it counts, a year at most.
    #[arg(long, default_value_t = 365)]
    days: u64,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Records it.
pub(super) async fn run(config: &Path, asked: &Attest) -> Result<bool> {
    let policy = open_policy(&config::load(config)?).await?;
    let known = policy.compiled().kept_promises().any(|promise| {
        *promise.id.get_ref() == asked.promise && promise.proof.iter().any(|proof| proof == "attested")
    });
    ensure!(known, "{} is no promise that is attested; see `mailkeep policy check`", asked.promise);
    ensure!(
        (1..=366).contains(&asked.days),
        "an attestation counts for a year at most; then it is given again"
    );
    let until = policy.clock().now().plus(Duration::from_secs(asked.days * 86_400));
    checks::attest(&policy, &asked.promise, &asked.by, &asked.words, until).await?;
    if asked.json {
        let answer = serde_json::json!({ "promise": asked.promise, "by": asked.by, "until": until });
        println!("{answer}");
    } else {
        println!("{} is attested by {} until {until}", asked.promise, asked.by);
    }
    Ok(true)
}
