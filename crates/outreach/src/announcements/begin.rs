//! Sending begins.

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_types::AnnouncementId;

use super::{AnnouncementState, store};
use crate::jobs::{SEND, Send};
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Begins to send a draft.
    ///
    /// # Errors
    /// [`OutreachError::State`] when it was begun before, when somebody else must look at it first, and for an offer whose coupon cannot be
    /// used.
    pub async fn begin_announcement(&self, id: AnnouncementId) -> Result<(), OutreachError> {
        self.require_approval(id).await?;
        self.go(id, AnnouncementState::Draft, AnnouncementState::Sending).await
    }

    /// Goes from one state to another, and sends where that is the new one.
    pub(super) async fn go(
        &self,
        id: AnnouncementId,
        from: AnnouncementState,
        to: AnnouncementState,
    ) -> Result<(), OutreachError> {
        let (outreach, now) = (self.clone(), self.now());
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                if to == AnnouncementState::Sending {
                    outreach.require_coupon(tx, id, now)?;
                }
                if !store::go(tx, id, from, to)? {
                    let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                    let sentence = format!("It is {} by now.", found.state.word());
                    return Err(OutreachError::State(sentence));
                }
                if to == AnnouncementState::Sending {
                    // A key of its own: the job that saw the pause may still have its row.
                    let key = format!("{id}:{}", tx.now().as_micros());
                    jobs::enqueue(tx, NewJob::new(SEND, &Send { announcement_id: id }).key(key))?;
                }
                Ok(())
            })
            .await
    }
}
