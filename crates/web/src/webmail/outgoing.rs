//! The door through which the webmail sends: the same that SMTP submission goes through. The server opens it.

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;

use mailkeep_types::{EmailAddress, MailboxId};

/// A message on its way out.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Whose mailbox sends it; decides which addresses may stand in `From`, and the limits.
    pub mailbox: MailboxId,
    /// From where it is written.
    pub from: IpAddr,
    /// Where reports of failure go.
    pub sender: EmailAddress,
    /// All recipients, hidden ones too; each once.
    pub recipients: Vec<EmailAddress>,
    /// The message.
    pub message: Vec<u8>,
    /// The same for the same letter however often its form is sent: it goes out once.
    pub unique_key: String,
}

/// What the outbound guard said of a message; the texts `mail-guard-…` have its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuardSaid {
    /// The rule.
    pub code: &'static str,
    /// What was counted.
    pub value: i64,
    /// What the rule allows.
    pub limit: i64,
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmissionRefused {
    /// The sender can mend it; the sentence says how.
    #[error("{0}")]
    ByRule(String),
    /// The outbound guard does not let it out, now or at all.
    #[error("{}", .0.code)]
    ByGuard(GuardSaid),
    /// Something failed on our side; trying again later helps.
    #[error("{0}")]
    Failed(String),
}

/// What sending answers, once it is known: nothing more, or why the message is held.
pub type Submitted<'a> =
    Pin<Box<dyn Future<Output = Result<Option<GuardSaid>, SubmissionRefused>> + Send + 'a>>;

/// Takes messages for delivery: checks that the mailbox owns the author, holds it against its limits, signs, and puts
/// it into the durable queue. `Ok` means that it is safe there.
pub trait Outgoing: Send + Sync {
    /// Takes one message.
    fn submit(&self, submission: Submission) -> Submitted<'_>;
}
