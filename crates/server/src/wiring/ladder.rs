//! The customer is told of each step of the ladder and of its end; and a termination, which two of staff decided, is carried out by commerce.

use std::time::Duration;

use mailkeep_outbound_guard::ladder::{About, Rung, Step, mark_end_told, mark_told};
use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{MessageClass, Notice, OutboundError};
use mailkeep_storage::jobs::{JobError, JobsBuilder};
use mailkeep_storage::sql::SqlError;
use serde_json::json;

use super::services::Services;

/// Ends what is over, carries terminations out, and tells.
const TELL: &str = "server.tell_of_steps";
const TELL_EVERY: Duration = Duration::from_secs(30);
const LIMITED: &str = "mailbox/sending_limited";
const LOCKED: &str = "mailbox/sending_locked";
const SUSPENDED: &str = "mailbox/domain_suspended";
const TERMINATED: &str = "mailbox/service_terminated";
const RESTORED: &str = "mailbox/sending_restored";

/// Why somebody was not told.
#[derive(Debug, thiserror::Error)]
enum Untold {
    #[error(transparent)]
    Gate(#[from] OutboundError),
    #[error(transparent)]
    Sql(#[from] SqlError),
}

/// Registers the job.
pub fn register(jobs: JobsBuilder, services: &Services) -> JobsBuilder {
    let services = services.clone();
    let tell = move |_| {
        let services = services.clone();
        async move { tell(&services).await }
    };
    jobs.handler(TELL, tell).every(TELL, TELL_EVERY)
}

async fn tell(services: &Services) -> Result<(), JobError> {
    services.guard.end_steps_in_time().await.map_err(JobError::retry)?;
    for step in services.guard.untold_steps().await.map_err(JobError::retry)? {
        if carry_out(services, &step).await {
            send(services, step, false).await;
        }
    }
    for step in services.guard.untold_ends().await.map_err(JobError::retry)? {
        if take_up(services, &step).await {
            send(services, step, true).await;
        }
    }
    Ok(())
}

/// Ends what the customer has, for a termination that is confirmed; false when that failed and is to be tried again.
async fn carry_out(services: &Services, step: &Step) -> bool {
    let Some(by) = step.confirmed_by.filter(|_| step.rung == Rung::Terminate && step.ended.is_none()) else {
        return true;
    };
    let ended = services.commerce.end_for_abuse(by, step.customer).await;
    ended.inspect_err(|error| tracing::error!(%error, customer = %step.customer, "a termination could not be carried out; it is tried again")).is_ok()
}

/// Takes up again what a termination ended that was taken back; false when that failed and is to be tried again.
async fn take_up(services: &Services, step: &Step) -> bool {
    let by = step.ended.and_then(|ended| ended.by).filter(|_| step.rung == Rung::Terminate);
    let Some(by) = by else { return true };
    let taken = services.commerce.take_up_after_abuse(by, step.customer, step.at).await;
    taken.inspect_err(|error| tracing::error!(%error, customer = %step.customer, "a termination could not be taken back; it is tried again")).is_ok()
}

/// Tells whoever looks after the account, once of each.
async fn send(services: &Services, step: Step, ended: bool) {
    let (outbound, customer) = (services.policy.outbound(), step.customer);
    let sent = services.office.db().write(move |tx| {
        outbound.send(tx, &notice(&step, ended))?;
        match ended {
            true => mark_end_told(tx, &step)?,
            false => mark_told(tx, &step)?,
        }
        Ok::<_, Untold>(())
    });
    if let Err(error) = sent.await {
        // The others are told all the same.
        tracing::warn!(%error, %customer, "nobody could be told of a step of the ladder");
    }
}

fn notice(step: &Step, ended: bool) -> Notice {
    let template = match step.rung {
        _ if ended => RESTORED,
        Rung::Hold | Rung::Throttle => LIMITED,
        Rung::Lock => LOCKED,
        Rung::Suspend => SUSPENDED,
        Rung::Terminate => TERMINATED,
    };
    let (about, mailbox, domain) = match &step.about {
        About::Customer => ("customer", None, None),
        About::Mailbox(mailbox) => ("mailbox", Some(mailbox.to_string()), None),
        About::Domain(domain) => ("domain", None, Some(domain.to_unicode())),
    };
    Notice {
        class: MessageClass::Account,
        template,
        subject: Subject::customer(step.customer),
        topic: None,
        to: None,
        unique_key: format!("{template}:{}:{}", step.customer, step.number),
        context: json!({
            "about": about,
            "mailbox_id": mailbox,
            "domain": domain,
            "cause": step.why.word(),
            "step_until": step.until.map(|until| until.as_micros()),
        }),
    }
}
