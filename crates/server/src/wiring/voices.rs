//! What recipients say goes from the mail store to the outbound guard, and what follows from it to the owners.

use std::time::Duration;

use mailkeep_mailbox::traces::heard::{MOVED_JOB, REFUSED_JOB, ReaderMoved, RecipientRefused};
use mailkeep_outbound_guard::ReasonCode;
use mailkeep_outbound_guard::voices::{LAST, Moved, Refused, Stop, Voice, mark_told};
use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{MessageClass, Notice, OutboundError};
use mailkeep_storage::jobs::{Job, JobError, JobsBuilder};
use mailkeep_storage::sql::SqlError;
use serde_json::json;

use super::services::Services;

/// Tells owners of what follows.
const TELL: &str = "server.tell_of_complaints";
const TELL_EVERY: Duration = Duration::from_secs(60);
const ADDRESSES: &str = "mailbox/dead_addresses";
const COMPLAINTS: &str = "mailbox/recipients_complain";

/// Why somebody was not told.
#[derive(Debug, thiserror::Error)]
enum Untold {
    #[error(transparent)]
    Gate(#[from] OutboundError),
    #[error(transparent)]
    Sql(#[from] SqlError),
}

/// Registers the jobs.
pub fn register(jobs: JobsBuilder, services: &Services) -> JobsBuilder {
    let (refused, moved, telling) = (services.clone(), services.clone(), services.clone());
    jobs.handler(REFUSED_JOB, move |job| {
        let services = refused.clone();
        async move { hear_refusal(&services, &job).await }
    })
    .handler(MOVED_JOB, move |job| {
        let services = moved.clone();
        async move { hear_reader(&services, &job).await }
    })
    .handler(TELL, move |_| {
        let services = telling.clone();
        async move { tell(&services).await }
    })
    .every(TELL, TELL_EVERY)
}

async fn hear_refusal(services: &Services, job: &Job) -> Result<(), JobError> {
    let RecipientRefused { sender, customer, message, position, spam } = job.payload()?;
    let last = services.office.last_answered(sender, LAST).await.map_err(JobError::retry)?;
    let voice = if spam { Voice::Spam } else { Voice::Hard };
    let refused = Refused { mailbox: sender, customer, message, position, voice };
    services.guard.hear_refusal(refused, last).await.map_err(JobError::retry)
}

async fn hear_reader(services: &Services, job: &Job) -> Result<(), JobError> {
    let ReaderMoved { sender, customer, reader, junk } = job.payload()?;
    let moved = Moved { mailbox: sender, customer, reader, junk };
    services.guard.hear_reader(moved).await.map_err(JobError::retry)
}

/// Tells whoever looks after a customer's account of what follows, once for each time that it begins or becomes graver.
async fn tell(services: &Services) -> Result<(), JobError> {
    for stop in services.guard.untold_stops().await.map_err(JobError::retry)? {
        let outbound = services.policy.outbound();
        let sent = services.office.db().write(move |tx| {
            outbound.send(tx, &notice(&stop, tx.now().as_seconds()))?;
            mark_told(tx, &stop)?;
            Ok::<_, Untold>(())
        });
        if let Err(error) = sent.await {
            // The others are told all the same.
            tracing::warn!(%error, customer = %stop.customer, "nobody could be told what recipients say of their mail");
        }
    }
    Ok(())
}

fn notice(stop: &Stop, now: i64) -> Notice {
    let template = if stop.code == ReasonCode::Returns { ADDRESSES } else { COMPLAINTS };
    let (about, level) = (stop.mailbox.map(|id| id.to_string()).unwrap_or_default(), stop.level.word());
    let day = now.div_euclid(24 * 3600);
    Notice {
        class: MessageClass::Account,
        template,
        subject: Subject::customer(stop.customer),
        topic: None,
        to: None,
        unique_key: format!("{template}:{}:{about}:{level}:{day}", stop.customer),
        context: json!({ "level": level, "addresses": stop.value }),
    }
}
