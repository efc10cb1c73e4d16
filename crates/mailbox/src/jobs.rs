//! What mail does in the background: purging what was expunged, deleting blobs, looking for proofs of domains, forgetting places, keeping
//! counts of deliveries small, asking block lists.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_storage::jobs::{JobError, JobsBuilder};

use crate::dns::Resolver;
use crate::domains::{DOMAIN_CHECK_JOB, DomainCheck, ProofOutcome};
use crate::messages::{BLOB_JOB, PURGE_JOB};
use crate::post_office::PostOffice;

/// Forgets from where mailboxes were signed in to long ago.
const PLACES_JOB: &str = "mailbox.forget_places";
/// Makes days of hours of delivery counts, and forgets old counts and reports.
const COUNTS_JOB: &str = "mailbox.sweep_counts";
/// Asks block lists for our addresses.
const LISTS_JOB: &str = "mailbox.ask_block_lists";

/// Removes guests of lists who never answered.
const UNANSWERED_JOB: &str = "mailbox.forget_unanswered_guests";

/// Adds the handlers of this crate.
#[must_use]
pub fn register(jobs: JobsBuilder, office: &PostOffice, resolver: Arc<dyn Resolver>) -> JobsBuilder {
    let (purging, deleting, checking, forgetting, unanswered) =
        (office.clone(), office.clone(), office.clone(), office.clone(), office.clone());
    let (sweeping, asking, asked) = (office.clone(), office.clone(), Arc::clone(&resolver));
    let jobs = jobs
        .handler(COUNTS_JOB, move |_| {
            let office = sweeping.clone();
            async move {
                office.sweep_deliveries().await.map_err(JobError::retry)?;
                office.sweep_domain_reports().await.map_err(JobError::retry)
            }
        })
        .every(COUNTS_JOB, Duration::from_secs(3600))
        .handler(LISTS_JOB, move |_| {
            let (office, resolver) = (asking.clone(), Arc::clone(&asked));
            async move { office.ask_block_lists(&*resolver).await.map_err(JobError::retry) }
        })
        .every(LISTS_JOB, Duration::from_secs(3600));
    jobs.handler(PURGE_JOB, move |_| {
        let office = purging.clone();
        async move { office.purge_expunged().await.map(drop).map_err(JobError::retry) }
    })
    .every(PURGE_JOB, Duration::from_secs(3600))
    .handler(PLACES_JOB, move |_| {
        let office = forgetting.clone();
        async move { office.forget_places().await.map_err(JobError::retry) }
    })
    .every(PLACES_JOB, Duration::from_secs(24 * 3600))
    .handler(UNANSWERED_JOB, move |_| {
        let office = unanswered.clone();
        async move { office.forget_unanswered_guests().await.map(drop).map_err(JobError::retry) }
    })
    .every(UNANSWERED_JOB, Duration::from_secs(3600))
    .handler(BLOB_JOB, move |job| {
        let office = deleting.clone();
        async move {
            let payload: crate::messages::DeleteBlob = job.payload()?;
            office.0.blobs.delete(&payload.key).await.map_err(JobError::retry)
        }
    })
    .handler(DOMAIN_CHECK_JOB, move |job| {
        let (office, resolver) = (checking.clone(), Arc::clone(&resolver));
        async move {
            let payload: DomainCheck = job.payload()?;
            match office.prove_domain(payload.domain_id, &*resolver).await.map_err(JobError::retry)? {
                ProofOutcome::NoAnswer(why) => Err(JobError::retry(why)),
                _ => Ok(()),
            }
        }
    })
}
