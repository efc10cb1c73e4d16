//! A contest is published, with the hash of its seed; or called off, or thrown away.

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_types::ContestId;

use super::{ContestState, store};
use crate::jobs::{FREEZE_CONTEST, FreezeContest};
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Publishes a draft: from now on visitors see it, and its commitment.
    ///
    /// # Errors
    /// [`OutreachError::State`] when its time is over, and for what is no draft.
    pub async fn publish_contest(&self, id: ContestId) -> Result<(), OutreachError> {
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                if found.state(tx.now()) != ContestState::Draft {
                    return Err(OutreachError::state("It is published already."));
                }
                if found.closes_at <= tx.now() {
                    return Err(OutreachError::state("The time at which it closes is over. Choose another."));
                }
                store::publish(tx, id)?;
                let job = NewJob::new(FREEZE_CONTEST, &FreezeContest { contest_id: id });
                jobs::enqueue(tx, job.key(id.to_string()).at(found.closes_at))?;
                Ok(())
            })
            .await
    }

    /// Calls a contest off before it is drawn. Its page says so.
    ///
    /// # Errors
    /// [`OutreachError::State`] for a draft, and for what is over.
    pub async fn call_contest_off(&self, id: ContestId) -> Result<(), OutreachError> {
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                match found.state(tx.now()) {
                    ContestState::Draft | ContestState::Drawn | ContestState::CalledOff => {
                        Err(OutreachError::state("It cannot be called off."))
                    }
                    _ => Ok(store::call_off(tx, id)?),
                }
            })
            .await
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`OutreachError::State`] for what visitors saw.
    pub async fn discard_contest(&self, id: ContestId) -> Result<(), OutreachError> {
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                match found.state(tx.now()) {
                    ContestState::Draft => Ok(store::delete(tx, id)?),
                    _ => Err(OutreachError::state("What was published stays; it can be called off.")),
                }
            })
            .await
    }
}
