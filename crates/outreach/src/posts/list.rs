//! Reading posts: readers those whose time has come, staff all.

use std::collections::BTreeMap;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{PostId, StaffId};

use super::write::is_tag;
use super::{Post, PostState, store};
use crate::{Outreach, OutreachError};

/// Tags that stand above the posts.
const SHOWN_TAGS: usize = 20;

impl Outreach {
    /// One page of what readers see, the newest first, and how many there are; of one tag, where one is named.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn published_posts(
        &self,
        tag: Option<&str>,
        skip: i64,
        limit: i64,
    ) -> Result<(Vec<Post>, i64), OutreachError> {
        let tag = match tag {
            Some(tag) if !is_tag(tag) => return Ok((Vec::new(), 0)),
            tag => tag.map(str::to_owned),
        };
        let found = self.db().read(move |tx| -> Result<_, SqlError> {
            let posts = store::published(tx, tag.as_deref(), skip, limit)?;
            Ok((posts, store::count_published(tx, tag.as_deref())?))
        });
        Ok(found.await?)
    }

    /// What readers see at an address.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`] also for a post whose time has not come.
    pub async fn published_post(&self, slug: &str) -> Result<Post, OutreachError> {
        let slug = slug.to_owned();
        let found = self.db().read(move |tx| -> Result<_, SqlError> {
            let now = tx.now();
            Ok(store::find_by_slug(tx, &slug)?.filter(|post| post.state(now) == PostState::Published))
        });
        found.await?.ok_or(OutreachError::NotFound)
    }

    /// The tags of what readers see, those of most posts first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn post_tags(&self) -> Result<Vec<(String, i64)>, OutreachError> {
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        for tags in self.db().read(store::published_tags).await? {
            for tag in tags.split_whitespace() {
                *counts.entry(tag.to_owned()).or_default() += 1;
            }
        }
        let mut tags: Vec<(String, i64)> = counts.into_iter().collect();
        tags.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        tags.truncate(SHOWN_TAGS);
        Ok(tags)
    }

    /// All posts, those that were changed last first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all_posts(&self) -> Result<Vec<Post>, OutreachError> {
        Ok(self.db().read(store::newest).await?)
    }

    /// One post, whatever its state.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`].
    pub async fn post(&self, id: PostId) -> Result<Post, OutreachError> {
        self.db().read(move |tx| store::find(tx, id)).await?.ok_or(OutreachError::NotFound)
    }

    /// The name under which a member of staff wrote last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn author_name(&self, staff: StaffId) -> Result<Option<String>, OutreachError> {
        Ok(self.db().read(move |tx| store::last_author(tx, staff)).await?)
    }
}
