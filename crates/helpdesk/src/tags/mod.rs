//! Tags: words that the desk puts on tickets to find them again. They are the desk's own and not for customers, say nothing of a
//! person, and are few: what is put on everything finds nothing.

mod list;
mod put;
pub(crate) mod records;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub(crate) use put::attach;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

/// So many tags a ticket has at most.
pub const MOST_OF_TICKET: usize = 10;
/// So many tags the desk has at most.
pub const MOST_OF_DESK: usize = 500;
/// The longest tag, in characters.
pub const LONGEST_TAG: usize = 30;

/// A tag: small letters, digits, and hyphens between them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Tag(String);

impl Tag {
    /// Reads what somebody typed. Capitals are made small and spaces hyphens; with any other sign, or when it is too long, it is
    /// no tag. An address has other signs, so none becomes a tag.
    pub fn read(typed: &str) -> Option<Tag> {
        let small: String = typed.trim().nfc().flat_map(char::to_lowercase).take(4 * LONGEST_TAG).collect();
        let words: Vec<&str> = small.split(['-', ' ', '\t']).filter(|word| !word.is_empty()).collect();
        let tag = words.join("-");
        let good = words.iter().all(|word| word.chars().all(char::is_alphanumeric));
        (good && !tag.is_empty() && tag.chars().count() <= LONGEST_TAG).then_some(Tag(tag))
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
