//! Passwords of mailboxes: argon2id, on few threads at a time, since each takes 19 MiB and some ten milliseconds.

use std::fmt;

use mailkeep_policy::password_hashes::{self, Params};
use tokio::sync::Semaphore;

use super::store;
use crate::error::{MailError, MailRefusal, Result};
use crate::post_office::PostOffice;

/// Shortest password of a mailbox.
const MIN_LENGTH: usize = 10;
/// Longer ones are refused before they are hashed.
const MAX_LENGTH: usize = 512;

/// How many passwords are hashed at once.
static HASHING: Semaphore = Semaphore::const_new(2);

/// A password on its way from a user: never printed, wiped from memory when dropped.
#[derive(Clone)]
pub struct Secret(zeroize::Zeroizing<String>);

impl Secret {
    /// Takes a password.
    pub fn new(password: impl Into<String>) -> Self {
        Secret(zeroize::Zeroizing::new(password.into()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

fn params() -> Result<Params> {
    // OWASP's first choice for argon2id: 19 MiB, two passes.
    Params::new(19 * 1024, 2, 1, None).map_err(|error| MailError::Library(error.to_string()))
}

/// Refuses what is easily guessed.
fn check_strength(password: &str) -> Result<(), MailRefusal> {
    let distinct = password.chars().collect::<std::collections::HashSet<_>>().len();
    let weak = password.chars().count() < MIN_LENGTH || password.len() > MAX_LENGTH || distinct < 5;
    if weak { Err(MailRefusal::WeakPassword(MIN_LENGTH)) } else { Ok(()) }
}

/// Hashes a new password.
pub(crate) async fn hash(password: Secret) -> Result<String> {
    check_strength(password.as_str())?;
    let _turn = HASHING.acquire().await;
    tokio::task::spawn_blocking(move || {
        let hash = password_hashes::hash(&params()?, password.as_str().as_bytes());
        hash.map_err(|error| MailError::Library(error.to_string()))
    })
    .await
    .map_err(|error| MailError::Library(error.to_string()))?
}

/// Compares a password with a stored hash. Takes the same time when there is none.
pub(crate) async fn verify(password: Secret, stored: Option<String>) -> Result<bool> {
    if password.as_str().len() > MAX_LENGTH {
        return Ok(false);
    }
    let _turn = HASHING.acquire().await;
    tokio::task::spawn_blocking(move || {
        let bytes = password.as_str().as_bytes();
        let Some(stored) = stored else {
            // Nobody shall learn from the time of the answer whether a mailbox has a password.
            let _ = password_hashes::hash(&params()?, bytes);
            return Ok(false);
        };
        password_hashes::verify(bytes, &stored).map_err(|_| MailError::Damaged("a password hash"))
    })
    .await
    .map_err(|error| MailError::Library(error.to_string()))?
}

impl PostOffice {
    /// Sets the password of a mailbox. Sessions that are open stay open.
    ///
    /// # Errors
    /// [`MailRefusal::WeakPassword`], [`MailRefusal::NoMailbox`].
    pub async fn set_mailbox_password(
        &self,
        mailbox: mailkeep_types::MailboxId,
        password: Secret,
    ) -> Result<()> {
        let hash = hash(password).await?;
        let found = self.db().write(move |tx| store::set_password(tx, mailbox, &hash)).await?;
        self.0.verified_passwords.lock().pop(&mailbox);
        if found { Ok(()) } else { Err(MailRefusal::NoMailbox.into()) }
    }
}
