//! What became of a try.

use mailkeep_policy::MailColumn;
use mailkeep_protocols::reports::classify;
use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_types::{GuestId, MailboxId, QueueId, Timestamp};

use super::{RecipientState, enqueue::recipient_row, store};
use crate::deliveries::{Tally, Went};
use crate::error::{MailError, Result};
use crate::messages::BLOB_JOB;
use crate::post_office::{OWN_MAILBOX, PostOffice};
use crate::traces::{StepKind, heard, note};

/// What became of a try for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other server took it.
    Delivered {
        /// What it said.
        answer: String,
    },
    /// It failed for good.
    Failed {
        /// The reply code, if there was one.
        code: Option<u16>,
        /// What it said, or what went wrong.
        answer: String,
    },
    /// It shall be tried again.
    Retry {
        /// When.
        at: Timestamp,
        /// The reply code, if there was one.
        code: Option<u16>,
        /// What it said, or what went wrong.
        answer: String,
        /// The sender was told of the delay.
        delay_reported: bool,
    },
    /// It was not tried: somebody stopped it, or its destination is left alone for some time.
    Waits {
        /// When it is looked at again.
        at: Timestamp,
        /// When that was found: whoever makes it due after that is heard.
        found_at: Timestamp,
        /// It is about where it goes, and not about who sends it.
        of_destination: bool,
        /// Why.
        answer: String,
        /// The sender was told of the delay.
        delay_reported: bool,
    },
}

impl PostOffice {
    /// Writes down outcomes and ends the leases. A message whose recipients all have a final answer leaves the queue;
    /// reports must be queued before, or in the caller's own transaction with [`PostOffice::mark_queued_in`].
    ///
    /// # Errors
    /// When the store fails; the recipients are then tried again when their lease ends.
    pub async fn mark_queued(&self, id: QueueId, outcomes: Vec<(i64, Outcome)>) -> Result<()> {
        let sealed = self.seal_outcomes(id, outcomes).await?;
        self.db().write(move |tx| Self::mark_queued_in(tx, &sealed)).await.map(drop)
    }

    /// Seals outcomes for [`PostOffice::mark_queued_in`].
    ///
    /// # Errors
    /// When the message is gone or its key cannot be had.
    pub async fn seal_outcomes(&self, id: QueueId, outcomes: Vec<(i64, Outcome)>) -> Result<SealedOutcomes> {
        let sender = self.db().read(move |tx| store::sender(tx, id)).await?;
        let sender = sender.ok_or(crate::MailRefusal::NotQueued)?;
        let keys = self.mail_keys(sender.unwrap_or(OWN_MAILBOX)).await?;
        let mut sealed = Vec::with_capacity(outcomes.len());
        for (position, outcome) in outcomes {
            let mut waits = None;
            let (state, code, answer, next_at, delay_reported) = match outcome {
                Outcome::Delivered { answer } => (RecipientState::Delivered, Some(250), answer, None, false),
                Outcome::Failed { code, answer } => (RecipientState::Failed, code, answer, None, false),
                Outcome::Retry { at, code, answer, delay_reported } => {
                    (RecipientState::Waiting, code, answer, Some(at), delay_reported)
                }
                Outcome::Waits { at, found_at, of_destination, answer, delay_reported } => {
                    let kind = if of_destination { StepKind::Paused } else { StepKind::Stopped };
                    waits = Some((kind, found_at));
                    (RecipientState::Waiting, None, answer, Some(at), delay_reported)
                }
            };
            let status = note::status_in(&answer);
            let cause = (state == RecipientState::Failed).then(|| classify(None, &answer));
            let answer: String = answer.chars().take(1_000).collect();
            let row = recipient_row(id, position);
            let answer = keys.cipher.seal(MailColumn::QueueEnvelope, &row, answer.as_bytes())?;
            sealed.push(store::Mark {
                position,
                state,
                code,
                status,
                answer,
                next_at,
                delay_reported,
                cause,
                waits,
            });
        }
        Ok(SealedOutcomes { id, sender, marks: sealed, went: Went::Out(None), guest: None })
    }

    /// As [`PostOffice::mark_queued`], in the caller's transaction. Gives the places of those whose outcome was new: who has a final
    /// answer keeps it.
    ///
    /// # Errors
    /// When the store fails.
    pub fn mark_queued_in(
        tx: &mut mailkeep_storage::sql::Tx<'_>,
        sealed: &SealedOutcomes,
    ) -> Result<Vec<i64>> {
        let mut tally = Tally::begin(tx, sealed)?;
        let mut new = Vec::with_capacity(sealed.marks.len());
        for mark in &sealed.marks {
            if let Some((kind, found_at)) = mark.waits {
                store::mark_waiting(tx, sealed.id, mark, found_at)?;
                note::step_once(tx, sealed.id, mark.position, kind)?;
                continue;
            }
            let domain = store::mark(tx, sealed.id, mark)?;
            new.extend(domain.is_some().then_some(mark.position));
            if let Some((tally, domain)) = tally.as_mut().zip(domain) {
                tally.add(tx, domain, mark.state, mark.cause);
            }
            let kind = match mark.state {
                RecipientState::Waiting => StepKind::Deferred,
                RecipientState::Delivered => StepKind::Delivered,
                RecipientState::Failed => StepKind::Failed,
            };
            note::step(tx, sealed.id, mark.position, kind, mark.code, mark.status.as_deref())?;
            if let Some((sender, cause)) =
                sealed.sender.zip(mark.cause.filter(|cause| heard::is_heard(*cause)))
            {
                heard::refused(tx, sender, (sealed.id, mark.position), cause)?;
            }
        }
        if let Some(tally) = tally {
            tally.write(tx)?;
        }
        remove_finished(tx, sealed.id)?;
        Ok(new)
    }
}

/// Outcomes ready to be written.
#[derive(Debug)]
pub struct SealedOutcomes {
    id: QueueId,
    sender: Option<MailboxId>,
    marks: Vec<store::Mark>,
    went: Went,
    guest: Option<GuestId>,
}

impl SealedOutcomes {
    /// Says where the try went; otherwise it counts as one that reached nobody.
    #[must_use]
    pub fn went(mut self, went: Went) -> Self {
        self.went = went;
        self
    }

    /// Says that it was a copy for a guest of a list, which counts for the list's domain.
    #[must_use]
    pub const fn of_guest(mut self, guest: Option<GuestId>) -> Self {
        self.guest = guest;
        self
    }

    pub(crate) const fn id(&self) -> QueueId {
        self.id
    }

    pub(crate) const fn way(&self) -> (Went, Option<GuestId>) {
        (self.went, self.guest)
    }

    /// The place of the first recipient.
    pub(crate) fn first_position(&self) -> i64 {
        self.marks.first().map_or(0, |mark| mark.position)
    }
}

/// Removes a message none of whose recipients waits any more.
pub(super) fn remove_finished(tx: &mut mailkeep_storage::sql::Tx<'_>, id: QueueId) -> Result<(), MailError> {
    if store::waiting(tx, id)? == 0 {
        remove(tx, id)?;
    }
    Ok(())
}

/// Removes a message with its recipients, and its blob after the commit.
pub(super) fn remove(tx: &mut mailkeep_storage::sql::Tx<'_>, id: QueueId) -> Result<bool, MailError> {
    let Some(blob_key) = store::delete(tx, id)? else { return Ok(false) };
    if let Some(key) = blob_key {
        jobs::enqueue(tx, NewJob::new(BLOB_JOB, &serde_json::json!({ "key": key })).key(key))?;
    }
    Ok(true)
}
