//! Privacy cases whose term is over go to a higher place (P37): the operators, at the address for alerts.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use mailkeep_storage::jobs::{JobError, JobsBuilder};

use super::alert;
use crate::config::Config;
use crate::wiring::services::Services;

/// Recurring: looks for cases that are late.
const DEADLINES: &str = "helpdesk.case_deadlines";
const EVERY: Duration = Duration::from_secs(1800);

/// Adds the job.
pub fn register(jobs: JobsBuilder, config: &Arc<Config>, services: &Services) -> JobsBuilder {
    let (settings, parts) = (Arc::clone(config), services.clone());
    jobs.handler(DEADLINES, move |_| {
        let (config, services) = (Arc::clone(&settings), parts.clone());
        async move { escalate(&config, &services).await.map_err(|error| JobError::retry(format!("{error:#}"))) }
    })
    .every(DEADLINES, EVERY)
}

async fn escalate(config: &Config, services: &Services) -> Result<()> {
    let address = alert::address(config)?;
    let operator = services.identity.first_operator().await?;
    let done = services.desk.escalate_cases(operator, &address).await?;
    if done.escalated > 0 {
        tracing::error!(
            cases = done.escalated,
            "privacy cases are late: people wait for an answer that the policy promises; see /console/privacy-cases"
        );
    }
    Ok(())
}
