//! A survey ends: at its time, when somebody closes it, or for good with all that was answered.

use mailkeep_types::SurveyId;

use super::mix::mix;
use super::{SurveyState, store};
use crate::announcements::AnnouncementState;
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Closes a survey before its time, and stops what is still sent of it.
    ///
    /// # Errors
    /// [`OutreachError::State`] for what is no published survey.
    pub async fn close_survey(&self, id: SurveyId) -> Result<(), OutreachError> {
        let closed = self
            .db()
            .write(move |tx| -> Result<bool, OutreachError> {
                let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                if found.state(tx.now()) == SurveyState::Draft || found.closed_at.is_some() {
                    return Ok(false);
                }
                store::lock(tx, id)?;
                mix(tx, id)?;
                Ok(store::close(tx, id)?)
            })
            .await?;
        if !closed {
            return Err(OutreachError::state("It is not open."));
        }
        self.stop_asking(id).await
    }

    /// Closes a survey whose time is over; what comes too early, or again, does nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close_due_survey(&self, id: SurveyId) -> Result<(), OutreachError> {
        let found = self.db().read(move |tx| store::find(tx, id)).await?;
        let now = self.now();
        match found {
            Some(survey) if survey.state(now) == SurveyState::Closed && survey.closed_at.is_none() => {
                match self.close_survey(id).await {
                    // Somebody closed it at the same moment.
                    Err(OutreachError::State(_) | OutreachError::NotFound) => Ok(()),
                    other => other,
                }
            }
            _ => Ok(()),
        }
    }

    /// Deletes a survey with everything that was answered. Links to it lead nowhere then.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`].
    pub async fn delete_survey(&self, id: SurveyId) -> Result<(), OutreachError> {
        self.stop_asking(id).await?;
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                match store::delete(tx, id)? {
                    true => Ok(()),
                    false => Err(OutreachError::NotFound),
                }
            })
            .await
    }

    /// Stops the announcement by which it is sent.
    async fn stop_asking(&self, id: SurveyId) -> Result<(), OutreachError> {
        let Some(announcement) = self.survey(id).await?.announcement else { return Ok(()) };
        let state = match self.announcement(announcement).await {
            Ok(found) => found.state,
            Err(OutreachError::NotFound) => return Ok(()),
            Err(error) => return Err(error),
        };
        let stopped = match state {
            AnnouncementState::Sending | AnnouncementState::Paused => {
                self.cancel_announcement(announcement).await
            }
            AnnouncementState::Scheduled => self.unschedule_announcement(announcement).await,
            AnnouncementState::Draft | AnnouncementState::Sent | AnnouncementState::Cancelled => Ok(()),
        };
        match stopped {
            // It ended at the same moment.
            Err(OutreachError::State(_)) => Ok(()),
            other => other,
        }
    }
}
