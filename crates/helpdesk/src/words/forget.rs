//! Some days after a ticket is closed nobody finds it by its words any more.

use std::time::Duration;

use mailkeep_storage::jobs::{self, JobError, JobsBuilder, NewJob};
use mailkeep_storage::sql::{SqlError, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::tickets::{Desk, Ticket, TicketState};

const FORGET: &str = "helpdesk.forget_words";
/// For so long a ticket that is opened again is found by what was written before.
const KEPT: Duration = Duration::from_secs(14 * 24 * 3600);

#[derive(Serialize, Deserialize)]
struct Forget {
    ticket: Uuid,
}

/// Has the marks of a ticket that is closed now taken away in time.
pub(crate) fn forget_later(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(), SqlError> {
    let at = tx.now().plus(KEPT);
    let job = NewJob::new(FORGET, &Forget { ticket: ticket.id }).key(ticket.id.to_string()).at(at).bulk(true);
    jobs::enqueue(tx, job).map(drop)
}

/// Adds the job to a runner.
#[must_use]
pub(crate) fn register(builder: JobsBuilder, desk: &Desk) -> JobsBuilder {
    let desk = desk.clone();
    builder.handler(FORGET, move |job| {
        let desk = desk.clone();
        async move {
            let Forget { ticket } = job.payload()?;
            let forgotten = desk.write(move |tx| Ok(forget(tx, ticket)?)).await.map_err(JobError::retry)?;
            match forgotten {
                Some(again) => Err(JobError::RetryAt(again, "the ticket was opened and closed again".into())),
                None => Ok(()),
            }
        }
    })
}

/// Takes the marks away; when the ticket was closed again since, says when to come back instead. One that is open keeps them.
pub(super) fn forget(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Option<mailkeep_types::Timestamp>, SqlError> {
    let Some(found) = crate::tickets::store::find(tx, ticket)? else { return Ok(None) };
    let Some(closed_at) = found.closed_at.filter(|_| found.state == TicketState::Closed) else {
        return Ok(None);
    };
    let at = closed_at.plus(KEPT);
    if at > tx.now() {
        return Ok(Some(at));
    }
    store::forget(tx, ticket)?;
    Ok(None)
}
