//! `mailkeep ledger`: the record of who used whose data.

mod prove;
mod verify;

use anyhow::Result;
use clap::Subcommand;

use crate::config::Config;

/// What can be done with the ledger.
#[derive(Subcommand)]
pub enum LedgerCommand {
    /// Look whether the ledger was tampered with, and where. Exit code 3 when it was.
    #[command(
        after_help = "Examples:\n  mailkeep ledger verify\n  mailkeep ledger verify --payloads           also what the entries say, as far as keys are left\n  mailkeep ledger verify --head \"4711 AbC…=\"   also against a head that stands on an old invoice"
    )]
    Verify(verify::Verify),
    /// Print a proof for third parties: that an entry is in the ledger, or that it only grew since an earlier head.
    #[command(
        after_help = "Examples:\n  mailkeep ledger prove --entry 42            an entry, under the newest signed head\n  mailkeep ledger prove --since 4711          the ledger of 4711 entries is the beginning of today's\n  mailkeep ledger prove --check proof.json --key mail.example.com/ledger+…"
    )]
    Prove(prove::Prove),
    /// Sign the head of the ledger now, and print it.
    #[command(after_help = "Examples:\n  mailkeep ledger sign\n  mailkeep ledger sign --json")]
    Sign {
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Does what was asked; false when something was found.
pub async fn run(config: Config, command: LedgerCommand) -> Result<bool> {
    match command {
        LedgerCommand::Verify(verify) => verify::run(config, verify).await,
        LedgerCommand::Prove(prove) => prove::run(config, prove).await,
        LedgerCommand::Sign { json } => {
            let policy = crate::wiring::services::open_policy(&config).await?;
            let made = mailkeep_policy::ledger::make_checkpoint(&policy).await?;
            if json {
                println!(
                    "{}",
                    serde_json::json!({ "size": made.size, "head": made.head().line(), "note": made.note })
                );
            } else {
                print!("{}", made.note);
            }
            Ok(true)
        }
    }
}
