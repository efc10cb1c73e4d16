//! `mailkeep outreach`: lists for letters and calls, and what comes from other programs as lists.

use std::collections::HashSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use mailkeep_identity::persons::Listed;
use mailkeep_outreach::Outreach;
use mailkeep_outreach::lists::ListRequest;
use mailkeep_policy::outbound::Channel;
use mailkeep_policy::sink;

use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// What can be done.
#[derive(Subcommand)]
pub enum OutreachCommand {
    /// Write a list of those who asked for letters or calls about a topic. Each person on it finds that in their record.
    #[command(
        after_help = "Examples:\n  mailkeep outreach export --channel post --topic special_offers --by anna --out letters.csv\n  \
                      mailkeep outreach export --channel telephone --topic new_services --by anna --scrubbed-on 2026-03-01 \
                      --registry numbers.txt --out calls.csv"
    )]
    Export(Export),
    /// Subscribe addresses that another program collected with a yes on record. Who declined here stays out.
    #[command(
        after_help = "Example:\n  mailkeep outreach import --topic newsletter --proof \"form of the fair, 3 March\" addresses.txt"
    )]
    Import(Import),
    /// Enter addresses or numbers, one a line, into the suppression list.
    #[command(
        after_help = "Example:\n  mailkeep outreach suppress --channel telephone --topic marketing numbers.txt"
    )]
    Suppress(Suppress),
}

/// Which list.
#[derive(Args)]
pub struct Export {
    /// post or telephone.
    #[arg(long)]
    channel: String,
    /// The topic, e.g. special_offers.
    #[arg(long)]
    topic: String,
    /// Who makes the list.
    #[arg(long)]
    by: String,
    /// The day of the do-not-call registry, e.g. 2026-03-01; needed for calls.
    #[arg(long)]
    scrubbed_on: Option<String>,
    /// The registry: a file with one number a line, which are left out.
    #[arg(long)]
    registry: Option<PathBuf>,
    /// The file that is written; nothing that exists is overwritten.
    #[arg(long)]
    out: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// What is imported.
#[derive(Args)]
pub struct Import {
    /// The topic, e.g. newsletter.
    #[arg(long)]
    topic: String,
    /// Where these people's yes is on record; stands in each receipt.
    #[arg(long)]
    proof: String,
    /// The language they are written to in.
    #[arg(long, default_value = "en")]
    language: String,
    /// A file with one address a line.
    file: PathBuf,
}

/// Who refuses what.
#[derive(Args)]
pub struct Suppress {
    /// email or telephone.
    #[arg(long)]
    channel: String,
    /// A topic, a class such as marketing, or * for everything.
    #[arg(long)]
    topic: String,
    /// A file with one address or number a line.
    file: PathBuf,
}

/// Does what was asked.
pub async fn run(config: Config, command: OutreachCommand) -> Result<()> {
    let parts = Parts::open(&config).await?;
    let services = Services::open(&config, &parts, false).await?;
    services.check(&config).await?;
    // A list must not be made of a database that forgot who declined.
    services.policy.merge_suppressions(&[]).await.context("the suppression list")?;
    let outreach = services.outreach;
    match command {
        OutreachCommand::Export(asked) => export(&outreach, asked).await,
        OutreachCommand::Import(asked) => {
            let text = read(&asked.file)?;
            let done = outreach
                .import_subscribers(text.lines(), &asked.topic, &asked.language, &asked.proof)
                .await?;
            println!(
                "{} subscribed, {} left out because they declined, {} lines are no addresses",
                done.subscribed, done.declined, done.unreadable
            );
            Ok(())
        }
        OutreachCommand::Suppress(asked) => {
            let text = read(&asked.file)?;
            let (entered, unreadable) =
                outreach.suppress(text.lines(), channel(&asked.channel)?, &asked.topic).await?;
            println!("{entered} entered, {unreadable} lines could not be read");
            Ok(())
        }
    }
}

async fn export(outreach: &Outreach, asked: Export) -> Result<()> {
    let channel = channel(&asked.channel)?;
    if asked.out.exists() {
        bail!("{} exists already; name a new file", asked.out.display());
    }
    let registry: HashSet<[u8; 32]> = match &asked.registry {
        None => HashSet::new(),
        Some(path) => read(path)?.lines().filter_map(|line| outreach.holder_of(channel, line)).collect(),
    };
    let request = ListRequest {
        channel,
        topic: asked.topic,
        scrubbed_on: asked.scrubbed_on,
        registry,
        made_by: asked.by,
    };
    let made = outreach.make_list(request).await?;
    write_list(&asked.out, &made.lines)?;
    if asked.json {
        println!("{}", serde_json::to_string_pretty(&made.note)?);
    } else {
        println!("{} people, {} left out: {}", made.note.people, made.note.left_out, asked.out.display());
        println!("Delete the file when the letters are sent or the calls are made.");
    }
    Ok(())
}

/// Writes the list for its owner's eyes alone.
fn write_list(path: &Path, lines: &[Listed]) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let place = || path.display().to_string();
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).with_context(place)?;
    file.write_all(b"registration_id,name,phone,address,postal_code,city,region,country\r\n")
        .with_context(place)?;
    for line in lines {
        let phone = line.phone.clone().unwrap_or_default();
        let postal = line.postal.clone().unwrap_or_default();
        let fields = line.name.join(&phone, |name, phone| format!("{},{}", quoted(name), quoted(phone)));
        let fields = fields.join(&postal, |fields, postal| {
            let lines = postal.lines.join(", ");
            let parts = [&lines, &postal.postal_code, &postal.city, &postal.region, &postal.country];
            format!("{fields},{}\r\n", parts.map(|part| quoted(part)).join(","))
        });
        write!(file, "{},", line.registration_id).with_context(place)?;
        file.write_all(&sink::file(&fields).unwrap_or_default()).with_context(place)?;
    }
    file.sync_all().with_context(place)
}

/// A field of a list (RFC 4180). One that a spreadsheet would take for a formula is kept a text.
fn quoted(field: &str) -> String {
    // A telephone number begins with a plus and is no formula.
    let number = field.len() > 1 && field.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number;
    let text = if formula { format!("'{field}") } else { field.to_owned() };
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn channel(word: &str) -> Result<Channel> {
    let known: Vec<&str> = Channel::ALL.iter().map(|channel| channel.id()).collect();
    Channel::from_id(word)
        .with_context(|| format!("“{word}” is no channel; channels are {}", known.join(", ")))
}
