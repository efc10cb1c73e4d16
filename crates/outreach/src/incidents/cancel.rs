//! Planned maintenance does not take place.

use mailkeep_types::{IncidentId, StaffId, new_uuid};

use super::plan::planned;
use super::{UpdateKind, check_text, say, store};
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Gives a plan up, and tells customers.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `text`; [`OutreachError::State`] for what has begun or is over.
    pub async fn cancel_maintenance(
        &self,
        staff: StaffId,
        id: IncidentId,
        text: String,
    ) -> Result<(), OutreachError> {
        check_text(&text)?;
        let update = new_uuid(&**self.policy().clock());
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                planned(tx, id)?;
                store::cancel(tx, id)?;
                say(tx, update, id, UpdateKind::Cancelled, &text, Some(staff))
            })
            .await?;
        self.forget_open();
        Ok(())
    }
}
