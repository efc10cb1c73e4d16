//! `mailkeep keys status`.

use anyhow::Result;
use mailkeep_policy::{RootKey, key_figures};
use mailkeep_types::{Clock as _, SystemClock};
use serde::Serialize;

use super::prune;
use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::root_key;

#[derive(Serialize)]
struct Report {
    root_key: String,
    #[serde(flatten)]
    figures: mailkeep_policy::KeyFigures,
    backups: Vec<BackupRow>,
}

#[derive(Serialize)]
struct BackupRow {
    file: String,
    days_old: u64,
    too_old: bool,
}

/// Says how things stand; false when something is to be done.
pub async fn run(config: &Config, json: bool) -> Result<bool> {
    let parts = Parts::open(config).await?;
    let source = root_key(config);
    let figures = key_figures(&parts.keys, &RootKey::load(&source)?).await?;
    let days = prune::term(config)?;
    let now = SystemClock.now();
    let backups: Vec<BackupRow> = prune::backups(config)
        .into_iter()
        .map(|(path, at)| {
            let days_old = now.since(at).as_secs() / 86_400;
            BackupRow { file: path.display().to_string(), days_old, too_old: days_old >= days }
        })
        .collect();
    let sound = figures.root_fits && !figures.rotating && backups.iter().all(|backup| !backup.too_old);
    let report = Report { root_key: source.to_string(), figures, backups };
    if json {
        println!("{}", serde_json::to_string_pretty(&report)?);
        return Ok(sound);
    }
    let figures = &report.figures;
    println!("root key     {}", report.root_key);
    println!(
        "             {}",
        match (figures.rotating, figures.root_fits) {
            (true, _) => "is being replaced; run `mailkeep keys rotate-root` again",
            (false, true) => "fits the database of keys",
            (false, false) => "does not fit the database of keys",
        }
    );
    for count in &figures.subject_keys {
        println!("{:12} {} there, {} destroyed", count.key_use, count.there, count.destroyed);
    }
    println!("house        {}", figures.house_keys.join(", "));
    println!("serving      {} nodes", figures.serving);
    for backup in &report.backups {
        let old = if backup.too_old { ", too old: run `mailkeep keys prune`" } else { "" };
        println!("backup       {} ({} days{old})", backup.file, backup.days_old);
    }
    if report.backups.is_empty() {
        println!("backup       none in policy.key_backups");
    }
    Ok(sound)
}
