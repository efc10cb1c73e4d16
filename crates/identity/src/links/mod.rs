//! Links in messages: a token that works once, for a time, for one thing.

pub(crate) mod store;

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;
use crate::secrets::{Secret, tokens};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkKind {
    ConfirmEmail,
    ConfirmNewEmail,
    ResetPassword,
    EnrolStaff,
    StaffAddress,
}

impl LinkKind {
    const fn stored(self) -> &'static str {
        match self {
            LinkKind::ConfirmEmail => "confirm_email",
            LinkKind::ConfirmNewEmail => "confirm_new_email",
            LinkKind::ResetPassword => "reset_password",
            LinkKind::EnrolStaff => "enrol_staff",
            LinkKind::StaffAddress => "staff_address",
        }
    }
}

/// A link that was just made.
#[derive(Clone)]
pub(crate) struct NewLink {
    pub id: Uuid,
    pub token: Secret,
    hash: [u8; 32],
    kind: LinkKind,
    lifetime: Duration,
    /// A sealed address with its look-up hash, for the change of an address.
    pub email: Option<(Vec<u8>, [u8; 32])>,
}

impl NewLink {
    /// Writes the link; earlier ones of the same kind and person stop working. Gives the time it ends.
    pub(crate) fn write(&self, tx: &mut Tx<'_>, principal: Principal) -> Result<Timestamp, SqlError> {
        let expires_at = tx.now().plus(self.lifetime);
        store::delete_unused(tx, principal, self.kind.stored())?;
        store::insert(tx, self, principal, expires_at)?;
        Ok(expires_at)
    }
}

impl Identity {
    pub(crate) fn new_link(&self, kind: LinkKind, lifetime: Duration) -> NewLink {
        let made = tokens::make("");
        NewLink { id: self.new_uuid(), token: made.token, hash: made.hash, kind, lifetime, email: None }
    }

    /// Answers a token that does not work: it counts as a try from that network.
    pub(crate) async fn refuse_link(&self, origin: &Origin) -> IdentityError {
        self.refuse_guess(origin, IdentityError::LinkInvalid).await
    }
}
