//! `mailkeep guard`: whom staff trust with sending, who is stopped, and what the rules would have done.

mod learn;
mod lock;
mod mails;
mod replay;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use mailkeep_identity::StaffPermission;
use mailkeep_outbound_guard::holds::Cause;
use mailkeep_types::CustomerId;

use self::learn::Learn;
use self::replay::Replay;
use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// What can be done with the outbound guard.
#[derive(Subcommand)]
pub enum GuardCommand {
    /// Trust a customer: no limits but those of the class of service, and campaigns are not held.
    #[command(after_help = "Example:\n  mailkeep guard trust 0199… --why business --by rosalind")]
    Trust(Whom),
    /// Take back what was given to a customer and to their mailboxes; they are trusted as their paid days earned.
    #[command(after_help = "Example:\n  mailkeep guard untrust 0199… --why spam --by rosalind")]
    Untrust(Whom),
    /// Stop at once all that goes out from a customer, what is queued with it; mail still arrives, and the customer is told.
    #[command(after_help = "Example:\n  mailkeep guard lock 0199… --why spam --by rosalind")]
    Lock(Whom),
    /// Take the lock of a customer back; what waited goes out.
    #[command(after_help = "Example:\n  mailkeep guard unlock 0199… --why mended --by rosalind")]
    Unlock(Whom),
    /// Run the rules over mail of the past and print how often they were right; nothing is changed.
    #[command(
        after_help = "Examples:\n  mailkeep guard replay\n  mailkeep guard replay --honest sent.mbox --abuse spam/ --tier 0"
    )]
    Replay(Replay),
    /// Teach the words of unwanted mail from mails that somebody has sorted; it goes on learning from what is decided here.
    #[command(after_help = "Example:\n  mailkeep guard learn --honest sent.mbox --abuse spam/")]
    Learn(Learn),
}

/// Who, and by whom.
#[derive(Args)]
pub struct Whom {
    /// The customer.
    customer: CustomerId,
    /// A word of the list of reasons; a wrong one names them all.
    #[arg(long)]
    why: String,
    /// The member of staff who decides, by login or identifier.
    #[arg(long)]
    by: String,
}

/// Does what was asked.
pub async fn run(config: Config, command: GuardCommand) -> Result<()> {
    let (whom, trust) = match command {
        GuardCommand::Trust(whom) => (whom, true),
        GuardCommand::Untrust(whom) => (whom, false),
        GuardCommand::Lock(whom) => return lock::lock(config, whom).await,
        GuardCommand::Unlock(whom) => return lock::unlock(config, whom).await,
        GuardCommand::Replay(asked) => return replay::run(config, asked).await,
        GuardCommand::Learn(asked) => return learn::run(config, asked).await,
    };
    let known: Vec<&str> = Cause::OF_STAFF.map(Cause::word).to_vec();
    let why = Cause::from_word(&whom.why)
        .filter(|cause| Cause::OF_STAFF.contains(cause))
        .with_context(|| format!("--why {}: it is one of {}", whom.why, known.join(", ")))?;
    let parts = Parts::open(&config).await?;
    let services = Services::open(&config, &parts, false).await?;
    let by = crate::commands::colleague(&services.identity, &whom.by, StaffPermission::Abuse).await?;
    let (changed, said) = match trust {
        true => (services.guard.trust(whom.customer, why, by).await?, "trusted by staff"),
        false => {
            (services.guard.untrust(whom.customer, why, by).await?, "trusted by what was paid for alone")
        }
    };
    let before = if changed { "" } else { ", as before" };
    println!("Customer {} is {said}{before}.", whom.customer);
    Ok(())
}
