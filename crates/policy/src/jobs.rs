//! What the policy does in the background: sign the ledger's head each hour, reveal what was sealed.

use std::time::Duration;

use mailkeep_storage::jobs::{JobError, JobsBuilder};

use crate::{Policy, disclosures, ledger};

/// Signs the head of the ledger.
pub const SIGN_HEAD: &str = "policy.sign_head";
/// Reveals disclosures whose review date has come.
pub const REVEAL: &str = "policy.reveal";

const HOURLY: Duration = Duration::from_secs(3600);

/// Adds the handlers.
pub fn register(jobs: JobsBuilder, policy: &Policy) -> JobsBuilder {
    let (signing, revealing) = (policy.clone(), policy.clone());
    jobs.handler(SIGN_HEAD, move |_| {
        let policy = signing.clone();
        async move { ledger::make_checkpoint(&policy).await.map(drop).map_err(JobError::retry) }
    })
    .handler(REVEAL, move |_| {
        let policy = revealing.clone();
        async move { disclosures::reveal_due(&policy).await.map(drop).map_err(JobError::retry) }
    })
    .every(SIGN_HEAD, HOURLY)
    .every(REVEAL, HOURLY)
}
