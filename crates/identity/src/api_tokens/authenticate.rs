//! A program comes with an API token.

use std::time::Duration;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::SessionId;

use super::{PREFIX, store};
use crate::access::{Access, PersonAccess, Via};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::secrets::tokens;
use crate::{sessions, staff_tokens};

/// The use of a token is written at most this often.
pub(crate) const TOUCH: Duration = Duration::from_secs(60);

impl Identity {
    /// Who comes with this token, limited to its scopes.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`] for a token that does not work, which counts as a try of its network;
    /// [`IdentityError::Locked`] after many such.
    pub async fn authenticate_api_token(
        &self,
        token: &str,
        origin: &Origin,
    ) -> Result<Access, IdentityError> {
        // A token of staff is nobody here, and no guess.
        if token.starts_with(staff_tokens::PREFIX) {
            return Err(IdentityError::SignInNeeded);
        }
        let hash = token.starts_with(PREFIX).then(|| tokens::hash(token));
        let found = match hash {
            None => None,
            Some(hash) => {
                self.db()
                    .read(move |tx| -> Result<_, SqlError> {
                        let Some(row) = store::find(tx, &hash)? else { return Ok(None) };
                        Ok(sessions::store::load_holder(tx, row.person)?.map(|holder| (row, holder)))
                    })
                    .await?
            }
        };
        let Some((row, holder)) = found else {
            return Err(self.refuse_guess(origin, IdentityError::SignInNeeded).await);
        };
        let id = row.id;
        if row.last_used_at.is_none_or(|last| self.now().since(last) >= TOUCH) {
            self.db().write(move |tx| store::touch(tx, id)).await?;
        }
        Ok(Access::Person(PersonAccess {
            person: row.person,
            registration_id: holder.registration_id,
            session: SessionId::from_uuid(id.uuid()),
            via: Via::ApiToken(row.scopes),
            customers: holder.customers,
            authenticated_at: row.created_at,
            second_factor: false,
            csrf: [0; 32],
            changed_at: holder.changed_at,
        }))
    }
}
