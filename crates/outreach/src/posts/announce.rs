//! A post is told to those who chose the blog: as the draft of an announcement, which staff look at and send.

use mailkeep_types::{AnnouncementId, PostId, StaffId};

use super::gather::in_markdown;
use super::{PostState, store};
use crate::announcements::Draft;
use crate::{Outreach, OutreachError};

/// The topic of those who want to hear of posts.
const TOPIC: &str = "blog";

impl Outreach {
    /// Makes the draft of an announcement of a published post; `link` is its whole address, and `read_on` the words of the link.
    /// Done again, it leads to the same.
    ///
    /// # Errors
    /// [`OutreachError::State`] for what readers do not see.
    pub async fn announce_post(
        &self,
        staff: StaffId,
        id: PostId,
        link: &str,
        read_on: &str,
    ) -> Result<AnnouncementId, OutreachError> {
        let post = self.post(id).await?;
        if let Some(announced) = post.announcement
            && self.announcement(announced).await.is_ok()
        {
            return Ok(announced);
        }
        if post.state(self.now()) != PostState::Published {
            return Err(OutreachError::state("Publish it first: the announcement leads to it."));
        }
        let draft = Draft {
            topic: TOPIC.to_owned(),
            language: post.language.clone(),
            title: post.title.clone(),
            body: format!("{}\n\n[{read_on}]({link})\n", in_markdown(&post.summary)),
            ..Draft::default()
        };
        let announcement = self.write_announcement(staff, None, draft).await?;
        self.db().write(move |tx| store::note_announcement(tx, id, announcement)).await?;
        Ok(announcement)
    }
}
