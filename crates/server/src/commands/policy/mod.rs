//! `mailkeep policy`: the file that is published and enforced, and how each of its promises is known to hold.

mod announce;
mod attest;
mod check;
mod diff;
mod explain;
mod lint;
mod render;
mod ropa;
mod versions;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use mailkeep_policy::file::{BUILT_FILE, CompiledPolicy};

use crate::config::{self, Config};

/// What can be done with the policy.
#[derive(Subcommand)]
pub enum PolicyCommand {
    /// Say what is wrong with a policy file: each mistake with its line, the reason and the mend.
    #[command(
        after_help = "Examples:\n  mailkeep policy lint                      the file in force\n  mailkeep policy lint --file my-policy.toml"
    )]
    Lint(Which),
    /// Print the policy page as Markdown, or as JSON with everything it is made of.
    #[command(
        after_help = "Examples:\n  mailkeep policy render > policy.md\n  mailkeep policy render --json"
    )]
    Render(render::Render),
    /// Say of each promise how it is known to hold. Exit code 3 when one is broken.
    #[command(
        after_help = "Examples:\n  mailkeep policy check                     the installation: table, columns, probes, ledger\n  mailkeep policy check --file my-policy.toml   the table of another file alone\n  mailkeep policy check --live              also over the network, against the servers as they run\n  mailkeep policy check --live --url https://mail.example.com --json\n\nMarks: PROVEN every cell or column was looked at; HELD a probe of the installation held; EVIDENCED a fresh\nrecord; ATTESTED by a person until a date; UNPROBED nothing is known yet; BROKEN; planned."
    )]
    Check(check::Check),
    /// Say what another file changes: tables are compared, not texts. Exit code 3 when it widens anything.
    #[command(after_help = "Example:\n  mailkeep policy diff next-policy.toml")]
    Diff(diff::Diff),
    /// Say what one cell of the table holds: who may do what with which data for which purpose, and on what facts.
    #[command(
        after_help = "Examples:\n  mailkeep policy explain troubleshoot identity support read\n  mailkeep policy explain deliver payment_token system read --json"
    )]
    Explain(explain::Explain),
    /// Print the record of processing activities, from the policy file and the registry of what is stored.
    #[command(after_help = "Examples:\n  mailkeep policy ropa --as processor\n  mailkeep policy ropa --json")]
    Ropa(ropa::Ropa),
    /// Record that a person attests a promise, until a date.
    #[command(
        after_help = "Example:\n  mailkeep policy attest P1 --by \"A. Example, director\" --words \"contracts of 2026\" --days 365"
    )]
    Attest(attest::Attest),
    /// Tell every person that another policy is in force from a day on. A wider one does not start without.
    #[command(
        after_help = "Examples:\n  mailkeep policy announce --from 2026-12-24 --file next-policy.toml\n  mailkeep policy announce --from now              of the one that is configured\n\nWhat it changes stands on the site at once, under /policy/versions."
    )]
    Announce(announce::Announce),
    /// Every policy that was in force, and those that are announced.
    #[command(after_help = "Example:\n  mailkeep policy versions --json")]
    Versions(versions::Versions),
}

/// Which file, and in which form to answer.
#[derive(Args)]
pub struct Which {
    /// Another policy file than the one in force.
    #[arg(long)]
    pub file: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

impl Which {
    /// The text of the file, and the name to call it by.
    fn text(&self, config: &Path) -> Result<(String, String)> {
        text_of(self.file.as_deref(), config)
    }
}

/// The file that was named, else that of the configuration, else the built-in one.
fn text_of(file: Option<&Path>, config: &Path) -> Result<(String, String)> {
    let configured = match file {
        Some(file) => Some(file.to_owned()),
        None if config.exists() => {
            Some(config::load(config)?.policy.file).filter(|file| !file.as_os_str().is_empty())
        }
        None => None,
    };
    match configured {
        None => Ok((BUILT_FILE.to_owned(), "the built-in policy".to_owned())),
        Some(path) => {
            let name = path.display().to_string();
            Ok((std::fs::read_to_string(&path).with_context(|| name.clone())?, name))
        }
    }
}

/// Compiles a file, or says every mistake in it.
fn compile(text: &str, name: &str) -> Result<CompiledPolicy> {
    CompiledPolicy::compile(text).with_context(|| name.to_owned())
}

/// The name that stands for the operator, where there is a configuration.
fn operator(config: &Path) -> String {
    match config.exists().then(|| config::load(config)) {
        Some(Ok(Config { web, .. })) => web.company,
        _ => "The operator".to_owned(),
    }
}

/// Does what was asked; false when a check found something.
pub async fn run(config: &Path, command: PolicyCommand) -> Result<bool> {
    match command {
        PolicyCommand::Lint(which) => lint::run(config, &which),
        PolicyCommand::Render(render) => render::run(config, &render),
        PolicyCommand::Check(asked) => check::run(config, &asked).await,
        PolicyCommand::Diff(diff) => diff::run(config, &diff),
        PolicyCommand::Explain(explain) => explain::run(config, &explain),
        PolicyCommand::Ropa(ropa) => ropa::run(config, &ropa).await,
        PolicyCommand::Attest(attest) => attest::run(config, &attest).await,
        PolicyCommand::Announce(announce) => announce::run(config, &announce).await,
        PolicyCommand::Versions(versions) => versions::run(config, &versions).await,
    }
}
