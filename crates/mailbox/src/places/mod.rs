//! From where a mailbox is signed in to. A place is a network, kept as a hash under a secret for that mailbox alone, so that
//! nobody can read where somebody was, or find out who was in the same place.
//!
//! The first place of a mailbox is its own. Any other is new until it has been used for a week, and what was not used for 90 days
//! is new again.

mod sign_out;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::time::Duration;

use mailkeep_policy::LookupKind;
use mailkeep_types::{MailboxId, Timestamp};

use crate::error::Result;
use crate::post_office::PostOffice;

/// A place is known once it has been used for so long.
const KNOWN_AFTER: Duration = Duration::from_secs(7 * 24 * 3600);
/// What was not used for so long is forgotten; the last place of a mailbox is kept, so that the next is no first one.
const REMEMBERED: Duration = Duration::from_secs(90 * 24 * 3600);
/// Use is written down once in this time.
const TOUCH: Duration = Duration::from_secs(3600);
/// From so many wrong passwords out of one network on, the right one may have been guessed.
const GUESSES: i64 = 5;
/// So long an application password is new.
const NEW_PASSWORD: Duration = Duration::from_secs(24 * 3600);

/// What is strange about writing from a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The mailbox was not signed in to from there before.
    NewPlace,
    /// Wrong passwords came from there before the right one.
    Guessed,
    /// A mailbox that has been in use for some time has an application password of the last day.
    NewPassword,
}

/// A place, and what is strange about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The hash of the place for this mailbox.
    pub place: [u8; 32],
    /// What is strange; nothing where the mailbox is at home.
    pub signs: Vec<Sign>,
}

/// A place as it is stored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    pub known_at: Option<Timestamp>,
    pub guessed_at: Option<Timestamp>,
}

impl Place {
    fn is_known(&self, now: Timestamp) -> bool {
        let old = now.since(self.first_at) >= KNOWN_AFTER && self.guessed_at.is_none();
        now.since(self.last_at) < REMEMBERED && (self.known_at.is_some() || old)
    }
}

impl PostOffice {
    /// Writes down that a mailbox was signed in to from there.
    pub(crate) async fn note_place(
        &self,
        mailbox: MailboxId,
        network: IpAddr,
        failures: [u8; 32],
    ) -> Result<()> {
        let place = self.place(mailbox, network);
        let now = self.db().now();
        let seen = self.db().read(move |tx| store::place(tx, mailbox, &place)).await?;
        if seen.is_some_and(|seen| now.since(seen.last_at) < TOUCH) {
            return Ok(());
        }
        let window = self.settings().lockout_window;
        let write = self.db().write(move |tx| {
            let guessed = store::failures(tx, &failures, window)? >= GUESSES;
            store::note(tx, mailbox, &place, guessed, REMEMBERED)
        });
        Ok(write.await?)
    }

    /// What is strange about a mailbox being used from there.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn surroundings(&self, mailbox: MailboxId, network: IpAddr) -> Result<Surroundings> {
        let place = self.place(mailbox, network);
        let now = self.db().now();
        let read = self.db().read(move |tx| {
            let seen = store::place(tx, mailbox, &place)?;
            let long_used = store::was_used_before(tx, mailbox, now.minus(KNOWN_AFTER))?;
            // The first password after none is no sign: without it nobody could write at all.
            let fresh = long_used && store::has_new_password(tx, mailbox, now.minus(NEW_PASSWORD))?;
            Ok::<_, mailkeep_storage::sql::SqlError>((seen, fresh))
        });
        let (seen, fresh) = read.await?;
        let mut signs = Vec::new();
        if !seen.is_some_and(|seen| seen.is_known(now)) {
            signs.push(Sign::NewPlace);
            if seen.is_some_and(|seen| seen.guessed_at.is_some()) {
                signs.push(Sign::Guessed);
            }
        }
        if fresh {
            signs.push(Sign::NewPassword);
        }
        Ok(Surroundings { place, signs })
    }

    /// Forgets places that were not used for long, but for the last one of each mailbox.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forget_places(&self) -> Result<()> {
        Ok(self.db().write(|tx| store::forget(tx, REMEMBERED)).await?)
    }

    /// Lines change their address within a network and stay in it: a /24, and of IPv6 the /48 of a house.
    fn place(&self, mailbox: MailboxId, network: IpAddr) -> [u8; 32] {
        let network = match network.to_canonical() {
            IpAddr::V4(v4) => format!("{:x}/24", v4.to_bits() >> 8),
            IpAddr::V6(v6) => format!("{:x}/48", v6.to_bits() >> 80),
        };
        self.policy().lookup_hash(LookupKind::Network, &format!("{mailbox} is used from {network}"))
    }
}
