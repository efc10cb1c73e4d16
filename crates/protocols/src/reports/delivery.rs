//! The machine-readable part of a delivery report: one group of fields for the message, one for each recipient (RFC 3464 section
//! 2), in the international form, too (RFC 6533 section 3).

use super::Cause;
use super::classify::classify;
use super::prose::Told;
use crate::imap::structure::{fields, unfold};
use crate::mime::Leaf;
use crate::smtp::Enhanced;

/// How many recipients of a report are read.
const MAX_RECIPIENTS: usize = 100;
/// How many bytes of a value are kept.
const MAX_VALUE: usize = 2_000;

/// A recipient that was not reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The address, when the report names it.
    pub recipient: Option<String>,
    /// The status code, when the report has one.
    pub status: Option<Enhanced>,
    /// What the server said, or the sentence that tells it.
    pub words: String,
    /// Why.
    pub cause: Cause,
}

pub(super) fn is_status(leaf: &Leaf) -> bool {
    leaf.media_type == "message"
        && matches!(leaf.media_subtype.as_str(), "delivery-status" | "global-delivery-status")
        && !leaf.in_message
}

/// Reads a part; true when it has a group about a recipient, failed or not.
pub(super) fn read(text: &str, told: &Told, failures: &mut Vec<Failure>) -> bool {
    let mut seen = false;
    for group in groups(text) {
        let (mut action, mut status, mut diagnostic, mut recipient) = (None, None, None, None);
        for field in fields(group.as_bytes()) {
            let value = String::from_utf8_lossy(&unfold(field.value, MAX_VALUE)).into_owned();
            match field.name.to_ascii_lowercase().as_slice() {
                b"action" => action = Some(value.to_ascii_lowercase()),
                b"status" => status = Some(value),
                b"diagnostic-code" => diagnostic = Some(value),
                b"final-recipient" => recipient = Some(typed(&value)),
                b"original-recipient" if recipient.is_none() => recipient = Some(typed(&value)),
                _ => {}
            }
        }
        if recipient.is_none() && action.is_none() && status.is_none() {
            continue;
        }
        if action.is_none() && status.is_none() && diagnostic.is_none() {
            continue;
        }
        seen = true;
        // What was delivered or passed on is no failure (RFC 3464 section 2.3.3).
        let late = action.as_deref().is_some_and(|action| action.starts_with("delayed"));
        let failed = action.as_deref().is_none_or(|action| action.starts_with("fail"));
        if !late && !failed || failures.len() >= MAX_RECIPIENTS {
            continue;
        }
        let code = status.as_deref().and_then(|value| Enhanced::take(value.trim())).map(|(code, _)| code);
        if code.is_some_and(|code| code.0 == 2) {
            continue;
        }
        let mut words = diagnostic.map(|value| typed(&value)).unwrap_or_default();
        if let Some((_, comment)) = status.as_deref().and_then(|value| value.split_once('(')) {
            words = format!("{words} {}", comment.trim_end_matches(')'));
        }
        let cause = if late { Cause::Transient } else { of_words(code, &words, recipient.as_deref(), told) };
        failures.push(Failure { recipient, status: code, words: words.trim().to_owned(), cause });
    }
    seen
}

/// The diagnosis first; where it says nothing, the sentences for the reader.
fn of_words(code: Option<Enhanced>, words: &str, recipient: Option<&str>, told: &Told) -> Cause {
    let cause = match classify(code, words) {
        Cause::Unknown if words.trim().is_empty() => {
            classify(code, recipient.and_then(|address| told.about(address)).unwrap_or(&told.text))
        }
        cause => cause,
    };
    told.spare(code, cause)
}

/// The groups of fields: parted by empty lines and, where a writer forgot these, by the next recipient.
fn groups(text: &str) -> Vec<String> {
    let mut groups = vec![String::new()];
    let (mut decided, mut named) = (false, Vec::new());
    for line in text.lines() {
        let lower = line.to_ascii_lowercase();
        let name =
            ["final-recipient:", "original-recipient:"].into_iter().find(|name| lower.starts_with(name));
        let next = decided && name.is_some_and(|name| named.contains(&name));
        if line.trim().is_empty() || next {
            groups.push(String::new());
            decided = false;
            named.clear();
        }
        named.extend(name);
        decided |= lower.starts_with("action:") || lower.starts_with("status:");
        if let Some(group) = groups.last_mut().filter(|_| !line.trim().is_empty()) {
            group.push_str(line);
            group.push('\n');
        }
    }
    groups
}

/// The value behind its type: `rfc822; ada@example.org`, `smtp; 550 …`.
fn typed(value: &str) -> String {
    match value.split_once(';') {
        Some((kind, rest)) if !kind.trim().contains([' ', '@']) => rest.trim().to_owned(),
        _ => value.trim().to_owned(),
    }
}
