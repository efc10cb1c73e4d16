//! Surveys: what staff ask, of whom, and what was answered.
//!
//! A survey is sent as an announcement about the topic `feedback`, so that the message gate keeps the choice and the one
//! question in 90 days; each message has a link of its own. A *named* survey keeps the answers sealed under the key of who
//! gave them. An *anonymous* one keeps counts, and texts apart from each other: of a link it is kept that it was used, and of an
//! answer neither whose it is, by which link it came, nor when. See decision 0064.

mod answer;
mod close;
mod figures;
mod flow;
mod invite;
mod mix;
mod publish;
mod questions;
mod results;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod write;

use mailkeep_policy::Place;
use mailkeep_types::{AnnouncementId, StaffId, SurveyId, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Outreach, OutreachError};

pub use answer::{Invited, Standing};
pub use figures::{Figures, Score, rounded};
pub use flow::{Fault, asked, faults, kept, next_step, step_before, steps};
pub(crate) use invite::Link;
pub use mix::TOGETHER;
pub use questions::{Condition, Given, Kind, MAX_TEXT, Question, Sheet};
pub use results::{NamedAnswers, Results};
pub use write::SurveyDraft;

/// The topic about which people are asked.
pub const TOPIC: &str = "feedback";

/// Whether answers are kept with names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Answers belong to whoever gave them.
    Named,
    /// Nothing of whoever answers is kept.
    Anonymous,
}

impl Mode {
    /// Its word, as stored.
    pub const fn word(self) -> &'static str {
        match self {
            Mode::Named => "named",
            Mode::Anonymous => "anonymous",
        }
    }

    /// The mode of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Mode::Named, Mode::Anonymous].into_iter().find(|mode| mode.word() == word)
    }
}

/// Where a survey stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SurveyState {
    /// Being written.
    Draft,
    /// It can be answered from its time on.
    Scheduled,
    /// It can be answered.
    Open,
    /// It cannot be answered any more.
    Closed,
}

impl SurveyState {
    /// Its word, as in texts.
    pub const fn word(self) -> &'static str {
        match self {
            SurveyState::Draft => "draft",
            SurveyState::Scheduled => "scheduled",
            SurveyState::Open => "open",
            SurveyState::Closed => "closed",
        }
    }
}

/// A survey.
#[derive(Debug, Clone, Serialize)]
pub struct Survey {
    /// Its number.
    pub id: SurveyId,
    /// Whether answers are kept with names.
    pub mode: Mode,
    /// The language of its questions.
    pub language: String,
    /// Its title.
    pub title: String,
    /// What it is about, in Markdown.
    pub introduction: String,
    /// What is asked.
    pub questions: Vec<Question>,
    /// From when on it is answered; at once when empty.
    pub opens_at: Option<Timestamp>,
    /// Until when; until somebody closes it when empty.
    pub closes_at: Option<Timestamp>,
    /// When somebody closed it, or its time was over.
    pub closed_at: Option<Timestamp>,
    /// The announcement by which it is sent.
    pub announcement: Option<AnnouncementId>,
    /// Who wrote it.
    pub written_by: StaffId,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// How many were asked.
    pub invited: i64,
    /// How many answers are in the counts.
    pub answered: i64,
    /// Whether it is published and nobody closed it.
    published: bool,
}

impl Survey {
    /// Where it stands at a time.
    pub fn state(&self, now: Timestamp) -> SurveyState {
        if self.closed_at.is_some() {
            return SurveyState::Closed;
        }
        if !self.published {
            return SurveyState::Draft;
        }
        match (self.opens_at, self.closes_at) {
            (_, Some(closes)) if closes <= now => SurveyState::Closed,
            (Some(opens), _) if opens > now => SurveyState::Scheduled,
            _ => SurveyState::Open,
        }
    }

    /// The question with a number.
    pub fn question(&self, id: u32) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }
}

/// A question with its answer, as they are kept with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAnswer {
    /// The number of the question.
    pub number: u32,
    /// The question as it was asked.
    pub question: String,
    /// The answer.
    pub answer: String,
}

pub(crate) const fn answers_place(id: Uuid) -> Place {
    Place { table: "survey_answers", column: "answers", row: id }
}

impl Outreach {
    /// The surveys, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_surveys(&self) -> Result<Vec<Survey>, OutreachError> {
        Ok(self.db().read(store::newest).await?)
    }

    /// One survey.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`].
    pub async fn survey(&self, id: SurveyId) -> Result<Survey, OutreachError> {
        self.db().read(move |tx| store::find(tx, id)).await?.ok_or(OutreachError::NotFound)
    }

    /// The survey that an announcement leads to.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn survey_of(&self, announcement: AnnouncementId) -> Result<Option<SurveyId>, OutreachError> {
        Ok(self.db().read(move |tx| store::of_announcement(tx, announcement)).await?.map(|(id, _)| id))
    }
}
