//! A message as a person writes it: recipients as typed, answers begun for them, the finished message. Pure.

mod answer;
mod build;
mod recipients;

#[cfg(test)]
mod tests;

use mailkeep_types::Timestamp;

use crate::webmail::reading::Correspondent;

pub use answer::{AnswerKind, Begun, begin_answer};
pub use build::build;
pub use recipients::{TypedRecipients, read_recipients};

/// A message to be sent or kept as a draft.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Who writes.
    pub from: Correspondent,
    /// `To`
    pub to: Vec<Correspondent>,
    /// `Cc`
    pub cc: Vec<Correspondent>,
    /// `Bcc`: stays in our copy; submission takes it out of what goes to others.
    pub bcc: Vec<Correspondent>,
    /// `Subject`
    pub subject: String,
    /// The text.
    pub text: String,
    /// What it answers, without angle brackets.
    pub in_reply_to: Option<String>,
    /// The thread before it, the oldest first, without angle brackets.
    pub references: Vec<String>,
    /// Its own identifier, without angle brackets.
    pub message_id: String,
    /// When it was written.
    pub date: Timestamp,
    /// What hangs on it.
    pub files: Vec<LetterFile>,
}

/// A file that hangs on a letter.
#[derive(Debug, Clone)]
pub struct LetterFile {
    /// Its name.
    pub name: String,
    /// Its media type as the browser or the earlier message claims it.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
