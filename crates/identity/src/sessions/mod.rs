//! Signing in and staying so: attempts, sessions, and the recognition of browsers.

mod confirm_password;
mod finish_sign_in;
mod list;
mod recognise;
mod revoke;
mod sign_in;
pub(crate) use sign_in::ATTEMPT;
pub use store::living_holder;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_policy::{Personal, Shown, category};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{SessionId, Timestamp};

use crate::config::SessionConfig;
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;
use crate::secrets::{Secret, tokens};
use crate::security_events::SecurityEventKind;

/// What came of the first step.
#[derive(Debug)]
pub enum SignIn {
    /// Signed in.
    Done(NewSession),
    /// A code is asked for.
    SecondFactor(PendingSignIn),
}

/// A session that was just made.
#[derive(Debug)]
pub struct NewSession {
    /// Its identifier, for lists; authorises nothing.
    pub session: SessionId,
    /// Who signed in.
    pub principal: Principal,
    /// What the browser keeps in its session cookie.
    pub token: Secret,
    /// When it ends, used or not.
    pub expires_at: Timestamp,
}

/// A sign-in that waits for its second factor.
#[derive(Debug)]
pub struct PendingSignIn {
    /// What the browser keeps until then.
    pub token: Secret,
    /// When it is too late.
    pub expires_at: Timestamp,
}

/// A session as its owner sees it.
#[derive(Debug, Clone)]
pub struct SessionView {
    /// Its identifier.
    pub session: SessionId,
    /// The network address it was last used from.
    pub network: Shown<String>,
    /// The device.
    pub device: Shown<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
    /// When it ends, used or not.
    pub expires_at: Timestamp,
    /// Whether it is the one that asks.
    pub current: bool,
}

impl Identity {
    pub(crate) fn session_config(&self, principal: Principal) -> &SessionConfig {
        match principal {
            Principal::Person(_) => &self.config().session,
            Principal::Staff(_) => &self.config().staff_session,
        }
    }

    /// Writes a session in the caller's transaction.
    pub(crate) fn start_session(
        &self,
        tx: &mut Tx<'_>,
        principal: Principal,
        second_factor: bool,
        origin: &Origin,
    ) -> Result<NewSession, IdentityError> {
        let config = self.session_config(principal);
        let (session, made, now) = (SessionId::new(&**self.clock()), tokens::make(""), tx.now());
        let expires_at = now.plus(config.absolute());
        let sealed = self.seal_origin(principal, session, origin)?;
        let row = store::NewSessionRow {
            session,
            token_hash: made.hash,
            principal,
            network: sealed.0,
            device: sealed.1,
            second_factor,
            idle_until: now.plus(config.idle()),
            expires_at,
        };
        store::insert(tx, &row)?;
        self.record(tx, principal, SecurityEventKind::SignedIn, Some(origin))?;
        metrics::counter!("identity_sign_ins_total").increment(1);
        Ok(NewSession { session, principal, token: made.token, expires_at })
    }

    pub(crate) fn seal_origin(
        &self,
        principal: Principal,
        session: SessionId,
        origin: &Origin,
    ) -> Result<(Vec<u8>, Vec<u8>), IdentityError> {
        let seal = |column, text: String| {
            let value: Personal<String, category::Network> = Personal::new(text);
            self.policy().seal(principal.subject(), fields::session(column, session), &value)
        };
        let network = seal("network", origin.network().to_string())?;
        let device = seal("device", origin.device().to_owned())?;
        Ok((network.into_bytes(), device.into_bytes()))
    }
}
