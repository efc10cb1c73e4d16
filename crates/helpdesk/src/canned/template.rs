//! The words of a canned reply, read into pieces. There is nothing in them but text and names: no conditions, no loops.

use super::{LONGEST_WORDS, Variable};
use crate::tickets::TicketError;

/// A piece of the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Variable(Variable),
}

/// The words of a canned reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    words: String,
    pub(super) pieces: Vec<Piece>,
}

const OPEN: &str = "{{";
const CLOSE: &str = "}}";

/// The variables, for a sentence.
fn known() -> String {
    Variable::ALL.iter().map(|variable| variable.word()).collect::<Vec<_>>().join(", ")
}

fn wrong(sentence: String) -> TicketError {
    TicketError::field("words", sentence)
}

impl Template {
    /// Reads what somebody wrote.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `words`: when nothing is written or too much, when braces are not closed, and when a name is none
    /// that is known.
    pub fn read(words: &str) -> Result<Template, TicketError> {
        let words = words.trim();
        if words.is_empty() {
            return Err(wrong("write something here".to_owned()));
        }
        if words.chars().count() > LONGEST_WORDS {
            return Err(wrong(format!("write at most {LONGEST_WORDS} characters")));
        }
        let (mut pieces, mut rest) = (Vec::new(), words);
        while let Some((before, inside)) = rest.split_once(OPEN) {
            let Some((name, after)) = inside.split_once(CLOSE) else {
                return Err(wrong(format!("a variable begins with {OPEN} and has no {CLOSE} at its end")));
            };
            let variable = Variable::from_word(name.trim()).ok_or_else(|| {
                let named: String = name.trim().chars().take(40).collect();
                wrong(format!("there is no variable “{named}”; there are {}", known()))
            })?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Variable(variable));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Template { words: words.to_owned(), pieces })
    }

    /// The words as they were written.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether it names a variable.
    pub fn has(&self, variable: Variable) -> bool {
        self.pieces.contains(&Piece::Variable(variable))
    }
}

/// How a variable stands in a text.
pub(super) fn marker(variable: Variable) -> String {
    format!("{OPEN} {variable} {CLOSE}")
}

/// The first variable that still stands in a text that is about to be sent.
pub fn unfilled(words: &str) -> Option<Variable> {
    let named = words.split(OPEN).skip(1).filter_map(|inside| inside.split_once(CLOSE));
    named.filter_map(|(name, _)| Variable::from_word(name.trim())).next()
}
