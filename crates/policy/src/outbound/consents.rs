//! What a subject chose, by topic and channel. Every choice is a row of its own, a receipt: it keeps the policy under which
//! it was made, how it was made and what was shown. The newest counts. Saying no to a class or to [`ALL_TOPICS`]
//! outweighs every earlier yes to a topic in it; a yes is always to one topic.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::{Channel, MessageClass, store, suppressions};
use crate::error::PolicyError;
use crate::gate::Claim;
use crate::keys::KeyError;
use crate::personal::Personal;
use crate::subject::{Actor, Fact, Place, Subject};
use crate::vocabulary::category;
use crate::{Policy, Sealed, synthetic};

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
    /// The number of the receipt.
    pub id: Uuid,
    /// The topic, a message class, or [`ALL_TOPICS`].
    pub topic: String,
    /// The channel.
    pub channel: Channel,
    /// What was chosen.
    pub state: ConsentState,
    /// Where, e.g. `choices page` or `one-click`.
    pub source: String,
    /// What was shown, in the words that were read.
    pub wording: Option<String>,
    /// In which language.
    pub language: Option<String>,
    /// The policy under which it was chosen, 64 hexadecimal digits.
    pub policy_id: String,
    /// When.
    pub at: Timestamp,
}

/// A choice to be written down.
#[derive(Debug, Clone)]
pub struct NewChoice {
    /// The topic, a message class, or [`ALL_TOPICS`].
    pub topic: String,
    /// The channel.
    pub channel: Channel,
    /// Yes or no.
    pub state: ConsentState,
    /// What was shown.
    pub wording: Option<String>,
}

/// How choices were made.
#[derive(Debug, Default)]
pub struct Manner {
    /// Where, in a word or two: `choices page`, `one-click`, `double opt-in`.
    pub source: String,
    /// In which language.
    pub language: Option<String>,
    /// From which network; kept by the days of its category.
    pub network: Option<Personal<String, category::Network>>,
}

impl Manner {
    /// From a place, and nothing more is known.
    pub fn from(source: &str) -> Self {
        Manner { source: source.to_owned(), ..Manner::default() }
    }
}

/// Writes choices down; a no also onto the suppression list. Call [`Policy::copy_suppressions`] when the transaction is
/// durable and before the answer, so that a no stands outside the database too.
///
/// # Errors
/// When the database or the keys fail. For somebody whose data was erased the network is left out.
pub fn record_choices(
    policy: &Policy,
    tx: &mut Tx<'_>,
    subject: Subject,
    choices: &[NewChoice],
    manner: &Manner,
) -> Result<(), PolicyError> {
    for choice in choices {
        let id = mailkeep_types::new_uuid(&**policy.clock());
        let place = Place { table: "consents", column: "network", row: id };
        let network = match manner.network.as_ref().map(|network| policy.seal(subject, place, network)) {
            None | Some(Err(PolicyError::Key(KeyError::Erased(_) | KeyError::Missing(_)))) => None,
            Some(sealed) => Some(sealed?),
        };
        write(policy, tx, id, subject, choice, manner, network.as_ref().map(Sealed::as_bytes))?;
    }
    Ok(())
}

/// Writes one choice down of which only the place is known.
///
/// # Errors
/// When the database fails.
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
    let choice = NewChoice { topic: topic.to_owned(), channel, state, wording: None };
    write(policy, tx, id, subject, &choice, &Manner::from(source), None)
}

fn write(
    policy: &Policy,
    tx: &mut Tx<'_>,
    id: Uuid,
    subject: Subject,
    choice: &NewChoice,
    manner: &Manner,
    network: Option<&[u8]>,
) -> Result<(), SqlError> {
    store::insert_consent(tx, id, subject, choice, manner, network, &policy.compiled().id)?;
    if choice.state == ConsentState::Withdrawn {
        suppressions::suppress(policy, tx, subject, choice.channel, &choice.topic)?;
    }
    Ok(())
}

/// Forgets what a synthetic subject chose and refused; in the transaction that removes it, while it is known how it is reached.
/// Of anybody else nothing is forgotten.
///
/// # Errors
/// When the database fails.
pub fn forget_choices(policy: &Policy, tx: &mut Tx<'_>, subject: Subject) -> Result<(), SqlError> {
    if !synthetic::is_synthetic(tx, subject)? {
        return Ok(());
    }
    for channel in Channel::ALL {
        for holder in suppressions::holders(policy, tx, subject, *channel)? {
            suppressions::store::remove_synthetic(tx, &holder)?;
        }
    }
    store::remove_synthetic_consents(tx, subject)
}

/// Every choice that the subject made, newest first.
pub fn consents_of(tx: &mut Tx<'_>, subject: Subject) -> Result<Vec<ConsentRow>, SqlError> {
    store::consents(tx, subject)
}

/// What counts for a topic now: the newest choice about it, unless a newer no to its class or to all came after it, or a
/// newer refusal stands on the suppression list. `None` when nothing was ever chosen.
///
/// # Errors
/// When the database fails.
pub fn choice_of(
    policy: &Policy,
    tx: &mut Tx<'_>,
    subject: Subject,
    class: MessageClass,
    topic: &str,
    channel: Channel,
) -> Result<Option<ConsentState>, SqlError> {
    let holders = suppressions::holders(policy, tx, subject, channel)?;
    choice_at(policy, tx, subject, &holders, class, topic, channel)
}

pub(super) fn choice_at(
    policy: &Policy,
    tx: &mut Tx<'_>,
    subject: Subject,
    holders: &[[u8; 32]],
    class: MessageClass,
    topic: &str,
    channel: Channel,
) -> Result<Option<ConsentState>, SqlError> {
    let newest = store::newest_consent(tx, subject, topic, class, channel)?;
    let refused = suppressions::store::refused_at(tx, holders, topic, class, channel)?;
    // A yes that was given to less than is asked now is asked for anew.
    let newest = newest
        .filter(|newest| newest.state == ConsentState::Withdrawn || policy.still_counts(&newest.policy_id));
    Ok(match (newest, refused) {
        (Some(newest), Some(refused)) if newest.state == ConsentState::Given && refused > newest.at => {
            Some(ConsentState::Withdrawn)
        }
        (None, Some(_)) => Some(ConsentState::Withdrawn),
        (newest, _) => newest.map(|newest| newest.state),
    })
}

/// Whether a yes that somebody names as a fact still stands. Only the program itself names one.
pub(crate) fn consent_stands(policy: &Policy, tx: &mut Tx<'_>, claim: &Claim) -> Result<bool, SqlError> {
    let (Fact::Consent(id), Actor::System(_)) = (claim.fact, claim.actor) else { return Ok(false) };
    let Some((topic, channel)) = store::given_consent(tx, id, claim.subject)? else { return Ok(false) };
    let Some(terms) = policy.compiled().topic(&topic) else { return Ok(false) };
    let state = choice_of(policy, tx, claim.subject, terms.class, &topic, channel)?;
    Ok(state == Some(ConsentState::Given))
}
