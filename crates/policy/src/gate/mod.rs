//! The gate: the one way to a [`Grant`], and the grant: the one way to plaintext.
//!
//! A grant is given after the decision table allows every field that was asked for, after the fact was looked up in the
//! database, and after the entry in the ledger is durable. A refusal is recorded as well.

mod facts;
mod lookups;
#[cfg(feature = "gate-allows-all")]
pub(crate) mod open;
mod pass;
#[cfg(test)]
mod tests;

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use mailkeep_types::{LedgerEntryId, SharedClock, Timestamp};

use crate::keys::{KeyError, SubjectKeys};
use crate::subject::{Actor, Fact, Place, Subject};
use crate::vocabulary::{Act, CategoryId, FactKind, May, Purpose, Role};

pub use facts::Claim;
pub(crate) use pass::Gate;

/// What is asked of the gate.
#[derive(Debug, Clone, Copy)]
pub struct Use<'a> {
    /// Who acts.
    pub actor: Actor,
    /// Whose data.
    pub subject: Subject,
    /// What is done with it.
    pub act: Act,
    /// Which fields, as `table.column`; each is registered with its category.
    pub fields: &'a [&'a str],
    /// What justifies it.
    pub fact: Fact,
}

/// A column that holds personal data, with its category: the crate that owns the table registers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The category.
    pub category: CategoryId,
}

impl Field {
    /// A column and its category.
    pub const fn new(table: &'static str, column: &'static str, category: CategoryId) -> Self {
        Field { table, column, category }
    }
}

/// Why a use is refused.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Refusal {
    /// No rule allows it.
    #[error("the policy has no rule that lets {role} {act} {category} for {purpose}")]
    NotAllowed {
        /// As whom the actor was seen.
        role: Role,
        /// What was to be done.
        act: Act,
        /// With which data.
        category: CategoryId,
        /// For what.
        purpose: crate::vocabulary::PurposeId,
    },
    /// A `never` line refuses it.
    #[error("the policy says never: {0}")]
    Never(String),
    /// A rule would allow it, but what was named as its justification is not so, or is another kind.
    #[error("nothing justifies this now ({0} does not hold); it becomes possible when it does")]
    NotJustified(FactKind),
    /// A member of staff without a role, or not of staff any more.
    #[error("this account has no role; an operator can give it one")]
    NoRole,
    /// A field that no crate registered.
    #[error(
        "the field {0} is not registered with a category; add it to the FIELDS of the crate that owns it"
    )]
    UnknownField(String),
    /// The subject has no key, or its data was erased.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The ledger cannot be written, so nothing may be read.
    #[error("the ledger cannot be written, so personal data stays closed: {0}")]
    Ledger(String),
    /// The database failed while the fact was looked up.
    #[error("the database: {0}")]
    Sql(#[from] mailkeep_storage::sql::SqlError),
}

/// Why a sealed value does not open.
#[derive(Debug, Clone, thiserror::Error)]
pub enum OpenError {
    /// The grant is for another subject.
    #[error("the grant is for {granted:?}, not for {asked:?}")]
    WrongSubject {
        /// Whom it is for.
        granted: Subject,
        /// Whose data was asked for.
        asked: Subject,
    },
    /// The grant does not cover this field.
    #[error("the grant does not cover {0}.{1}; name the field in the Use")]
    NotCovered(&'static str, &'static str),
    /// The grant has ended; ask the gate again.
    #[error("the grant has ended; ask the gate again")]
    Ended,
    /// The ciphertext was changed, or moved from another row or column.
    #[error("a sealed value of {0} was changed or moved; run `mailkeep doctor`")]
    Damaged(&'static str),
    /// The key is gone.
    #[error(transparent)]
    Key(KeyError),
}

/// A permission to open fields of one subject for one purpose. It cannot be made, copied or stored; the gate gives it.
pub struct Grant<P> {
    notify: bool,
    subject: Subject,
    actor: Actor,
    act: Act,
    fields: Vec<Field>,
    ends_at: Timestamp,
    entry: Option<LedgerEntryId>,
    keys: Arc<SubjectKeys>,
    clock: SharedClock,
    purpose: PhantomData<fn() -> P>,
}

impl<P: Purpose> std::fmt::Debug for Grant<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Grant<{}>({:?}, {} fields)", P::ID, self.subject, self.fields.len())
    }
}

impl<P: Purpose> Grant<P> {
    /// Whose data.
    pub fn subject(&self) -> Subject {
        self.subject
    }

    /// Who acts.
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// What may be done.
    pub fn act(&self) -> Act {
        self.act
    }

    /// When it ends.
    pub fn ends_at(&self) -> Timestamp {
        self.ends_at
    }

    /// The ledger entry that stands for it; `None` only while a mailbox reads its own mail and the ledger cannot be
    /// written.
    pub fn entry(&self) -> Option<LedgerEntryId> {
        self.entry
    }

    /// Whether the subject is to be told of this use now.
    pub(crate) fn notify(&self) -> bool {
        self.notify
    }

    fn living(&self) -> Result<(), OpenError> {
        if self.keys.data_destroyed() || self.clock.now() >= self.ends_at {
            Err(OpenError::Ended)
        } else {
            Ok(())
        }
    }

    pub(crate) fn covers_category(&self, subject: Subject, category: CategoryId) -> Result<(), OpenError> {
        self.living()?;
        if subject != self.subject {
            return Err(OpenError::WrongSubject { granted: self.subject, asked: subject });
        }
        match self.fields.iter().any(|field| field.category == category) {
            true => Ok(()),
            false => Err(OpenError::NotCovered("mail", category.id())),
        }
    }

    pub(crate) fn covers_place<C: crate::vocabulary::Category>(&self, place: &Place) -> Result<(), OpenError>
    where
        P: May<C>,
    {
        self.covers_column(place, C::ID)
    }

    pub(crate) fn covers_column(&self, place: &Place, category: CategoryId) -> Result<(), OpenError> {
        self.living()?;
        let covered = |field: &Field| {
            field.table == place.table && field.column == place.column && field.category == category
        };
        match self.fields.iter().any(covered) {
            true => Ok(()),
            false => Err(OpenError::NotCovered(place.table, place.column)),
        }
    }

    pub(crate) fn keys(&self) -> &Arc<SubjectKeys> {
        &self.keys
    }
}

#[cfg(feature = "testing")]
impl<P: Purpose> Grant<P> {
    /// A grant that nothing justifies and nobody recorded: for tests that compare what is stored with what was given.
    pub(crate) fn unjustified(
        subject: Subject,
        fields: Vec<Field>,
        keys: Arc<SubjectKeys>,
        clock: SharedClock,
    ) -> Self {
        Grant {
            notify: false,
            subject,
            actor: Actor::System("a test"),
            act: Act::Read,
            fields,
            ends_at: Timestamp::NEVER,
            entry: None,
            keys,
            clock,
            purpose: PhantomData,
        }
    }
}

/// How long a grant lives: staff must show the fact again every minute, a mailbox session lives as long as its
/// connection.
fn lifetime(role: Role) -> Option<Duration> {
    match role {
        Role::Mailbox => None,
        Role::Person => Some(Duration::from_secs(300)),
        Role::System => Some(Duration::from_secs(900)),
        _ => Some(Duration::from_secs(60)),
    }
}

/// How long the same use counts as one use session with one entry.
const USE_SESSION: Duration = Duration::from_secs(15 * 60);

/// How long a person's own session that was found living, over their own data or over a mailbox that they administer (a mailbox
/// never comes to another customer), needs no second look-up. This node forgets it at once when a session
/// or a contact ends here; where it ended on another node, pages turn its holder away before they ask the gate.
const OWN_SESSION: Duration = Duration::from_secs(1);
