//! `mailkeep policy check`

use std::path::Path;

use anyhow::{Result, ensure};
use clap::Args;
use mailkeep_policy::checks::{Known, Mark, PromiseReport, check_static, record_marks};
use mailkeep_policy::file::CompiledPolicy;

use super::{Which, compile};
use crate::config;
use crate::parts::Parts;
use crate::self_check;
use crate::self_check::live::{self, Reached};
use crate::wiring::services::Services;

/// How to look.
#[derive(Args)]
pub struct Check {
    #[command(flatten)]
    which: Which,
    /// Also try over the network what the promises exclude, with persons who exist for the probe alone.
    #[arg(long)]
    live: bool,
    /// The address under which others reach the site, e.g. https://mail.example.com; else its own listener.
    #[arg(long, requires = "live")]
    url: Option<String>,
}

/// Prints the mark of every promise; true when none is broken.
pub(super) async fn run(config: &Path, asked: &Check) -> Result<bool> {
    let which = &asked.which;
    ensure!(which.file.is_none() || !asked.live, "--live looks at the servers as they run; leave out --file");
    if which.file.is_some() || !config.exists() {
        return static_alone(config, which);
    }
    // A file that cannot be in force is a broken promise too, not a failure of the command.
    let (text, _) = which.text(config)?;
    if let Err(error) = CompiledPolicy::compile_bounded(&text) {
        return show(&self_check::of_refused_file(&text, &error), which.json);
    }
    let config = config::load(config)?;
    let parts = Parts::open(&config).await?;
    let services = Services::open(&config, &parts, false).await?;
    if asked.live {
        live::probe(&config, &services, &Reached::configured(&config), asked.url.as_deref()).await?;
    }
    let reports = self_check::look(&config, &services).await?;
    record_marks(&services.policy, &reports).await?;
    show(&reports, which.json)
}

fn show(reports: &[PromiseReport], json: bool) -> Result<bool> {
    if json {
        println!("{}", serde_json::to_string_pretty(reports)?);
    } else {
        print(reports);
    }
    Ok(!reports.iter().any(PromiseReport::is_broken))
}

fn static_alone(config: &Path, which: &Which) -> Result<bool> {
    let (text, name) = which.text(config)?;
    let policy = compile(&text, &name)?;
    let marks = check_static(&policy);
    if which.json {
        println!("{}", serde_json::to_string_pretty(&marks)?);
    } else {
        for checked in &marks {
            match &checked.mark {
                Mark::Proven => println!("{:4} PROVEN    {}", checked.promise, checked.check),
                Mark::Broken(why) => println!("{:4} BROKEN    {}: {why}", checked.promise, checked.check),
            }
        }
    }
    Ok(marks.iter().all(|checked| checked.mark == Mark::Proven))
}

fn print(reports: &[PromiseReport]) {
    for report in reports {
        let mut notes: Vec<String> = report
            .known
            .iter()
            .filter_map(|known| match known {
                Known::Broken { why } => Some(why.clone()),
                Known::Attested { who, until } => Some(format!("attested by {who} until {until}")),
                Known::Held { at } => Some(format!("a probe held at {at}")),
                Known::Proven | Known::Evidenced { .. } => None,
            })
            .collect();
        notes.extend(report.missing.iter().map(|proof| format!("no {proof} yet")));
        notes.extend(report.planned.iter().map(|awaits| format!("awaits {awaits}")));
        println!("{:4} {:9} {:26} {}", report.promise, report.word(), report.check, notes.join("; "));
    }
    let count = |word: &str| reports.iter().filter(|report| report.word() == word).count();
    let words = ["PROVEN", "HELD", "EVIDENCED", "ATTESTED", "UNPROBED", "planned", "BROKEN"];
    println!("{}", words.map(|word| format!("{} {word}", count(word))).join(", "));
}
