//! What waits in the queue although it is due: mail of whom the ladder stops, mail to destinations that staff stopped, and for some time a
//! customer's mail to a destination that refuses it for a policy of its own. Nothing of it is lost: it goes out when the stop is lifted or
//! the pause over, its sender is told of the delay as of any other, and comes back to them when it waited for too long.
//!
//! Whoever delivers asks before each message, and says what was refused. So stopped mail costs the queue nothing: it is not due before then.

mod pause;
mod stops;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{DomainName, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use pause::{DestinationPause, PausedDestination};
pub use stops::{DestinationStop, StopError};

use crate::ladder::Sender;
use crate::sending::Guard;

/// When a destination that refuses a customer's mail is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PauseLimits {
    /// So many refusals for a policy, a bad name or spam within an hour; 0 pauses never.
    pub refusals: u32,
    /// Minutes of the first pause; the next, within a day, is twice as long.
    pub minutes: u32,
    /// Hours of the longest.
    pub longest_hours: u32,
}

impl Default for PauseLimits {
    fn default() -> Self {
        PauseLimits { refusals: 5, minutes: 60, longest_hours: 24 }
    }
}

/// Why a message waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitCause {
    /// Nothing goes out from its sender.
    Sender,
    /// Nothing goes to its destination.
    Destination,
    /// Its destination refuses mail of the customer.
    Refused,
}

/// That a message waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Why.
    pub why: WaitCause,
    /// Until when; nothing where only a person ends it.
    pub until: Option<Timestamp>,
}

impl Guard {
    /// Whether a message waits that is due: of a mailbox, or of the house where no sender is named.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waits(&self, sender: Option<Sender>, to: &DomainName) -> Result<Option<Waiting>, SqlError> {
        let to = to.clone();
        self.0
            .db
            .read(move |tx| {
                if let Some(sender) = &sender
                    && let Some(step) = crate::ladder::stopped(tx, sender)?
                {
                    return Ok(Some(Waiting { why: WaitCause::Sender, until: step.until }));
                }
                if store::is_stopped(tx, &to)? {
                    return Ok(Some(Waiting { why: WaitCause::Destination, until: None }));
                }
                let Some(sender) = sender.as_ref() else { return Ok(None) };
                let paused = store::paused_until(tx, sender.customer, &to)?;
                Ok(paused.map(|until| Waiting { why: WaitCause::Refused, until: Some(until) }))
            })
            .await
    }
}
