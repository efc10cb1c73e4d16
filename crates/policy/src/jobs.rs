//! What the policy does in the background: sign the ledger's head, reveal what was sealed, look for unusual access, end
//! what is past its term, remove copies of people's data that were kept long enough, copy what was declined.

use std::time::Duration;

use mailkeep_storage::blobs::Blobs;
use mailkeep_storage::jobs::{JobError, JobsBuilder};

use crate::exports::SWEEP_EXPORTS;
use crate::outbound::suppressions;
use crate::{Policy, disclosures, exports, ledger, retention, unusual_uses};

/// Signs the head of the ledger.
pub const SIGN_HEAD: &str = "policy.sign_head";
/// Reveals disclosures whose review date has come.
pub const REVEAL: &str = "policy.reveal";

/// Looks for unusual access by staff.
pub const UNUSUAL: &str = "policy.unusual";

/// Ends what is past its term.
pub const RETENTION: &str = "policy.retention";

const DAILY: Duration = Duration::from_secs(86_400);
const HOURLY: Duration = Duration::from_secs(3600);
const MINUTES: Duration = Duration::from_secs(300);

/// Adds the handlers.
pub fn register(jobs: JobsBuilder, policy: &Policy, blobs: &Blobs) -> JobsBuilder {
    let (signing, revealing, ending) = (policy.clone(), policy.clone(), policy.clone());
    let watching = policy.clone();
    let (sweeping, blobs) = (policy.clone(), blobs.clone());
    let copying = policy.clone();
    jobs.handler(SIGN_HEAD, move |_| {
        let policy = signing.clone();
        async move { ledger::make_checkpoint(&policy).await.map(drop).map_err(JobError::retry) }
    })
    .handler(REVEAL, move |_| {
        let policy = revealing.clone();
        async move {
            disclosures::sweep_packages(&policy).await.map_err(JobError::retry)?;
            disclosures::reveal_due(&policy).await.map(drop).map_err(JobError::retry)
        }
    })
    .handler(RETENTION, move |_| {
        let policy = ending.clone();
        async move { retention::run(&policy).await.map(drop).map_err(JobError::retry) }
    })
    .handler(UNUSUAL, move |_| {
        let policy = watching.clone();
        async move { unusual_uses::look(&policy).await.map(drop).map_err(JobError::retry) }
    })
    .every(UNUSUAL, MINUTES)
    .handler(SWEEP_EXPORTS, move |_| {
        let (policy, blobs) = (sweeping.clone(), blobs.clone());
        async move { exports::sweep(&policy, &blobs).await.map(drop).map_err(JobError::retry) }
    })
    .every(SWEEP_EXPORTS, HOURLY)
    .handler(suppressions::COPY, move |_| {
        let policy = copying.clone();
        async move { policy.copy_suppressions().await.map_err(JobError::retry) }
    })
    .every(RETENTION, DAILY)
    .every(SIGN_HEAD, HOURLY)
    .every(REVEAL, HOURLY)
}
