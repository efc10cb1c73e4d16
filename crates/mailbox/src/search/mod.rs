//! Search without plaintext (docs/decisions/0003-search-without-plaintext.md).
//!
//! Each message has a filter: a keyed Bloom filter over the trigrams of its text, written in the transaction of the
//! message. A query first asks the filters, which are held in memory for recently searched mailboxes; what may match is
//! opened and looked at, and the words of what was opened are kept in memory too. So parts of words are found, mail is
//! found right after delivery, a common word is answered without opening thousands of messages again, and the database
//! holds no words of mails.

mod cache;
mod filter;
mod grams;
mod query;
mod run;
mod words;

#[cfg(test)]
mod tests;

pub use query::SearchKey as Query;

pub(crate) use cache::SearchCache;
pub(crate) use filter::{SearchKey, build as build_filter};
pub(crate) use grams::Grams;
