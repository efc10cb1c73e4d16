//! Staff stop all mail to a destination: it is misused, or it answers in a way that harms all. New mail is accepted and waits.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{DomainName, StaffId, Timestamp};

use super::store;
use crate::ladder::StepCause;
use crate::sending::Guard;

/// A destination that is stopped, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DestinationStop {
    /// The destination.
    pub domain: String,
    /// Why.
    pub why: StepCause,
    /// Who of staff decided.
    pub staff: Option<StaffId>,
    /// Since when.
    pub at: Timestamp,
    /// When it ended, and who of staff ended it.
    pub ended: Option<(Timestamp, Option<StaffId>)>,
}

/// Why a destination could not be stopped or let go.
#[derive(Debug, thiserror::Error)]
pub enum StopError {
    /// The database failed.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// It is stopped already, or not stopped.
    #[error("the destination is like that already")]
    Already,
}

impl Guard {
    /// Nothing goes to a destination from now on.
    ///
    /// # Errors
    /// [`StopError::Already`] or a failure of the database.
    pub async fn stop_destination(
        &self,
        to: DomainName,
        why: StepCause,
        by: StaffId,
    ) -> Result<(), StopError> {
        let write = self.0.db.write(move |tx| {
            if store::is_stopped(tx, &to)? {
                return Err(StopError::Already);
            }
            Ok(store::stop(tx, &to, why, by)?)
        });
        write.await
    }

    /// Mail goes to a destination again.
    ///
    /// # Errors
    /// [`StopError::Already`] or a failure of the database.
    pub async fn lift_destination(&self, to: DomainName, by: StaffId) -> Result<(), StopError> {
        let write = self.0.db.write(move |tx| match store::lift(tx, &to, by)? {
            true => Ok(()),
            false => Err(StopError::Already),
        });
        write.await
    }

    /// The destinations that are stopped, and then those that lately were, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn destination_stops(&self, limit: usize) -> Result<Vec<DestinationStop>, SqlError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.0.db.read(move |tx| store::stops(tx, limit)).await
    }
}
