//! A member of staff writes or changes a post.

use mailkeep_types::{PostId, StaffId};

use super::{PostState, store};
use crate::{Outreach, OutreachError};

const MAX_TITLE: usize = 150;
const MAX_SUMMARY: usize = 300;
const MAX_AUTHOR: usize = 60;
const MAX_BODY: usize = 100_000;
const MAX_SLUG: usize = 80;
const MAX_TAGS: usize = 8;
const MAX_TAG: usize = 30;

/// What is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostDraft {
    /// The address.
    pub slug: String,
    /// The language.
    pub language: String,
    /// The title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The text, in Markdown.
    pub body: String,
    /// The name under which it is shown.
    pub author: String,
    /// Tags.
    pub tags: Vec<String>,
}

impl Outreach {
    /// Writes a new draft, or changes a post. What readers see keeps its address.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `title`, `slug`, `summary`, `body`, `author` and `tags`.
    pub async fn write_post(
        &self,
        staff: StaffId,
        id: Option<PostId>,
        draft: PostDraft,
    ) -> Result<PostId, OutreachError> {
        let draft = checked(draft)?;
        let fresh = PostId::new(&**self.policy().clock());
        self.db()
            .write(move |tx| -> Result<PostId, OutreachError> {
                let holder = store::find_by_slug(tx, &draft.slug)?.map(|post| post.id);
                if holder.is_some_and(|holder| Some(holder) != id) {
                    return Err(OutreachError::field("slug", "Another post has this address."));
                }
                let Some(id) = id else {
                    store::insert(tx, fresh, &draft, staff)?;
                    return Ok(fresh);
                };
                let found = store::find(tx, id)?.ok_or(OutreachError::NotFound)?;
                if found.state(tx.now()) == PostState::Published && found.slug != draft.slug {
                    let sentence = "Readers have this address; it stays.";
                    return Err(OutreachError::field("slug", sentence));
                }
                store::change(tx, id, &draft)?;
                Ok(id)
            })
            .await
    }
}

/// The draft as it is kept.
fn checked(draft: PostDraft) -> Result<PostDraft, OutreachError> {
    let title = line(&draft.title, MAX_TITLE)
        .ok_or_else(|| OutreachError::field("title", "Write a title of at most 150 letters, in one line."))?;
    let summary = line(&draft.summary, MAX_SUMMARY).ok_or_else(|| {
        OutreachError::field("summary", "Say in at most 300 letters what it is about, in one line.")
    })?;
    let author = line(&draft.author, MAX_AUTHOR).ok_or_else(|| {
        OutreachError::field("author", "Give the name under which it is shown, of at most 60 letters.")
    })?;
    if !is_slug(&draft.slug) {
        let sentence = "Use small letters, digits and hyphens, at most 80.";
        return Err(OutreachError::field("slug", sentence));
    }
    if draft.body.trim().is_empty() || draft.body.len() > MAX_BODY {
        return Err(OutreachError::field("body", "Write the text; it may have up to 100,000 letters."));
    }
    let mut tags: Vec<String> = Vec::new();
    for tag in &draft.tags {
        let tag = tag.trim().to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    if tags.len() > MAX_TAGS || !tags.iter().all(|tag| is_tag(tag)) {
        let sentence = "Give at most eight tags of letters, digits and hyphens, with commas between them.";
        return Err(OutreachError::field("tags", sentence));
    }
    Ok(PostDraft { title, summary, author, tags, ..draft })
}

/// One line that says something and is not too long.
fn line(text: &str, most: usize) -> Option<String> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

fn is_slug(slug: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !slug.is_empty() && slug.len() <= MAX_SLUG && slug.bytes().all(letters)
}

/// Whether it may stand among the tags, which spaces part, and in a pattern of the database, in which `%` and `_` mean something.
pub(super) fn is_tag(tag: &str) -> bool {
    let letters = |letter: char| letter.is_alphanumeric() || letter == '-';
    !tag.is_empty() && tag.chars().count() <= MAX_TAG && tag.chars().all(letters)
}
