//! A member of staff sees where they are signed in, and signs out there. Times alone: network and device stay sealed.

use mailkeep_types::{SessionId, Timestamp};

use crate::access::Access;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;
use crate::security_events::SecurityEventKind;
use crate::sessions;

/// A living session of a member of staff.
#[derive(Debug, Clone, Copy)]
pub struct StaffSessionView {
    /// Its identifier.
    pub session: SessionId,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_seen_at: Timestamp,
    /// Whether it is the one that asks.
    pub current: bool,
}

impl Identity {
    /// The living sessions of the member of staff who asks, the latest used first.
    ///
    /// # Errors
    /// When nobody of staff is signed in.
    pub async fn list_staff_sessions(&self, access: &Access) -> Result<Vec<StaffSessionView>, IdentityError> {
        let me = access.staff()?;
        let (principal, current) = (Principal::Staff(me.staff), me.session);
        let rows = self.db().read(move |tx| sessions::store::list(tx, principal)).await?;
        let view = |row: sessions::store::SessionRow| StaffSessionView {
            session: row.session,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
            current: row.session == current,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Ends a session of the member of staff who asks.
    ///
    /// # Errors
    /// [`IdentityError::NotFound`] for a session that is not theirs or has ended.
    pub async fn revoke_staff_session(
        &self,
        access: &Access,
        session: SessionId,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let principal = Principal::Staff(access.staff()?.staff);
        let (this, at) = (self.clone(), origin.clone());
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                if !sessions::store::delete(tx, principal, session)? {
                    return Err(IdentityError::NotFound);
                }
                this.record(tx, principal, SecurityEventKind::SessionRevoked, Some(&at))
            })
            .await
    }
}
