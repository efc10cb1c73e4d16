//! A signed-in person changes the password.

use crate::access::Access;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::messages::{self, To};
use crate::origin::Origin;
use crate::principal::Principal;
use crate::secrets::{Secret, strength};
use crate::security_events::SecurityEventKind;
use crate::{credentials, sessions};

impl Identity {
    /// Changes the password; the present one is asked for. All other sessions end.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for `current_password` or `password`; [`IdentityError::Locked`] after wrong tries.
    pub async fn change_password(
        &self,
        access: &Access,
        current: Secret,
        password: Secret,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let person = access.person_in_browser()?;
        let (principal, session) = (Principal::Person(person.person), person.session);
        strength::check(&password, &[&self.config().issuer], "password", &self.config().password)?;
        match self.confirm_password(access, current, origin).await {
            Err(IdentityError::WrongCredentials) => {
                let sentence = "This is not your present password.";
                return Err(IdentityError::field("current_password", "password_wrong", sentence));
            }
            other => other?,
        }
        let sealed = self.seal_password(principal, password).await?;
        let (this, at, key) = (self.clone(), origin.clone(), self.new_uuid());
        self.write_access(move |tx| {
            credentials::store::set_password(tx, principal, &sealed)?;
            sessions::store::delete_all(tx, principal, Some(session))?;
            this.record(tx, principal, SecurityEventKind::PasswordChanged, Some(&at))?;
            messages::password_changed(this.policy(), tx, &To::on_file(principal.subject()), key)?;
            Ok(())
        })
        .await
    }
}
