//! Looks at every promise: what the policy core sees from inside, and what only the whole program knows (where things
//! stand, backups of keys, the file beside the one in force, the texts of messages, the ledger as a whole).
//!
//! `mailkeep policy check` prints it; a job does the same each hour, keeps what it found for the page, sets the metrics
//! `mailkeep_promise` and `mailkeep_policy_broken`, and [raises an alert](alert) for what is broken.

mod alert;
mod baseline;
mod canaries;
pub mod deadlines;
mod jobs;
pub mod live;

use std::time::Duration;

use anyhow::Result;
use mailkeep_policy::checks::{Known, PromiseReport, report};
use mailkeep_policy::file::PolicyFileError;
use mailkeep_policy::{ledger, retention, versions};
use mailkeep_types::Timestamp;

use crate::config::Config;
use crate::residency;
use crate::wiring::services::Services;

pub use jobs::register;

/// How long rows may stand past their term before it is said that nobody ends them: the job runs once a day.
const RETENTION_GRACE: Duration = Duration::from_secs(2 * 86_400);

/// A mark for each promise of the policy in force.
///
/// # Errors
/// When a database fails.
pub async fn look(config: &Config, services: &Services) -> Result<Vec<PromiseReport>> {
    let policy = &services.policy;
    let mut reports = report(policy).await?;
    let now = policy.clock().now();
    break_promise(&mut reports, "declared-country", abroad(config)?);
    let days = u64::from(policy.compiled().raw.erasure.days);
    break_promise(&mut reports, "row-swap", old_key_backup(config, now, days));
    break_promise(&mut reports, "cells-as-written", versions::not_in_force(policy).await?);
    break_promise(&mut reports, "cells-as-written", versions::tampered(policy).await?);
    break_promise(&mut reports, "choices-honoured", mailkeep_web::mail::check_templates(policy).err());
    let overdue =
        overdue(policy).await.unwrap_or_else(|error| Some(format!("it cannot be looked at: {error:#}")));
    break_promise(&mut reports, "rejected-goes", overdue);
    evidence(&mut reports, "security-baseline", baseline::shortfalls(config, services).await?, now);
    evidence(&mut reports, "deadlines-kept", services.desk.case_shortfalls().await?, now);
    let found =
        ledger::verify_against(policy.database(), Vec::new(), Some(policy.ledger_key().await?)).await?;
    let tampered = found.findings.first();
    let tampered =
        tampered.map(|found| format!("the ledger was tampered with at position {}", found.position));
    break_promise(&mut reports, "staff-needs-fact", tampered);
    Ok(reports)
}

/// What a file that cannot be in force breaks: the promises in whose lines mistakes stand, else the one that there is no other
/// use than the file says.
pub fn of_refused_file(text: &str, error: &PolicyFileError) -> Vec<PromiseReport> {
    let no_other_use = || ("P11".to_owned(), "cells-as-written".to_owned());
    let broken: Vec<((String, String), String)> = match error {
        PolicyFileError::Lint(mistakes) => mistakes
            .iter()
            .map(|mistake| (promise_at(text, mistake.line).unwrap_or_else(no_other_use), mistake.to_string()))
            .collect(),
        _ => vec![(no_other_use(), error.to_string())],
    };
    let mut reports: Vec<PromiseReport> = Vec::new();
    for ((promise, check), why) in broken {
        let known = Known::Broken { why };
        match reports.iter_mut().find(|report| report.promise == promise) {
            Some(report) => report.known.push(known),
            None => reports.push(PromiseReport {
                promise,
                check,
                known: vec![known],
                missing: Vec::new(),
                planned: None,
            }),
        }
    }
    reports
}

/// The promise in whose block a line stands.
fn promise_at(text: &str, line: usize) -> Option<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.get(..line.min(lines.len()))?.iter().rposition(|line| line.starts_with("[["))?;
    if lines.get(start)?.trim() != "[[promise]]" {
        return None;
    }
    let block = lines.iter().skip(start + 1).take_while(|line| !line.starts_with("[["));
    let value = |name: &str| {
        let prefix = format!("{name} = \"");
        block.clone().find_map(|line| Some(line.strip_prefix(&prefix)?.trim_end_matches('"').to_owned()))
    };
    Some((value("id")?, value("check").unwrap_or_default()))
}

/// What the program tested just now is a fresh record; what falls short breaks the promise.
fn evidence(reports: &mut [PromiseReport], check: &str, shortfalls: Vec<String>, at: Timestamp) {
    for report in reports.iter_mut().filter(|report| report.check == check && report.planned.is_none()) {
        report.missing.retain(|proof| proof != "evidence");
        match shortfalls.is_empty() {
            true => report.known.push(Known::Evidenced { at }),
            false => report.known.extend(shortfalls.iter().map(|why| Known::Broken { why: why.clone() })),
        }
    }
}

fn break_promise(reports: &mut [PromiseReport], check: &str, why: Option<String>) {
    let Some(why) = why else { return };
    for report in reports.iter_mut().filter(|report| report.check == check && report.planned.is_none()) {
        report.known.push(Known::Broken { why: why.clone() });
    }
}

fn abroad(config: &Config) -> Result<Option<String>> {
    let declared = residency::declared(config)?;
    Ok(residency::abroad(&residency::places(config, &declared), &declared).into_iter().next())
}

async fn overdue(policy: &mailkeep_policy::Policy) -> Result<Option<String>> {
    let due = retention::overdue(policy, RETENTION_GRACE).await?;
    Ok(due.first().map(|due| {
        format!(
            "{} rows of {} ({}) stand past their term; let the servers run, or use `mailkeep retention run`",
            due.rows, due.table, due.category
        )
    }))
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
