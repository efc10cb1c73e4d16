//! The self-checks that nobody has to ask for.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use mailkeep_policy::checks::{PromiseReport, record_marks};
use mailkeep_storage::jobs::{JobError, JobsBuilder};

use super::live::{self, Reached};
use super::{alert, look};
use crate::config::Config;
use crate::wiring::services::Services;

/// Looks at every promise from inside.
const SELF_CHECK: &str = "policy.self_check";

/// Tries from outside what the promises exclude.
const LIVE_CHECK: &str = "policy.live_check";

/// The words that a promise can be marked with.
const MARKS: [&str; 7] = ["PROVEN", "HELD", "EVIDENCED", "ATTESTED", "UNPROBED", "planned", "BROKEN"];

/// Adds the handlers, at the pace of the configuration.
pub fn register(
    mut jobs: JobsBuilder,
    config: &Arc<Config>,
    services: &Services,
    reached: Reached,
) -> JobsBuilder {
    let (settings, parts) = (Arc::clone(config), services.clone());
    jobs = jobs.handler(SELF_CHECK, move |_| {
        let (config, services) = (Arc::clone(&settings), parts.clone());
        async move {
            // A schedule of an earlier configuration may still be there.
            if config.policy.self_check_minutes == 0 {
                return Ok(());
            }
            inside(&config, &services).await.map_err(|error| JobError::retry(format!("{error:#}")))
        }
    });
    let (settings, parts) = (Arc::clone(config), services.clone());
    jobs = jobs.handler(LIVE_CHECK, move |_| {
        let (config, services, reached) = (Arc::clone(&settings), parts.clone(), reached.clone());
        async move {
            if config.policy.live_check_hours == 0 {
                return Ok(());
            }
            let done = async {
                live::probe(&config, &services, &reached, None).await?;
                inside(&config, &services).await
            };
            done.await.map_err(|error: anyhow::Error| JobError::retry(format!("{error:#}")))
        }
    });
    if config.policy.live_check_hours > 0 {
        jobs = jobs.every(LIVE_CHECK, Duration::from_secs(u64::from(config.policy.live_check_hours) * 3600));
    }
    match config.policy.self_check_minutes {
        0 => jobs,
        minutes => jobs.every(SELF_CHECK, Duration::from_secs(u64::from(minutes) * 60)),
    }
}

/// Looks, keeps what was found, and tells whoever has to know.
///
/// # Errors
/// When a database fails.
async fn inside(config: &Config, services: &Services) -> Result<()> {
    let reports = look(config, services).await?;
    let before = mailkeep_policy::checks::newest_marks(&services.policy).await?;
    record_marks(&services.policy, &reports).await?;
    measure(&reports);
    alert::raise(config, services, &reports, &before).await
}

fn measure(reports: &[PromiseReport]) {
    for report in reports {
        for mark in MARKS {
            let labels = [("promise", report.promise.clone()), ("mark", mark.to_owned())];
            let stands = if report.word() == mark { 1.0 } else { 0.0 };
            metrics::gauge!("mailkeep_promise", &labels[..]).set(stands);
        }
    }
    let broken = reports.iter().filter(|report| report.is_broken()).count();
    metrics::gauge!("mailkeep_policy_broken").set(broken as f64);
}
