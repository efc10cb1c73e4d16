//! Whether a mailbox may send a message: the place where the outbound guard hooks in.

use std::net::IpAddr;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use mailkeep_protocols::smtp::Reply;
use mailkeep_types::{EmailAddress, MailboxId, Timestamp};

use crate::house::House;

/// A recipient of a message about to be sent.
#[derive(Debug, Clone, Copy)]
pub struct SubmittedTo<'a> {
    /// The address, here or elsewhere.
    pub address: &'a EmailAddress,
    /// The members when it is a list of ours, else 1.
    pub members: usize,
    /// It is a department of the provider.
    pub department: bool,
}

/// A message about to be sent.
#[derive(Debug)]
pub struct Submission<'a> {
    /// Whose it is.
    pub mailbox: MailboxId,
    /// From where it is handed in.
    pub from: IpAddr,
    /// When its owner signed in, or was last asked for.
    pub signed_in_at: Timestamp,
    /// The envelope's sender.
    pub sender: Option<&'a EmailAddress>,
    /// Those in From.
    pub authors: &'a [EmailAddress],
    /// The recipients in the order in which they were named.
    pub recipients: &'a [SubmittedTo<'a>],
    /// The message as it will go out.
    pub content: &'a Bytes,
}

/// Why a message does not simply go out, for pages that say it in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The rule.
    pub code: &'static str,
    /// What was counted.
    pub value: u64,
    /// What the rule allows.
    pub limit: u64,
    /// The same as a sentence.
    pub sentence: String,
    /// Under which number the rule knows the message.
    pub number: Option<i64>,
    /// How likely the message is unwanted, in thousandths, where something is known.
    pub score: Option<u16>,
}

/// What to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmissionVerdict {
    /// Send it.
    Allow,
    /// Accept it, but not as it was wanted.
    AllowInPart {
        /// The first so many recipients are served, and the sender is told of the others.
        first: Option<(usize, Why)>,
        /// It waits until somebody decides.
        held: Option<Why>,
    },
    /// Refuse it; the reply says what to do.
    Refuse(Reply, Option<Why>),
}

/// Decides on each message before it is stored.
pub trait SubmissionPolicy: Send + Sync + 'static {
    /// The verdict.
    fn check<'a>(&'a self, submission: &'a Submission<'a>) -> BoxFuture<'a, SubmissionVerdict>;
}

/// Keeps to the mailbox's limits: recipients per message and per day, and no sending while a block stands.
#[derive(Debug, Clone)]
pub struct WithinLimits<H>(pub H);

impl<H: House> SubmissionPolicy for WithinLimits<H> {
    fn check<'a>(&'a self, submission: &'a Submission<'a>) -> BoxFuture<'a, SubmissionVerdict> {
        Box::pin(async move {
            match self.0.check_sending(submission.mailbox, submission.recipients.len()).await {
                Ok(()) => SubmissionVerdict::Allow,
                Err(error) => SubmissionVerdict::Refuse(error.into_reply(), None),
            }
        })
    }
}
