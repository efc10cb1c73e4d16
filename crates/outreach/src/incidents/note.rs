//! Something new is known of an incident.

use mailkeep_types::{IncidentId, StaffId, new_uuid};

use super::{UpdateKind, check_text, say, store};
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Adds what is new to the status page. Nobody is written to for it.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `text`; [`OutreachError::State`] for what is over.
    pub async fn post_update(
        &self,
        staff: StaffId,
        id: IncidentId,
        text: String,
    ) -> Result<(), OutreachError> {
        check_text(&text)?;
        let update = new_uuid(&**self.policy().clock());
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                if found.stage(tx.now()).is_over() {
                    return Err(OutreachError::state("It is over by now."));
                }
                say(tx, update, id, UpdateKind::Note, &text, Some(staff))
            })
            .await
    }
}
