//! What this crate does in the background: it sends announcements, closes surveys and contests, tells of incidents, and ends subscriptions that are over.

use std::time::Duration;

use mailkeep_storage::jobs::{Job, JobError, JobsBuilder};
use mailkeep_types::{AnnouncementId, ContestId, IncidentId, SurveyId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Outreach;

/// Goes through the audience of an announcement; its payload is [`Send`].
pub const SEND: &str = "outreach.send_announcement";
/// Begins planned maintenance; its payload is [`Begin`].
pub const BEGIN: &str = "outreach.begin_maintenance";
/// Tells customers of an update of an incident; its payload is [`Tell`].
pub const TELL: &str = "outreach.tell_of_incident";
/// Closes a survey whose time is over; its payload is [`CloseSurvey`].
pub const CLOSE_SURVEY: &str = "outreach.close_survey";
/// Publishes the list of a contest that is closed; its payload is [`FreezeContest`].
pub const FREEZE_CONTEST: &str = "outreach.freeze_contest";
/// Ends subscriptions that are over.
pub const SWEEP: &str = "outreach.sweep";

const DAILY: Duration = Duration::from_secs(86_400);

/// The payload of the job [`SEND`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Send {
    /// Which announcement.
    pub announcement_id: AnnouncementId,
}

/// The payload of the job [`BEGIN`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Begin {
    /// Which maintenance.
    pub incident_id: IncidentId,
}

/// The payload of the job [`TELL`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Tell {
    /// Which update.
    pub update_id: Uuid,
}

/// The payload of the job [`CLOSE_SURVEY`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct CloseSurvey {
    /// Which survey.
    pub survey_id: SurveyId,
}

/// The payload of the job [`FREEZE_CONTEST`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct FreezeContest {
    /// Which contest.
    pub contest_id: ContestId,
}

/// Adds this crate's jobs to a runner.
#[must_use]
pub fn register(builder: JobsBuilder, outreach: &Outreach) -> JobsBuilder {
    let (sending, sweeping) = (outreach.clone(), outreach.clone());
    let (beginning, telling) = (outreach.clone(), outreach.clone());
    let (closing, freezing) = (outreach.clone(), outreach.clone());
    builder
        .handler(SEND, move |job: Job| {
            let outreach = sending.clone();
            async move {
                let id = job.payload::<Send>()?.announcement_id;
                outreach.send_announcement(id).await.map_err(JobError::retry)
            }
        })
        .handler(BEGIN, move |job: Job| {
            let outreach = beginning.clone();
            async move {
                let id = job.payload::<Begin>()?.incident_id;
                outreach.begin_maintenance(id).await.map_err(JobError::retry)
            }
        })
        .handler(TELL, move |job: Job| {
            let outreach = telling.clone();
            async move {
                let id = job.payload::<Tell>()?.update_id;
                outreach.tell_of_update(id).await.map_err(JobError::retry)
            }
        })
        .handler(CLOSE_SURVEY, move |job: Job| {
            let outreach = closing.clone();
            async move {
                let id = job.payload::<CloseSurvey>()?.survey_id;
                outreach.close_due_survey(id).await.map_err(JobError::retry)
            }
        })
        .handler(FREEZE_CONTEST, move |job: Job| {
            let outreach = freezing.clone();
            async move {
                let id = job.payload::<FreezeContest>()?.contest_id;
                outreach.freeze_contest(id).await.map_err(JobError::retry)
            }
        })
        .handler(SWEEP, move |_| {
            let outreach = sweeping.clone();
            async move { outreach.sweep_subscribers().await.map(drop).map_err(JobError::retry) }
        })
        .every(SWEEP, DAILY)
}
