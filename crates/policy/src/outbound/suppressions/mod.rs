//! The suppression list: who declined what, by keyed hashes. It answers when the receipts do not: after an older database
//! was restored, for an address that came by an import, and for somebody whose data was erased.
//!
//! A refusal is entered for the subject and for the address, number or postal address behind the channel. It stands in three
//! places: in the main database, where the message gate reads it; in the key database; and in a file beside the
//! databases, which a restore leaves alone ([`file`]). [`Policy::copy_suppressions`] carries it there before the
//! person is answered, [`Policy::merge_suppressions`] brings it back when the program starts. Of several entries the
//! newest counts, and a yes that is newer than it.

mod copy;
mod file;
mod probe;
pub(super) mod store;
#[cfg(test)]
mod tests;

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;

use super::{ALL_TOPICS, Channel};
use crate::keys::LookupKind;
use crate::subject::Subject;
use crate::{Policy, PolicyError, synthetic};

pub use copy::MergeReport;
pub(crate) use probe::refuse_later;

/// The kind of the job that copies what was entered and not copied yet: the net under [`Policy::copy_suppressions`].
pub const COPY: &str = "policy.copy_suppressions";

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Suppression {
    /// The keyed hash of whom or what is not written to.
    pub holder: [u8; 32],
    /// By which way.
    pub channel: Channel,
    /// About what: a topic, a class, or [`ALL_TOPICS`].
    pub topic: String,
    /// When it was refused last.
    pub at: Timestamp,
}

/// The hash that stands for a subject itself.
fn holder_of(policy: &Policy, subject: Subject) -> [u8; 32] {
    policy.lookup_hash(LookupKind::Other, &format!("suppression:{}:{}", subject.kind(), subject.uuid()))
}

/// Under which hashes refusals of the subject on a channel stand: its own, and those of how it is reached.
pub(super) fn holders(
    policy: &Policy,
    tx: &mut Tx<'_>,
    subject: Subject,
    channel: Channel,
) -> Result<Vec<[u8; 32]>, SqlError> {
    let mut holders = vec![holder_of(policy, subject)];
    for find in policy.reaches() {
        let found = find(tx, subject)?;
        holders.extend(found.into_iter().filter(|(of, _)| *of == channel).map(|(_, hash)| hash));
    }
    Ok(holders)
}

impl Policy {
    /// The keyed hash by which the subject is reached on the channel; `None` when it is not.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reach_of(
        &self,
        tx: &mut Tx<'_>,
        subject: Subject,
        channel: Channel,
    ) -> Result<Option<[u8; 32]>, SqlError> {
        for find in self.reaches() {
            if let Some((_, hash)) = find(tx, subject)?.into_iter().find(|(of, _)| *of == channel) {
                return Ok(Some(hash));
            }
        }
        Ok(None)
    }
}

/// Enters a refusal, in the transaction of the choice.
pub(super) fn suppress(
    policy: &Policy,
    tx: &mut Tx<'_>,
    subject: Subject,
    channel: Channel,
    topic: &str,
) -> Result<(), SqlError> {
    let at = tx.now();
    // What a probe's person refuses goes with them, so it is not carried to where nothing is ever taken out.
    let copied_at = synthetic::is_synthetic(tx, subject)?.then_some(at);
    for holder in holders(policy, tx, subject, channel)? {
        store::enter(tx, &Suppression { holder, channel, topic: topic.to_owned(), at }, copied_at)?;
    }
    if copied_at.is_none() {
        jobs::enqueue(tx, NewJob::new(COPY, &()).key("copy"))?;
    }
    Ok(())
}

/// Enters everything on every channel: for somebody whose data is about to be erased, while the hashes are still known.
pub(crate) async fn suppress_everything(policy: &Policy, subject: Subject) -> Result<(), PolicyError> {
    let handle = policy.clone();
    policy
        .database()
        .write(move |tx| -> Result<(), SqlError> {
            Channel::ALL.iter().try_for_each(|channel| suppress(&handle, tx, subject, *channel, ALL_TOPICS))
        })
        .await?;
    policy.copy_suppressions().await
}

/// Enters an address that somebody brought on a list of refusals, e.g. of another program or a do-not-call registry.
///
/// # Errors
/// When the database fails.
pub fn suppress_holder(
    tx: &mut Tx<'_>,
    holder: [u8; 32],
    channel: Channel,
    topic: &str,
) -> Result<(), SqlError> {
    let at = tx.now();
    store::enter(tx, &Suppression { holder, channel, topic: topic.to_owned(), at }, None)?;
    jobs::enqueue(tx, NewJob::new(COPY, &()).key("copy"))?;
    Ok(())
}

/// When the topic, or what it is part of, was refused last for this address, number or postal address. A topic that the
/// policy file does not have is refused for good.
///
/// # Errors
/// When the database fails.
pub fn refused_at(
    policy: &Policy,
    tx: &mut Tx<'_>,
    holder: [u8; 32],
    channel: Channel,
    topic: &str,
) -> Result<Option<Timestamp>, SqlError> {
    let Some(terms) = policy.compiled().topic(topic) else { return Ok(Some(Timestamp::NEVER)) };
    store::refused_at(tx, &[holder], topic, terms.class, channel)
}
