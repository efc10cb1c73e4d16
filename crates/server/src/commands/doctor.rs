//! `mailkeep doctor`: looks whether everything that is stored fits together.

use anyhow::Result;
use clap::Args;

use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// How to look.
#[derive(Args)]
pub struct Doctor {
    /// Mend what can be mended without losing anything.
    #[arg(long)]
    repair: bool,
}

/// Prints findings; true when the installation is sound.
pub async fn run(config: Config, doctor: Doctor) -> Result<bool> {
    let parts = Parts::open(&config).await?;
    let services = Services::open(&config, &parts, false).await?;
    let report = services.office.doctor(doctor.repair).await?;
    for finding in &report.findings {
        println!("{}{}", finding.what, if finding.repairable { " (can be mended: --repair)" } else { "" });
    }
    let journal = services.commerce.check_journal().await?;
    if !journal.holds() {
        println!("the journal of money does not hold: {journal:?}");
    }
    println!("{} messages, {} findings, {} mended", report.messages, report.findings.len(), report.repaired);
    Ok(report.findings.len() == report.repaired && journal.holds())
}
