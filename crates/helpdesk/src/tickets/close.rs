//! What was solved some days ago and not written to again is closed by itself.

use std::time::Duration;

use mailkeep_storage::jobs::{JobError, JobsBuilder};

use super::turn::{Log, turned};
use super::{Desk, Hand, Move, TicketError, store};
use crate::words;

/// How long a solved ticket stays as it is before it is closed.
pub const CLOSES_AFTER: Duration = Duration::from_secs(7 * 24 * 3600);

/// Recurring: closes what was solved long enough ago.
const CLOSE: &str = "helpdesk.close_solved";
const CLOSE_EVERY: Duration = Duration::from_secs(600);
/// How many at a time, so that no transaction is long.
const AT_A_TIME: i64 = 100;

/// Adds the jobs of tickets to a runner.
#[must_use]
pub fn register(builder: JobsBuilder, desk: &Desk) -> JobsBuilder {
    let builder = words::register(builder, desk);
    let desk = desk.clone();
    builder
        .handler(CLOSE, move |_| {
            let desk = desk.clone();
            async move { desk.close_solved().await.map_err(JobError::retry) }
        })
        .every(CLOSE, CLOSE_EVERY)
}

impl Desk {
    /// Closes what was solved long enough ago.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close_solved(&self) -> Result<(), TicketError> {
        loop {
            let hours = self.hours().clone();
            let closed = self
                .write(move |tx| {
                    let before = tx.now().minus(CLOSES_AFTER);
                    let mut due = store::solved_before(tx, before, AT_A_TIME)?;
                    for ticket in &mut due {
                        let what = turned(ticket, Move::Close, Hand::Program)?;
                        Log { by: Hand::Program, what }.write(tx, &hours, ticket)?;
                    }
                    Ok(due.len())
                })
                .await?;
            if i64::try_from(closed).unwrap_or(0) < AT_A_TIME {
                return Ok(());
            }
        }
    }
}
