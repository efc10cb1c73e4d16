//! `mailkeep ledger verify`

use anyhow::{Context, Result};
use clap::Args;
use mailkeep_policy::ledger::{self, Head};

use crate::config::Config;
use crate::wiring::services::open_policy;

/// Against what to verify.
#[derive(Args)]
pub struct Verify {
    /// A head that was kept outside, e.g. on an invoice: the number of entries and the root. May be given again.
    #[arg(long = "head")]
    heads: Vec<String>,
    /// Open what every entry says too, and compare it with what was committed to.
    #[arg(long)]
    payloads: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Prints what was found; true when nothing was.
pub(super) async fn run(config: Config, asked: Verify) -> Result<bool> {
    let heads: Vec<Head> = asked
        .heads
        .iter()
        .map(|line| {
            Head::from_line(line).with_context(|| {
                format!("“{line}” is no head; it is a number of entries and a root, as printed")
            })
        })
        .collect::<Result<_>>()?;
    let policy = open_policy(&config).await?;
    let key = policy.ledger_key().await?;
    let mut found = ledger::verify_against(policy.database(), heads, Some(key)).await?;
    if asked.payloads {
        found.findings.extend(ledger::verify_payloads(&policy).await?);
        found.findings.sort_by_key(|finding| finding.position);
    }
    if asked.json {
        println!("{}", serde_json::to_string_pretty(&found)?);
    } else {
        for finding in &found.findings {
            println!("position {}: {:?}", finding.position, finding.kind);
        }
        let root = Head { size: found.entries, root: found.root };
        println!("{} entries, compared with {} heads; head {}", found.entries, found.heads, root.line());
        println!("{}", if found.findings.is_empty() { "nothing was tampered with" } else { "TAMPERED WITH" });
    }
    Ok(found.findings.is_empty())
}
