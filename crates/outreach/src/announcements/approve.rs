//! Somebody else looks at what goes to many: the words are approved as they are, and a change of them wants it anew.

use mailkeep_types::{AnnouncementId, StaffId, Timestamp};

use super::store;
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Asks for somebody else to look at it; colleagues see that in the list.
    ///
    /// # Errors
    /// [`OutreachError::State`] when it was approved before, or went out.
    pub async fn ask_for_approval(&self, id: AnnouncementId) -> Result<(), OutreachError> {
        let asked = self.db().write(move |tx| store::ask_approval(tx, id)).await?;
        if asked { Ok(()) } else { Err(OutreachError::state("Nobody has to approve it any more.")) }
    }

    /// Approves the words that were there at `seen`, when they were changed last.
    ///
    /// # Errors
    /// [`OutreachError::State`] when the words are the member of staff's own, or others by now, or need no approval.
    pub async fn approve_announcement(
        &self,
        staff: StaffId,
        id: AnnouncementId,
        seen: Timestamp,
    ) -> Result<(), OutreachError> {
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                if store::approve(tx, id, staff, seen)? {
                    return Ok(());
                }
                let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                Err(OutreachError::state(if found.changed_by == staff {
                    "These are your words; somebody else must look at them."
                } else if found.changed_at != seen {
                    "It was changed meanwhile; look at it again."
                } else {
                    "Nobody has to approve it any more."
                }))
            })
            .await
    }

    /// Refuses what goes to more addresses than one person alone may write to, until somebody else approved it.
    pub(super) async fn require_approval(&self, id: AnnouncementId) -> Result<(), OutreachError> {
        let found = self.announcement(id).await?;
        let audience = self.count_readers(&found).await?;
        if found.approved.is_some() || i64::try_from(audience).is_ok_and(|count| count <= self.alone_up_to())
        {
            return Ok(());
        }
        Err(OutreachError::State(format!(
            "More than {} addresses would get it: somebody else must look at it first.",
            self.alone_up_to()
        )))
    }
}
