//! What this crate does in the background: it sends announcements, and ends subscriptions that are over.

use std::time::Duration;

use mailkeep_storage::jobs::{Job, JobError, JobsBuilder};
use mailkeep_types::AnnouncementId;
use serde::{Deserialize, Serialize};

use crate::Outreach;

/// Goes through the audience of an announcement; its payload is [`Send`].
pub const SEND: &str = "outreach.send_announcement";
/// Ends subscriptions that are over.
pub const SWEEP: &str = "outreach.sweep";

const DAILY: Duration = Duration::from_secs(86_400);

/// The payload of the job [`SEND`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Send {
    /// Which announcement.
    pub announcement_id: AnnouncementId,
}

/// Adds this crate's jobs to a runner.
#[must_use]
pub fn register(builder: JobsBuilder, outreach: &Outreach) -> JobsBuilder {
    let (sending, sweeping) = (outreach.clone(), outreach.clone());
    builder
        .handler(SEND, move |job: Job| {
            let outreach = sending.clone();
            async move {
                let id = job.payload::<Send>()?.announcement_id;
                outreach.send_announcement(id).await.map_err(JobError::retry)
            }
        })
        .handler(SWEEP, move |_| {
            let outreach = sweeping.clone();
            async move { outreach.sweep_subscribers().await.map(drop).map_err(JobError::retry) }
        })
        .every(SWEEP, DAILY)
}
