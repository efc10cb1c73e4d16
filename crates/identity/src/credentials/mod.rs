//! Password checks and second factors as they are stored, the same for persons and staff, and how they are opened: by
//! the program itself, under a recorded attempt to sign in, for the purpose *protect*.

pub(crate) mod store;

use mailkeep_policy::{Act, Actor, Fact, Grant, Personal, Sealed, Use, category, purpose};
use mailkeep_types::new_uuid;
use uuid::Uuid;

use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::principal::Principal;
use crate::secrets::{Secret, totp};

const CHECKER: Actor = Actor::System("sign-in check");

impl Identity {
    async fn credential_grant(
        &self,
        principal: Principal,
        attempt: Uuid,
        field: &str,
    ) -> Result<Grant<purpose::Protect>, IdentityError> {
        let asked = Use {
            actor: CHECKER,
            subject: principal.subject(),
            act: Act::Read,
            fields: &[field],
            fact: Fact::SignIn(attempt),
        };
        Ok(self.policy().grant::<purpose::Protect>(asked).await?)
    }

    /// Compares a password with the stored check; takes the same time when there is none.
    pub(crate) async fn password_is_right(
        &self,
        principal: Principal,
        attempt: Uuid,
        stored: Option<Vec<u8>>,
        password: Secret,
    ) -> Result<bool, IdentityError> {
        let Some(stored) = stored else {
            self.hasher().check_nobody(password).await?;
            return Ok(false);
        };
        let grant = self.credential_grant(principal, attempt, "credentials.password").await?;
        let policy = self.policy().clone();
        let sealed: Sealed<String, category::Credential> = Sealed::from_bytes(stored.clone());
        let typed = password.clone();
        let (right, current) = self
            .hasher()
            .run(move |computer| {
                let place = fields::credential("password", principal);
                policy.open(&grant, place, &sealed, |hash| {
                    (computer.verify(&typed, hash), computer.is_current(hash))
                })
            })
            .await??;
        if right && !current {
            self.renew_password_check(principal, stored, password).await?;
        }
        Ok(right)
    }

    /// Computes the check anew after the operator changed the parameters: the one moment the password is at hand.
    async fn renew_password_check(
        &self,
        principal: Principal,
        stored: Vec<u8>,
        password: Secret,
    ) -> Result<(), IdentityError> {
        let renewed = self.seal_password(principal, password).await?;
        Ok(self.db().write(move |tx| store::renew_password(tx, principal, &stored, &renewed)).await?)
    }

    /// The time step of a code if it is right for the stored secret in `column`.
    pub(crate) async fn code_step(
        &self,
        principal: Principal,
        attempt: Uuid,
        column: &'static str,
        stored: Vec<u8>,
        code: &Secret,
    ) -> Result<Option<i64>, IdentityError> {
        let grant = self.credential_grant(principal, attempt, &format!("credentials.{column}")).await?;
        let sealed: Sealed<Vec<u8>, category::Credential> = Sealed::from_bytes(stored);
        let (place, now) = (fields::credential(column, principal), self.now());
        Ok(self.policy().open(&grant, place, &sealed, |secret| totp::step_of(secret, code.expose(), now))?)
    }

    /// Seals a new password check.
    pub(crate) async fn seal_password(
        &self,
        principal: Principal,
        password: Secret,
    ) -> Result<Vec<u8>, IdentityError> {
        let hash = self.hasher().hash(password).await?;
        let value: Personal<String, category::Credential> = Personal::new(hash);
        let place = fields::credential("password", principal);
        Ok(self.policy().seal(principal.subject(), place, &value)?.into_bytes())
    }

    /// Seals a new secret of an authenticator app.
    pub(crate) fn seal_totp(
        &self,
        column: &'static str,
        principal: Principal,
        secret: Vec<u8>,
    ) -> Result<Vec<u8>, IdentityError> {
        let value: Personal<Vec<u8>, category::Credential> = Personal::new(secret);
        let place = fields::credential(column, principal);
        Ok(self.policy().seal(principal.subject(), place, &value)?.into_bytes())
    }

    pub(crate) fn new_uuid(&self) -> Uuid {
        new_uuid(&**self.clock())
    }
}
