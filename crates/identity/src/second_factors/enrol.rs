//! A person sets up an authenticator app: it is shown a secret, and proves that it has it before it counts.

use mailkeep_policy::{Act, Actor, Fact, Sealed, Use, category, purpose};

use super::{SecondFactorOffer, recovery_hash};
use crate::access::Access;
use crate::credentials;
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::limits::{self, Admission};
use crate::messages::{self, To};
use crate::origin::Origin;
use crate::principal::Principal;
use crate::secrets::{Secret, codes, totp};
use crate::security_events::SecurityEventKind;
use crate::sessions;
use crate::sessions::ATTEMPT;

impl Identity {
    /// Offers a new secret; one that was offered before and not confirmed is dropped. Asks for a recent password.
    ///
    /// # Errors
    /// [`IdentityError::PasswordNeeded`].
    pub async fn offer_second_factor(&self, access: &Access) -> Result<SecondFactorOffer, IdentityError> {
        let me = access.person_in_browser()?;
        self.require_recent_password(access)?;
        self.offer_totp(Principal::Person(me.person), &me.registration_id.to_string()).await
    }

    pub(crate) async fn offer_totp(
        &self,
        principal: Principal,
        holder: &str,
    ) -> Result<SecondFactorOffer, IdentityError> {
        let secret = totp::make_secret();
        let (uri, base32) = totp::describe(&secret, &self.config().issuer, holder)?;
        let sealed = self.seal_totp("totp_pending", principal, secret)?;
        self.db().write(move |tx| credentials::store::set_pending_totp(tx, principal, &sealed)).await?;
        Ok(SecondFactorOffer { uri, secret: base32 })
    }

    /// Puts the offered secret in force when `code` shows that the app has it. Gives the recovery codes, once.
    ///
    /// # Errors
    /// [`IdentityError::WrongCode`], [`IdentityError::NoSecondFactor`] when none was offered, [`IdentityError::Locked`].
    pub async fn confirm_second_factor(
        &self,
        access: &Access,
        code: Secret,
        origin: &Origin,
    ) -> Result<Vec<Secret>, IdentityError> {
        let me = access.person_in_browser()?;
        self.require_recent_password(access)?;
        let (principal, session) = (Principal::Person(me.person), me.session);
        let confirmed = self.check_offered(principal, &code, origin).await?;
        let (this, at, key) = (self.clone(), origin.clone(), self.new_uuid());
        self.db()
            .write(move |tx| -> Result<Vec<Secret>, IdentityError> {
                let codes = confirmed.write(&this, tx)?;
                sessions::store::set_second_factor(tx, session)?;
                this.record(tx, principal, SecurityEventKind::SecondFactorAdded, Some(&at))?;
                messages::second_factor_changed(
                    this.policy(),
                    tx,
                    &To::on_file(principal.subject()),
                    key,
                    "added",
                )?;
                Ok(codes)
            })
            .await
    }

    /// Checks a code against the offered secret and seals the secret for its lasting place.
    pub(crate) async fn check_offered(
        &self,
        principal: Principal,
        code: &Secret,
        origin: &Origin,
    ) -> Result<Confirmed, IdentityError> {
        let (this, attempt) = (self.clone(), self.new_uuid());
        let (whose, network) = (self.limit_of_codes(principal), self.limit_of_network(origin));
        let begun = self
            .db()
            .write(move |tx| -> Result<_, IdentityError> {
                if let Admission::Locked { until } =
                    limits::admit(tx, &[whose, network], &this.config().limits)?
                {
                    return Ok(Err(until));
                }
                sessions::store::insert_attempt(tx, attempt, principal, tx.now().plus(ATTEMPT))?;
                Ok(Ok(credentials::store::load(tx, principal)?.totp_pending))
            })
            .await?;
        let offered = begun.map_err(|until| IdentityError::locked(until, self.now()))?;
        let pending = offered.ok_or(IdentityError::NoSecondFactor)?;
        let Some(step) = self.code_step(principal, attempt, "totp_pending", pending.clone(), code).await?
        else {
            self.fail_attempt(principal, attempt, SecurityEventKind::WrongCode, origin).await?;
            return Err(IdentityError::WrongCode);
        };
        let asked = Use {
            actor: Actor::System("sign-in check"),
            subject: principal.subject(),
            act: Act::Change,
            fields: &["credentials.totp_pending", "credentials.totp_secret"],
            fact: Fact::SignIn(attempt),
        };
        let grant = self.policy().grant::<purpose::Protect>(asked).await?;
        let sealed: Sealed<Vec<u8>, category::Credential> = Sealed::from_bytes(pending.clone());
        let place = fields::credential("totp_pending", principal);
        let secret = self.policy().show(&grant, place, &sealed)?;
        let secret = secret.personal::<category::Credential>().ok_or(IdentityError::NoSecondFactor)?;
        let place = fields::credential("totp_secret", principal);
        let secret = self.policy().seal(principal.subject(), place, &secret)?.into_bytes();
        Ok(Confirmed { principal, attempt, pending, secret, step, whose, network })
    }
}

/// A secret whose code was right, ready to be put in force.
pub(crate) struct Confirmed {
    principal: Principal,
    attempt: uuid::Uuid,
    pending: Vec<u8>,
    secret: Vec<u8>,
    step: i64,
    whose: limits::Limit,
    network: limits::Limit,
}

impl Confirmed {
    /// Puts the secret in force with a fresh set of recovery codes.
    pub(crate) fn write(
        &self,
        identity: &Identity,
        tx: &mut mailkeep_storage::sql::Tx<'_>,
    ) -> Result<Vec<Secret>, IdentityError> {
        if !credentials::store::confirm_totp(tx, self.principal, &self.pending, &self.secret, self.step)? {
            return Err(IdentityError::NoSecondFactor);
        }
        sessions::store::finish_attempt(tx, self.attempt, "done")?;
        limits::forgive(tx, self.whose, self.network)?;
        identity.write_codes(tx, self.principal)
    }
}

impl Identity {
    pub(crate) fn write_codes(
        &self,
        tx: &mut mailkeep_storage::sql::Tx<'_>,
        principal: Principal,
    ) -> Result<Vec<Secret>, IdentityError> {
        let made = codes::make_codes();
        let hashes: Vec<[u8; 32]> = made
            .iter()
            .filter_map(|code| codes::normalise(code.expose()))
            .map(|code| recovery_hash(self.policy(), principal, &code))
            .collect();
        credentials::store::replace_codes(tx, principal, &hashes)?;
        Ok(made)
    }
}
