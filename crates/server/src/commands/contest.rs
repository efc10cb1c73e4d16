//! `mailkeep contest verify`: does the draw of a contest again, from the file of its page. It needs no configuration and no installation.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Subcommand;
use mailkeep_outreach::contests::proof::Proof;

/// What can be done.
#[derive(Subcommand)]
pub enum ContestCommand {
    /// Do a draw again: whether the seed is the one to which the house committed, the list the published one, and the winners those
    /// that follow. Ends with 3 when something does not fit.
    #[command(
        after_help = "Example:\n  curl -O https://www.example.com/contests/a-year-of-mail/draw.json && mailkeep contest verify draw.json"
    )]
    Verify {
        /// The file of the contest's page.
        file: PathBuf,
    },
}

/// Prints what was found; true when everything fits.
///
/// # Errors
/// A file that cannot be read.
pub fn run(command: ContestCommand) -> Result<bool> {
    let ContestCommand::Verify { file } = command;
    let name = file.display();
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {name}"))?;
    let proof: Proof = serde_json::from_str(&text).with_context(|| format!("{name} is no file of a draw"))?;
    match proof.verify() {
        Ok(()) => {
            let (entries, winners) = (proof.entries.len(), proof.winners.join(" "));
            println!("{}: good. Of {entries} entries these win, in this order: {winners}", proof.title);
            Ok(true)
        }
        Err(fault) => {
            println!("{}: {fault}", proof.title);
            Ok(false)
        }
    }
}
