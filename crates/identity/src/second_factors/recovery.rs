//! A person makes new recovery codes.

use crate::access::Access;
use crate::credentials;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::messages::{self, To};
use crate::origin::Origin;
use crate::principal::Principal;
use crate::secrets::Secret;
use crate::security_events::SecurityEventKind;

impl Identity {
    /// Makes a new set of recovery codes; the old ones stop working. Asks for a recent password.
    ///
    /// # Errors
    /// [`IdentityError::PasswordNeeded`]; [`IdentityError::NoSecondFactor`] when there is none to recover.
    pub async fn replace_recovery_codes(
        &self,
        access: &Access,
        origin: &Origin,
    ) -> Result<Vec<Secret>, IdentityError> {
        let me = access.person_in_browser()?;
        self.require_recent_password(access)?;
        let principal = Principal::Person(me.person);
        let (this, at, key) = (self.clone(), origin.clone(), self.new_uuid());
        self.db()
            .write(move |tx| -> Result<Vec<Secret>, IdentityError> {
                if credentials::store::load(tx, principal)?.totp_since.is_none() {
                    return Err(IdentityError::NoSecondFactor);
                }
                let codes = this.write_codes(tx, principal)?;
                this.record(tx, principal, SecurityEventKind::RecoveryCodesReplaced, Some(&at))?;
                let to = To::on_file(principal.subject());
                messages::second_factor_changed(this.policy(), tx, &to, key, "recovery_codes")?;
                Ok(codes)
            })
            .await
    }
}
