//! Which mail waits although it is due: the place where the outbound guard stops what stands in the queue already.

use futures_util::future::BoxFuture;
use mailkeep_protocols::smtp::Reply;
use mailkeep_types::{DomainName, EmailAddress, MailboxId, Timestamp};

/// A message about to leave for one domain.
#[derive(Debug, Clone, Copy)]
pub struct Leaving<'a> {
    /// Whose it is; `None` for mail of the house and copies of lists.
    pub mailbox: Option<MailboxId>,
    /// It is a copy for a guest of a list, in whose domain its sender is.
    pub of_list: bool,
    /// The envelope's sender; `None` for reports.
    pub sender: Option<&'a EmailAddress>,
    /// Where it goes.
    pub to: &'a DomainName,
}

/// Why a message waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBackBy {
    /// Nothing goes out from its sender.
    Sender,
    /// Nothing goes to its destination.
    Destination,
    /// Its destination lately refused what this customer sent.
    Refusals,
    /// Its destination gets so many in a minute, and others were before it.
    Line,
}

/// That a message waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldBack {
    /// Why.
    pub by: HeldBackBy,
    /// Until when; `None` where somebody has to lift it.
    pub until: Option<Timestamp>,
}

impl HeldBack {
    /// It waits for its turn at its destination.
    pub(crate) fn in_line(until: Timestamp) -> Self {
        HeldBack { by: HeldBackBy::Line, until: Some(until) }
    }

    /// What its sender reads when it is late, and the last answer in the queue.
    pub(crate) fn reply(self) -> Reply {
        let words = match self.by {
            HeldBackBy::Sender => {
                "Sending from this mailbox is stopped, so the message waits; the Customer Center says why and what to do"
            }
            HeldBackBy::Destination => {
                "Mail to this domain is stopped for the time being, so the message waits"
            }
            HeldBackBy::Refusals => {
                "The recipient's server refused several of your messages, so it is left alone for some time and this one waits"
            }
            HeldBackBy::Line => {
                "The recipient's servers are sent so many messages in a minute, and this one waits for its turn"
            }
        };
        Reply::of(450, (4, 7, 1), words)
    }
}

/// Decides on each message when it is due, and hears which were refused.
pub trait Departures: Send + Sync + 'static {
    /// Why a message waits, if it does; the error is for the operator's log, and the message is tried later.
    fn held_back<'a>(&'a self, leaving: Leaving<'a>) -> BoxFuture<'a, Result<Option<HeldBack>, String>>;

    /// The destination refused a message for a policy, a bad name or spam.
    fn refused<'a>(&'a self, leaving: Leaving<'a>) -> BoxFuture<'a, ()>;
}

/// Everything leaves when it is due.
#[derive(Debug, Clone, Copy)]
pub struct Unhindered;

impl Departures for Unhindered {
    fn held_back<'a>(&'a self, _: Leaving<'a>) -> BoxFuture<'a, Result<Option<HeldBack>, String>> {
        Box::pin(async { Ok(None) })
    }

    fn refused<'a>(&'a self, _: Leaving<'a>) -> BoxFuture<'a, ()> {
        Box::pin(async {})
    }
}
