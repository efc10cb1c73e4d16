//! The time of planned maintenance has come.

use mailkeep_types::{IncidentId, new_uuid};

use super::{UpdateKind, say, store};
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Says that maintenance began, once; nothing for a plan that was changed, given up or ended meanwhile.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn begin_maintenance(&self, id: IncidentId) -> Result<(), OutreachError> {
        let update = new_uuid(&**self.policy().clock());
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let Some(incident) = store::find(tx, id)? else { return Ok(()) };
                let began = incident.stage(tx.now()).goes_on() && incident.planned_until.is_some();
                if !began || store::was_said(tx, id, UpdateKind::Began)? {
                    return Ok(());
                }
                say(tx, update, id, UpdateKind::Began, "", None)
            })
            .await?;
        self.forget_open();
        Ok(())
    }
}
