//! Why a recipient was not reached, from the status code (RFC 3463) and the words beside it. Words outweigh codes where they are
//! plain, since servers answer `5.1.1` to spam and `5.0.0` to nearly everything.

use super::Cause;
use super::words::{HARD, TABLE};
use crate::smtp::Enhanced;

/// How much of an answer is read.
const MAX_WORDS: usize = 16 * 1024;

/// Why, as far as it can be told. `words` is what a server said, or a sentence about it.
pub fn classify(status: Option<Enhanced>, words: &str) -> Cause {
    let words = plain(words);
    let status = match status {
        Some(Enhanced(5, 0, 0)) | None => status_in(&words).or(status),
        status => status,
    };
    // A filter of the mailbox answers as if the user were unknown, and means the sender.
    let filtered = status == Some(Enhanced(5, 2, 0));
    let said = |found: &[&str]| found.iter().any(|one| words.contains(one));
    if let Some((cause, _)) =
        TABLE.iter().find(|(cause, found)| !(filtered && *cause == Cause::Hard) && said(found))
    {
        return *cause;
    }
    let dead = HARD.iter().any(|one| words.contains(one));
    let of_code = status.map(of_status);
    match of_code {
        Some(Cause::Unknown) if dead && status.is_none_or(may_be_dead) => Cause::Hard,
        Some(cause) => cause,
        None if dead => Cause::Hard,
        None => Cause::Unknown,
    }
}

/// Codes that say so little that the words decide. Others name another reason, e.g. `5.2.0` a filter of the mailbox.
fn may_be_dead(status: Enhanced) -> bool {
    matches!(
        status,
        Enhanced(5, 0, _) | Enhanced(5, 1, _) | Enhanced(5, 2, 1) | Enhanced(5, 3, 0) | Enhanced(5, 5, _)
    )
}

/// What a code says by itself.
fn of_status(status: Enhanced) -> Cause {
    match status {
        // Bad mailbox, bad host, bad syntax, moved, null MX (RFC 7505).
        Enhanced(5, 1, 1 | 2 | 6 | 10) => Cause::Hard,
        // No host and no route are for good when the server says 5.
        Enhanced(5, 4, 4) => Cause::Hard,
        Enhanced(_, 2, 2) => Cause::Full,
        // RFC 7372.
        Enhanced(5, 7, 20..=26 | 29 | 30) => Cause::Authentication,
        Enhanced(4, 7, 20..=26) => Cause::Authentication,
        Enhanced(5, 7, 13) => Cause::Unknown,
        Enhanced(_, 7, _) => Cause::Blocked,
        Enhanced(4, _, _) | Enhanced(5, 4, 7) => Cause::Transient,
        _ => Cause::Unknown,
    }
}

/// The first status code in a text.
pub(super) fn status_in(text: &str) -> Option<Enhanced> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    words
        .filter(|word| (5..=9).contains(&word.len()))
        .filter_map(|word| Enhanced::take(word.trim_end_matches('.')))
        .map(|(code, _)| code)
        .find(|code| code.0 != 2)
}

/// In lower case, on one line, without addresses of pages and without mail addresses, whose names would speak.
fn plain(words: &str) -> String {
    let words: String = words.chars().take(MAX_WORDS).collect::<String>().to_lowercase();
    let kept = words.split_whitespace().filter(|word| !word.contains("://") && !is_address(word));
    kept.collect::<Vec<_>>().join(" ")
}

fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}
