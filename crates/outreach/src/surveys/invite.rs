//! A survey is sent: as the draft of an announcement, which staff look at and send. Each message of it gets a link of its own.

use data_encoding::BASE64URL_NOPAD;
use mailkeep_policy::Subject;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{AnnouncementId, PersonId, StaffId, SurveyId};

use super::{Mode, SurveyState, TOPIC, store};
use crate::announcements::Draft;
use crate::subscribers::token_hash;
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Makes the draft of the announcement by which a published survey is sent. Done again, it leads to the same.
    ///
    /// # Errors
    /// [`OutreachError::State`] for what cannot be answered.
    pub async fn announce_survey(
        &self,
        staff: StaffId,
        id: SurveyId,
        words: &str,
    ) -> Result<AnnouncementId, OutreachError> {
        let survey = self.survey(id).await?;
        if let Some(announced) = survey.announcement
            && self.announcement(announced).await.is_ok()
        {
            return Ok(announced);
        }
        if !matches!(survey.state(self.now()), SurveyState::Scheduled | SurveyState::Open) {
            return Err(OutreachError::state("Publish it first: the announcement leads to it."));
        }
        let body = [survey.introduction.trim(), words].into_iter().filter(|part| !part.is_empty());
        let draft = Draft {
            topic: TOPIC.to_owned(),
            language: survey.language.clone(),
            title: survey.title.clone(),
            body: body.collect::<Vec<_>>().join("\n\n"),
            ..Draft::default()
        };
        let announcement = self.write_announcement(staff, None, draft).await?;
        self.db().write(move |tx| store::note_announcement(tx, id, announcement)).await?;
        Ok(announcement)
    }
}

/// The link of one message.
pub(crate) struct Link {
    survey: SurveyId,
    mode: Mode,
    token: String,
}

impl Link {
    /// A new one for a message of the announcement, where a survey is sent by it.
    pub(crate) fn of(tx: &mut Tx<'_>, announcement: AnnouncementId) -> Result<Option<Self>, SqlError> {
        let Some((survey, mode)) = store::of_announcement(tx, announcement)? else { return Ok(None) };
        let mut random = [0u8; 32];
        getrandom::fill(&mut random).expect("the operating system's random source answers");
        Ok(Some(Link { survey, mode, token: BASE64URL_NOPAD.encode(&random) }))
    }

    /// What leads to the survey.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Notes that it went out; to whom, of a survey with names only.
    pub(crate) fn keep(&self, tx: &mut Tx<'_>, subject: Subject) -> Result<(), SqlError> {
        let whose: Option<PersonId> = match (self.mode, subject) {
            (Mode::Named, Subject::Person(person)) => Some(person),
            (Mode::Anonymous, _) => None,
            // Only persons are asked with their names.
            (Mode::Named, _) => return Ok(()),
        };
        store::invite(tx, self.survey, &token_hash(&self.token), whose)
    }
}
