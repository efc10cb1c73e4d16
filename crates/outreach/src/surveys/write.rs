//! A member of staff writes a draft, question by question.

use mailkeep_types::{StaffId, SurveyId, Timestamp};

use super::questions::{self, Question, is_line};
use super::{Mode, Survey, SurveyState, store};
use crate::{Outreach, OutreachError};

const MAX_TITLE: usize = 150;
const MAX_INTRODUCTION: usize = 5_000;

/// What is written of a survey besides its questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyDraft {
    /// Whether answers are kept with names.
    pub mode: Mode,
    /// The language of its questions.
    pub language: String,
    /// Its title.
    pub title: String,
    /// What it is about, in Markdown.
    pub introduction: String,
    /// From when on it is answered.
    pub opens_at: Option<Timestamp>,
    /// Until when.
    pub closes_at: Option<Timestamp>,
}

impl Outreach {
    /// Writes a new draft, or changes one.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `title`, `introduction` and `closes_at`; [`OutreachError::State`] for what is no draft.
    pub async fn write_survey(
        &self,
        staff: StaffId,
        id: Option<SurveyId>,
        draft: SurveyDraft,
    ) -> Result<SurveyId, OutreachError> {
        let draft = checked(draft)?;
        let fresh = SurveyId::new(&**self.policy().clock());
        self.db()
            .write(move |tx| -> Result<SurveyId, OutreachError> {
                let Some(id) = id else {
                    store::insert(tx, fresh, &draft, staff)?;
                    return Ok(fresh);
                };
                draft_of(store::find(tx, id)?, tx.now())?;
                store::change(tx, id, &draft)?;
                Ok(id)
            })
            .await
    }

    /// Adds a question at the end, or changes the one with its number; a new one has the number 0. Gives its number.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `text`, `options` and `after`, also where a later question depends on an answer that is
    /// none any more; [`OutreachError::State`] for what is no draft.
    pub async fn put_question(&self, id: SurveyId, question: Question) -> Result<u32, OutreachError> {
        self.edit(id, move |questions| {
            let number = match question.id {
                0 => questions.iter().map(|one| one.id).max().unwrap_or(0) + 1,
                known => known,
            };
            let question = Question { id: number, ..question.clone() };
            match questions.iter_mut().find(|one| one.id == number) {
                Some(place) => *place = question,
                None => questions.push(question),
            }
            Ok(number)
        })
        .await
    }

    /// Moves a question one place up, or down. At the end it stays where it is.
    ///
    /// # Errors
    /// [`OutreachError::Field`] when it would come before a question that it depends on.
    pub async fn move_question(&self, id: SurveyId, question: u32, up: bool) -> Result<(), OutreachError> {
        self.edit(id, move |questions| {
            let at = questions.iter().position(|one| one.id == question).ok_or(OutreachError::NotFound)?;
            let to = if up { at.saturating_sub(1) } else { (at + 1).min(questions.len() - 1) };
            questions.swap(at, to);
            Ok(())
        })
        .await
    }

    /// Takes a question out.
    ///
    /// # Errors
    /// [`OutreachError::Field`] when another depends on it.
    pub async fn remove_question(&self, id: SurveyId, question: u32) -> Result<(), OutreachError> {
        self.edit(id, move |questions| {
            questions.retain(|one| one.id != question);
            Ok(())
        })
        .await
    }

    async fn edit<T: Send + 'static>(
        &self,
        id: SurveyId,
        edit: impl Fn(&mut Vec<Question>) -> Result<T, OutreachError> + Send + Sync + 'static,
    ) -> Result<T, OutreachError> {
        self.db()
            .write(move |tx| -> Result<T, OutreachError> {
                let mut questions = draft_of(store::find(tx, id)?, tx.now())?.questions;
                let done = edit(&mut questions)?;
                questions::check(&questions)?;
                store::set_questions(tx, id, &questions)?;
                Ok(done)
            })
            .await
    }
}

/// What may still be changed.
pub(super) fn draft_of(found: Option<Survey>, now: Timestamp) -> Result<Survey, OutreachError> {
    let found = found.ok_or(OutreachError::NotFound)?;
    match found.state(now) {
        SurveyState::Draft => Ok(found),
        _ => Err(OutreachError::state("What is asked already is not changed any more.")),
    }
}

fn checked(draft: SurveyDraft) -> Result<SurveyDraft, OutreachError> {
    let title = draft.title.trim().to_owned();
    if !is_line(&title, MAX_TITLE) {
        return Err(OutreachError::field("title", "Write a title of at most 150 letters, in one line."));
    }
    if draft.introduction.chars().count() > MAX_INTRODUCTION {
        return Err(OutreachError::field("introduction", "Say it in at most 5,000 letters."));
    }
    if let (Some(opens), Some(closes)) = (draft.opens_at, draft.closes_at)
        && opens >= closes
    {
        return Err(OutreachError::field("closes_at", "It must close after it opens."));
    }
    Ok(SurveyDraft { title, ..draft })
}
