//! Answers begun: to whom, about what, with what quoted.

use crate::webmail::reading::{Correspondent, Reading, quote};

/// How a message is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// To its writer.
    Reply,
    /// To its writer and everybody it was written to.
    ReplyAll,
    /// To somebody else.
    Forward,
}

/// A letter begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begun {
    /// `To`
    pub to: Vec<Correspondent>,
    /// `Cc`
    pub cc: Vec<Correspondent>,
    /// `Subject`
    pub subject: String,
    /// The quoted text.
    pub text: String,
    /// What it answers.
    pub in_reply_to: Option<String>,
    /// The thread before it.
    pub references: Vec<String>,
}

/// The longest `References` we write; the first and the latest ones matter (RFC 5322 section 3.6.4).
const MAX_REFERENCES: usize = 40;

/// Begins an answer to `message`. `own` are the writer's own addresses, which are not written to again; `intro` is the
/// line above the quoted text.
pub fn begin_answer(kind: AnswerKind, message: &Reading, own: &[String], intro: &str) -> Begun {
    let is_own = |person: &Correspondent| own.iter().any(|own| own.eq_ignore_ascii_case(&person.address));
    let text = quote(intro, &message.plain());
    if kind == AnswerKind::Forward {
        return Begun {
            subject: prefixed("Fwd: ", &["fwd:", "fw:", "wg:"], &message.subject),
            text,
            ..Begun::default()
        };
    }
    let writers = if message.reply_to.is_empty() { &message.from } else { &message.reply_to };
    // Whoever answers what they wrote themselves writes to the same people again.
    let mut to = if writers.iter().all(is_own) { message.to.clone() } else { writers.clone() };
    let mut cc = Vec::new();
    if kind == AnswerKind::ReplyAll {
        cc.extend(message.to.iter().chain(&message.cc).filter(|person| !is_own(person)).cloned());
    }
    let mut seen = Vec::new();
    let mut once = |person: &Correspondent| {
        let address = person.address.to_lowercase();
        let first = !seen.contains(&address);
        seen.push(address);
        first
    };
    to.retain(&mut once);
    cc.retain(&mut once);
    let mut references = message.references.clone();
    if references.is_empty() {
        references.extend(message.in_reply_to.clone());
    }
    references.extend(message.message_id.clone());
    if references.len() > MAX_REFERENCES {
        references.drain(1..=references.len() - MAX_REFERENCES);
    }
    Begun {
        to,
        cc,
        subject: prefixed("Re: ", &["re:", "aw:", "sv:"], &message.subject),
        text,
        in_reply_to: message.message_id.clone(),
        references,
    }
}

fn prefixed(prefix: &str, known: &[&str], subject: &str) -> String {
    let has = known
        .iter()
        .any(|known| subject.get(..known.len()).is_some_and(|start| start.eq_ignore_ascii_case(known)));
    if has { subject.to_owned() } else { format!("{prefix}{subject}") }
}
