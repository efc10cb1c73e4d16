//! The second factor: an authenticator app with time-based codes, and recovery codes for the day it is lost.

mod enrol;
mod recovery;
mod remove;
#[cfg(test)]
mod tests;

use mailkeep_policy::{LookupKind, Policy};
use mailkeep_types::Timestamp;

use crate::access::Access;
use crate::credentials;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::principal::Principal;
use crate::secrets::Secret;

/// What an authenticator app is set up with. Shown once.
#[derive(Debug, Clone)]
pub struct SecondFactorOffer {
    /// The `otpauth` URI, for a QR code.
    pub uri: Secret,
    /// The secret in base32, for typing.
    pub secret: Secret,
}

/// Where a person stands with the second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondFactorState {
    /// Since when it is in force; `None` when there is none.
    pub since: Option<Timestamp>,
    /// How many recovery codes are left.
    pub recovery_codes_left: u32,
}

impl Identity {
    /// Whether the person has a second factor, and how many recovery codes are left.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub async fn second_factor_state(&self, access: &Access) -> Result<SecondFactorState, IdentityError> {
        let principal = Principal::Person(access.person_in_browser()?.person);
        self.db()
            .read(move |tx| {
                let since = credentials::store::load(tx, principal)?.totp_since;
                let left = credentials::store::codes_left(tx, principal)?;
                Ok(SecondFactorState { since, recovery_codes_left: u32::try_from(left).unwrap_or(0) })
            })
            .await
    }
}

/// What is stored of a recovery code: a keyed hash, bound to whom it is for.
pub(crate) fn recovery_hash(policy: &Policy, principal: Principal, normalised: &str) -> [u8; 32] {
    let text = format!("recovery/{}/{}/{normalised}", principal.kind(), principal.uuid());
    policy.lookup_hash(LookupKind::Other, &text)
}
