//! Writers of whom no ticket is left are forgotten.

use std::time::Duration;

use mailkeep_storage::jobs::{JobError, JobsBuilder};

use super::{Mailroom, owner, store};
use crate::tickets::TicketError;

/// Recurring: forgets writers.
const FORGET: &str = "helpdesk.forget_writers";
const FORGET_EVERY: Duration = Duration::from_secs(24 * 3600);
/// A letter that is being taken has a writer before it has a ticket.
const AFTER: Duration = Duration::from_secs(24 * 3600);
const AT_A_TIME: i64 = 500;

/// Adds the jobs of the mailroom to a runner.
#[must_use]
pub fn register(builder: JobsBuilder, mailroom: &Mailroom) -> JobsBuilder {
    let mailroom = mailroom.clone();
    builder
        .handler(FORGET, move |_| {
            let mailroom = mailroom.clone();
            async move { mailroom.forget_writers().await.map_err(JobError::retry) }
        })
        .every(FORGET, FORGET_EVERY)
}

impl Mailroom {
    /// Destroys the keys of writers whose tickets are gone, and what stands of them.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn forget_writers(&self) -> Result<(), TicketError> {
        loop {
            let found = self
                .inner
                .desk
                .read(|tx| {
                    let before = tx.now().minus(AFTER);
                    Ok(store::forgotten(tx, before, AT_A_TIME)?)
                })
                .await?;
            let (count, most) = (found.len(), usize::try_from(AT_A_TIME).unwrap_or(usize::MAX));
            for writer in found {
                self.policy().erase(owner(writer)).await?;
                self.inner.desk.write(move |tx| Ok(store::forget(tx, writer)?)).await?;
            }
            if count < most {
                return Ok(());
            }
        }
    }
}
