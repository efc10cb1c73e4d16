//! What was answered: figures for everybody who writes, texts, and who said what where the survey keeps names.

use mailkeep_identity::persons::summarise;
use mailkeep_policy::{
    Act, Actor, Fact, Json, KeyError, OpenError, PolicyError, Refusal, Sealed, Shown, Subject, Use,
};
use mailkeep_policy::{category, purpose};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{RegistrationId, StaffId, SurveyId, Timestamp};

use super::figures::{Figures, figures};
use super::mix::TOGETHER;
use super::{KeptAnswer, Mode, Survey, SurveyState, answers_place, store};
use crate::{Outreach, OutreachError};

/// What a survey comes to.
#[derive(Debug, Clone)]
pub struct Results {
    /// The survey.
    pub survey: Survey,
    /// Where it stands.
    pub state: SurveyState,
    /// Each question, in its order.
    pub questions: Vec<Figures>,
}

/// What somebody answered with their name.
#[derive(Debug)]
pub struct NamedAnswers {
    /// The public number of their profile; nothing where that is gone.
    pub registration_id: Option<RegistrationId>,
    /// When.
    pub at: Timestamp,
    /// The answers.
    pub answers: Shown<Vec<KeptAnswer>>,
}

impl Outreach {
    /// The figures. Of an anonymous survey, those of a question that fewer than five answered are left out.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`].
    pub async fn survey_results(&self, id: SurveyId) -> Result<Results, OutreachError> {
        let found = self.db().read(move |tx| -> Result<_, SqlError> {
            let Some(survey) = store::find(tx, id)? else { return Ok(None) };
            let (counts, state) = (store::counts(tx, id)?, survey.state(tx.now()));
            let least = least(&survey);
            let questions = survey.questions.iter().map(|one| figures(one.clone(), &counts, least)).collect();
            Ok(Some(Results { survey, state, questions }))
        });
        found.await?.ok_or(OutreachError::NotFound)
    }

    /// Anonymous texts of a question, in an order that says nothing; none where fewer than five answered it.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`].
    pub async fn survey_texts(
        &self,
        id: SurveyId,
        question: u32,
        skip: i64,
        limit: i64,
    ) -> Result<Vec<String>, OutreachError> {
        let results = self.survey_results(id).await?;
        let shown = results.questions.iter().any(|one| one.question.id == question && !one.withheld);
        if !shown {
            return Ok(Vec::new());
        }
        Ok(self.db().read(move |tx| store::texts(tx, id, question, skip, limit)).await?)
    }

    /// Who answered what, the newest first; each of them finds in their record that it was read. Whoever was erased is left
    /// out. Gives how many there are in all, too.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`], also for an anonymous survey; and as the gate says.
    pub async fn named_answers(
        &self,
        staff: StaffId,
        id: SurveyId,
        skip: i64,
        limit: i64,
    ) -> Result<(Vec<NamedAnswers>, i64), OutreachError> {
        let found = self.db().read(move |tx| -> Result<_, SqlError> {
            let survey = store::find(tx, id)?.filter(|survey| survey.mode == Mode::Named);
            if survey.is_none() {
                return Ok(None);
            }
            let mut rows = Vec::new();
            for row in store::answers(tx, id, skip, limit)? {
                let person = summarise(tx, row.person)?;
                rows.push((row, person.map(|person| person.registration_id)));
            }
            Ok(Some((rows, store::count_answers(tx, id)?)))
        });
        let (rows, total) = found.await?.ok_or(OutreachError::NotFound)?;
        let mut opened = Vec::new();
        for (row, registration_id) in rows {
            let asked = Use {
                actor: Actor::Staff(staff),
                subject: Subject::person(row.person),
                act: Act::Read,
                fields: &["survey_answers.answers"],
                fact: Fact::SurveyAnswered(row.id),
            };
            let grant = match self.policy().grant::<purpose::Feedback>(asked).await {
                Ok(grant) => grant,
                Err(Refusal::Key(KeyError::Erased(_) | KeyError::Missing(_))) => continue,
                Err(refusal) => return Err(PolicyError::Refused(refusal).into()),
            };
            let sealed: Sealed<Json<Vec<KeptAnswer>>, category::SurveyAnswer> =
                Sealed::from_bytes(row.answers);
            let answers = match self.policy().show(&grant, answers_place(row.id), &sealed) {
                Ok(answers) => answers.reshape(|kept| kept.0.clone()),
                Err(OpenError::Key(KeyError::Erased(_) | KeyError::Missing(_))) => continue,
                Err(error) => return Err(PolicyError::from(error).into()),
            };
            opened.push(NamedAnswers { registration_id, at: row.at, answers });
        }
        Ok((opened, total))
    }
}

/// From how many answers on they are shown.
fn least(survey: &Survey) -> i64 {
    match survey.mode {
        Mode::Anonymous => TOGETHER,
        Mode::Named => 0,
    }
}
