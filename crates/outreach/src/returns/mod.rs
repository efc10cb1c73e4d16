//! What comes back of messages that can be declined: failures and complaints, by the address to which they come back.
//!
//! Each such message has a return path of its own ([`ReturnAddresses`]). Whatever comes there is read by
//! [`mailkeep_protocols::reports`] and noted once for each message and kind. An address that is dead, or whose reader complained,
//! is entered on the suppression list: invoices and notices of the account still go there. Nothing that can be mended does that.

mod address;
mod stop;
mod store;
mod take;
#[cfg(test)]
mod tests;

pub use address::{ReturnAddresses, Returning};
pub use stop::StopReason;
pub use take::Noted;

use mailkeep_types::AnnouncementId;
use serde::Serialize;

use crate::{Outreach, OutreachError};

/// What came back of an announcement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ReturnFigures {
    /// Addresses that are dead.
    pub hard: i64,
    /// Not delivered for another reason.
    pub other: i64,
    /// Readers who complained.
    pub complaints: i64,
}

impl Outreach {
    /// What came back of an announcement until now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn returns_of(&self, id: AnnouncementId) -> Result<ReturnFigures, OutreachError> {
        Ok(self.db().read(move |tx| store::figures(tx, id)).await?)
    }
}
