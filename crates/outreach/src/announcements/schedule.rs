//! An announcement begins at a time. Until then it is only looked at; who wants to change it makes it a draft again.

use std::time::Duration;

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_types::{AnnouncementId, Timestamp};

use super::store;
use crate::jobs::{SEND, Send};
use crate::{Outreach, OutreachError};

/// Further ahead a time is a slip of the pen.
const AT_MOST: Duration = Duration::from_secs(366 * 86_400);

impl Outreach {
    /// Lets a draft begin at a time.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for a `send_at` that is over or more than a year away; [`OutreachError::State`] for what is no
    /// draft, when somebody else must look at it first, and for an offer whose coupon cannot be used now and then.
    pub async fn schedule_announcement(
        &self,
        id: AnnouncementId,
        at: Timestamp,
    ) -> Result<(), OutreachError> {
        let now = self.now();
        if at <= now || at > now.plus(AT_MOST) {
            return Err(OutreachError::field("send_at", "Choose a time within the next year."));
        }
        self.require_approval(id).await?;
        let outreach = self.clone();
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                outreach.require_coupon(tx, id, now)?;
                outreach.require_coupon(tx, id, at)?;
                if !store::schedule(tx, id, at)? {
                    return Err(OutreachError::state("Only a draft can be scheduled."));
                }
                // A job for each time it is scheduled: one that comes too early finds it not due and does nothing.
                let key = format!("{id}:{}:{}", at.as_micros(), tx.now().as_micros());
                jobs::enqueue(tx, NewJob::new(SEND, &Send { announcement_id: id }).key(key).at(at))?;
                Ok(())
            })
            .await
    }

    /// Makes what is scheduled a draft again.
    ///
    /// # Errors
    /// [`OutreachError::State`] when it has begun.
    pub async fn unschedule_announcement(&self, id: AnnouncementId) -> Result<(), OutreachError> {
        let draft = self.db().write(move |tx| store::unschedule(tx, id)).await?;
        if draft { Ok(()) } else { Err(OutreachError::state("It is not scheduled any more.")) }
    }
}
