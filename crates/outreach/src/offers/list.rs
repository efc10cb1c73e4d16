//! The offers that a page shows to everybody.

use crate::announcements::{Announcement, store};
use crate::{Outreach, OutreachError};

impl Outreach {
    /// Offers that were sent and that their writer put on the page of offers, newest first. Whether their coupons can be used still is
    /// for the catalogue to say.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn listed_offers(&self) -> Result<Vec<Announcement>, OutreachError> {
        Ok(self.db().read(store::listed).await?)
    }
}
