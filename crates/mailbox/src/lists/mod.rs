//! Distribution lists: mailboxes of the customer, and *guests*, who are elsewhere and say themselves that they want it.
//!
//! A guest is asked by a message of the house with one link, and gets nothing before they joined there. With every copy comes a
//! link of the same kind to leave by (RFC 8058). No secret is stored for these links: they are a keyed hash over the guest's
//! identifier. Who leaves, or does not want to be asked, is remembered as a hash for all lists of the customer, also when
//! the list is gone; only they themselves can change their mind, by the link in the last message.

mod answer;
mod ask;
mod copies;
mod link;
mod manage;
mod show;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod writers;

use std::time::Duration;

use mailkeep_policy::{LookupKind, Place, Sealed, Subject, category};
use mailkeep_types::{AliasId, CustomerId, DomainId, DomainName, EmailAddress, GuestId, Timestamp};

use crate::post_office::PostOffice;

pub use answer::Linked;
pub use ask::{INVITATION, Invitations, Invited, Unasked};
pub use copies::{CopyFate, Joined};
pub use show::{GuestFilter, GuestPage};
pub use writers::{Author, Writers};

/// Guests that a list may have.
pub const MAX_GUESTS: usize = 2_000;
/// How long after the first time somebody who did not answer may be asked once more.
pub const AGAIN_AFTER: Duration = Duration::from_secs(7 * 24 * 3600);
/// After so long without an answer a guest is removed.
pub const UNANSWERED: Duration = Duration::from_secs(30 * 24 * 3600);
/// How often somebody is asked who does not answer.
const MAX_ASKS: i64 = 2;
/// After so many messages in a row that their server refused because there is no such address, a guest is a member no more.
pub const MAX_FAILURES: i64 = 3;

/// How a guest stands to a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GuestState {
    /// Was asked and did not answer.
    Asked,
    /// Said yes.
    Joined,
    /// Said no, or left.
    Left,
    /// Joined, and the address is not there any more.
    Unreachable,
    /// Was asked and taken off before an answer: kept unseen for as long as an answer could come, so that nobody is asked the
    /// more often for it.
    Removed,
}

impl GuestState {
    /// Those that pages show, in their order.
    pub const SHOWN: [GuestState; 4] =
        [GuestState::Joined, GuestState::Asked, GuestState::Left, GuestState::Unreachable];

    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            GuestState::Asked => "asked",
            GuestState::Joined => "joined",
            GuestState::Left => "left",
            GuestState::Unreachable => "unreachable",
            GuestState::Removed => "removed",
        }
    }

    /// Reads the word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::SHOWN.into_iter().chain([GuestState::Removed]).find(|state| state.id() == id)
    }
}

/// A guest; the address stays sealed until somebody has a grant for `list_guests.address` of the customer.
#[derive(Debug, Clone)]
pub struct Guest {
    /// Its identifier.
    pub id: GuestId,
    /// The list.
    pub list: AliasId,
    /// Whose list it is.
    pub customer: CustomerId,
    /// How it stands.
    pub state: GuestState,
    /// When it was last asked.
    pub asked_at: Timestamp,
    /// How often it was asked.
    pub asks: i64,
    /// When it answered, or turned out not to be there.
    pub answered_at: Option<Timestamp>,
    /// Messages in a row that its server refused because there is no such address.
    pub failures: i64,
    address: Sealed<EmailAddress, category::Contact>,
}

impl Guest {
    /// Whether it may be asked again.
    pub fn may_be_asked(&self, now: Timestamp) -> bool {
        match self.state {
            GuestState::Asked | GuestState::Removed => {
                self.asks < MAX_ASKS && now.since(self.asked_at) >= AGAIN_AFTER
            }
            GuestState::Unreachable => true,
            GuestState::Joined | GuestState::Left => false,
        }
    }

    /// Under whose key the address is sealed.
    pub const fn subject(&self) -> Subject {
        Subject::customer(self.customer)
    }
}

/// A distribution list with what it leads to.
#[derive(Debug, Clone)]
pub struct ListSummary {
    /// Its identifier.
    pub id: AliasId,
    /// Its domain.
    pub domain: DomainId,
    /// The name of that.
    pub domain_name: DomainName,
    /// Whose it is.
    pub customer: CustomerId,
    /// When it was made.
    pub created_at: Timestamp,
    /// Mailboxes that get its messages.
    pub mailboxes: u64,
    /// Guests by state.
    pub guests: Vec<(GuestState, u64)>,
    /// Who may write to it.
    pub writers: Writers,
    address: Sealed<EmailAddress, category::Identity>,
}

impl ListSummary {
    /// How many guests are in a state.
    pub fn count(&self, state: GuestState) -> u64 {
        self.guests.iter().find(|(one, _)| *one == state).map_or(0, |(_, count)| *count)
    }
}

pub(crate) const fn guest_place(id: GuestId) -> Place {
    Place { table: "list_guests", column: "address", row: id.uuid() }
}

impl PostOffice {
    /// By what a guest is found again in the lists of a customer.
    fn guest_hash(&self, customer: CustomerId, address: &EmailAddress) -> [u8; 32] {
        let text = format!("guest of {customer}: {}", address.canonical());
        self.policy().lookup_hash(LookupKind::Email, &text)
    }
}
