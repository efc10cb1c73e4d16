//! A person removes the second factor. Staff cannot: theirs is replaced by enrolling again.

use crate::access::Access;
use crate::credentials;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::messages::{self, To};
use crate::origin::Origin;
use crate::principal::Principal;
use crate::security_events::SecurityEventKind;

impl Identity {
    /// Removes the second factor and its recovery codes. Asks for a recent password.
    ///
    /// # Errors
    /// [`IdentityError::PasswordNeeded`]; [`IdentityError::NoSecondFactor`] when there is none.
    pub async fn remove_second_factor(&self, access: &Access, origin: &Origin) -> Result<(), IdentityError> {
        let me = access.person_in_browser()?;
        self.require_recent_password(access)?;
        let principal = Principal::Person(me.person);
        let (this, at, key) = (self.clone(), origin.clone(), self.new_uuid());
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                if !credentials::store::remove_totp(tx, principal)? {
                    return Err(IdentityError::NoSecondFactor);
                }
                this.record(tx, principal, SecurityEventKind::SecondFactorRemoved, Some(&at))?;
                messages::second_factor_changed(
                    this.policy(),
                    tx,
                    &To::on_file(principal.subject()),
                    key,
                    "removed",
                )?;
                Ok(())
            })
            .await
    }
}
