//! A message as a person reads it: who wrote to whom, the text, the files. Pure: bytes in, values out.

mod people;
mod sanitise;
mod text;

#[cfg(test)]
mod tests;

use mailkeep_protocols::imap::structure::{self, fields, header_length, unfold};
use mailkeep_protocols::mime::{self, decode_words, files};

pub use mailkeep_protocols::mime::files::{File, find_file};
pub use people::{Correspondent, correspondents};
pub use sanitise::{Clean, sanitise};
pub use text::{plain_to_html, quote};

/// More than this of one text is not shown; the source has the rest.
const MAX_TEXT: usize = 2 * 1024 * 1024;

/// A message, read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// `From`
    pub from: Vec<Correspondent>,
    /// `Reply-To`, if it names anybody.
    pub reply_to: Vec<Correspondent>,
    /// `To`
    pub to: Vec<Correspondent>,
    /// `Cc`
    pub cc: Vec<Correspondent>,
    /// `Bcc`; in drafts and in copies of what one sent.
    pub bcc: Vec<Correspondent>,
    /// `Subject`
    pub subject: String,
    /// `Message-ID` without angle brackets.
    pub message_id: Option<String>,
    /// `References` and what it answers, the oldest first, without angle brackets.
    pub references: Vec<String>,
    /// `In-Reply-To` without angle brackets.
    pub in_reply_to: Option<String>,
    /// The text, if there is one that is not HTML.
    pub text: Option<String>,
    /// The HTML as it came: never to be shown without [`sanitise`].
    pub html: Option<String>,
    /// What hangs on the message.
    pub files: Vec<File>,
}

impl Reading {
    /// The text to answer or to show where HTML is not wanted.
    pub fn plain(&self) -> String {
        match (&self.text, &self.html) {
            (Some(text), _) => text.clone(),
            (None, Some(html)) => {
                html2text::from_read(html.as_bytes(), 90).unwrap_or_else(|_| mime::html_to_text(html))
            }
            (None, None) => String::new(),
        }
    }

    /// The files that are offered for download: all but pictures that the HTML shows in its own place.
    pub fn offered(&self) -> impl Iterator<Item = &File> {
        let html = self.html.as_deref().unwrap_or_default();
        self.files.iter().filter(move |file| {
            !file
                .content_id
                .as_deref()
                .is_some_and(|id| !id.is_empty() && html.contains(&format!("cid:{id}")))
        })
    }
}

/// Reads a message. Never fails: what cannot be read is left out.
pub fn read(raw: &[u8]) -> Reading {
    let part = structure::parse(raw);
    let leaves = mime::leaves(&part);
    let header = raw.get(..header_length(raw)).unwrap_or_default();
    let mut reading = Reading { files: files::list(raw, &part, &leaves), ..Reading::default() };
    for field in fields(header) {
        let ids = || message_ids(field.value);
        match field.name.to_ascii_lowercase().as_slice() {
            b"from" => reading.from.extend(correspondents(field.value)),
            b"reply-to" => reading.reply_to.extend(correspondents(field.value)),
            b"to" => reading.to.extend(correspondents(field.value)),
            b"cc" => reading.cc.extend(correspondents(field.value)),
            b"bcc" => reading.bcc.extend(correspondents(field.value)),
            b"subject" => reading.subject = one_line(&decode_words(field.value)),
            b"message-id" => reading.message_id = ids().into_iter().next(),
            b"in-reply-to" => reading.in_reply_to = ids().into_iter().next(),
            b"references" => reading.references = ids(),
            _ => {}
        }
    }
    for leaf in leaves.iter().filter(|leaf| leaf.is_shown_text()) {
        let into = if leaf.is_html() { &mut reading.html } else { &mut reading.text };
        let mut text = leaf.text(raw);
        text.truncate(text.floor_char_boundary(MAX_TEXT));
        match into {
            None => *into = Some(text),
            // Further texts of the same kind follow in their order, as they do in other mail programs.
            Some(before) if !leaf.in_alternative && before.len() < MAX_TEXT => {
                before.push('\n');
                before.push_str(&text);
            }
            Some(_) => {}
        }
    }
    reading
}

/// The identifiers in `Message-ID`, `References` and the like.
fn message_ids(value: &[u8]) -> Vec<String> {
    let value = String::from_utf8_lossy(&unfold(value, 64 * 1024)).into_owned();
    let mut rest = value.as_str();
    let mut out = Vec::new();
    while let Some((_, from)) = rest.split_once('<')
        && let Some((id, after)) = from.split_once('>')
        && out.len() < 200
    {
        let id: String = id.chars().filter(|sign| !sign.is_whitespace() && !sign.is_control()).collect();
        if !id.is_empty() && id.is_ascii() {
            out.push(id);
        }
        rest = after;
    }
    out
}

/// Without line breaks and other signs that have no place in one line.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect::<String>().trim().to_owned()
}
