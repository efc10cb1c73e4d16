//! Nobody can enter any more: the entry numbers are sorted, and the hash of that list is published before the seed is.

use mailkeep_types::ContestId;

use super::proof::list_hash;
use super::{ContestState, store};
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Freezes the list of a contest whose time is over; what comes too early, or again, does nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn freeze_contest(&self, id: ContestId) -> Result<(), OutreachError> {
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let Some(found) = store::find(tx, id)? else { return Ok(()) };
                if found.state(tx.now()) == ContestState::Closed {
                    let numbers = store::numbers(tx, id)?;
                    store::freeze(tx, id, &list_hash(&numbers))?;
                }
                Ok(())
            })
            .await
    }
}
