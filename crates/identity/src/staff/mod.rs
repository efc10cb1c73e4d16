//! Staff: identities of their own, never customers. They sign in with a login name, a password and a second factor; before
//! all three are set up they can do nothing.
//!
//! The login name is chosen by the operator and is not personal by itself (`support-3` will do); nothing else is stored, but for an address
//! of those who want to be told of tickets by mail and answer them from there.

mod add;
mod address;
mod change;
mod change_password;
mod colleagues;
mod enrol;
mod own_sessions;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_types::{StaffId, Timestamp};
use serde::Serialize;

use crate::access::StaffRole;
use crate::secrets::Secret;

pub(crate) use address::proven;
pub use address::{StaffAddress, colleague_with_email};
pub use own_sessions::StaffSessionView;

/// Where a member of staff stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffStatus {
    /// Has a link to enrol with.
    Invited,
    /// Enrolled.
    Active,
    /// May not sign in.
    Suspended,
}

impl StaffStatus {
    /// Its word, as stored.
    pub const fn word(self) -> &'static str {
        match self {
            StaffStatus::Invited => "invited",
            StaffStatus::Active => "active",
            StaffStatus::Suspended => "suspended",
        }
    }

    fn from_stored(word: &str) -> Self {
        match word {
            "invited" => StaffStatus::Invited,
            "active" => StaffStatus::Active,
            _ => StaffStatus::Suspended,
        }
    }
}

/// A member of staff.
#[derive(Debug, Clone)]
pub struct StaffMember {
    /// Who.
    pub staff: StaffId,
    /// The name they sign in with.
    pub login: String,
    /// The roles.
    pub roles: Vec<StaffRole>,
    /// Where they stand.
    pub status: StaffStatus,
    /// When they were added.
    pub created_at: Timestamp,
}

/// The link with which a member of staff enrols; shown once.
#[derive(Debug)]
pub struct EnrolmentLink {
    /// Who.
    pub staff: StaffId,
    /// The token of the link.
    pub token: Secret,
    /// When it ends.
    pub expires_at: Timestamp,
}
