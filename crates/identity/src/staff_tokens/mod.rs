//! Tokens of staff: a member of staff's keys for programs of the house, such as the one that reads the bank's statements. A token does
//! what its maker may do, and of that only what it was made for; a role that is taken away is taken from it at once. Only a hash is
//! stored; it can be revoked and ends by itself.

mod authenticate;
mod issue;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use issue::NewStaffToken;
use mailkeep_types::{ApiTokenId, Timestamp};

use crate::access::{Access, StaffPermission};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;
use crate::security_events::SecurityEventKind;

/// How every token begins, so that it is recognised where it should not be.
pub const PREFIX: &str = "mks_";

/// For how many days one lives at most.
pub const LONGEST_DAYS: u32 = 365;

/// What a token can be made for: what the HTTP API has operations for.
pub const GRANTABLE: [StaffPermission; 4] =
    [StaffPermission::Billing, StaffPermission::Orders, StaffPermission::Reports, StaffPermission::Catalogue];

/// A token as its owner sees it.
#[derive(Debug, Clone)]
pub struct StaffTokenView {
    /// Its identifier.
    pub id: ApiTokenId,
    /// What it is for, in its owner's words.
    pub title: String,
    /// What it was made for.
    pub permissions: Vec<StaffPermission>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

impl Identity {
    /// The living tokens of the member of staff who asks, newest first.
    ///
    /// # Errors
    /// When nobody of staff is signed in.
    pub async fn list_staff_tokens(&self, access: &Access) -> Result<Vec<StaffTokenView>, IdentityError> {
        let staff = access.staff_in_browser()?.staff;
        Ok(self.db().read(move |tx| store::list(tx, staff)).await?)
    }

    /// Ends a token of the member of staff who asks at once.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`] for a token that is not theirs.
    pub async fn revoke_staff_token(
        &self,
        access: &Access,
        id: ApiTokenId,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let staff = access.staff_in_browser()?.staff;
        let (this, at) = (self.clone(), origin.clone());
        self.db()
            .write(move |tx| {
                if !store::delete(tx, staff, id)? {
                    return Err(IdentityError::NotFound);
                }
                this.record(tx, Principal::Staff(staff), SecurityEventKind::ApiTokenRevoked, Some(&at))
            })
            .await
    }
}
