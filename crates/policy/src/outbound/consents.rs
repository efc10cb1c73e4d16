//! What a subject chose, by topic and channel. Every choice is a row of its own and keeps the policy under which it was
//! made; the newest counts. Saying no to [`ALL_TOPICS`] outweighs every earlier yes.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::{Channel, store};
use crate::Policy;
use crate::subject::Subject;

/// The topic that stands for all topics of a channel.
pub const ALL_TOPICS: &str = "*";

/// A choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// Yes.
    Given,
    /// No.
    Withdrawn,
}

impl ConsentState {
    pub(super) const fn stored(self) -> &'static str {
        match self {
            ConsentState::Given => "given",
            ConsentState::Withdrawn => "withdrawn",
        }
    }

    pub(super) fn from_stored(text: &str) -> Option<Self> {
        match text {
            "given" => Some(ConsentState::Given),
            "withdrawn" => Some(ConsentState::Withdrawn),
            _ => None,
        }
    }
}

/// A choice as it was made: a receipt.
#[derive(Debug, Clone, Serialize)]
pub struct ConsentRow {
    /// The topic.
    pub topic: String,
    /// The channel.
    pub channel: Channel,
    /// What was chosen.
    pub state: ConsentState,
    /// Where, e.g. `profile page` or `one-click`.
    pub source: String,
    /// The policy under which it was chosen, 64 hexadecimal digits.
    pub policy_id: String,
    /// When.
    pub at: Timestamp,
}

/// Writes a choice.
pub fn set_consent(
    policy: &Policy,
    tx: &mut Tx<'_>,
    subject: Subject,
    topic: &str,
    channel: Channel,
    state: ConsentState,
    source: &str,
) -> Result<(), SqlError> {
    let id = mailkeep_types::new_uuid(&**policy.clock());
    store::insert_consent(tx, id, subject, topic, channel, state, source, &policy.compiled().id)
}

/// Every choice that the subject made, newest first.
pub fn consents_of(tx: &mut Tx<'_>, subject: Subject) -> Result<Vec<ConsentRow>, SqlError> {
    store::consents(tx, subject)
}

/// What counts for a topic now: the newest choice about it or, unless a newer yes came after it, a no to all.
pub(super) fn state(
    tx: &mut Tx<'_>,
    subject: Subject,
    topic: &str,
    channel: Channel,
) -> Result<Option<ConsentState>, SqlError> {
    store::newest_consent(tx, subject, topic, channel)
}
