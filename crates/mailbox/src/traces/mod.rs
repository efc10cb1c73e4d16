//! What became of messages, for as long as the policy keeps such data: from where one was handed in or arrived to the final answer of each
//! recipient.
//!
//! Nothing here can be read back: the other side's address and the Message-ID are hashes under a secret, found by whoever knows
//! them. Of a foreign server's answer the code is kept, and not its text, which may name people.

mod find;
pub mod heard;
pub(crate) mod note;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_policy::LookupKind;
use mailkeep_types::{EmailAddress, MailboxId, Timestamp};
use uuid::Uuid;

pub use find::{MOST_FOUND, TraceQuery};
pub(crate) use note::Traced;

use crate::post_office::PostOffice;

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A mailbox of ours sent it.
    Out,
    /// It came for a mailbox of ours.
    In,
}

impl Way {
    /// The word in the database and in the keys of texts.
    pub const fn word(self) -> &'static str {
        match self {
            Way::Out => "out",
            Way::In => "in",
        }
    }
}

/// What happened at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// It was taken and waits to be sent.
    Queued,
    /// It waits for a decision; the word is the rule's.
    Held,
    /// It was let go.
    Released,
    /// The other server, or we, said: not now.
    Deferred,
    /// It waits, because nothing goes out from its sender.
    Stopped,
    /// It waits, because its destination is left alone for some time.
    Paused,
    /// It was taken for good; of a mailbox of ours the word is the folder's role.
    Delivered,
    /// It was refused for good.
    Failed,
    /// It was taken out of the queue before it was sent.
    Removed,
    /// The mailbox was full.
    Full,
}

impl StepKind {
    /// All of them.
    pub const ALL: [StepKind; 10] = [
        StepKind::Queued,
        StepKind::Held,
        StepKind::Released,
        StepKind::Deferred,
        StepKind::Stopped,
        StepKind::Paused,
        StepKind::Delivered,
        StepKind::Failed,
        StepKind::Removed,
        StepKind::Full,
    ];

    /// The word in the database and in the keys of texts.
    pub const fn word(self) -> &'static str {
        match self {
            StepKind::Queued => "queued",
            StepKind::Held => "held",
            StepKind::Released => "released",
            StepKind::Deferred => "deferred",
            StepKind::Stopped => "stopped",
            StepKind::Paused => "paused",
            StepKind::Delivered => "delivered",
            StepKind::Failed => "failed",
            StepKind::Removed => "removed",
            StepKind::Full => "full",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A step on the way of a message to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What happened.
    pub kind: StepKind,
    /// When.
    pub at: Timestamp,
    /// The reply code of the other server.
    pub code: Option<i64>,
    /// The enhanced status beside it, such as `5.1.1`.
    pub status: Option<String>,
    /// The rule that holds it, or the folder that it went to.
    pub word: Option<String>,
}

/// What became of a message for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Names the message; the same for all its recipients.
    pub id: Uuid,
    /// The recipient's place in it.
    pub position: i64,
    /// The mailbox of ours.
    pub mailbox: MailboxId,
    /// Which way it went.
    pub way: Way,
    /// The domain that it went to; empty for what came in.
    pub domain: String,
    /// Length in bytes.
    pub size: i64,
    /// When it was handed in or arrived.
    pub at: Timestamp,
    /// What happened, in its order; never empty.
    pub steps: Vec<Step>,
}

impl PostOffice {
    fn traced_address(&self, canonical: &str) -> [u8; 32] {
        self.policy().lookup_hash(LookupKind::Email, &format!("trace of {canonical}"))
    }

    /// Of a Message-ID, with or without its brackets.
    fn traced_message(&self, id: &str) -> [u8; 32] {
        let id = id.trim().trim_start_matches('<').trim_end_matches('>');
        self.policy().lookup_hash(LookupKind::Other, &format!("trace of message {id}"))
    }

    fn traced_party(&self, address: &str) -> Option<[u8; 32]> {
        EmailAddress::parse(address).ok().map(|address| self.traced_address(&address.canonical()))
    }
}
