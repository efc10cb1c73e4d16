//! The outgoing queue: messages that wait to be taken by other servers.
//!
//! A message with its recipients is written in the caller's transaction. A worker claims recipients that are due, each
//! with a lease that carries its node and is renewed while it works. When its process dies, the node takes its recipients
//! back at its next start, or another node when the lease ends, so every recipient is tried until it has a final answer. Envelope and content rest sealed under the sender's key.

mod claim;
mod enqueue;
mod held;
mod limits;
mod mark;
mod staff;
mod stopped;
pub(crate) mod store;

#[cfg(test)]
mod tests;

use mailkeep_types::{EmailAddress, GuestId};
use serde::{Deserialize, Serialize};

pub use claim::{Claimed, ClaimedRecipient, Room};
pub use enqueue::{NewQueued, NewRecipient, SealedQueued};
pub use held::{Held, HeldCluster, HeldEnvelope, Hold, Which};
pub use mark::{Outcome, SealedOutcomes};
pub use staff::{QueueCounts, QueuedSummary};
pub use stopped::Waiting;

/// What SMTP said about a message beside its recipients; kept sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The return path; empty for reports.
    pub return_path: String,
    /// The content has bytes above 127.
    #[serde(default)]
    pub eight_bit: bool,
    /// Addresses or headers use UTF-8.
    #[serde(default)]
    pub smtputf8: bool,
    /// `RET=` of DSN: `FULL` or `HDRS`.
    #[serde(default)]
    pub ret: Option<String>,
    /// `ENVID=` of DSN, decoded.
    #[serde(default)]
    pub envid: Option<String>,
    /// Only over verified TLS.
    #[serde(default)]
    pub require_tls: bool,
    /// Its author is known to us: a mailbox of ours handed it in, or its domain proves it. Copies of lists are signed then.
    #[serde(default)]
    pub vouched: bool,
}

/// What SMTP said about a recipient; kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientEnvelope {
    /// The address.
    pub address: String,
    /// `NOTIFY=` of DSN as words; `None` when it was not given.
    #[serde(default)]
    pub notify: Option<String>,
    /// `ORCPT=` of DSN: type and address.
    #[serde(default)]
    pub orcpt: Option<(String, String)>,
    /// The member of a distribution list that it is: the copy says how to leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guest: Option<GuestId>,
}

impl RecipientEnvelope {
    /// The address; `None` when it was stored by another version and cannot be read.
    pub fn address(&self) -> Option<EmailAddress> {
        EmailAddress::parse(&self.address).ok()
    }
}

/// How far a recipient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecipientState {
    /// Waits for its next try.
    Waiting,
    /// Another server took the message.
    Delivered,
    /// It cannot be delivered.
    Failed,
}

impl RecipientState {
    /// The name in the database.
    pub const fn id(self) -> &'static str {
        match self {
            RecipientState::Waiting => "waiting",
            RecipientState::Delivered => "delivered",
            RecipientState::Failed => "failed",
        }
    }
}
