//! A program of the house comes with a token of staff.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{SessionId, Timestamp};

use super::{PREFIX, store};
use crate::access::{Access, StaffAccess, StaffRole};
use crate::api_tokens::TOUCH;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::secrets::tokens;
use crate::{api_tokens, sessions};

impl Identity {
    /// Who comes with this token, limited to what it was made for and to what its owner may still do.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`] for a token that does not work, or whose owner was suspended, which counts as a try of its
    /// network; [`IdentityError::Locked`] after many such.
    pub async fn authenticate_staff_token(
        &self,
        token: &str,
        origin: &Origin,
    ) -> Result<Access, IdentityError> {
        // A token of a person is nobody here, and no guess.
        if token.starts_with(api_tokens::PREFIX) {
            return Err(IdentityError::SignInNeeded);
        }
        let found = match token.starts_with(PREFIX).then(|| tokens::hash(token)) {
            None => None,
            Some(hash) => {
                self.db()
                    .read(move |tx| -> Result<_, SqlError> {
                        let Some((staff, row)) = store::find(tx, &hash)? else { return Ok(None) };
                        Ok(sessions::store::load_staff(tx, staff)?.map(|owner| (staff, row, owner)))
                    })
                    .await?
            }
        };
        let Some((staff, row, (login, roles))) = found else {
            return Err(self.refuse_guess(origin, IdentityError::SignInNeeded).await);
        };
        let id = row.id;
        if row.last_used_at.is_none_or(|last| self.now().since(last) >= TOUCH) {
            self.db().write(move |tx| store::touch(tx, id)).await?;
        }
        Ok(Access::Staff(StaffAccess {
            staff,
            login,
            session: SessionId::from_uuid(id.uuid()),
            roles: StaffRole::from_stored(&roles),
            made_for: Some(row.permissions),
            // Nobody gave a password.
            authenticated_at: Timestamp::EPOCH,
            csrf: [0; 32],
        }))
    }
}
