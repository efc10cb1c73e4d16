//! Sessions end: by signing out, or from another session.

use mailkeep_types::SessionId;

use super::store;
use crate::access::{Access, Scope, Via};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;
use crate::security_events::SecurityEventKind;

impl Identity {
    /// Signs out: ends the session that asks, of a person or of staff.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn sign_out(&self, access: &Access) -> Result<(), IdentityError> {
        let (principal, session) = match access {
            Access::Person(me) if me.via == Via::Browser => (Principal::Person(me.person), me.session),
            Access::Staff(me) => (Principal::Staff(me.staff), me.session),
            _ => return Ok(()),
        };
        self.greetings().lock().pop(&session);
        self.write_access(move |tx| Ok(store::delete(tx, principal, session)?)).await?;
        Ok(())
    }

    /// Ends another session of the same person.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`] for a session that is not the person's or has ended.
    pub async fn revoke_session(
        &self,
        access: &Access,
        session: SessionId,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let principal = Principal::Person(access.person_with(Scope::SessionsWrite)?.person);
        let (this, at) = (self.clone(), origin.clone());
        self.write_access(move |tx| {
            if !store::delete(tx, principal, session)? {
                return Err(IdentityError::NotFound);
            }
            this.record(tx, principal, SecurityEventKind::SessionRevoked, Some(&at))
        })
        .await
    }

    /// Ends all sessions of the person but the one that asks, and forgets all browsers. Gives how many sessions ended.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub async fn revoke_other_sessions(
        &self,
        access: &Access,
        origin: &Origin,
    ) -> Result<u64, IdentityError> {
        let me = access.person_in_browser()?;
        let (person, principal, keep) = (me.person, Principal::Person(me.person), me.session);
        let (this, at) = (self.clone(), origin.clone());
        self.write_access(move |tx| {
            let ended = store::delete_all(tx, principal, Some(keep))?;
            store::delete_recognitions(tx, person)?;
            if ended > 0 {
                this.record(tx, principal, SecurityEventKind::SessionRevoked, Some(&at))?;
            }
            Ok(ended)
        })
        .await
    }
}
