//! What was sent, for everybody to read on the site: what its writer put there, and no more. Who got it is not said.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::AnnouncementId;

use super::{Announcement, AnnouncementState, store};
use crate::{Outreach, OutreachError};

impl Announcement {
    /// Whether it has a page in the archive, once it is being sent: the letter leads there.
    pub fn has_page(&self) -> bool {
        self.listed && self.offer.is_none()
    }

    fn is_readable(&self) -> bool {
        let begun = matches!(
            self.state,
            AnnouncementState::Sending | AnnouncementState::Paused | AnnouncementState::Sent
        );
        self.has_page() && begun
    }
}

impl Outreach {
    /// One page of the archive, the newest first, and how many there are; of one topic, where one is named. What is being sent still
    /// is not among them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn archive(
        &self,
        topic: Option<&str>,
        skip: i64,
        limit: i64,
    ) -> Result<(Vec<Announcement>, i64), OutreachError> {
        let topic = topic.map(str::to_owned);
        let found = self.db().read(move |tx| -> Result<_, SqlError> {
            let page = store::archive(tx, topic.as_deref(), skip, limit)?;
            Ok((page, store::count_archive(tx, topic.as_deref())?))
        });
        Ok(found.await?)
    }

    /// The topics of what stands in the archive.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn archive_topics(&self) -> Result<Vec<String>, OutreachError> {
        Ok(self.db().read(store::archive_topics).await?)
    }

    /// An announcement as everybody may read it.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`] also for what its writer did not put there.
    pub async fn archived(&self, id: AnnouncementId) -> Result<Announcement, OutreachError> {
        let found = self.announcement(id).await?;
        if found.is_readable() { Ok(found) } else { Err(OutreachError::NotFound) }
    }

    /// Shows what was sent on the site, or takes it from there.
    ///
    /// # Errors
    /// [`OutreachError::State`] for a draft, and for what asks for feedback.
    pub async fn list_announcement(&self, id: AnnouncementId, listed: bool) -> Result<(), OutreachError> {
        let done = self.db().write(move |tx| store::list(tx, id, listed)).await?;
        if done {
            Ok(())
        } else {
            Err(OutreachError::state("What was sent, and asks for no feedback, stands on the site."))
        }
    }
}
