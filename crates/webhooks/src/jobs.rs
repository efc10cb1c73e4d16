//! What this crate does in the background: it sends what is due, and throws away what is old.

use std::time::Duration;

use mailkeep_storage::jobs::{Job, JobError, JobsBuilder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::webhooks::Webhooks;

/// Sends what is due to an endpoint. Payload [`EndpointJob`].
pub const DELIVER: &str = "webhooks.deliver";
/// Recurring: wakes endpoints to which something is due again.
pub const WAKE: &str = "webhooks.wake";
/// Recurring: throws events and deliveries away that are past their term.
pub const FORGET: &str = "webhooks.forget";

const WAKE_EVERY: Duration = Duration::from_secs(10);
const FORGET_EVERY: Duration = Duration::from_secs(6 * 3600);

/// Names an endpoint.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct EndpointJob {
    /// The endpoint.
    pub endpoint_id: Uuid,
}

/// Adds this crate's jobs to a runner.
#[must_use]
pub fn register(builder: JobsBuilder, webhooks: &Webhooks) -> JobsBuilder {
    let (sending, waking, forgetting) = (webhooks.clone(), webhooks.clone(), webhooks.clone());
    builder
        .handler(DELIVER, move |job: Job| {
            let webhooks = sending.clone();
            async move {
                let endpoint = job.payload::<EndpointJob>()?.endpoint_id;
                webhooks.deliver_to(endpoint, &job).await.map_err(JobError::retry)
            }
        })
        .handler(WAKE, move |_| {
            let webhooks = waking.clone();
            async move { webhooks.wake().await.map_err(JobError::retry) }
        })
        .handler(FORGET, move |_| {
            let webhooks = forgetting.clone();
            async move { webhooks.forget_old().await.map_err(JobError::retry) }
        })
        .every(WAKE, WAKE_EVERY)
        .every(FORGET, FORGET_EVERY)
}
