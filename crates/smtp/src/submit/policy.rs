//! Whether a mailbox may send a message: the place where the outbound guard hooks in.

use futures_util::future::BoxFuture;
use mailkeep_protocols::smtp::Reply;
use mailkeep_types::{EmailAddress, MailboxId};

use crate::house::House;

/// A message about to be sent.
#[derive(Debug)]
pub struct Submission<'a> {
    /// Whose it is.
    pub mailbox: MailboxId,
    /// The envelope's sender.
    pub sender: Option<&'a EmailAddress>,
    /// The recipients, here and elsewhere.
    pub recipients: &'a [&'a EmailAddress],
    /// The message as it will go out.
    pub content: &'a [u8],
}

/// What to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmissionVerdict {
    /// Send it.
    Allow,
    /// Refuse it; the reply says what to do.
    Refuse(Reply),
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
                Err(error) => SubmissionVerdict::Refuse(error.into_reply()),
            }
        })
    }
}
