//! The recipients' voice: addresses that do not exist, servers that take a message for spam, and readers here who move it to Junk. Too much
//! of it has mail held, or less of it let out, until it is less or somebody has looked.
//!
//! Who sent what the mail store knows, and from where the voices come: here they are counted for a week. A reader counts once a day, and
//! the less the more they complain of; a refused recipient counts once.

mod list;
mod rate;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use mailkeep_policy::LookupKind;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, DomainName, MailboxId};
use uuid::Uuid;

use crate::holds::words;
use crate::ladder::climb;
use crate::sending::Guard;
use crate::sending::store::recipients_since;
use crate::verdict::{Reason, ReasonCode};

pub use list::{CustomerVoices, WeekOfVoices};
pub use store::tell as mark_told;

/// Over so long a time complaints are held against what was sent.
pub(crate) const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);
const HOUR: Duration = Duration::from_secs(3600);
/// What follows lasts so long after the last voice.
const LASTS: Duration = Duration::from_secs(24 * 3600);
/// So many addresses that do not exist, within an hour.
const DEAD_IN_AN_HOUR: u64 = 25;
/// Or so many among the last recipients…
const DEAD_AMONG_LAST: u64 = 10;
/// …of which there are so many, and at least so many of a hundred.
pub const LAST: usize = 50;
const DEAD_PERCENT: u64 = 15;
/// A reader who complains of more within a week counts less for each.
const FULL_COMPLAINTS: u64 = 3;
/// The weight of one voice.
const WHOLE: u64 = 1_000;

words! {
    /// What a recipient says.
    Voice {
        /// The address does not exist.
        Hard = "hard",
        /// The receiving server takes it for spam.
        Spam = "spam",
        /// The reader moved it to Junk.
        Junk = "junk",
        /// A reader elsewhere complained to their provider, who passed it on.
        Complaint = "complaint",
    }
}

words! {
    /// What follows.
    Level {
        /// The owner is told.
        Warn = "warn",
        /// The limits are those of the tier below.
        Demote = "demote",
        /// Outgoing mail is held.
        Hold = "hold",
    }
}

impl Level {
    const fn rank(self) -> u8 {
        match self {
            Level::Warn => 1,
            Level::Demote => 2,
            Level::Hold => 3,
        }
    }
}

/// A recipient whose server refused a message for good.
#[derive(Debug, Clone, Copy)]
pub struct Refused {
    /// Who sent it.
    pub mailbox: MailboxId,
    /// Whose mailbox that is.
    pub customer: CustomerId,
    /// The message.
    pub message: Uuid,
    /// The recipient's place in it.
    pub position: i64,
    /// Why: [`Voice::Hard`] or [`Voice::Spam`].
    pub voice: Voice,
}

/// A message that a reader here moved to Junk, or back.
#[derive(Debug, Clone, Copy)]
pub struct Moved {
    /// Who sent it.
    pub mailbox: MailboxId,
    /// Whose mailbox that is.
    pub customer: CustomerId,
    /// Who moved it.
    pub reader: MailboxId,
    /// To Junk, or out of it.
    pub junk: bool,
}

/// What follows from the voices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// Whose mail it is about.
    pub customer: CustomerId,
    /// The mailbox; `None` when it is about all of the customer's.
    pub mailbox: Option<MailboxId>,
    /// [`ReasonCode::Returns`] or [`ReasonCode::Complaints`].
    pub code: ReasonCode,
    /// What follows.
    pub level: Level,
    /// What was counted: addresses, or complaints of a hundred thousand recipients.
    pub value: u64,
    /// From how many on.
    pub most: u64,
}

impl Guard {
    /// Counts a recipient whose server refused a message for good. `last` are the last [`LAST`] recipients outside that have a final answer, the
    /// newest first, by message and place.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hear_refusal(&self, refused: Refused, last: Vec<(Uuid, i64)>) -> Result<(), SqlError> {
        self.0
            .db
            .write(move |tx| {
                let who = place(refused.message, refused.position);
                let heard =
                    Heard { mailbox: refused.mailbox, customer: refused.customer, voice: refused.voice };
                store::hear(tx, heard, &who, WHOLE)?;
                match refused.voice {
                    Voice::Hard => weigh_returns(tx, refused, &last),
                    Voice::Spam | Voice::Junk | Voice::Complaint => weigh_complaints(tx, refused.customer),
                }
            })
            .await
    }

    /// Counts what a reader here did with a message.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hear_reader(&self, moved: Moved) -> Result<(), SqlError> {
        let text = format!("the outbound guard: {} reads", moved.reader);
        let who = self.0.policy.lookup_hash(LookupKind::Other, &text);
        self.0
            .db
            .write(move |tx| {
                let heard = Heard { mailbox: moved.mailbox, customer: moved.customer, voice: Voice::Junk };
                if moved.junk {
                    hear_complaint(tx, heard, &who)?;
                } else {
                    store::unhear(tx, heard, &who)?;
                }
                weigh_complaints(tx, moved.customer)
            })
            .await
    }

    /// Counts what a reader elsewhere complained of to their provider. `reader` names them, as a hash.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hear_complaint(
        &self,
        mailbox: MailboxId,
        customer: CustomerId,
        reader: Vec<u8>,
    ) -> Result<(), SqlError> {
        self.0
            .db
            .write(move |tx| {
                hear_complaint(tx, Heard { mailbox, customer, voice: Voice::Complaint }, &reader)?;
                weigh_complaints(tx, customer)
            })
            .await
    }

    /// Whether a report of complaints counts that comes, as its domain says, from this domain, about a message to that one: of a reader's own
    /// provider, and of those that the configuration names.
    pub fn believes(&self, reporter: &DomainName, recipient: &str) -> bool {
        self.names_reporter(reporter) || reporter.as_str() == recipient
    }

    /// Whether the configuration names a domain for its reports of complaints.
    pub fn names_reporter(&self, reporter: &DomainName) -> bool {
        self.0.config.feedback_from.iter().any(|one| one.eq_ignore_ascii_case(reporter.as_str()))
    }

    /// What follows for customers and nobody was told of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn untold_stops(&self) -> Result<Vec<Stop>, SqlError> {
        self.0.db.read(store::untold).await
    }

    /// What follows for a customer now, the gravest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn stops_of(&self, customer: CustomerId) -> Result<Vec<Stop>, SqlError> {
        self.0.db.read(move |tx| store::open(tx, customer)).await
    }
}

/// Whose voice is heard, and about whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heard {
    pub mailbox: MailboxId,
    pub customer: CustomerId,
    pub voice: Voice,
}

/// A complaint counts once a day, and the less the more its reader complains of.
fn hear_complaint(tx: &mut Tx<'_>, heard: Heard, who: &[u8]) -> Result<(), SqlError> {
    let others = store::complaints_of(tx, who, tx.now().minus(WEEK))?;
    let weight = WHOLE * FULL_COMPLAINTS / (others + 1).max(FULL_COMPLAINTS);
    store::hear(tx, heard, who, weight)
}

fn place(message: Uuid, position: i64) -> Vec<u8> {
    [&message.as_bytes()[..], &position.to_be_bytes()].concat()
}

/// Addresses that do not exist: many within an hour, or among the last.
fn weigh_returns(tx: &mut Tx<'_>, refused: Refused, last: &[(Uuid, i64)]) -> Result<(), SqlError> {
    let mailbox = refused.mailbox;
    let in_an_hour = store::count(tx, mailbox, Voice::Hard, tx.now().minus(HOUR))?;
    let dead = store::places(tx, mailbox, Voice::Hard, tx.now().minus(WEEK))?;
    let last = last.get(..LAST.min(last.len())).unwrap_or_default();
    let among = last.iter().filter(|(message, position)| dead.contains(&place(*message, *position))).count();
    let (among, of) =
        (u64::try_from(among).unwrap_or(u64::MAX), u64::try_from(last.len()).unwrap_or(u64::MAX));
    let (value, most) = if in_an_hour >= DEAD_IN_AN_HOUR {
        (in_an_hour, DEAD_IN_AN_HOUR)
    } else if among >= DEAD_AMONG_LAST && among * 100 >= of * DEAD_PERCENT {
        (among, DEAD_AMONG_LAST)
    } else {
        return Ok(());
    };
    let stop = Stop {
        customer: refused.customer,
        mailbox: Some(mailbox),
        code: ReasonCode::Returns,
        level: Level::Hold,
        value,
        most,
    };
    put(tx, &stop)
}

/// Writes down what follows. Each time that mail begins to be held, the ladder is asked.
fn put(tx: &mut Tx<'_>, stop: &Stop) -> Result<(), SqlError> {
    let begins = store::put(tx, stop, tx.now().plus(LASTS))?;
    if begins && stop.level == Level::Hold { climb::on_hold(tx, stop) } else { Ok(()) }
}

/// Complaints of a week, held against the recipients of that week.
pub(crate) fn weigh_complaints(tx: &mut Tx<'_>, customer: CustomerId) -> Result<(), SqlError> {
    let since = tx.now().minus(WEEK);
    let complaints = store::complaints(tx, customer, since)?;
    let recipients = recipients_since(tx, customer, since)?;
    match rate::level(complaints, recipients) {
        None => store::lift(tx, customer, ReasonCode::Complaints),
        Some((level, per_100_000, most)) => {
            let (code, value) = (ReasonCode::Complaints, per_100_000);
            let stop = Stop { customer, mailbox: None, code, level, value, most };
            put(tx, &stop)
        }
    }
}

/// What follows for a message of a mailbox: whether it is sent with the limits of the tier below, and why it is held.
pub(crate) fn on_message(stops: &[Stop], mailbox: MailboxId) -> (bool, Option<Reason>) {
    let about = |stop: &&Stop| stop.mailbox.is_none_or(|one| one == mailbox);
    let gravest = stops.iter().filter(about).max_by_key(|stop| stop.level.rank());
    let Some(stop) = gravest else { return (false, None) };
    let reason = Reason { code: stop.code, value: stop.value, limit: stop.most };
    (stop.level != Level::Warn, (stop.level == Level::Hold).then_some(reason))
}

/// Weighs again what follows from complaints, and forgets old voices.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    store::forget(tx, tx.now().minus(WEEK))?;
    for customer in store::complained_of(tx)? {
        weigh_complaints(tx, customer)?;
    }
    store::end(tx)
}
