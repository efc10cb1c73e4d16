//! Who may be written to about a topic: gone through in bounded steps, so that a large audience holds nobody up.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::{Channel, store};
use crate::subject::Subject;

/// How far an audience was gone through: the last subject's kind and identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(pub i64, pub Uuid);

impl Cursor {
    /// Before everybody.
    pub const START: Cursor = Cursor(0, Uuid::nil());

    /// After a subject.
    pub const fn after(subject: Subject) -> Self {
        Cursor(subject.kind(), subject.uuid())
    }
}

/// The next subjects that once said yes to the topic on the channel. Whether the yes still counts is for
/// [`super::Outbound::may_reach`] to say, one by one.
///
/// # Errors
/// When the database fails.
pub fn candidates(
    tx: &mut Tx<'_>,
    topic: &str,
    channel: Channel,
    after: Cursor,
    limit: i64,
) -> Result<Vec<Subject>, SqlError> {
    store::said_yes(tx, topic, channel, (after.0, after.1), limit)
}

/// The number of the receipt of the subject's newest yes, to be named as [`crate::Fact::Consent`], and when it was said.
///
/// # Errors
/// When the database fails.
pub fn given_receipt(
    tx: &mut Tx<'_>,
    subject: Subject,
    topic: &str,
    channel: Channel,
) -> Result<Option<(Uuid, Timestamp)>, SqlError> {
    store::newest_given(tx, subject, topic, channel)
}
