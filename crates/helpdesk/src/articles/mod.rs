//! The knowledgebase: articles in languages, written in revisions, reviewed, published, found.
//!
//! Readers are served from memory: a [`Library`] of all that is published, with its search index, read anew when a version in
//! the database says that something changed. Nobody is counted by reading; what is counted (whether it helped, which searches
//! found nothing) is counted without persons.
//!
//! To add an article that the program brings: a file in `crates/helpdesk/articles/<language>` and its line in `shipped/files.rs`.
//! To add a state or a move between states: [`ArticleState`], [`Move`] and the table in their test.

mod categories;
pub mod diff;
mod error;
mod knowledgebase;
mod library;
mod list;
mod misses;
mod publish;
mod records;
pub mod search;
mod shipped;
pub mod source;
mod states;
mod store;
#[cfg(test)]
mod tests;
mod vote;
mod write;

use std::collections::BTreeMap;

use mailkeep_types::{ArticleCategoryId, ArticleId, ArticleTextId, StaffId, Timestamp};
use serde::Serialize;

pub use categories::CategoryDraft;
pub use error::ArticleError;
pub use knowledgebase::Knowledgebase;
pub use library::{FoundArticle, Library, Placed, Published, Results};
pub use list::{Entry, Filter, Whole};
pub use misses::{Miss, SHOWN_FROM};
pub use shipped::Brought;
pub use states::{ArticleState, Audience, Move};
pub use write::Draft;

/// The languages in which articles are written; where one is missing, readers get the first.
pub const LANGUAGES: [&str; 3] = ["en", "de", "es"];

/// A category of articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Category {
    /// Its number.
    pub id: ArticleCategoryId,
    /// The category in which it lies.
    pub parent: Option<ArticleCategoryId>,
    /// Its address.
    pub slug: String,
    /// Its name in each language.
    pub names: BTreeMap<String, String>,
    /// Its place, the lowest first.
    pub position: i64,
}

impl Category {
    /// Its name for a reader.
    pub fn name(&self, language: &str) -> &str {
        let name = self.names.get(language).or_else(|| self.names.get(LANGUAGES[0]));
        name.map_or(self.slug.as_str(), String::as_str)
    }
}

/// What an article is in all its languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Article {
    /// Its number.
    pub id: ArticleId,
    /// Where it is.
    pub category: ArticleCategoryId,
    /// Who may read it.
    pub audience: Audience,
    /// Articles that readers of this one may want.
    pub related: Vec<ArticleId>,
    /// Its place in the category, the lowest first.
    pub position: i64,
    /// By which name the program brought it.
    pub shipped: Option<String>,
}

/// An article in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Its number.
    pub id: ArticleTextId,
    /// Of which article.
    pub article: ArticleId,
    /// In which language.
    pub language: String,
    /// Its address.
    pub slug: String,
    /// Where its newest revision stands.
    pub state: ArticleState,
    /// The newest revision.
    pub newest: i64,
    /// The revision that readers see.
    pub published: Option<i64>,
    /// Since when.
    pub published_at: Option<Timestamp>,
    /// When somebody has to look whether it still holds.
    pub review_at: Option<Timestamp>,
    /// Whether the program brings other words than those that staff built on.
    pub shipped_newer: bool,
    /// When something happened to it.
    pub changed_at: Timestamp,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// Its number, from 1.
    pub number: i64,
    /// The title.
    pub title: String,
    /// What it is about in a sentence, for lists.
    pub summary: String,
    /// Words by which it is to be found that its text need not have.
    pub keywords: String,
    /// The text, in Markdown.
    pub body: String,
    /// What changed.
    pub note: String,
    /// Who wrote it; nobody for what the program brought.
    #[serde(skip)]
    pub written_by: Option<StaffId>,
    /// When.
    pub at: Timestamp,
}
