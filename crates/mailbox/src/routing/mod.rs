//! Where mail for an address goes.
//!
//! The address is looked up under the domain's own name or, in an alias domain, under the name that it repeats; then
//! comes the part before a `+`, then the catch-all. Answers are cached and dropped on every node when an address, a
//! domain or a mailbox changes.

mod cache;
mod resolve;

#[cfg(test)]
mod tests;

pub(crate) use cache::RouteCache;

use mailkeep_types::{AliasId, DomainId, MailboxId};

use crate::lists::Writers;
use crate::mailboxes::MailboxState;

/// Where mail for an address goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Into a mailbox.
    Local {
        /// The mailbox.
        mailbox: MailboxId,
        /// The domain of the mailbox.
        domain: DomainId,
        /// What stands after the `+` of the address.
        detail: Option<String>,
        /// Only the catch-all of the domain takes it.
        by_catch_all: bool,
    },
    /// To the members of a distribution list.
    List {
        /// The list.
        list: AliasId,
        /// The domain of the list.
        domain: DomainId,
        /// Mailboxes of ours.
        members: Vec<MailboxId>,
        /// How many are elsewhere and joined; [`crate::PostOffice::joined_guests`] tells their addresses.
        guests: usize,
        /// Who may write to it.
        writers: Writers,
        /// What stands after the `+` of the address.
        detail: Option<String>,
    },
    /// The mailbox exists and takes no mail in its state; [`MailboxState::defers_mail`] says whether to try later.
    Unavailable {
        /// The mailbox.
        mailbox: MailboxId,
        /// Its state.
        state: MailboxState,
    },
    /// The domain is ours, the address is nobody's.
    Unknown {
        /// The domain.
        domain: DomainId,
    },
    /// The domain is suspended.
    Suspended {
        /// The domain.
        domain: DomainId,
    },
    /// We have no such domain, or it is not proven.
    NotOurs,
}
