//! Sessions of the webmail: a browser that signed in to a mailbox.
//!
//! The browser holds a random token, the database its hash. A session ends when it was not used for a while, after two
//! weeks in any case, when its owner signs out, when the password of the mailbox changes, and when the application password
//! is revoked that it was opened with.

pub(crate) mod store;

#[cfg(test)]
mod tests;

use std::time::Duration;

use mailkeep_types::{AppPasswordId, MailboxId};
use sha2::{Digest, Sha256};

use crate::error::{MailError, Result};
use crate::mailboxes::Protocol;
use crate::post_office::PostOffice;

/// Not used for so long, it ends.
const IDLE: Duration = Duration::from_secs(12 * 3600);
/// It ends in any case.
const LONGEST: Duration = Duration::from_secs(14 * 24 * 3600);
/// Use is written down once in this time.
const TOUCH: Duration = Duration::from_secs(300);

/// A session that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSession {
    /// Names the session within the program; not the token.
    pub key: [u8; 32],
    /// Whose mailbox it is.
    pub mailbox: MailboxId,
}

impl PostOffice {
    /// Begins a session for a mailbox whose owner was authenticated, and gives the token for the browser. One that was
    /// opened with an application password ends with it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn begin_page_session(
        &self,
        mailbox: MailboxId,
        app_password: Option<AppPasswordId>,
    ) -> Result<String> {
        let mut random = [0u8; 32];
        getrandom::fill(&mut random)
            .map_err(|error| MailError::Library(format!("no random numbers: {error}")))?;
        let token = data_encoding::BASE64URL_NOPAD.encode(&random);
        let hash = hash(&token);
        self.db()
            .write(move |tx| {
                store::remove_old(tx, IDLE, LONGEST)?;
                Ok::<_, MailError>(store::insert(tx, &hash, mailbox, app_password)?)
            })
            .await?;
        Ok(token)
    }

    /// The session of a token, if it is still open.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn page_session(&self, token: &str) -> Result<Option<PageSession>> {
        let key = hash(token);
        let found = self.db().read(move |tx| store::find(tx, &key)).await?;
        let Some(found) = found else { return Ok(None) };
        let now = self.db().now();
        let over = now.since(found.used_at) > IDLE
            || now.since(found.created_at) > LONGEST
            || found.password_changed_at.is_some_and(|changed| changed > found.created_at)
            || !found.state.may_sign_in();
        if over || !self.mailbox_facts(found.mailbox).await?.class.allows(Protocol::Webmail) {
            return Ok(None);
        }
        if now.since(found.used_at) > TOUCH {
            self.db().write(move |tx| store::touch(tx, &key)).await?;
        }
        Ok(Some(PageSession { key, mailbox: found.mailbox }))
    }

    /// Ends a session; a token that is none ends nothing.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn end_page_session(&self, token: &str) -> Result<()> {
        let key = hash(token);
        Ok(self.db().write(move |tx| store::delete(tx, &key)).await?)
    }
}

/// The token has 256 random bits, so a fast hash keeps it.
fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
