//! `mailkeep screening`: decisions made again, other weights tried on them, and the lists they rest on.

mod packages;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use mailkeep_commerce::screening::lists::folder;
use mailkeep_commerce::screening::{Confusion, Decided, Outcome, Replayed, ScreeningConfig};
use mailkeep_types::OrderId;

use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::{LISTS_FOLDER, Services};

/// What can be done.
#[derive(Subcommand)]
pub enum ScreeningCommand {
    /// Make decisions again from the facts and weights that were stored with them: they must come to the same.
    #[command(
        after_help = "Examples:\n  mailkeep screening replay 018f4a1e-…     one order\n  mailkeep screening replay --all\n\n\
                      Exit code 3 when one comes to something else. Each look stands in the applicant's record."
    )]
    Replay(Replay),
    /// Try other weights on past decisions: how the orders ended, beside what would have been said. Changes nothing.
    #[command(
        after_help = "Example:\n  mailkeep screening backtest --weights stricter.toml\n\nThe file holds what stands under \
                      [commerce.screening] in the configuration; what it leaves out is as the program has it."
    )]
    Backtest(Backtest),
    /// What is known of mail domains and networks.
    #[command(subcommand)]
    Lists(ListsCommand),
}

/// Which decisions.
#[derive(Args)]
pub struct Replay {
    /// The order.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    order: Option<OrderId>,
    /// Every one whose facts are kept.
    #[arg(long)]
    all: bool,
}

/// Which weights.
#[derive(Args)]
pub struct Backtest {
    /// A file in TOML.
    #[arg(long)]
    weights: PathBuf,
}

/// What can be done with lists.
#[derive(Subcommand)]
pub enum ListsCommand {
    /// Say which lists are in force, from when, and where they come from.
    Show,
    /// Take lists out of packages that npm and pip fetched, and put them in force at once.
    #[command(
        after_help = "Example:\n  npm pack disposable-email-domains free-email-domains @ip-location-db/asn-country\n  \
                      pip download --no-deps disposable-email-domains iporigin\n  mailkeep screening lists update *.tgz *.whl\n\n\
                      The program fetches nothing by itself. Packages under MIT, Apache-2.0 or CC0-1.0 are taken."
    )]
    Update(Update),
}

/// Which packages.
#[derive(Args)]
pub struct Update {
    /// The files, as the registries give them.
    #[arg(required = true)]
    packages: Vec<PathBuf>,
}

/// Runs a command; false when a decision comes to something else, or a list cannot be used.
pub async fn run(config: Config, command: ScreeningCommand) -> Result<bool> {
    match command {
        ScreeningCommand::Replay(asked) => replay(&config, asked).await,
        ScreeningCommand::Backtest(asked) => backtest(&config, asked).await.map(|()| true),
        ScreeningCommand::Lists(ListsCommand::Show) => show(&config),
        ScreeningCommand::Lists(ListsCommand::Update(asked)) => {
            packages::take(&config.server.data_dir.join(LISTS_FOLDER), &asked.packages)?;
            show(&config)
        }
    }
}

async fn replay(config: &Config, asked: Replay) -> Result<bool> {
    let parts = Parts::open(config).await?;
    let commerce = Services::open(config, &parts, false).await?.commerce;
    let orders = match asked.order {
        Some(order) => vec![order],
        None => commerce.list_screened().await?,
    };
    let (mut same, mut differ, mut gone) = (0, 0, 0);
    for order in orders {
        match commerce.replay_screening(order).await.with_context(|| format!("order {order}"))? {
            Replayed::Same { score, outcome } => {
                same += 1;
                if asked.order.is_some() {
                    println!("{order}  score {score}, {}: the same", outcome.word());
                }
            }
            Replayed::Differs { stored, now } => {
                differ += 1;
                let (was, is) = (stored.1.word(), now.1.word());
                println!("{order}  score {}, {was}: now {}, {is}", stored.0, now.0);
            }
            Replayed::Gone => gone += 1,
        }
    }
    println!("{} replayed, {differ} differ, {gone} past their term", same + differ);
    Ok(differ == 0)
}

async fn backtest(config: &Config, asked: Backtest) -> Result<()> {
    let name = asked.weights.display();
    let text = std::fs::read_to_string(&asked.weights).with_context(|| name.to_string())?;
    let weights: ScreeningConfig = toml::from_str(&text).with_context(|| name.to_string())?;
    let parts = Parts::open(config).await?;
    let commerce = Services::open(config, &parts, false).await?.commerce;
    let table = commerce.backtest_screening(&weights).await?;
    print!("{}", as_text(&table));
    Ok(())
}

fn as_text(table: &Confusion) -> String {
    use std::fmt::Write as _;
    let mut text =
        format!("{:10} {:>14} {:>14} {:>14} {:>14}\n", "", "served then", "now", "refused then", "now");
    for outcome in Outcome::ALL {
        let of = |counts: &std::collections::BTreeMap<_, usize>, ended| {
            counts.get(&(outcome, ended)).copied().unwrap_or(0)
        };
        let _ = writeln!(
            text,
            "{:10} {:>14} {:>14} {:>14} {:>14}",
            outcome.word(),
            of(&table.then, Decided::Served),
            of(&table.now, Decided::Served),
            of(&table.then, Decided::Refused),
            of(&table.now, Decided::Refused),
        );
    }
    for shift in &table.shifts {
        let ended = match (shift.ended, shift.by_a_person) {
            (Decided::Served, true) => "served, by a person",
            (Decided::Served, false) => "served",
            (Decided::Refused, true) => "refused, by a person",
            (Decided::Refused, false) => "refused",
        };
        let (was, is) = (shift.was.1.word(), shift.would_be.1.word());
        let _ =
            writeln!(text, "{}  {was} ({}) → {is} ({}); {ended}", shift.order, shift.was.0, shift.would_be.0);
    }
    let _ = writeln!(text, "{} would go another way; {} are past their term", table.shifts.len(), table.gone);
    text
}

fn show(config: &Config) -> Result<bool> {
    let folder_path = config.server.data_dir.join(LISTS_FOLDER);
    for entry in folder::manifest(&folder_path)?.unwrap_or_default().lists {
        println!(
            "{:18} {}  {}  {}",
            entry.file,
            entry.date,
            &entry.sha256[..16.min(entry.sha256.len())],
            entry.source
        );
    }
    match folder::load(&folder_path) {
        Ok(lists) => {
            for (kind, entries, date) in lists.counts() {
                println!("{kind:18} {entries:>8} entries  {}", if date.is_empty() { "none" } else { date });
            }
            Ok(true)
        }
        Err(fault) => {
            println!("cannot be used: {fault}; until it is mended, a person looks at every order");
            Ok(false)
        }
    }
}
