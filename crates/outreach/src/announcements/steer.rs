//! Pausing, going on, and stopping for good.

use mailkeep_types::AnnouncementId;

use super::AnnouncementState;
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Stops for a while. What was handed over to the outgoing queue goes out.
    ///
    /// # Errors
    /// [`OutreachError::State`] when it is not being sent.
    pub async fn pause_announcement(&self, id: AnnouncementId) -> Result<(), OutreachError> {
        self.go(id, AnnouncementState::Sending, AnnouncementState::Paused).await
    }

    /// Goes on where it stopped.
    ///
    /// # Errors
    /// [`OutreachError::State`] when it is not paused.
    pub async fn resume_announcement(&self, id: AnnouncementId) -> Result<(), OutreachError> {
        self.go(id, AnnouncementState::Paused, AnnouncementState::Sending).await
    }

    /// Stops for good; messages that wait to be handed over are not sent.
    ///
    /// # Errors
    /// [`OutreachError::State`] when it is neither being sent nor paused.
    pub async fn cancel_announcement(&self, id: AnnouncementId) -> Result<(), OutreachError> {
        let sending = self.go(id, AnnouncementState::Sending, AnnouncementState::Cancelled).await;
        match sending {
            Err(OutreachError::State(_)) => {
                self.go(id, AnnouncementState::Paused, AnnouncementState::Cancelled).await
            }
            other => other,
        }
    }
}
