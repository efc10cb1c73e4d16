//! `mailkeep guard learn`: teaches the words of unwanted mail from mails that somebody has sorted.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use mailkeep_outbound_guard::content::Taught;

use super::mails::each_mail;
use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// More mails are not held in memory.
const MOST_MAILS: usize = 100_000;

/// What is learnt from.
#[derive(Args)]
pub struct Learn {
    /// Wanted mail: a mail, an mbox file, or a folder of them.
    #[arg(long)]
    honest: Vec<PathBuf>,
    /// Unwanted mail: a mail, an mbox file, or a folder of them.
    #[arg(long)]
    abuse: Vec<PathBuf>,
    /// Forget what was learnt before.
    #[arg(long)]
    anew: bool,
}

/// Learns from what is given, each mail once, and tells how well it knew each before.
pub async fn run(config: Config, asked: Learn) -> Result<()> {
    if asked.honest.is_empty() && asked.abuse.is_empty() && !asked.anew {
        bail!("there is nothing to learn from; name mails with --honest and --abuse");
    }
    let parts = Parts::open(&config).await?;
    let services = Services::open(&config, &parts, false).await?;
    let mut lessons = Vec::new();
    for (paths, unwanted) in [(&asked.honest, false), (&asked.abuse, true)] {
        for path in paths {
            each_mail(path, &mut |mail| {
                lessons.push(services.guard.lesson(mail, unwanted));
                match lessons.len() {
                    0..=MOST_MAILS => Ok(()),
                    _ => bail!("there are more than {MOST_MAILS} mails; give fewer at once"),
                }
            })?;
        }
    }
    let Taught { lessons: [wanted, unwanted], taken } =
        services.guard.learn_from(lessons, asked.anew).await?;
    println!("Learnt from {wanted} wanted and {unwanted} unwanted messages in all.");
    for (kind, [taken, of]) in ["wanted", "unwanted"].into_iter().zip(taken) {
        println!("Before it learnt from them, {taken} of {of} {kind} messages were taken for unwanted.");
    }
    if !config.guard.learns_from_content {
        println!("Nothing follows from it: guard.learns_from_content is off.");
    }
    Ok(())
}
