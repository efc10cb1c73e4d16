//! A survey is published: from now on its questions stay as they are.

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_types::SurveyId;

use super::write::draft_of;
use super::{SurveyState, store};
use crate::jobs::{CLOSE_SURVEY, CloseSurvey};
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Publishes a draft.
    ///
    /// # Errors
    /// [`OutreachError::State`] when it asks nothing, when its time is over, and for what is no draft.
    pub async fn publish_survey(&self, id: SurveyId) -> Result<(), OutreachError> {
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let draft = draft_of(store::find(tx, id)?, tx.now())?;
                if draft.questions.is_empty() {
                    return Err(OutreachError::state("Write a question first."));
                }
                if draft.closes_at.is_some_and(|closes| closes <= tx.now()) {
                    return Err(OutreachError::state("The time at which it closes is over. Choose another."));
                }
                store::set_published(tx, id, true)?;
                if let Some(closes) = draft.closes_at {
                    let key = format!("{id}:{}:{}", closes.as_micros(), tx.now().as_micros());
                    let job = NewJob::new(CLOSE_SURVEY, &CloseSurvey { survey_id: id });
                    jobs::enqueue(tx, job.key(key).at(closes))?;
                }
                Ok(())
            })
            .await
    }

    /// Makes it a draft again, as long as nobody was asked.
    ///
    /// # Errors
    /// [`OutreachError::State`] when somebody was, when its announcement is written, and when it is closed.
    pub async fn withdraw_survey(&self, id: SurveyId) -> Result<(), OutreachError> {
        let announced = match self.survey(id).await?.announcement {
            Some(announcement) => self.announcement(announcement).await.is_ok(),
            None => false,
        };
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                if announced || found.invited > 0 {
                    let sentence =
                        "Its announcement is written already. Throw that away first, or close the survey.";
                    return Err(OutreachError::state(sentence));
                }
                match found.state(tx.now()) {
                    SurveyState::Closed => Err(OutreachError::state("It is closed.")),
                    _ => Ok(store::set_published(tx, id, false)?),
                }
            })
            .await
    }
}
