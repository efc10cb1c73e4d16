//! `mailkeep guard replay`: what the rules would have held of mail of the past, and whether that was right.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use mailkeep_outbound_guard::Tier;
use mailkeep_outbound_guard::replay::{PastMail, Reader, Truth, mails_of_mbox, replay};

use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// More mails are not held in memory.
const MOST_MAILS: usize = 200_000;
/// A longer mail is not looked at.
const LONGEST: u64 = 64 * 1024 * 1024;

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
                mails.take(path, truth)?;
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
    fn take(&mut self, path: &Path, truth: Truth) -> Result<()> {
        if path.is_dir() {
            let mut inside: Vec<PathBuf> = std::fs::read_dir(path)
                .with_context(|| path.display().to_string())?
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<std::io::Result<_>>()?;
            inside.sort();
            return inside.iter().try_for_each(|path| self.take(path, truth));
        }
        let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
        let mut file = BufReader::new(file);
        if file.fill_buf()?.starts_with(b"From ") {
            for mail in mails_of_mbox(file) {
                self.add(&mail.with_context(|| path.display().to_string())?, truth)?;
            }
            return Ok(());
        }
        let mut mail = Vec::new();
        file.take(LONGEST).read_to_end(&mut mail)?;
        self.add(&mail, truth)
    }

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
