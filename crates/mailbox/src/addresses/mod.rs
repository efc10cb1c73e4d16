//! Addresses we answer for besides those of mailboxes: aliases and distribution lists. Both are free, and both are also
//! good in the alias domains of their domain, without rows of their own.

mod add;
mod list;
mod remove;
pub(crate) mod store;

pub(crate) use add::MAX_MEMBERS;
pub use add::NewList;
pub use list::AliasSummary;

/// What an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressKind {
    /// A mailbox's own address.
    Mailbox,
    /// Another address of a mailbox.
    Alias,
    /// Several members.
    List,
}

impl AddressKind {
    /// The name in the database.
    pub const fn id(self) -> &'static str {
        match self {
            AddressKind::Mailbox => "mailbox",
            AddressKind::Alias => "alias",
            AddressKind::List => "list",
        }
    }

    /// Reads the name.
    pub fn from_id(id: &str) -> Option<Self> {
        [AddressKind::Mailbox, AddressKind::Alias, AddressKind::List].into_iter().find(|kind| kind.id() == id)
    }
}
