//! Posts make a newsletter: its draft says what each is about and leads to it. Staff look at it and send it, as any announcement.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{AnnouncementId, PostId, StaffId};

use super::{Post, PostState, store};
use crate::announcements::Draft;
use crate::{Outreach, OutreachError};

/// The topic of those who want the newsletter.
const TOPIC: &str = "newsletter";
/// So many posts are offered at once.
const OFFERED: i64 = 30;

/// What stands in a newsletter besides its posts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Newsletter {
    /// Its language.
    pub language: String,
    /// The subject of the message.
    pub title: String,
    /// What comes first, in Markdown; may be empty.
    pub introduction: String,
    /// The words of the links, in its language.
    pub read_on: String,
    /// Where the blog is: what stands before the address of a post, with the slash between them.
    pub blog: String,
}

impl Outreach {
    /// The newest posts of a language that no newsletter told of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn posts_to_gather(&self, language: &str) -> Result<Vec<Post>, OutreachError> {
        let language = language.to_owned();
        Ok(self.db().read(move |tx| store::not_gathered(tx, &language, OFFERED)).await?)
    }

    /// Makes the draft of a newsletter of posts, in the order in which they are named.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for `posts` when there are none, or one that readers do not see, and for what is wrong with `title` and
    /// `introduction`.
    pub async fn gather_posts(
        &self,
        staff: StaffId,
        posts: &[PostId],
        newsletter: Newsletter,
    ) -> Result<AnnouncementId, OutreachError> {
        if posts.is_empty() || i64::try_from(posts.len()).unwrap_or(i64::MAX) > OFFERED {
            return Err(OutreachError::field("posts", "Choose what it tells of."));
        }
        let mut body = newsletter.introduction.trim().to_owned();
        for id in posts {
            let post = match self.post(*id).await {
                Err(OutreachError::NotFound) => None,
                post => Some(post?).filter(|post| post.state(self.now()) == PostState::Published),
            };
            let post = post
                .ok_or_else(|| OutreachError::field("posts", "Readers do not see one of them any more."))?;
            body.push_str(&part_of(&post, &newsletter));
        }
        let draft = Draft {
            topic: TOPIC.to_owned(),
            language: newsletter.language,
            title: newsletter.title,
            body: body.trim_start().to_owned(),
            listed: true,
            ..Draft::default()
        };
        let made = self.write_announcement(staff, None, draft).await.map_err(|error| match error {
            // What was typed is the introduction.
            OutreachError::Field { field: "body", sentence } => {
                OutreachError::Field { field: "introduction", sentence }
            }
            error => error,
        })?;
        let posts = posts.to_vec();
        self.db()
            .write(move |tx| -> Result<(), SqlError> {
                posts.iter().try_for_each(|post| store::note_newsletter(tx, *post, made))
            })
            .await?;
        Ok(made)
    }
}

fn part_of(post: &Post, newsletter: &Newsletter) -> String {
    let (title, summary) = (in_markdown(&post.title), in_markdown(&post.summary));
    let Newsletter { read_on, blog, .. } = newsletter;
    format!("\n\n## {title}\n\n{summary}\n\n[{}]({blog}{})\n", in_markdown(read_on), post.slug)
}

/// Plain words as Markdown that reads like them: what would be a sign of it is escaped (CommonMark 2.4).
pub(super) fn in_markdown(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut at_start = true;
    for letter in words.chars() {
        let is_sign = "\\`*_[]<>&~|!".contains(letter) || (at_start && "#-+=>".contains(letter));
        // Digits with a point begin a list.
        let is_number =
            ".)".contains(letter) && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_sign || is_number {
            text.push('\\');
        }
        text.push(letter);
        at_start = letter == '\n';
    }
    text
}
