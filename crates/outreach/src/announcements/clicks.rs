//! How often the links of announcements are followed: counted by link and subject, by nobody in particular. The link is the same for all
//! readers of a subject, and nothing of who follows it is looked at; programs that try links in mails are counted with the readers.

use mailkeep_types::AnnouncementId;
use serde::Serialize;

use super::{Announcement, AnnouncementState, store};
use crate::{Outreach, OutreachError};

/// How often a link was followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Clicks {
    /// The place of its address among those of the text, in their order.
    pub link: u32,
    /// Under the other subject.
    pub other: bool,
    /// How often.
    pub clicks: i64,
}

impl Outreach {
    /// What was sent and counts how often its links are followed.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`] for what does not, or was not sent.
    pub async fn announcement_with_links(&self, id: AnnouncementId) -> Result<Announcement, OutreachError> {
        let found = self.announcement(id).await?;
        let written = matches!(found.state, AnnouncementState::Draft | AnnouncementState::Scheduled);
        if written || !found.counts_links { Err(OutreachError::NotFound) } else { Ok(found) }
    }

    /// Counts that somebody followed a link of what was sent.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_click(&self, of: &Announcement, link: u32, other: bool) -> Result<(), OutreachError> {
        let (id, other) = (of.id, other && of.other_title.is_some());
        Ok(self.db().write(move |tx| store::click(tx, id, link, other)).await?)
    }

    /// How often the links of an announcement were followed; those that nobody followed are not named.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clicks_of(&self, id: AnnouncementId) -> Result<Vec<Clicks>, OutreachError> {
        Ok(self.db().read(move |tx| store::clicks(tx, id)).await?)
    }
}
