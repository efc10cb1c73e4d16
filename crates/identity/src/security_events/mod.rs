//! What happened to a person's or a staff member's access: written with the act, read by the person.

mod list;
pub(crate) mod store;

use mailkeep_policy::{Personal, Shown, category};
use mailkeep_storage::sql::Tx;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $word:literal,)*) => {
        /// What happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        pub enum SecurityEventKind { $($(#[$doc])* #[serde(rename = $word)] $variant,)* }

        impl SecurityEventKind {
            /// Every kind.
            pub const ALL: &'static [SecurityEventKind] = &[$(SecurityEventKind::$variant,)*];

            /// Its word, as stored and as texts are named after it.
            pub const fn word(self) -> &'static str {
                match self { $(SecurityEventKind::$variant => $word,)* }
            }

            fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(SecurityEventKind::$variant),)* _ => None }
            }
        }
    };
}

kinds! {
    /// The person registered.
    Registered = "registered",
    /// The address was confirmed.
    EmailConfirmed = "email_confirmed",
    /// Signed in.
    SignedIn = "signed_in",
    /// A wrong password was given.
    WrongPassword = "wrong_password",
    /// A wrong code was given after the right password.
    WrongCode = "wrong_code",
    /// A recovery code was used.
    RecoveryCodeUsed = "recovery_code_used",
    /// A link to set a new password was asked for.
    ResetAsked = "reset_asked",
    /// The password was changed.
    PasswordChanged = "password_changed",
    /// A change of the address was asked for.
    EmailChangeAsked = "email_change_asked",
    /// The address was changed.
    EmailChanged = "email_changed",
    /// The profile was changed.
    ProfileChanged = "profile_changed",
    /// A second factor was set up.
    SecondFactorAdded = "second_factor_added",
    /// The second factor was removed.
    SecondFactorRemoved = "second_factor_removed",
    /// New recovery codes were made.
    RecoveryCodesReplaced = "recovery_codes_replaced",
    /// A session was ended from another one.
    SessionRevoked = "session_revoked",
    /// An API token was made.
    ApiTokenIssued = "api_token_issued",
    /// An API token was revoked.
    ApiTokenRevoked = "api_token_revoked",
    /// A contact was invited.
    ContactInvited = "contact_invited",
    /// The person became a contact of a customer.
    ContactJoined = "contact_joined",
    /// A contact's roles were changed, or the contact was removed.
    ContactChanged = "contact_changed",
    /// Staff: enrolled.
    Enrolled = "enrolled",
    /// Staff: the roles or the state were changed.
    StaffChanged = "staff_changed",
}

/// What happened, as the person reads it.
#[derive(Debug, Clone)]
pub struct SecurityEvent {
    /// What.
    pub kind: SecurityEventKind,
    /// From which network address, if it was at a request.
    pub network: Option<Shown<String>>,
    /// With which device.
    pub device: Option<Shown<String>>,
    /// When.
    pub at: Timestamp,
}

impl Identity {
    /// Writes an event in the caller's transaction.
    pub(crate) fn record(
        &self,
        tx: &mut Tx<'_>,
        principal: Principal,
        kind: SecurityEventKind,
        origin: Option<&Origin>,
    ) -> Result<(), IdentityError> {
        let id = self.new_uuid();
        let (mut network, mut device) = (None, None);
        if let Some(origin) = origin {
            let seal = |column, text: String| {
                let value: Personal<String, category::Network> = Personal::new(text);
                self.policy().seal(principal.subject(), fields::security_event(column, id), &value)
            };
            network = Some(seal("network", origin.network().to_string())?.into_bytes());
            device = Some(seal("device", origin.device().to_owned())?.into_bytes());
        }
        store::insert(tx, id, principal, kind, network.as_deref(), device.as_deref())?;
        Ok(())
    }
}
