//! What the desk reads of a letter.

use mailkeep_protocols::imap::structure::{self, Part, fields};
use mailkeep_protocols::mime::{decode_words, files, html_to_lines, leaves};
use mailkeep_types::EmailAddress;

use crate::attachments::{media_type_of, would_run};

/// So many identifiers of earlier letters are read, the newest of them.
const MAX_REFERENCES: usize = 100;
/// So many addresses of a field are read.
const MAX_ADDRESSES: usize = 100;
/// RFC 5322 lets a line have 998 characters; no identifier is longer.
const MAX_IDENTIFIER: usize = 998;
/// So many files are offered by themselves; the letter has all of them.
const MAX_FILES: usize = 50;

/// A letter as the desk sees it. It is personal throughout, so it cannot be printed.
pub struct Letter {
    /// The one sender in From; `None` when there is none or more than one.
    pub from: Option<EmailAddress>,
    /// The addresses in To and Cc.
    pub to: Vec<EmailAddress>,
    /// The subject, decoded, on one line.
    pub subject: String,
    /// Its own identifier without the brackets.
    pub message_id: Option<String>,
    /// The identifiers in In-Reply-To and References without their brackets, the newest first, each once.
    pub answers: Vec<String>,
    /// The text, or the text of the HTML in lines.
    pub text: String,
    /// The files that hang on it, pictures of its HTML among them.
    pub files: Vec<LetterFile>,
}

/// A file of a letter, in which it stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterFile {
    /// The number of its part, as IMAP counts.
    pub section: String,
    /// Its name, safe to save under.
    pub name: String,
    /// What it is, as its bytes say.
    pub media_type: &'static str,
    /// Bytes.
    pub size: usize,
    /// Whether it would run at a click.
    pub would_run: bool,
}

impl Letter {
    /// Reads a raw letter. Whatever cannot be read is left out; nothing is refused.
    pub fn read(raw: &[u8]) -> Self {
        let message = structure::parse(raw);
        let header = header(raw, &message);
        let value = |name: &str| fields(header).find(|field| field.is(name)).map(|field| field.value);
        let ids = |name: &str| value(name).map(identifiers).unwrap_or_default();
        let mut answers: Vec<String> = Vec::new();
        // RFC 5322 section 3.6.4: References name the oldest first, In-Reply-To the one that is answered.
        for id in ids("In-Reply-To").into_iter().chain(ids("References").into_iter().rev()) {
            if answers.len() < MAX_REFERENCES && !answers.contains(&id) {
                answers.push(id);
            }
        }
        Letter {
            from: structure::sole_author(header),
            to: ["To", "Cc"].into_iter().filter_map(value).flat_map(addresses).collect(),
            subject: value("Subject").map(decode_words).unwrap_or_default(),
            message_id: ids("Message-ID").into_iter().next(),
            answers,
            text: text(raw, &message),
            files: attached(raw, &message),
        }
    }
}

/// The header of a message that was parsed.
pub(super) fn header<'a>(raw: &'a [u8], message: &Part) -> &'a [u8] {
    raw.get(..message.body_start).unwrap_or_default()
}

/// The first addresses of a field.
fn addresses(value: &[u8]) -> impl Iterator<Item = EmailAddress> {
    structure::mailboxes(value).into_iter().take(MAX_ADDRESSES)
}

/// What stands in angle brackets.
fn identifiers(value: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(value);
    let pieces = text.split('<').skip(1).filter_map(|piece| piece.split_once('>').map(|(id, _)| id));
    let clean = pieces.map(|id| id.chars().filter(|c| !c.is_whitespace()).collect::<String>());
    clean.filter(|id| !id.is_empty() && id.len() <= MAX_IDENTIFIER).collect()
}

fn attached(raw: &[u8], message: &Part) -> Vec<LetterFile> {
    let found = files::list(raw, message, &leaves(message));
    let read = |file: files::File| {
        let bytes = file.bytes(raw);
        LetterFile {
            media_type: media_type_of(&file.name, &bytes),
            would_run: would_run(&file.name, &bytes),
            section: file.section,
            name: file.name,
            size: file.size,
        }
    };
    found.into_iter().take(MAX_FILES).map(read).collect()
}

/// The first text that is shown with the letter and says something; HTML in lines when there is no other.
fn text(raw: &[u8], message: &Part) -> String {
    let leaves = leaves(message);
    let texts = || leaves.iter().filter(|leaf| leaf.is_shown_text());
    let plain = texts().filter(|leaf| !leaf.is_html()).map(|leaf| leaf.text(raw));
    let html = texts().filter(|leaf| leaf.is_html()).map(|leaf| html_to_lines(&leaf.text(raw)));
    plain.chain(html).find(|text| !text.trim().is_empty()).unwrap_or_default()
}
