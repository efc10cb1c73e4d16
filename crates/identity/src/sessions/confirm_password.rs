//! The password once more, before a sensitive act.

use super::store;
use crate::access::Access;
use crate::credentials;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::limits::{self, Admission};
use crate::origin::Origin;
use crate::principal::Principal;
use crate::secrets::Secret;
use crate::security_events::SecurityEventKind;
use crate::sessions::ATTEMPT;

impl Identity {
    /// Whether the password was given recently enough for a sensitive act.
    ///
    /// # Errors
    /// [`IdentityError::PasswordNeeded`]; [`IdentityError::SignInNeeded`] for visitors.
    pub fn require_recent_password(&self, access: &Access) -> Result<(), IdentityError> {
        let (at, config) = match access {
            Access::Person(_) => (access.person_in_browser()?.authenticated_at, &self.config().session),
            Access::Staff(staff) => (staff.authenticated_at, &self.config().staff_session),
            Access::Visitor => return Err(IdentityError::SignInNeeded),
        };
        let recent = self.now().since(at) < config.recent_password();
        if recent { Ok(()) } else { Err(IdentityError::PasswordNeeded) }
    }

    /// Checks the password of whoever is signed in; sensitive acts are open for a while after.
    ///
    /// # Errors
    /// [`IdentityError::WrongCredentials`], [`IdentityError::Locked`].
    pub async fn confirm_password(
        &self,
        access: &Access,
        password: Secret,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let (principal, session) = match access {
            Access::Person(_) => {
                let person = access.person_in_browser()?;
                (Principal::Person(person.person), person.session)
            }
            Access::Staff(staff) => (Principal::Staff(staff.staff), staff.session),
            Access::Visitor => return Err(IdentityError::SignInNeeded),
        };
        if password.expose().len() > 1024 {
            return Err(IdentityError::WrongCredentials);
        }
        let (whose, network, attempt) =
            (self.limit_of(principal), self.limit_of_network(origin), self.new_uuid());
        let this = self.clone();
        let begun = self
            .db()
            .write(move |tx| -> Result<_, IdentityError> {
                if let Admission::Locked { until } =
                    limits::admit(tx, &[whose, network], &this.config().limits)?
                {
                    return Ok(Err(until));
                }
                store::insert_attempt(tx, attempt, principal, tx.now().plus(ATTEMPT))?;
                Ok(Ok(credentials::store::load(tx, principal)?.password))
            })
            .await?;
        let stored = begun.map_err(|until| IdentityError::locked(until, self.now()))?;
        if !self.password_is_right(principal, attempt, stored, password).await? {
            self.fail_attempt(principal, attempt, SecurityEventKind::WrongPassword, origin).await?;
            return Err(IdentityError::WrongCredentials);
        }
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                limits::forgive(tx, whose, network)?;
                store::finish_attempt(tx, attempt, "done")?;
                Ok(store::set_authenticated(tx, session)?)
            })
            .await
    }
}
