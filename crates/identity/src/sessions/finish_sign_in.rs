//! The second step of a sign-in: a code of the authenticator app, or a recovery code.

use uuid::Uuid;

use super::{NewSession, store};
use crate::credentials;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::limits::{self, Admission, Limit};
use crate::messages::{self, To};
use crate::origin::Origin;
use crate::principal::Principal;
use crate::second_factors::recovery_hash;
use crate::secrets::{Secret, codes, tokens};
use crate::security_events::SecurityEventKind;

enum Begun {
    Ended,
    Locked(mailkeep_types::Timestamp),
    Waiting { attempt: Uuid, principal: Principal, secret: Option<Vec<u8>> },
}

/// What is spent by the sign-in, so that it cannot be used again.
#[derive(Clone, Copy)]
enum Spent {
    Step(i64),
    Recovery([u8; 32]),
}

impl Identity {
    /// Finishes a sign-in with a code; works for persons and for staff.
    ///
    /// # Errors
    /// [`IdentityError::WrongCode`], also for a code that was used; [`IdentityError::Locked`];
    /// [`IdentityError::SignInNeeded`] when the first step is too long ago.
    pub async fn finish_sign_in(
        &self,
        pending: &str,
        code: Secret,
        origin: &Origin,
    ) -> Result<NewSession, IdentityError> {
        let (this, hash, network) = (self.clone(), tokens::hash(pending), self.limit_of_network(origin));
        let begun = self
            .db()
            .write(move |tx| -> Result<Begun, IdentityError> {
                let Some((attempt, principal)) = store::find_pending(tx, &hash)? else {
                    return Ok(Begun::Ended);
                };
                let codes = this.limit_of_codes(principal);
                if let Admission::Locked { until } =
                    limits::admit(tx, &[codes, network], &this.config().limits)?
                {
                    return Ok(Begun::Locked(until));
                }
                let secret = credentials::store::load(tx, principal)?.totp_secret;
                Ok(Begun::Waiting { attempt, principal, secret })
            })
            .await?;
        let (attempt, principal, secret) = match begun {
            Begun::Ended => return Err(IdentityError::SignInNeeded),
            Begun::Locked(until) => return Err(IdentityError::locked(until, self.now())),
            Begun::Waiting { attempt, principal, secret } => (attempt, principal, secret),
        };
        let spent = match (codes::normalise(code.expose()), secret) {
            (Some(recovery), _) => Some(Spent::Recovery(recovery_hash(self.policy(), principal, &recovery))),
            (None, Some(secret)) => {
                self.code_step(principal, attempt, "totp_secret", secret, &code).await?.map(Spent::Step)
            }
            (None, None) => None,
        };
        let session = match spent {
            Some(spent) => self.spend(principal, attempt, spent, network, origin).await?,
            None => None,
        };
        match session {
            Some(session) => Ok(session),
            None => {
                self.fail_attempt(principal, attempt, SecurityEventKind::WrongCode, origin).await?;
                Err(IdentityError::WrongCode)
            }
        }
    }

    /// Spends the code and starts the session in one transaction; `None` when the code was spent before.
    async fn spend(
        &self,
        principal: Principal,
        attempt: Uuid,
        spent: Spent,
        network: Limit,
        origin: &Origin,
    ) -> Result<Option<NewSession>, IdentityError> {
        let (this, at, whose) = (self.clone(), origin.clone(), self.limit_of_codes(principal));
        self.db()
            .write(move |tx| -> Result<Option<NewSession>, IdentityError> {
                let fresh = match spent {
                    Spent::Step(step) => credentials::store::use_step(tx, principal, step)?,
                    Spent::Recovery(hash) => credentials::store::use_code(tx, principal, &hash)?,
                };
                if !fresh {
                    return Ok(None);
                }
                // Two requests with two good codes: one attempt makes one session.
                if !store::finish_attempt(tx, attempt, "done")? {
                    return Err(IdentityError::SignInNeeded);
                }
                limits::forgive(tx, whose, network)?;
                if matches!(spent, Spent::Recovery(_)) {
                    this.record(tx, principal, SecurityEventKind::RecoveryCodeUsed, Some(&at))?;
                    if let Principal::Person(_) = principal {
                        let (to, key) = (To::on_file(principal.subject()), this.new_uuid());
                        messages::second_factor_changed(this.policy(), tx, &to, key, "recovery_used")?;
                    }
                }
                this.start_session(tx, principal, true, &at).map(Some)
            })
            .await
    }
}
