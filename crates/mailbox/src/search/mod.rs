//! Search without plaintext (docs/decisions/0003-search-without-plaintext.md).
//!
//! Each message has a filter: a keyed Bloom filter over the trigrams of its text, written in the transaction of the
//! message. Most messages are in sealed packs besides, which say exactly which of them hold a text, phrases included
//! (docs/decisions/0017-search-packs.md). For those that are in none a query asks the filters; what may match is opened and
//! looked at, and the words of what was opened are kept in memory too. So parts of words are found, mail is found right
//! after delivery, and the database holds no words of mails in the clear.

mod cache;
mod filter;
mod grams;
mod packs;
mod query;
mod run;
mod words;

#[cfg(test)]
mod tests;

pub use query::SearchKey as Query;

pub(crate) use cache::SearchCache;
pub(crate) use filter::{SearchKey, build as build_filter};
pub(crate) use grams::Grams;
pub(crate) use packs::store::remove_pack_of;
