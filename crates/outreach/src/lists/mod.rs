//! Lists for letters and calls. A list is made on the server by the command line; the console shows that it was made, never
//! who is on it.

mod make;
mod store;
#[cfg(test)]
mod tests;

use mailkeep_policy::outbound::Channel;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::{Outreach, OutreachError};

pub use make::{ListRequest, MadeList};

/// A list that was made.
#[derive(Debug, Clone, Serialize)]
pub struct ListExport {
    /// For letters or for calls.
    pub channel: Channel,
    /// About what.
    pub topic: String,
    /// The day of the do-not-call registry that it was held against, `2026-03-01`; for letters there may be none.
    pub scrubbed_on: Option<String>,
    /// How many people were on it.
    pub people: i64,
    /// How many who once said yes were left out: declined, on the registry, or without a number.
    pub left_out: i64,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub at: Timestamp,
}

impl Outreach {
    /// The lists that were made, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lists_made(&self) -> Result<Vec<ListExport>, OutreachError> {
        Ok(self.db().read(store::newest).await?)
    }

    /// How many people a list would have before the registry is looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_list(&self, channel: Channel, topic: &str) -> Result<usize, OutreachError> {
        Ok(self.willing(channel, topic).await?.0.len())
    }
}
