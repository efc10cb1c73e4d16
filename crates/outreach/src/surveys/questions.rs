//! Questions, and answers to them: what may be asked, and what may be answered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::OutreachError;

/// Questions in a survey at most.
pub const MOST_QUESTIONS: usize = 30;
/// Options of a question at most.
pub const MOST_OPTIONS: usize = 20;
/// Letters of a text that is given as an answer at most.
pub const MAX_TEXT: usize = 4_000;
const MAX_QUESTION: usize = 300;
const MAX_OPTION: usize = 150;

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// How likely one is to recommend something, 0 to 10.
    Nps,
    /// How satisfied one is, 1 to 5.
    Csat,
    /// How easy something was, 1 to 7.
    Ces,
    /// One of the options.
    One,
    /// Any of the options.
    Several,
    /// In one's own words.
    Text,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: &[Kind] = &[Kind::Nps, Kind::Csat, Kind::Ces, Kind::One, Kind::Several, Kind::Text];

    /// Its word, as in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Nps => "nps",
            Kind::Csat => "csat",
            Kind::Ces => "ces",
            Kind::One => "one",
            Kind::Several => "several",
            Kind::Text => "text",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Kind::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// The lowest and the highest number of a scale.
    pub const fn scale(self) -> Option<(u32, u32)> {
        match self {
            Kind::Nps => Some((0, 10)),
            Kind::Csat => Some((1, 5)),
            Kind::Ces => Some((1, 7)),
            Kind::One | Kind::Several | Kind::Text => None,
        }
    }

    /// Whether it has options to choose from.
    pub const fn has_options(self) -> bool {
        matches!(self, Kind::One | Kind::Several)
    }
}

/// A question is asked only after this answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// To which earlier question.
    pub question: u32,
    /// One of these values.
    pub values: Vec<u32>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its number in the survey, which stays when others come and go.
    pub id: u32,
    /// How it is answered.
    pub kind: Kind,
    /// The question.
    pub text: String,
    /// Whether it must be answered.
    pub required: bool,
    /// The options; an answer names them from 1 on.
    #[serde(default)]
    pub options: Vec<String>,
    /// When it is asked; always when empty.
    #[serde(default)]
    pub shown_if: Option<Condition>,
}

impl Question {
    /// The values that an answer may have; none for a text.
    pub fn values(&self) -> Vec<u32> {
        match self.kind.scale() {
            Some((lowest, highest)) => (lowest..=highest).collect(),
            None => (1..).take(self.options.len()).collect(),
        }
    }

    /// A value in words: the option, or the number of the scale.
    pub fn word(&self, value: u32) -> String {
        let option = || self.options.get(usize::try_from(value).ok()?.checked_sub(1)?);
        match self.kind.has_options() {
            true => option().cloned().unwrap_or_default(),
            false => value.to_string(),
        }
    }

    /// An answer in words, as it is kept beside the question.
    pub fn in_words(&self, given: &Given) -> String {
        match (given, self.kind.scale()) {
            (Given::Text(text), _) => text.clone(),
            (Given::Values(values), Some((_, highest))) => {
                values.first().map(|value| format!("{value} / {highest}")).unwrap_or_default()
            }
            (Given::Values(values), None) => {
                values.iter().map(|value| self.word(*value)).collect::<Vec<_>>().join("; ")
            }
        }
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Given {
    /// Values of a scale or of options; one but for several.
    Values(Vec<u32>),
    /// In own words.
    Text(String),
}

/// The answers of one person, by question.
pub type Sheet = BTreeMap<u32, Given>;

/// Looks whether the questions can be asked.
///
/// # Errors
/// [`OutreachError::Field`] for `text`, `options`, `kind` and `after`, about the first that cannot.
pub fn check(questions: &[Question]) -> Result<(), OutreachError> {
    if questions.len() > MOST_QUESTIONS {
        let sentence = format!("A survey has at most {MOST_QUESTIONS} questions; people do not answer more.");
        return Err(OutreachError::field("text", &sentence));
    }
    questions.iter().enumerate().try_for_each(|(at, question)| {
        check_words(question)?;
        check_condition(question, questions.get(..at).unwrap_or_default())
    })
}

fn check_words(question: &Question) -> Result<(), OutreachError> {
    if !is_line(&question.text, MAX_QUESTION) {
        return Err(OutreachError::field("text", "Ask in one line of at most 300 letters."));
    }
    let options = &question.options;
    let fits = match question.kind.has_options() {
        true => (2..=MOST_OPTIONS).contains(&options.len()),
        false => options.is_empty(),
    };
    if !fits || !options.iter().all(|option| is_line(option, MAX_OPTION)) {
        let sentence = "Give 2 to 20 options, each in a line of at most 150 letters.";
        return Err(OutreachError::field("options", sentence));
    }
    let twice =
        options.iter().enumerate().any(|(at, option)| options.iter().skip(at + 1).any(|o| o == option));
    if twice {
        return Err(OutreachError::field("options", "Each option may stand there once."));
    }
    Ok(())
}

fn check_condition(question: &Question, before: &[Question]) -> Result<(), OutreachError> {
    let Some(condition) = &question.shown_if else { return Ok(()) };
    let Some(asked) = before.iter().find(|earlier| earlier.id == condition.question) else {
        let sentence = format!("“{}” can follow from the answer to an earlier question only.", question.text);
        return Err(OutreachError::field("after", &sentence));
    };
    let known = asked.values();
    if condition.values.is_empty() || condition.values.iter().any(|value| !known.contains(value)) {
        let sentence = format!("Tick answers to “{}” after which “{}” is asked.", asked.text, question.text);
        return Err(OutreachError::field("after", &sentence));
    }
    Ok(())
}

/// One line that says something and is not too long.
pub(super) fn is_line(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)
}
