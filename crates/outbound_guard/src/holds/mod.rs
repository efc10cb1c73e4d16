//! What is decided on messages that are held, and on whom is trusted: by the abuse desk, by the owner of the mailbox, or by the
//! time that passed. The queue is somebody else's and is given in; each decision is written down in the transaction that carries
//! it out.

mod decide;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod trust;

use std::sync::Arc;
use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, MailboxId, QueueId, StaffId, Timestamp};

pub use trust::{Exception, Trust};

use crate::sending::{Guard, Later};
use crate::verdict::ReasonCode;

/// So long a held message waits for a decision; then it goes back to its sender.
pub const HELD_FOR: Duration = Duration::from_secs(48 * 3600);
/// So long a mailbox whose campaign was found good is let send others.
pub const EXCEPTED_FOR: Duration = Duration::from_secs(90 * 24 * 3600);
/// What an owner confirms goes out once in so long a time: whoever stole the password confirms as well.
pub const CONFIRMED_ONCE_IN: Duration = Duration::from_secs(7 * 24 * 3600);

/// So long after an owner's word the campaigns of the mailbox go out: what a limit puts off until tomorrow as well.
const WORD_HOLDS_FOR: Duration = Duration::from_secs(3 * 24 * 3600);

/// Whether the owner of a mailbox lately said that a campaign of it is theirs, and could let it go.
pub(crate) fn is_vouched_for(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<bool, SqlError> {
    let since = tx.now().minus(WORD_HOLDS_FOR);
    store::was_confirmed(tx, mailbox, ReasonCode::Campaign, since)
}

/// Defines an enumeration whose values have words in the database and in the keys of texts.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$item])* $variant),+ }

        impl $name {
            /// All of them.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The word.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// Reads the word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What is done.
    Act {
        /// A held message goes out.
        Release = "release",
        /// A held message is gone, and its sender is told.
        Drop = "drop",
        /// The owner of the mailbox said that a held message is theirs, and it went out.
        Confirm = "confirm",
        /// The owner said so, and it waits for staff all the same.
        Know = "know",
        /// The owner took a held message back.
        Withdraw = "withdraw",
        /// Nobody decided in time.
        Expire = "expire",
        /// A customer is trusted by staff.
        Trust = "trust",
        /// A customer is trusted by what they paid for alone.
        Untrust = "untrust",
        /// The campaigns of a mailbox go out for some time.
        Except = "except",
    }
}

words! {
    /// Why; from a list, so that nothing personal is written.
    Cause {
        /// Those who get it asked for it.
        Consented = "consented",
        /// It is what the customer's business writes: invoices, reminders, appointments.
        Business = "business",
        /// The guard took something harmless for a campaign.
        Mistaken = "mistaken",
        /// It is unwanted advertising.
        Spam = "spam",
        /// Somebody else sends from the mailbox.
        Stolen = "stolen",
        /// The owner of the mailbox said so.
        Owner = "owner",
        /// The time for a decision is over.
        Time = "time",
        /// Something else, known to whoever decided.
        Other = "other",
    }
}

impl Cause {
    /// What staff choose from.
    pub const OF_STAFF: [Cause; 6] =
        [Cause::Consented, Cause::Business, Cause::Mistaken, Cause::Spam, Cause::Stolen, Cause::Other];
}

/// A held message, as the queue knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldMessage {
    /// The message.
    pub queue: QueueId,
    /// Who sends it.
    pub mailbox: MailboxId,
    /// Whose mailbox that is.
    pub customer: CustomerId,
    /// The rule that holds it.
    pub code: Option<ReasonCode>,
    /// How many recipients it has.
    pub recipients: i64,
    /// Under which number the guard knows it ([`crate::Judged`]).
    pub number: Option<i64>,
}

/// A decision as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was done.
    pub act: Act,
    /// Why.
    pub why: Cause,
    /// Whose mailbox it is about; nothing when it is about the customer.
    pub mailbox: Option<MailboxId>,
    /// How many recipients the message has.
    pub recipients: i64,
    /// Who of staff decided.
    pub staff: Option<StaffId>,
    /// When.
    pub at: Timestamp,
}

/// What else is written in the transaction in which a held message leaves. It may be run again.
pub type Note = Box<dyn Fn(&mut Tx<'_>) -> Result<(), SqlError> + Send + Sync>;

/// Carries decisions out: the mail store and the SMTP side, who know the guard as little as it knows them. All answer false when
/// the message does not wait any more; the error is for the operator's log.
pub trait HeldQueue: Send + Sync {
    /// Lets a message go.
    fn release(&self, held: QueueId, note: Note) -> Later<'_, Result<bool, String>>;

    /// Takes a message out and tells its sender why.
    fn give_back<'a>(&'a self, held: QueueId, words: &'a str, note: Note) -> Later<'a, Result<bool, String>>;

    /// Writes down that the owner of the mailbox knows a message.
    fn confirm(&self, held: QueueId, note: Note) -> Later<'_, Result<bool, String>>;
}

/// Why a decision could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum HoldsError {
    /// The database failed.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// The queue failed.
    #[error("the queue could not carry out what was decided on a held message: {0}")]
    Queue(String),
}

/// Decides on what is held. Cheap to clone.
#[derive(Clone)]
pub struct Holds {
    guard: Guard,
    queue: Arc<dyn HeldQueue>,
}

impl Holds {
    /// Decides over this queue.
    pub fn new(guard: Guard, queue: Arc<dyn HeldQueue>) -> Self {
        Holds { guard, queue }
    }

    /// The guard, which knows whom staff trust.
    pub fn guard(&self) -> &Guard {
        &self.guard
    }
}
