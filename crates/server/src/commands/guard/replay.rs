//! `mailkeep guard replay`: what the rules would have held of mail of the past, and whether that was right.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use mailkeep_outbound_guard::Tier;
use mailkeep_outbound_guard::replay::{PastMail, Reader, Truth, replay};

use super::mails::each_mail;
use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// More mails are not held in memory.
const MOST_MAILS: usize = 200_000;

/// What is judged, and how.
#[derive(Args)]
pub struct Replay {
    /// Mail that may go out: a mail, an mbox file, or a folder of them.
    #[arg(long)]
    honest: Vec<PathBuf>,
    /// Mail that must not go out: a mail, an mbox file, or a folder of them.
    #[arg(long)]
    abuse: Vec<PathBuf>,
    /// The tier of the senders, 0 to 3.
    #[arg(long, default_value_t = 2)]
    tier: i64,
}

/// Judges what is given; the last day of this installation when nothing is.
pub async fn run(config: Config, asked: Replay) -> Result<()> {
    let tier =
        Tier::from_number(asked.tier).with_context(|| format!("--tier {}: it is 0 to 3", asked.tier))?;
    let mails = if asked.honest.is_empty() && asked.abuse.is_empty() {
        let parts = Parts::open(&config).await?;
        let services = Services::open(&config, &parts, false).await?;
        services.guard.past_day().await?
    } else {
        let mut mails = Mails { reader: Reader::default(), found: Vec::new(), turn: 0, unread: 0 };
        for (paths, truth) in [(&asked.honest, Truth::Honest), (&asked.abuse, Truth::Abuse)] {
            for path in paths {
                each_mail(path, &mut |mail| mails.add(mail, truth))?;
            }
        }
        if mails.unread > 0 {
            println!("{} mails have no sender that can be read and are left out.", mails.unread);
        }
        mails.found
    };
    let (found, reasons) = replay(&config.guard.campaigns, tier, mails);
    println!("{found}");
    for (code, count) in reasons {
        println!("Held as {}: {count}", code.word());
    }
    Ok(())
}

struct Mails {
    reader: Reader,
    found: Vec<PastMail>,
    turn: u32,
    unread: u64,
}

impl Mails {
    fn add(&mut self, mail: &[u8], truth: Truth) -> Result<()> {
        self.turn += 1;
        match self.reader.read(mail, truth, self.turn) {
            Some(mail) => self.found.push(mail),
            None => self.unread += 1,
        }
        if self.found.len() > MOST_MAILS {
            bail!("there are more than {MOST_MAILS} mails; give fewer at once");
        }
        Ok(())
    }
}
