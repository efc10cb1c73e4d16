//! Reports that people read: sentences, with the answer of a server in them if one is lucky.

use mailkeep_types::EmailAddress;

use super::Cause;
use super::classify::{classify, status_in};
use super::delivery::Failure;
use crate::mime::{Leaf, html_to_text};
use crate::smtp::Enhanced;

/// How much of the sentences is read.
const MAX_TEXT: usize = 16 * 1024;

/// What a report tells its reader, before the message that it returns.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The sentences, in lower case, on one line.
    pub text: String,
    /// What it says about each address, where the report names them at the begin of a line, each once.
    pub parts: Vec<(String, String)>,
    /// The server refused the sender or the content: that says nothing about the recipient.
    pub of_message: bool,
}

impl Told {
    /// What it says about an address.
    pub fn about(&self, address: &str) -> Option<&str> {
        let address = address.to_lowercase();
        self.parts.iter().find(|(of, _)| *of == address).map(|(_, text)| text.as_str())
    }

    /// The cause, unless the sender or the content was refused: then only a code about the address speaks of the address.
    pub fn spare(&self, code: Option<Enhanced>, cause: Cause) -> Cause {
        let about_address = matches!(code, Some(Enhanced(5, 1, 1 | 2 | 6 | 10)));
        if self.of_message && cause == Cause::Hard && !about_address { Cause::Unknown } else { cause }
    }
}

/// How many addresses are told apart.
const MAX_PARTS: usize = 100;

/// Where the returned message begins.
const ENDS: [&str; 16] = [
    "below this line is a copy",
    "enclosed is a copy",
    "original message follows",
    "unsent message follows",
    "this is a copy of the message",
    "this is a copy of your message",
    "included is a copy",
    "message headers follow",
    "message header follows",
    "header of the original message",
    "the header of the message",
    "----- original message",
    "--- original message",
    "original message:",
    "\nreceived: from",
    "\nreturn-path: <",
];

/// What shows that the sender or the content was refused.
const NOT_THE_RECIPIENT: [&str; 7] = [
    "after end of data",
    "end of data command",
    "smtp command data",
    "to data command",
    "in reply to end of data",
    "after data",
    "after mail from",
];

pub(super) fn told(raw: &[u8], leaves: &[Leaf]) -> Told {
    let mut text = String::new();
    for leaf in leaves.iter().filter(|leaf| leaf.is_shown_text()).take(3) {
        let part = leaf.text(raw);
        let part = if leaf.is_html() { html_to_text(&part) } else { part };
        text.push_str(&part);
        text.push('\n');
        // The plain text says it; the page beside it says it again.
        if !part.trim().is_empty() {
            break;
        }
    }
    let text: String = text.chars().take(MAX_TEXT).collect::<String>().to_lowercase();
    let end = ENDS.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len());
    let text = text.get(..end).unwrap_or_default();
    let parts = parts(text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let of_message = NOT_THE_RECIPIENT.iter().any(|words| text.contains(words));
    Told { text, parts, of_message }
}

/// Cuts the sentences where a line begins with an address, bare or behind a reply code.
fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut open = None;
    for line in text.lines() {
        if let Some(address) = begins_with_address(line) {
            let known = parts.iter().any(|(of, _)| *of == address);
            open = (!known && parts.len() < MAX_PARTS).then(|| parts.push((address, String::new())));
        }
        // A line with a code says all of it.
        let whole = begins_with_code(line);
        if let Some((_, said)) = parts.last_mut().filter(|_| open.is_some()) {
            said.push_str(line);
            said.push(' ');
            open = open.filter(|()| !whole);
        }
    }
    parts
}

/// `<ada@example.org>:`, `ada@example.org` alone, `550 <ada@example.org>...`.
fn begins_with_address(line: &str) -> Option<String> {
    let line = line.trim();
    let code = begins_with_code(line);
    let line = if code { line.get(4..).unwrap_or_default() } else { line };
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let ends = if code { word.ends_with("...") } else { rest.is_empty() || word.ends_with(':') };
    let address = word.trim_matches(|c: char| matches!(c, '<' | '>' | '"' | ':' | '.' | '\''));
    ends.then(|| EmailAddress::parse(address).ok()).flatten().map(|_| address.to_owned())
}

fn begins_with_code(line: &str) -> bool {
    line.get(..4).is_some_and(|code| code.ends_with(' ') && code.trim().parse::<u16>().is_ok())
}

/// Reads the sentences; nothing when none of them tells of a failure.
pub(super) fn read(told: &Told) -> Vec<Failure> {
    let several = told.parts.len() > 1;
    let whole = [(String::new(), told.text.clone())];
    let parts = if several { &told.parts[..] } else { &whole[..] };
    let of_part = |(address, text): &(String, String)| {
        let status = status_in(text);
        let cause = classify(status, text);
        let cause = told.spare(status, cause);
        (several || cause != Cause::Unknown || status.is_some()).then(|| Failure {
            recipient: Some(address.clone()).filter(|address| !address.is_empty()),
            status,
            words: text.chars().take(500).collect(),
            cause,
        })
    };
    parts.iter().filter_map(of_part).collect()
}
