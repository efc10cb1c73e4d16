//! Searching articles: a pure index over what is published, in memory, one for each language.
//!
//! A word that was typed is looked for by its stem, by the table of synonyms, as the begin of a longer word, and, when the index
//! does not know it, among the words that are a few slips of the finger away. What is found is ranked as BM25 does, with the
//! title, keywords and headings weighing more than the text.

mod distance;
mod index;
mod suggest;
mod synonyms;
#[cfg(test)]
mod tests;
mod words;

pub use index::{Document, Found, Hit, Index};
pub(crate) use words::Language;
pub use words::{fold, plain_words};
