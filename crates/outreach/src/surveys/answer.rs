//! Somebody follows their link and answers, once.

use mailkeep_policy::{Json, KeyError, Personal, PolicyError, Subject, category};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{SurveyId, Timestamp, new_uuid};

use super::figures::{Counts, add};
use super::flow::{faults, kept};
use super::mix::{lay_aside, mix_when_enough};
use super::questions::Sheet;
use super::store::{self, Invitation};
use super::{KeptAnswer, Mode, Survey, SurveyState, answers_place};
use crate::subscribers::token_hash;
use crate::{Outreach, OutreachError};

/// A survey, for whoever followed a link.
#[derive(Debug, Clone)]
pub struct Invited {
    /// The survey.
    pub survey: Survey,
    /// Whether it can be answered.
    pub standing: Standing,
}

/// Whether a survey can be answered by a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Now.
    Open,
    /// From this time on.
    NotYet(Option<Timestamp>),
    /// It was, by this link.
    Answered,
    /// Not any more.
    Closed,
}

fn standing(survey: &Survey, invitation: &Invitation, now: Timestamp) -> Standing {
    match survey.state(now) {
        _ if invitation.used => Standing::Answered,
        SurveyState::Open => Standing::Open,
        SurveyState::Draft | SurveyState::Scheduled => Standing::NotYet(survey.opens_at),
        SurveyState::Closed => Standing::Closed,
    }
}

impl Outreach {
    /// What a link leads to. Looking changes nothing.
    ///
    /// # Errors
    /// [`OutreachError::LinkInvalid`].
    pub async fn invited(&self, token: &str) -> Result<Invited, OutreachError> {
        let hash = token_hash(token);
        let (survey, standing) = self.db().read(move |tx| look_up(tx, &hash)).await?;
        Ok(Invited { survey, standing: standing.1 })
    }

    /// Takes the answers. Those to questions that were not asked are left out.
    ///
    /// # Errors
    /// [`OutreachError::LinkInvalid`]; [`OutreachError::State`] when it cannot be answered, or was; [`OutreachError::Field`] for
    /// answers that cannot be given, and when there are none.
    pub async fn answer_survey(&self, token: &str, sheet: Sheet) -> Result<(), OutreachError> {
        let (policy, hash) = (self.policy().clone(), token_hash(token));
        let id = new_uuid(&**policy.clock());
        self.db()
            .write(move |tx| -> Result<(), OutreachError> {
                let (survey, (invitation, standing)) = look_up(tx, &hash)?;
                if standing != Standing::Open {
                    return Err(OutreachError::state("It cannot be answered, or was already."));
                }
                let sheet = kept(&survey.questions, &sheet);
                let wrong = faults(&survey.questions, &sheet, 0..survey.questions.len());
                if !wrong.is_empty() || sheet.is_empty() {
                    return Err(OutreachError::field(
                        "answers",
                        "Something is missing, or cannot be answered so.",
                    ));
                }
                // Whoever else answers waits here: answers are counted one after the other.
                store::lock(tx, survey.id)?;
                let state = if survey.mode == Mode::Anonymous { "fresh" } else { "spent" };
                if !store::use_link(tx, &hash, state)? {
                    return Err(OutreachError::state("It was answered already."));
                }
                match (survey.mode, invitation.person) {
                    (Mode::Named, None) => Err(OutreachError::LinkInvalid),
                    (Mode::Anonymous, _) => {
                        lay_aside(tx, survey.id, &sheet)?;
                        mix_when_enough(tx, survey.id)
                    }
                    (Mode::Named, Some(person)) => {
                        let answers = in_words(&survey, &sheet);
                        let answers: Personal<_, category::SurveyAnswer> = Personal::new(Json(answers));
                        let sealed = match policy.seal(Subject::person(person), answers_place(id), &answers) {
                            Err(PolicyError::Key(KeyError::Erased(_) | KeyError::Missing(_))) => {
                                return Err(OutreachError::LinkInvalid);
                            }
                            sealed => sealed?,
                        };
                        store::insert_answers(tx, id, survey.id, person, sealed.as_bytes())?;
                        count(tx, survey.id, &[sheet])
                    }
                }
            })
            .await
    }
}

type Found = (Survey, (Invitation, Standing));

fn look_up(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Found, OutreachError> {
    let invitation = store::invitation(tx, hash)?.ok_or(OutreachError::LinkInvalid)?;
    let survey = store::find(tx, invitation.survey)?.ok_or(OutreachError::LinkInvalid)?;
    let standing = standing(&survey, &invitation, tx.now());
    Ok((survey, (invitation, standing)))
}

fn in_words(survey: &Survey, sheet: &Sheet) -> Vec<KeptAnswer> {
    let answers = survey.questions.iter().filter_map(|question| {
        let answer = question.in_words(sheet.get(&question.id)?);
        Some(KeptAnswer { number: question.id, question: question.text.clone(), answer })
    });
    answers.collect()
}

/// Adds answers to the counts of a survey.
pub(super) fn count(tx: &mut Tx<'_>, survey: SurveyId, sheets: &[Sheet]) -> Result<(), OutreachError> {
    let mut counts = Counts::new();
    sheets.iter().for_each(|sheet| add(&mut counts, sheet));
    for ((question, value), by) in &counts {
        store::add_count(tx, survey, *question, *value, *by)?;
    }
    let answered = i64::try_from(sheets.len()).unwrap_or(i64::MAX);
    Ok(store::add_answered(tx, survey, answered)?)
}
