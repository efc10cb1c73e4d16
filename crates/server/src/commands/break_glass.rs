//! `mailkeep break-glass`: the cases that staff opened with a reason, where no fact fitted.

use anyhow::Result;
use clap::Subcommand;
use mailkeep_identity::StaffPermission;
use mailkeep_policy::break_glass::{self, Case, Verdict};
use mailkeep_policy::{Shown, sink};
use uuid::Uuid;

use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// What can be done with cases.
#[derive(Subcommand)]
pub enum BreakGlassCommand {
    /// Print the cases that wait for a second person; exits with 3 when one waits for longer than a day.
    #[command(after_help = "Example:\n  mailkeep break-glass list --json")]
    List {
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the words of a colleague's case; recorded in the ledger like every use.
    #[command(after_help = "Example:\n  mailkeep break-glass show 0199… --by emmy")]
    Show {
        /// The case.
        id: Uuid,
        /// The member of staff who looks, by login or identifier; another than who opened it.
        #[arg(long)]
        by: String,
    },
    /// Find a colleague's case good: the second look.
    #[command(after_help = "Example:\n  mailkeep break-glass confirm 0199… --by emmy")]
    Confirm {
        /// The case.
        id: Uuid,
        /// The member of staff who looked, by login or identifier; another than who opened it.
        #[arg(long)]
        by: String,
    },
    /// Find a colleague's case not good, and say why: a privacy officer settles it.
    #[command(
        after_help = "Example:\n  mailkeep break-glass dispute 0199… --by emmy --because \"There was no stranger in the account.\""
    )]
    Dispute {
        /// The case.
        id: Uuid,
        /// The member of staff who looked, by login or identifier; another than who opened it.
        #[arg(long)]
        by: String,
        /// What is wrong, in a sentence.
        #[arg(long)]
        because: String,
    },
}

/// Does what was asked; false when a case waited for too long.
pub async fn run(config: Config, command: BreakGlassCommand) -> Result<bool> {
    let parts = Parts::open(&config).await?;
    let Services { policy, identity, .. } = Services::open(&config, &parts, false).await?;
    let colleague = async |by: String| super::colleague(&identity, &by, StaffPermission::SecondLook).await;
    match command {
        BreakGlassCommand::List { json } => {
            let unseen: Vec<Uuid> = break_glass::unseen(&policy).await?.iter().map(|case| case.id).collect();
            let waiting = break_glass::waiting(&policy).await?;
            if json {
                println!("{}", serde_json::to_string_pretty(&waiting)?);
            } else {
                waiting.iter().for_each(|case| print(case, unseen.contains(&case.id)));
            }
            return Ok(unseen.is_empty());
        }
        BreakGlassCommand::Show { id, by } => {
            let words = break_glass::read_words(&policy, id, colleague(by).await?).await?;
            println!("{}", readable(&words.reason));
            if let Some(dispute) = &words.dispute {
                println!("disputed: {}", readable(dispute));
            }
        }
        BreakGlassCommand::Confirm { id, by } => {
            break_glass::confirm(&policy, id, colleague(by).await?).await?;
            println!("confirmed");
        }
        BreakGlassCommand::Dispute { id, by, because } => {
            let by = colleague(by).await?;
            break_glass::look(&policy, id, by, Verdict::Disputed, &because).await?;
            println!("disputed; a privacy officer settles it in the console");
        }
    }
    Ok(true)
}

/// What a colleague wrote, for whoever looks at it at this terminal.
fn readable(words: &Shown<String>) -> String {
    String::from_utf8(sink::file(words).unwrap_or_default()).unwrap_or_default()
}

fn print(case: &Case, late: bool) {
    let note = if late { "  LATE: looked at by nobody within a day" } else { "" };
    println!("{}  opened {} by {} ({}){note}", case.id, case.opened_at, case.staff, case.cause.id());
}
