//! An incident is over.

use mailkeep_types::{IncidentId, StaffId, Timestamp, new_uuid};

use super::{UpdateKind, check_text, say, store};
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Says that it is over, and since when; tells customers.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `text` and `ended_at`; [`OutreachError::State`] for what has not begun or is over.
    pub async fn end_incident(
        &self,
        staff: StaffId,
        id: IncidentId,
        ended_at: Timestamp,
        text: String,
    ) -> Result<(), OutreachError> {
        check_text(&text)?;
        let update = new_uuid(&**self.policy().clock());
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                if !found.stage(tx.now()).goes_on() {
                    return Err(OutreachError::state("Only what goes on can end."));
                }
                if ended_at < found.starts_at || ended_at > tx.now() {
                    let sentence = "It must lie between the begin and now.";
                    return Err(OutreachError::field("ended_at", sentence));
                }
                store::end(tx, id, ended_at)?;
                say(tx, update, id, UpdateKind::Ended, &text, Some(staff))
            })
            .await?;
        self.forget_open();
        Ok(())
    }
}
