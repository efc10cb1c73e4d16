//! The blog: posts under their authors' public names, drafts until their time has come. Nobody needs an account to read them, and
//! nothing is kept of who does.

mod announce;
mod gather;
mod list;
mod publish;
mod store;
#[cfg(test)]
mod tests;
mod write;

use mailkeep_types::{AnnouncementId, PostId, StaffId, Timestamp};
use serde::Serialize;

pub use gather::Newsletter;
pub use write::PostDraft;

/// A post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Post {
    /// Its number.
    pub id: PostId,
    /// Its address.
    pub slug: String,
    /// Its language.
    pub language: String,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub summary: String,
    /// The text, in Markdown.
    pub body: String,
    /// The name under which it is shown.
    pub author: String,
    /// What it is about, in words by which others like it are found.
    pub tags: Vec<String>,
    /// Since when readers see it, or from when on they will; nothing for a draft.
    pub published_at: Option<Timestamp>,
    /// The announcement that was made of it.
    pub announcement: Option<AnnouncementId>,
    /// Who wrote it.
    pub written_by: StaffId,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub changed_at: Timestamp,
}

/// Where a post stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PostState {
    /// Being written.
    Draft,
    /// Its time has not come.
    Scheduled,
    /// Readers see it.
    Published,
}

impl Post {
    /// Where it stands at a time.
    pub fn state(&self, now: Timestamp) -> PostState {
        match self.published_at {
            None => PostState::Draft,
            Some(at) if at > now => PostState::Scheduled,
            Some(_) => PostState::Published,
        }
    }

    /// When its words changed last for readers.
    pub fn updated_at(&self) -> Timestamp {
        self.published_at.map_or(self.changed_at, |at| at.max(self.changed_at))
    }
}
