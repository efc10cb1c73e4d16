//! `mailkeep policy check`

use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use mailkeep_policy::checks::{Known, Mark, PromiseReport, check_static, report};
use mailkeep_types::Timestamp;

use super::{Which, compile};
use crate::config::{self, Config};
use crate::parts::Parts;
use crate::residency;
use crate::wiring::services::Services;

/// Prints the mark of every promise; true when none is broken.
pub(super) async fn run(config: &Path, which: &Which) -> Result<bool> {
    if which.file.is_some() || !config.exists() {
        return static_alone(config, which);
    }
    let config = config::load(config)?;
    let parts = Parts::open(&config).await?;
    let services = Services::open(&config, &parts, false).await?;
    let mut reports = report(&services.policy).await?;
    let now = services.policy.clock().now();
    break_promise(&mut reports, "declared-country", abroad(&config)?);
    let days = u64::from(services.policy.compiled().raw.erasure.days);
    break_promise(&mut reports, "row-swap", old_key_backup(&config, now, days));
    let ledger = mailkeep_policy::ledger::verify(services.policy.database()).await?;
    let tampered = ledger.findings.first();
    let tampered =
        tampered.map(|found| format!("the ledger was tampered with at position {}", found.position));
    break_promise(&mut reports, "staff-needs-fact", tampered);
    if which.json {
        println!("{}", serde_json::to_string_pretty(&reports)?);
    } else {
        print(&reports);
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

fn break_promise(reports: &mut [PromiseReport], check: &str, why: Option<String>) {
    let Some(why) = why else { return };
    for report in reports.iter_mut().filter(|report| report.check == check) {
        report.known.push(Known::Broken { why: why.clone() });
    }
}

fn abroad(config: &Config) -> Result<Option<String>> {
    let declared = residency::declared(config)?;
    Ok(residency::abroad(&residency::places(config, &declared), &declared).into_iter().next())
}

/// A backup of keys that should be gone: an erasure is final only when the last one is.
fn old_key_backup(config: &Config, now: Timestamp, days: u64) -> Option<String> {
    let limit = now.minus(Duration::from_secs(days * 86_400));
    let mut folders = config.policy.key_backups.clone();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let changed = entry.metadata().and_then(|meta| meta.modified()).ok();
            let changed = changed.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
            let seconds = changed.and_then(|since| i64::try_from(since.as_secs()).ok());
            if seconds.is_some_and(|seconds| Timestamp::from_seconds(seconds) < limit) {
                return Some(format!(
                    "{} is a backup of keys older than {days} days; remove it",
                    path.display()
                ));
            }
        }
    }
    None
}

fn print(reports: &[PromiseReport]) {
    for report in reports {
        let mut notes: Vec<String> = report
            .known
            .iter()
            .filter_map(|known| match known {
                Known::Broken { why } => Some(why.clone()),
                Known::Attested { who, until } => Some(format!("attested by {who} until {until}")),
                Known::Held { .. } => Some("a probe held just now or at its last run".to_owned()),
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
