//! Stolen mailboxes: who writes to several strangers at once from where the mailbox was never used before has its mail held, until
//! the owner says whether it was them. Reading and receiving go on.
//!
//! From where a mailbox is used the mail store knows; here a place is a hash, with what is strange about it.

mod answer;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, MailboxId, Timestamp};

use crate::holds::words;
use crate::sending::{Guard, GuardError};
use crate::verdict::{Reason, ReasonCode};

/// So many people never written to before, from a strange place, make a suspicion.
const STRANGERS: u64 = 5;
/// Within so long a time.
pub(crate) const STRANGERS_IN: Duration = Duration::from_secs(10 * 60);
/// So long an answer speaks for new passwords as well: they may be what the owner made meanwhile.
const ANSWER_COVERS_PASSWORDS: Duration = Duration::from_secs(24 * 3600);

words! {
    /// What is strange about a place.
    Sign {
        /// The mailbox was not used from there before.
        NewPlace = "new-place",
        /// Wrong passwords came from there before the right one.
        Guessed = "guessed",
        /// There is a new application password.
        NewPassword = "new-password",
    }
}

words! {
    /// Whose the mail from a strange place was.
    Answer {
        /// The owner's: the place is known from then on.
        Mine = "mine",
        /// Somebody else's.
        Stolen = "stolen",
    }
}

/// A place from which a mailbox is used, and what is strange about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The place, as a hash for this mailbox.
    pub place: [u8; 32],
    /// What is strange.
    pub signs: Vec<Sign>,
}

/// A mailbox whose mail is held because of the place it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// Whose it is.
    pub customer: CustomerId,
    /// What is strange.
    pub signs: Vec<Sign>,
    /// Since when.
    pub at: Timestamp,
}

impl Surroundings {
    /// Why a message is held whose mailbox reached `strangers` with it and in the minutes before. A new suspicion is written down.
    pub(crate) fn weigh(
        from: Option<&Self>,
        tx: &mut Tx<'_>,
        mailbox: MailboxId,
        customer: CustomerId,
        strangers: u64,
    ) -> Result<Option<Reason>, SqlError> {
        let reason = Reason { code: ReasonCode::SignIn, value: strangers, limit: STRANGERS };
        if store::open_of(tx, mailbox)?.is_some() {
            return Ok(Some(reason));
        }
        let Some(from) = from.filter(|from| !from.signs.is_empty() && strangers >= STRANGERS) else {
            return Ok(None);
        };
        if from.is_vouched_for(tx, mailbox)? {
            return Ok(None);
        }
        store::suspect(tx, mailbox, customer, from)?;
        Ok(Some(reason))
    }

    /// Whether the owner said before that they write from there.
    fn is_vouched_for(&self, tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<bool, SqlError> {
        let covers_all = !self.signs.contains(&Sign::NewPassword);
        let since = tx.now().minus(ANSWER_COVERS_PASSWORDS);
        let answered = store::answered_mine(tx, mailbox, &self.place)?;
        Ok(answered.is_some_and(|at| covers_all || at > since))
    }
}

impl Guard {
    /// The suspicion on a mailbox that nobody answered yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn suspicion(&self, mailbox: MailboxId) -> Result<Option<Suspicion>, SqlError> {
        self.0.db.read(move |tx| store::open_of(tx, mailbox)).await
    }

    /// The suspicions on mailboxes of a customer that nobody answered yet, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn suspicions_of(&self, customer: CustomerId) -> Result<Vec<Suspicion>, SqlError> {
        self.0.db.read(move |tx| store::open_of_customer(tx, customer)).await
    }

    /// The suspicions since then that nobody answered yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn suspicions_since(&self, then: Timestamp) -> Result<Vec<Suspicion>, SqlError> {
        self.0.db.read(move |tx| store::open_since(tx, then)).await
    }

    /// Whether a mailbox is used from where it is at home: only there its mail is spoken for. Whoever stole a password could speak for
    /// it as well.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_at_home(&self, mailbox: MailboxId, from: IpAddr) -> Result<bool, GuardError> {
        let from = self.0.standings.surroundings(mailbox, from).await.map_err(GuardError::Standing)?;
        if from.signs.is_empty() {
            return Ok(true);
        }
        Ok(self.0.db.read(move |tx| from.is_vouched_for(tx, mailbox)).await?)
    }
}
